"""Cuts a stretch of time at the beginnings of days or weeks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

NEVER, DAY, WEEK = "never", "day", "week"
SPLITS = (NEVER, DAY, WEEK)
#: More parts than this are no reports that anybody reads: the first one takes what is before.
MOST_PARTS = 200


def boundaries(start: datetime, end: datetime, split: str, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the midnights between two moments, or those before Mondays, the oldest first.

    A moment stands for the last second before a day, because what is made at midnight is that day's.
    """
    if split == NEVER:
        return ()
    day = start.astimezone(zone).date() + timedelta(days=1)
    if split == WEEK:
        day += timedelta(days=-day.weekday() % 7)
    step = timedelta(days=7 if split == WEEK else 1)
    bounds = []
    while (moment := datetime.combine(day, time(), zone).astimezone(UTC)) <= end:
        bounds.append(moment - timedelta(seconds=1))
        day += step
    return tuple(bounds[-(MOST_PARTS - 1) :])
