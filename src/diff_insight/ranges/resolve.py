"""Turns a range request into two commits of a repository, with the documented defaults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest, is_full_id
from diff_insight.model.web_links import WebRepository
from diff_insight.ranges.since import SPAN, since_moment


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

    def before(self, head: str, moment: datetime) -> str | None:
        """Return the commit of head's first-parent history behind which all newer ones stand.

        None when that history begins later; raise when it is cut off before that is known.
        """
        ...

    def previous_tag(self, head: str) -> str | None:
        """Return a commit or full ref: the tag before head's own, an ancestor or on another branch.

        None when there is none; raise when history is cut off before that is known.
        """
        ...

    def empty_tree(self) -> str:
        """Return the id of the empty tree."""
        ...

    def web_address(self) -> WebRepository:
        """Return where the repository is on the web."""
        ...


def resolve_range(
    request: RangeRequest,
    revisions: Revisions,
    now: datetime | None = None,
    *,
    known: Callable[[str, str], object] | None = None,
) -> CommitRange:
    """Return the commits to compare.

    Without a base: from the merge base with the default branch to the head; on the default branch
    itself, the last commit against its parent (the empty tree for the first commit).

    Args:
        request: What was asked for.
        revisions: The repository.
        now: The moment that a range "since" counts from.
        known: Told the two commits that are compared as soon as they are known; what is asked after
            that is for web addresses.
    """
    head = _commit(revisions, request.head or "HEAD")
    start = _base(request, revisions, head, now)
    base, from_merge_base = start.commit, start.comparison is Comparison.MERGE_BASE
    merge_base = revisions.merge_base(base, head) if from_merge_base else ""
    if known is not None:
        known(merge_base or base, head)
    if not from_merge_base:
        # Only the web address of a direct range needs it, so there may be none.
        merge_base = revisions.find_merge_base(base, head) or ""
    web = revisions.web_address()
    return CommitRange(
        base=base,
        head=head,
        merge_base=merge_base,
        comparison=start.comparison,
        repository=web.repository,
        server=web.server,
        host=web.host,
        base_name=start.name,
    )


class _Base(Struct, frozen=True):
    """A commit (or the empty tree) to compare with, how, and what it is called where nobody named it."""

    commit: str
    comparison: Comparison = Comparison.DIRECT
    name: str = ""


def _base(request: RangeRequest, revisions: Revisions, head: str, now: datetime | None) -> _Base:
    """Return what to compare with."""
    if request.base is not None:
        # As in git: what is compared with nothing is new as a whole.
        if is_full_id(request.base) and request.base == revisions.empty_tree():
            return _Base(request.base)
        return _Base(_commit(revisions, request.base), request.comparison)
    if request.since is not None:
        return _since(request.since, revisions, head, now)
    if request.previous_tag:
        tag = _previous_tag(revisions, request.head or "HEAD", head)
        name = "" if is_full_id(tag) else tag.removeprefix("refs/tags/")
        return _Base(revisions.commit(tag), request.comparison, name)
    if request.parent:
        return _parent(request, revisions, head)
    return _default_base(request, revisions, head)


def _since(since: str, revisions: Revisions, head: str, now: datetime | None) -> _Base:
    """Return the commit that stood at a moment."""
    if now is None:
        raise EnvironmentFailure(
            "this source was not told the time", cure="give a base instead of since"
        )
    commit = revisions.before(head, since_moment(since, now))
    # A history that is younger than the moment is new as a whole.
    if commit is None:
        return _nothing(revisions)
    return _Base(commit, name=f"{since} ago" if SPAN.fullmatch(since) else since)


def _commit(revisions: Revisions, name: str) -> str:
    """Return the commit that a revision names; a branch may be there only as origin's."""
    branch = name.removeprefix("refs/heads/")
    if branch != name and revisions.find(name) is None:
        commit = revisions.find(f"refs/remotes/origin/{branch}")
        if commit is not None:
            return commit
    return revisions.commit(name)


def _previous_tag(revisions: Revisions, named_head: str, head: str) -> str:
    tag = revisions.previous_tag(head)
    if tag is None:
        raise UsageError(
            f"there is no tag before {named_head!r}",
            cause="its history has no other tag, or the tags were not fetched",
            cure="git fetch --tags, or name the base to compare with",
        )
    return tag


def _parent(request: RangeRequest, revisions: Revisions, head: str) -> _Base:
    """Return the parent of a head."""
    parent = revisions.parent(head)
    if parent is None:
        return _nothing(revisions)
    named_head = request.head or "HEAD"
    return _Base(parent, name="" if head.startswith(named_head) else f"{named_head}~1")


def _nothing(revisions: Revisions) -> _Base:
    """Return the empty tree, compared with which everything is new."""
    return _Base(revisions.empty_tree(), name="nothing")


def _default_base(request: RangeRequest, revisions: Revisions, head: str) -> _Base:
    """Return the base that is meant when none is named."""
    if request.default_branch:
        default: str | None = f"refs/heads/{request.default_branch}"
        tip: str | None = _commit(revisions, f"refs/heads/{request.default_branch}")
    else:
        default = revisions.default_branch()
        tip = revisions.find(default) if default else None
    named_head = request.head or "HEAD"
    if default is None or tip is None or _is_on(default, tip, named_head, head, revisions):
        return _parent(request, revisions, head)
    return _Base(tip, request.comparison, _short(default))


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
