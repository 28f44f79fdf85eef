"""Says why a revision names no commit, and which name was probably meant."""

from __future__ import annotations

import re

from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.nearest import nearest

_LIST = "see git branch -a and git tag; a branch of a remote is origin/NAME"
_BACK = re.compile(r"(?P<name>[^~^]+)~(?P<steps>[0-9]{1,6})")
#: Two commits in the place of one.
_RANGE = re.compile(r"[^.:\s]+\.{2,3}[^.:\s]+")
#: The usual names of a default branch; who types one of them means the other.
_DEFAULTS = ("main", "master", "trunk", "develop")
#: Names that are compared with the one that was typed.
_MOST_NAMES = 20_000


def unknown_revision(git: Git, revision: str) -> UsageError:
    """Return the error for a name that no commit of a whole clone has.

    Args:
        git: Runs git in the repository.
        revision: As typed.
    """
    what = f"unknown revision {revision!r}"
    back = _BACK.fullmatch(revision)
    if back is not None and (count := _length(git, back["name"])):
        first = f"{count} commit{'' if count == 1 else 's'}"
        return UsageError(
            what,
            cause=f"{back['name']} has a history of {first}",
            cure=f"go back {count - 1} at the most"
            if count > 1
            else "leave the range out: a first commit is reported as a whole",
        )
    if _RANGE.fullmatch(revision):
        return UsageError(
            what,
            cause="it is a range, where one commit is meant",
            cure=f"give the range alone; {_LIST}",
        )
    near = _near(git, revision)
    return UsageError(
        what,
        cause="no branch, tag or commit has that name here",
        cure=f"perhaps you meant {near}; {_LIST}" if near else _LIST,
    )


def _length(git: Git, name: str) -> int:
    """Return how many commits the first-parent history of a name has; 0 when it names none."""
    counted = git.text("rev-list", "--first-parent", "--count", "--end-of-options", name)
    return int(counted) if counted and counted.isdigit() else 0


def _near(git: Git, revision: str) -> str | None:
    """Return the branch or tag that was probably meant."""
    listed = git.text(
        "for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname:short)",
        "refs/heads", "refs/tags", "refs/remotes",
    )  # fmt: skip
    names = (listed or "").splitlines()
    remote = next((name for name in names if name.endswith(f"/{revision}")), None)
    if remote is not None or not revision:
        return remote
    if revision in _DEFAULTS:
        return next((name for name in _DEFAULTS if name in names), None)
    return nearest(revision, names)
