"""Finds the tag that a release follows: an ancestor, or the version before it on another branch."""

from __future__ import annotations

import re

from diff_insight.git.command import Git
from diff_insight.git.tag_kinds import tags_of_kind, version_before


def tag_before(git: Git, head: str) -> str | None:
    """Return the name of the tag before a commit's own; None when none is known here.

    A release follows the last release of the same name, not one of its candidates and not one of
    another package. That may be on a branch of its own: of the nearest ancestor and the version
    before, the one with fewer commits since is taken. Where there is none of its kind, any tag
    among the ancestors will do.
    """
    own = _names(git, "--points-at", head)
    nearest = _nearest(git, head, tags_of_kind(own, _names(git, "--merged", head)))
    aside = version_before(own, tags_of_kind(own, _names(git, "--no-merged", head)))
    if aside is None or not git.text("merge-base", f"refs/tags/{aside}", head):
        return nearest or _nearest_of_any(git, head, own)
    closer = nearest is None or _since(git, aside, head) < _since(git, nearest, head)
    return aside if closer else nearest


def _names(git: Git, *where: str) -> list[str]:
    return (git.text("tag", *where) or "").splitlines()


def _nearest(git: Git, head: str, names: list[str]) -> str | None:
    """Return the nearest ancestor among some tags."""
    among = [f"--match={_literal(name)}" for name in names]
    return git.text("describe", "--tags", "--abbrev=0", *among, head) if among else None


def _nearest_of_any(git: Git, head: str, own: list[str]) -> str | None:
    others = [f"--exclude={_literal(name)}" for name in own]
    return git.text("describe", "--tags", "--abbrev=0", *others, head)


def _since(git: Git, tag: str, head: str) -> int:
    """Return how many commits a head has that a tag has not."""
    return int(git.text("rev-list", "--count", f"refs/tags/{tag}..{head}") or 0)


def _literal(name: str) -> str:
    """Return a glob that matches one name only."""
    return re.sub(r"([*?\[\\])", r"\\\1", name)
