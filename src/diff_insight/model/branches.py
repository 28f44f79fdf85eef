"""Values of a branch that takes report files: what it holds, and that it has moved on."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from diff_insight.errors import EnvironmentFailure


class BranchState(Struct, frozen=True, kw_only=True):
    """A branch as it was read; what is committed on top of it goes nowhere else.

    Attributes:
        head: The commit at its tip; empty when there is no such branch.
        files: Object ids of its files by path.
        parents: Parents of the next commit, when they are not the tip alone.
    """

    head: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[str, ...] = ()


class ReportPullRequest(Struct, frozen=True, kw_only=True):
    """A pull request with reports."""

    number: int
    url: str
    title: str
    body: str


class BranchMovedError(EnvironmentFailure):
    """Somebody else has committed since the branch was read: read it again."""
