"""When the commits of a line were made, where some of them carry the date of a wrong clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def settle_moments(seconds: Sequence[int]) -> list[int]:
    """Return the moments of commits so that none is before the one that it follows.

    The longest run of dates in order is believed (patience sorting, Schensted 1961); a commit out
    of that order was made when the one before it was. One clock in the wrong year then hides no
    other commit, whether it goes ahead or behind.

    Args:
        seconds: Committer dates, the oldest commit first, in seconds since 1970.

    Returns:
        As many moments, in order.
    """
    believed = _longest_in_order(seconds)
    settled: list[int] = []
    last = seconds[min(believed)] if believed else 0
    for at, moment in enumerate(seconds):
        if at in believed:
            last = moment
        settled.append(last)
    return settled


def _longest_in_order(seconds: Sequence[int]) -> set[int]:
    """Return the positions of a longest subsequence that never goes back."""
    ends: list[int] = []
    positions: list[int] = []
    before: list[int] = []
    for at, moment in enumerate(seconds):
        length = bisect_right(ends, moment)
        before.append(positions[length - 1] if length else -1)
        ends[length : length + 1] = [moment]
        positions[length : length + 1] = [at]
    chosen: set[int] = set()
    at = positions[-1] if positions else -1
    while at >= 0:
        chosen.add(at)
        at = before[at]
    return chosen
