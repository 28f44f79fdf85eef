"""Cuts a line of commits into days, weeks or months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby

from msgspec import Struct

from diff_insight.plan.moments import settle_moments
from diff_insight.plan.planned_range import DatedCommit, PlannedRange

DAY, WEEK, MONTH = "day", "week", "month"
PERIODS = (DAY, WEEK, MONTH)
RELEASE = "release"
#: A history is not cut: it is one range.
WHOLE = "never"
#: How a history may be cut.
CUTS = (*PERIODS, RELEASE, WHOLE)


class DayWindow(Struct, frozen=True, kw_only=True):
    """Which part of a line is planned, in days of a time zone.

    Attributes:
        first: The first day; None begins with the line.
        last: The last day; None ends with the line.
        zone: The zone that days are of.
    """

    first: date | None = None
    last: date | None = None
    zone: tzinfo = UTC

    def holds(self, day: date) -> bool:
        """Tell whether a day is in the window."""
        early = self.first is not None and day < self.first
        return not early and (self.last is None or day <= self.last)


def ranges_by_period(
    commits: Sequence[DatedCommit], start: str, period: str, window: DayWindow
) -> list[PlannedRange]:
    """Return a range for each period that has commits, the oldest first.

    Each range begins where the one before it ends, so that every commit is in exactly one.

    Args:
        commits: The line, the oldest first.
        start: Commit before the first of them, or the empty tree.
        period: `day`, `week` or `month`.
        window: Which part of the line is meant.
    """
    settled = settle_moments([commit.seconds for commit in commits])
    days = [datetime.fromtimestamp(moment, window.zone).date() for moment in settled]
    dated = [
        (day, commit.id)
        for day, commit in zip(days, commits, strict=True)
        if window.last is None or day <= window.last
    ]
    base, planned = start, []
    for first, group in groupby(dated, lambda pair: period_start(pair[0], period)):
        members = list(group)
        wanted = [pair for pair in members if window.first is None or pair[0] >= window.first]
        if not wanted:
            base = members[-1][1]
            continue
        if len(wanted) < len(members):
            base = members[len(members) - len(wanted) - 1][1]
        day, head = wanted[-1]
        planned.append(
            PlannedRange(base=base, head=head, date=day.isoformat(), label=_label(first, period))
        )
        base = head
    return planned


def period_start(day: date, period: str) -> date:
    """Return the first day of the period that a day is in."""
    if period == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == MONTH else day


def _label(first: date, period: str) -> str:
    if period == WEEK:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return f"{first:%Y-%m}" if period == MONTH else first.isoformat()
