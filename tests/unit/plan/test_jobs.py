"""Ranges are shared out so that no job works much longer than the others."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
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


def test_a_large_range_is_shared_out_over_jobs() -> None:
    shared = share_out(
        [planned(100), planned(60_000), planned(100)], 16, most_files=10_000, least=0
    )
    assert [each.job for each in shared[::2]] == [1, shared[1].parts[-1] + 1]
    assert shared[1].job == 0
    assert len(shared[1].parts) == 6
    assert list(shared[1].parts) == sorted(set(shared[1].parts))


def test_a_range_has_no_more_parts_than_there_are_jobs() -> None:
    assert share_out([planned(60_000)], 4, most_files=1000)[0].parts == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("files", "most", "jobs"), [(5000, 5000, 9), (5001, 0, 9), (-1, 10, 9), (60_000, 10, 1)]
)
def test_these_are_not_shared_out(files: int, most: int, jobs: int) -> None:
    (alone,) = share_out([planned(files)], jobs, most_files=most, least=0)
    assert (alone.parts, alone.job) == ((), 1)


def test_parts_that_are_not_worth_a_job_are_no_parts() -> None:
    (alone,) = share_out([planned(200)], 16, most_files=10)
    assert (alone.parts, alone.job) == ((), 1)


@given(
    st.lists(st.integers(0, 60_000), min_size=1, max_size=20),
    st.integers(1, 20),
    st.integers(0, 9000),
)
def test_every_part_has_a_job(sizes: list[int], jobs: int, most: int) -> None:
    shared = share_out([planned(size) for size in sizes], jobs, most_files=most, least=0)
    numbers = [number for each in shared for number in each.parts or (each.job,)]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, numbers[-1] + 1))
    assert numbers[-1] <= jobs
    assert all(each.job == 0 for each in shared if each.parts)
