"""Parses `BASE..HEAD` and `BASE...HEAD` the way git reads them."""

from __future__ import annotations

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison, RangeRequest


def parse_range(expression: str) -> RangeRequest:
    """Return the request that a range expression makes; an empty side means HEAD, as in git.

    Raises:
        UsageError: There are no dots in it.
    """
    for dots, comparison in (("...", Comparison.MERGE_BASE), ("..", Comparison.DIRECT)):
        base, separator, head = expression.partition(dots)
        if separator:
            return RangeRequest(base=base or "HEAD", head=head or "HEAD", comparison=comparison)
    after = f"{expression}..HEAD for what came after it, " if expression else ""
    part = f"; for a part of the files --include {expression}" if expression else ""
    raise UsageError(
        f"{expression!r} is not a range",
        cause="a range has two or three dots",
        cure=f"write {after}BASE..HEAD, BASE...HEAD (from the merge base){part}",
    )
