"""Ranges are shared out so that no job works much longer than the others."""

from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from diff_insight.plan.jobs import share_out
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.plan.work import estimate, seconds_of


def planned(files: int) -> PlannedRange:
    return PlannedRange(
        base="a", head=f"b{files}", date="2025-01-01", label="x", files=files, lines=0
    )


def test_little_work_is_one_job() -> None:
    assert {each.job for each in share_out([planned(1)] * 20, 16)} == {1}


def test_equal_work_is_shared_equally() -> None:
    shared = share_out([planned(1000)] * 64, 16, least=0)
    assert [len(list(group)) for _, group in groupby(shared, lambda each: each.job)] == [4] * 16


def test_nothing_is_no_job() -> None:
    assert share_out([], 4) == []


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=60), st.integers(1, 20))
def test_jobs_are_stretches_in_order_and_no_more_than_asked(sizes: list[int], jobs: int) -> None:
    shared = share_out([planned(size) for size in sizes], jobs, least=0)
    numbers = [each.job for each in shared]
    assert all(second - first in {0, 1} for first, second in pairwise(numbers))
    assert numbers[0] == 1
    assert numbers[-1] <= jobs
    works = [seconds_of(each) for each in shared]
    longest = max(
        sum(seconds_of(each) for each in group)
        for _, group in groupby(shared, lambda each: each.job)
    )
    # A stretch is at most one range longer than an equal share.
    assert longest <= sum(works) / jobs + max(works) + 1e-6


def test_an_estimate_adds_up() -> None:
    known, unknown = planned(10), PlannedRange(base="a", head="b", date="2025-01-01", label="x")
    both = estimate([known, unknown], 3, prices=(1.0, 2.0))
    alone = estimate([known], 3)
    assert both.seconds == seconds_of(known) + seconds_of(unknown)
    assert alone.dollars is None
    assert both.dollars == (both.input_tokens + 2 * both.output_tokens) / 1_000_000
