"""Parses `BASE..HEAD` and `BASE...HEAD` the way git reads them."""

from __future__ import annotations

import re

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison, RangeRequest

_PULL = re.compile(r"(?:#|pull/|PR ?|!)?([0-9]{1,6})", re.IGNORECASE)
#: Two names with something else than dots between them.
_TWO = re.compile(r"([^\s:.,]+(?:\.[^\s:.,]+)*)(?:\s+|:|,|\.{4,}|\s*->\s*)([^\s:.,-][^\s:,]*)")


def parse_range(expression: str) -> RangeRequest:
    """Return the request that a range expression makes; an empty side means HEAD, as in git.

    Raises:
        UsageError: There are no dots in it.
    """
    if "...." in expression:
        raise _no_range(expression, "a range has two or three dots")
    for dots, comparison in (("...", Comparison.MERGE_BASE), ("..", Comparison.DIRECT)):
        base, separator, head = expression.partition(dots)
        if separator:
            return RangeRequest(base=base or "HEAD", head=head or "HEAD", comparison=comparison)
    raise _no_range(expression, "a range has two or three dots")


def _no_range(expression: str, cause: str) -> UsageError:
    """Return the error for what is no range, with what was probably meant."""
    what = f"{expression!r} is not a range"
    if "://" in expression:
        return UsageError(
            what,
            cause="it is an address, and --repo names a repository already",
            cure="leave --repo out, or name the commits to compare",
        )
    pull = _PULL.fullmatch(expression)
    if pull is not None:
        cure = (
            f"a pull request is named by its address: https://github.com/OWNER/NAME/pull/{pull[1]}"
        )
        return UsageError(what, cause="a number alone says no repository", cure=cure)
    two = _TWO.fullmatch(expression.strip())
    if two is not None:
        return UsageError(what, cause=cause, cure=f"write {two[1]}..{two[2]}")
    if expression in ("HEAD", "@"):
        return UsageError(
            what,
            cause=cause,
            cure="write HEAD~1..HEAD for the last commit, or leave the range out for what is not on the default branch",
        )
    after = f"{expression}..HEAD for what came after it, " if expression else ""
    part = f"; for a part of the files --include {expression}" if expression else ""
    checkout = f"; for another checkout --repo {expression}" if "/" in expression else ""
    return UsageError(
        what,
        cause=cause,
        cure=f"write {after}BASE..HEAD, BASE...HEAD (from the merge base){part}{checkout}",
    )
