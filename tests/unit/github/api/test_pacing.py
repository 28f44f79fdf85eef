"""Writes keep below GitHub's limits, on a clock that only the waits move."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.github.api.pacing import LIMITS, WritePace


class Clock:
    """Moves when somebody waits, or by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def keeps(sent: list[float], limits: tuple[tuple[int, float], ...] = LIMITS) -> None:
    for count, span in limits:
        for first, last in zip(sent, sent[count:], strict=False):
            assert last - first >= span - 1e-6, (count, span)


def test_a_backfill_of_200_reports_writes_no_more_than_80_times_a_minute() -> None:
    clock = Clock()
    pace = WritePace(clock, clock.sleep)
    sent = []
    for _ in range(200):
        pace.wait()
        sent.append(clock.now)
        clock.now += 0.2  # the request itself
    keeps(sent)
    assert sent[-1] - sent[0] < 210


@given(
    st.lists(st.floats(0, 20), max_size=60),
    st.lists(st.tuples(st.integers(1, 9), st.floats(0.5, 60)), min_size=1, max_size=3),
)
@settings(deadline=None, max_examples=50)
def test_every_limit_is_kept_whatever_the_pauses_are(
    pauses: list[float], limits: list[tuple[int, float]]
) -> None:
    clock = Clock()
    pace = WritePace(clock, clock.sleep, limits)
    sent = []
    for pause in pauses:
        clock.now += pause
        pace.wait()
        sent.append(clock.now)
    keeps(sent, tuple(limits))


def test_nobody_waits_who_need_not() -> None:
    clock = Clock()
    pace = WritePace(clock, clock.sleep)
    pace.wait()
    clock.now += 5
    pace.wait()
    assert clock.now == 1005
