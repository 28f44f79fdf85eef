"""Values that say which two commits are compared, and where they live."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from diff_insight.model.web_links import DEFAULT_SERVER, SHORT, WebHost, WebRepository

__all__ = ["SHORT", "CommitRange", "Comparison", "RangeOrigin", "RangeRequest", "is_full_id"]

_FULL_ID = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")


def is_full_id(text: str) -> bool:
    """Tell whether a text is a whole commit id, SHA-1 or SHA-256."""
    return _FULL_ID.fullmatch(text) is not None


class Comparison(StrEnum):
    """How base and head are compared: from their merge base, or directly."""

    MERGE_BASE = "merge-base"
    DIRECT = "direct"


class RangeRequest(Struct, frozen=True, kw_only=True):
    """What the user asked to compare, still as names.

    The base is the first of these that is given; else it is worked out from the default branch.

    Attributes:
        base: Revision as typed.
        since: `24h`, `7d`, an ISO date or date-time: the newest commit of head's first-parent
            history at or before that moment. Compared directly.
        previous_tag: The tag before head.
        parent: The first parent of head, or the empty tree. Compared directly.
        head: Revision as typed; None is the checked out or default commit.
        default_branch: Name of the default branch, when it is known; else the repository is asked.
    """

    base: str | None = None
    since: str | None = None
    previous_tag: bool = False
    parent: bool = False
    head: str | None = None
    default_branch: str = ""
    comparison: Comparison = Comparison.MERGE_BASE


class RangeOrigin(Struct, frozen=True, kw_only=True):
    """What people call the two sides of a range, and who made it. Data from strangers.

    Attributes:
        base_name: What was asked for as the base, where it is a name.
        head_name: What was asked for as the head, where it is a name.
        base_tags: Tags of the commit that the range starts from.
        head_tags: Tags of its head.
        commits: Number of commits that were read; None when the source knows none.
        people: Who wrote them, those with the most commits first.
        head_time: When the head was committed, as `2025-06-12T08:30:00Z`; empty when unknown.
    """

    base_name: str = ""
    head_name: str = ""
    base_tags: tuple[str, ...] = ()
    head_tags: tuple[str, ...] = ()
    commits: int | None = None
    people: tuple[str, ...] = ()
    head_time: str = ""


class CommitRange(Struct, frozen=True, kw_only=True):
    """Two resolved commits.

    Attributes:
        server: Web address of the hosting server without a trailing slash.
        repository: `OWNER/NAME` on that server, or an empty string when unknown.
        base: Commit id of the base as asked for (40 or 64 hex digits, or a label).
        head: Commit id of the head.
        merge_base: Their best common ancestor; empty when none is known.
        comparison: How the two sides were compared.
        host: What serves the repository's web pages.
        base_name: What the base is called where nobody has named it; empty where it was named.
    """

    base: str
    head: str
    merge_base: str
    comparison: Comparison
    repository: str = ""
    server: str = DEFAULT_SERVER
    host: WebHost = WebHost.GITHUB
    base_name: str = ""

    @property
    def start(self) -> str:
        """The commit that the diff starts from."""
        return self.base if self.comparison is Comparison.DIRECT else self.merge_base

    @property
    def backwards(self) -> bool:
        """Whether the diff goes from a commit to one of its ancestors."""
        return self.start == self.base != self.head == self.merge_base

    @property
    def compare_url(self) -> str:
        """Web page of this comparison, or an empty string when the repository has none."""
        direct = self.comparison is Comparison.DIRECT and self.merge_base != self.base
        return self.web.comparison(self.base, self.head, direct=direct)

    @property
    def web(self) -> WebRepository:
        """Where the compared repository is on the web."""
        return WebRepository(server=self.server, repository=self.repository, host=self.host)
