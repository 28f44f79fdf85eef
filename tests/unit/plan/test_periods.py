"""Days, weeks and months of a line of commits: every commit in exactly one range."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.plan.periods import DAY, MONTH, PERIODS, WEEK, DayWindow, ranges_by_period
from diff_insight.plan.planned_range import DatedCommit, PlannedRange

START = datetime(2025, 1, 6, 12, tzinfo=UTC)


def line(*days: float) -> list[DatedCommit]:
    return [
        DatedCommit(f"c{at}", int((START + timedelta(days=day)).timestamp()))
        for at, day in enumerate(days)
    ]


def told(ranges: list[PlannedRange]) -> list[tuple[str, str, str]]:
    return [(each.label, each.base, each.head) for each in ranges]


def test_days() -> None:
    assert told(ranges_by_period(line(0, 0.1, 1, 3), "start", DAY, DayWindow())) == [
        ("2025-01-06", "start", "c1"),
        ("2025-01-07", "c1", "c2"),
        ("2025-01-09", "c2", "c3"),
    ]


def test_weeks_have_the_date_of_their_last_commit() -> None:
    ranges = ranges_by_period(line(0, 6, 7, 27), "start", WEEK, DayWindow())
    assert told(ranges) == [
        ("2025-W02", "start", "c1"),
        ("2025-W03", "c1", "c2"),
        ("2025-W05", "c2", "c3"),
    ]
    assert [each.date for each in ranges] == ["2025-01-12", "2025-01-13", "2025-02-02"]


def test_months() -> None:
    assert told(ranges_by_period(line(0, 20, 30), "start", MONTH, DayWindow())) == [
        ("2025-01", "start", "c1"),
        ("2025-02", "c1", "c2"),
    ]


def test_days_are_those_of_a_time_zone() -> None:
    tokyo = DayWindow(zone=ZoneInfo("Asia/Tokyo"))
    assert told(ranges_by_period(line(0, 0.2), "start", DAY, tokyo)) == [
        ("2025-01-06", "start", "c0"),
        ("2025-01-07", "c0", "c1"),
    ]


def test_a_window_begins_behind_what_came_before_it() -> None:
    window = DayWindow(first=date(2025, 1, 8), last=date(2025, 1, 10))
    ranges = ranges_by_period(line(0, 1, 2, 3, 9), "start", WEEK, window)
    assert told(ranges) == [("2025-W02", "c1", "c3")]
    assert ranges_by_period(line(0, 1), "start", DAY, window) == []


@pytest.mark.parametrize("period", PERIODS)
@given(days=st.lists(st.floats(-4000, 4000), min_size=1, max_size=40))
def test_every_commit_is_in_exactly_one_range(period: str, days: list[float]) -> None:
    commits = line(*days)
    ranges = ranges_by_period(commits, "start", period, DayWindow())
    assert ranges[0].base == "start"
    assert ranges[-1].head == commits[-1].id
    assert all(first.head == second.base for first, second in pairwise(ranges))
    assert len({each.label for each in ranges}) == len(ranges)
    order = [int(each.head[1:]) for each in ranges]
    assert order == sorted(set(order))
