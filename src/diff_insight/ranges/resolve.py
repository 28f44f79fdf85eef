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

    def branch(self, revision: str) -> str | None:
        """Return the full name of the branch that a revision names, or None."""
        ...

    def parent(self, commit: str) -> str | None:
        """Return the first parent of a commit, None when it has none, or raise."""
        ...

    def empty_tree(self) -> str:
        """Return the id of the empty tree."""
        ...

    def web_address(self) -> tuple[str, str]:
        """Return server and `OWNER/NAME`, or empty strings."""
        ...


def resolve_range(request: RangeRequest, revisions: Revisions) -> CommitRange:
    """Return the commits to compare.

    Without a base: from the merge base with the default branch to the head; on the default branch
    itself, the last commit against its parent (the empty tree for the first commit).
    """
    named_head = request.head or "HEAD"
    head = revisions.commit(named_head)
    comparison = request.comparison
    if request.base is None:
        base, comparison = _default_base(revisions, named_head, head, comparison)
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
    revisions: Revisions, named_head: str, head: str, comparison: Comparison
) -> tuple[str, Comparison]:
    """Return the base that is meant when none is named."""
    default = revisions.default_branch()
    tip = revisions.find(default) if default else None
    if default is None or tip is None or _is_on(default, tip, named_head, head, revisions):
        return revisions.parent(head) or revisions.empty_tree(), Comparison.DIRECT
    return tip, comparison


def _is_on(default: str, tip: str, named_head: str, head: str, revisions: Revisions) -> bool:
    """Tell whether a head is (on) the default branch; a bare commit is when the branch has it."""
    branch = revisions.branch(named_head)
    if branch is None:
        return revisions.find_merge_base(tip, head) == head
    return _short(branch) == _short(default)


def _short(branch: str) -> str:
    """Return a branch's name without `refs/heads/` or the name of its remote."""
    kind, name = branch.removeprefix("refs/").split("/", 1)
    return name.partition("/")[2] if kind == "remotes" else name
