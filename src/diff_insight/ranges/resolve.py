"""Turns a range request into two commits of a repository, with the documented defaults."""

from __future__ import annotations

from typing import Protocol

from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest

DEFAULT_SERVER = "https://github.com"


class Revisions(Protocol):
    """The questions about a repository that resolving a range asks."""

    def commit(self, revision: str) -> str:
        """Return the commit id of a revision, or raise."""
        ...

    def find(self, revision: str) -> str | None:
        """Return the commit id of a revision, or None."""
        ...

    def merge_base(self, base: str, head: str) -> str:
        """Return the merge base of two commits, or raise."""
        ...

    def find_merge_base(self, base: str, head: str) -> str | None:
        """Return the merge base of two commits, or None."""
        ...

    def default_branch(self) -> str | None:
        """Return the full name of the default branch, or None."""
        ...

    def current_branch(self) -> str | None:
        """Return the full name of the checked-out branch, or None."""
        ...

    def empty_tree(self) -> str:
        """Return the id of the empty tree."""
        ...

    def web_address(self) -> tuple[str, str]:
        """Return server and `OWNER/NAME`, or empty strings."""
        ...


def resolve_range(request: RangeRequest, revisions: Revisions) -> CommitRange:
    """Return the commits to compare.

    With neither base nor head: from the merge base with the default branch to HEAD; on the default
    branch itself, the last commit against its parent (the empty tree for the first commit).
    """
    head = revisions.commit(request.head or "HEAD")
    comparison = request.comparison
    if request.base is None:
        base, comparison = _default_base(revisions, head, comparison)
    else:
        base = revisions.commit(request.base)
    if comparison is Comparison.MERGE_BASE:
        merge_base = revisions.merge_base(base, head)
    else:
        # Only the web address of a direct range needs it, so there may be none.
        merge_base = revisions.find_merge_base(base, head) or ""
    server, repository = revisions.web_address()
    return CommitRange(
        base=base,
        head=head,
        merge_base=merge_base,
        comparison=comparison,
        repository=repository,
        server=server or DEFAULT_SERVER,
    )


def _default_base(
    revisions: Revisions, head: str, comparison: Comparison
) -> tuple[str, Comparison]:
    """Return the base that is meant when none is named."""
    default = revisions.default_branch()
    tip = revisions.find(default) if default else None
    on_default = tip is None or tip == head or _same_branch(revisions.current_branch(), default)
    if not on_default and tip is not None:
        return tip, comparison
    parent = revisions.find(f"{head}~1")
    return parent or revisions.empty_tree(), Comparison.DIRECT


def _same_branch(current: str | None, default: str | None) -> bool:
    """Tell whether a local branch is the (possibly remote) default branch."""
    if current is None or default is None:
        return False
    return current.rsplit("/", 1)[-1] == default.rsplit("/", 1)[-1]
