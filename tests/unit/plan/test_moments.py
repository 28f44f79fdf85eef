"""Dates of wrong clocks hide no other commit."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from diff_insight.plan.moments import settle_moments


def test_dates_in_order_stay_as_they_are() -> None:
    assert settle_moments([1, 2, 2, 5]) == [1, 2, 2, 5]


def test_a_clock_in_the_future_moves_nothing_after_it() -> None:
    assert settle_moments([10, 20, 9_999, 30, 40]) == [10, 20, 20, 30, 40]


def test_a_clock_in_the_past_takes_the_moment_before_it() -> None:
    assert settle_moments([10, 20, 0, 30]) == [10, 20, 20, 30]


def test_a_first_commit_with_a_wrong_date_takes_that_of_the_next() -> None:
    assert settle_moments([9_999, 10, 20]) == [10, 10, 20]


def test_no_commits_have_no_moments() -> None:
    assert settle_moments([]) == []


@given(st.lists(st.integers(0, 10**10), max_size=60))
def test_moments_never_go_back_and_change_as_few_as_possible(seconds: list[int]) -> None:
    settled = settle_moments(seconds)
    assert all(first <= second for first, second in pairwise(settled))
    # Believing one more date would put two out of order: the kept ones are a longest run.
    lengths = [0] * len(seconds)
    for at, moment in enumerate(seconds):
        before = [lengths[other] for other in range(at) if seconds[other] <= moment]
        lengths[at] = 1 + max(before, default=0)
    kept = sum(1 for old, new in zip(seconds, settled, strict=True) if old == new)
    assert kept >= max(lengths, default=0)
