"""Says why a revision names no commit, and which name was probably meant."""

from __future__ import annotations

import re

from diff_insight.errors import DiffInsightError, EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.model.ranges import SHORT
from diff_insight.nearest import nearest

_LIST = "see git branch -a and git tag; a branch of a remote is origin/NAME"
_BACK = re.compile(r"(?P<name>[^~^]+)~(?P<steps>[0-9]{1,6})")
#: Two commits in the place of one.
_RANGE = re.compile(r"[^.:\s]+\.{2,3}[^.:\s]+")
#: A parent that only a merge has.
_PARENT = re.compile(r"(?P<name>[^~^]+)\^(?P<number>[2-9])")
#: What looks like the beginning of a commit's id, and is too short to be one, or too long.
_DIGITS = re.compile(r"[0-9a-f]{1,3}|[0-9a-f]{41,63}|[0-9a-f]{65,}")
#: What git calls other things than commits.
_OTHERS = {"tree": "a folder", "blob": "a file"}
#: The usual names of a default branch; who types one of them means the other.
_DEFAULTS = ("main", "master", "trunk", "develop")
#: Names that are compared with the one that was typed.
_MOST_NAMES = 20_000


def what_it_names(git: Git, revision: str) -> DiffInsightError | None:
    """Return the error for a name that is there and whose commit is not; None for any other.

    Args:
        git: Runs git in the repository.
        revision: As typed.
    """
    named = git.text("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    if not named:
        return None
    sort = git.text("cat-file", "-t", named)
    if sort in _OTHERS:
        path = revision.partition(":")[2]
        return UsageError(
            f"{revision!r} is no commit",
            cause=f"it names {_OTHERS[sort]} in one",
            cure=f"name two commits, and {path} with --include"
            if path
            else "name the commit; git log tells which there are",
        )
    if sort is None and revision != named:
        return EnvironmentFailure(
            f"{revision} stands for the commit {named[:SHORT]}, which is not here",
            cause="objects of this repository are missing or damaged",
            cure="git fsck tells which; git fetch --refetch, or clone again",
        )
    return None


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
    parent = _PARENT.fullmatch(revision)
    if parent is not None and _length(git, parent["name"]):
        return UsageError(
            what,
            cause=f"{parent['name']} has fewer than {parent['number']} parents: only merges have several",
            cure=f"write {parent['name']}~1",
        )
    near = _near(git, revision)
    short = _DIGITS.fullmatch(revision) is not None and not near
    return UsageError(
        what,
        cause="an id of a commit has 40 digits, and git takes the first 4 or more of them"
        if short
        else "no branch, tag or commit has that name here",
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
