"""Names that a tag and a branch share: git takes the tag, and somebody may have meant the branch."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.git.command import Git
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import RangeRequest, is_full_id

_TAGS, _HEADS = "refs/tags/", "refs/heads/"


def named_revisions(request: RangeRequest) -> tuple[str, ...]:
    """Return the short names that a request asks for."""
    names = (request.base, request.head)
    return tuple(
        dict.fromkeys(
            name for name in names
            if name and name != "HEAD" and not name.startswith("refs/") and not is_full_id(name)
        )
    )  # fmt: skip


def refs_of(git: Git, request: RangeRequest) -> dict[str, str]:
    """Return the commits of the tags and branches that have a name of a request."""
    places = [kind + name for name in named_revisions(request) for kind in (_TAGS, _HEADS)]
    if not places:
        return {}
    form = "--format=%(refname)%00%(objectname)%00%(*objectname)"
    listed = git.text("for-each-ref", form, *places) or ""
    rows = [line.split("\0") for line in listed.splitlines()]
    return {row[0]: row[2] or row[1] for row in rows if len(row) == 3}


def ambiguity_notices(request: RangeRequest, refs: Mapping[str, str]) -> tuple[Notice, ...]:
    """Return a notice for each name of a request that is a tag and another commit's branch."""
    return tuple(
        Notice("ambiguous-name", {"name": name})
        for name in named_revisions(request)
        if _TAGS + name in refs
        and refs.get(_HEADS + name, refs[_TAGS + name]) != refs[_TAGS + name]
    )
