"""A stretch of time is cut at midnights of a zone, or before Mondays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.continuation.boundaries import DAY, MOST_PARTS, NEVER, WEEK, boundaries

START = datetime(2025, 6, 11, 22, 0, tzinfo=UTC)  # a Wednesday


def test_days_end_in_their_zone() -> None:
    end = START + timedelta(days=2)
    utc = boundaries(START, end, DAY, UTC)
    assert [each.isoformat() for each in utc] == [
        "2025-06-11T23:59:59+00:00",
        "2025-06-12T23:59:59+00:00",
    ]
    tokyo = boundaries(START, end, DAY, ZoneInfo("Asia/Tokyo"))
    assert tokyo[0].isoformat() == "2025-06-12T14:59:59+00:00"


def test_weeks_end_before_mondays() -> None:
    found = boundaries(START, START + timedelta(days=14), WEEK, UTC)
    assert [each.strftime("%A %d") for each in found] == ["Sunday 15", "Sunday 22"]


def test_never_and_nothing() -> None:
    assert boundaries(START, START + timedelta(days=9), NEVER, UTC) == ()
    assert boundaries(START, START + timedelta(minutes=5), DAY, UTC) == ()
    assert boundaries(START, START - timedelta(days=5), DAY, UTC) == ()


@given(
    st.integers(0, 30 * 365 * 24 * 3600),
    st.timedeltas(timedelta(0), timedelta(days=900)),
    st.sampled_from(
        ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]
    ),
    st.sampled_from([DAY, WEEK]),
)
@settings(deadline=None, max_examples=80)
def test_parts_follow_each_other_within_the_range(
    start: int, length: timedelta, name: str, split: str
) -> None:
    zone, begin = ZoneInfo(name), datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
    found = boundaries(begin, begin + length, split, zone)
    assert list(found) == sorted(set(found))
    assert len(found) < MOST_PARTS
    for moment in found:
        assert begin - timedelta(seconds=1) <= moment <= begin + length
        after = (moment + timedelta(seconds=1)).astimezone(zone)
        assert moment.astimezone(zone).date() < after.date()
