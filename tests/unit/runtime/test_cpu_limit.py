"""Work that computes too long is broken off; what is in time is not, and nothing is left half done."""

from __future__ import annotations

import re
import signal
import time

import pytest

from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit, unbroken


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_work_in_time_is_done() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with cpu_limit(5):
        spin(0.01)
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    assert signal.getsignal(signal.SIGVTALRM) in {before, signal.SIG_DFL}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)+$", "a" * 60 + "!"),
        (r"\s+x", " " * 60_000),
        (r"(?:a|a)*b", "a" * 200),
        (r"(\w+\s*)*$", "word " * 40 + "\x00"),
    ],
)
def test_a_search_without_end_has_one(pattern: str, text: str) -> None:
    started = time.process_time()
    with pytest.raises(OutOfTimeError), cpu_limit(0.2):
        re.search(pattern, text)
    assert time.process_time() - started < 2


def test_no_broad_except_holds_it_up() -> None:
    def careless() -> str:
        try:
            spin(5)
        except Exception:  # noqa: BLE001 - what this is about
            return "held"
        return "done"

    with pytest.raises(OutOfTimeError), cpu_limit(0.1):
        careless()


def test_nothing_left_is_no_time() -> None:
    with pytest.raises(OutOfTimeError), cpu_limit(0):
        pytest.fail("nothing may begin")


def test_waiting_takes_no_time() -> None:
    with cpu_limit(0.2):
        time.sleep(0.4)


def test_the_outer_limit_goes_on_behind_an_inner_one() -> None:
    def nested() -> None:
        with pytest.raises(OutOfTimeError), cpu_limit(0.1):
            spin(5)
        spin(5)

    with pytest.raises(OutOfTimeError), cpu_limit(0.4):
        nested()


def test_what_must_not_be_left_half_done_comes_to_its_end() -> None:
    done = []

    def exchange() -> None:
        with unbroken():
            spin(0.3)
            done.append("exchange")
        spin(5)

    with pytest.raises(OutOfTimeError), cpu_limit(0.1):
        exchange()
    assert done == ["exchange"]
