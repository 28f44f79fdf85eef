"""Workers: every item once, in order, whoever takes it; failures reach the caller."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.runtime.workers import Forked, InPlace


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("items", [0, 1, 2, 500])
def test_results_come_in_the_order_of_the_items(count: int, items: int) -> None:
    given = [f"item {number}" for number in range(items)]
    assert Forked(count).map(str.upper, given) == InPlace().map(str.upper, given)


def test_every_item_is_taken_once_and_by_whoever_is_free(tmp_path: Path) -> None:
    log = tmp_path / "taken"

    def take(number: int) -> int:
        with log.open("a") as stream:
            stream.write(f"{number}\n")
        while number == 0 and len(log.read_text().split()) < 12:  # the longest item of all
            time.sleep(0.001)
        return os.getpid()

    processes = Forked(2).map(take, range(12))
    assert sorted(log.read_text().split(), key=int) == [str(number) for number in range(12)]
    # The process with the long item leaves the others to the other one, however fast that is.
    assert processes.count(processes[0]) == 1
    assert len(set(processes)) == 2


def test_a_failure_is_raised_wherever_it_happens() -> None:
    def fail(number: int) -> int:
        if number == 3:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="3"):
        Forked(2).map(fail, range(4))


def test_a_child_that_is_killed_is_told_with_a_cure() -> None:
    parent = os.getpid()

    def end(number: int) -> int:
        if os.getpid() != parent:
            os._exit(9)
        time.sleep(0.2)
        return number

    with pytest.raises(EnvironmentFailure, match="without its results"):
        Forked(2).map(end, range(4))


@pytest.mark.parametrize("workers", [InPlace(), Forked(1), Forked(2), Forked(3)])
def test_one_process_tells_how_many_items_all_of_them_have_begun(
    workers: InPlace | Forked, capfd: pytest.CaptureFixture[str]
) -> None:
    done = 0

    def tell(steps: int) -> None:
        nonlocal done
        done += steps
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    def take(number: int) -> int:
        time.sleep(0.002)
        return number

    workers.map(take, range(40), tell)
    counts = list(map(int, capfd.readouterr().out.split()))
    assert counts == sorted(set(counts))
    assert counts[-1] <= 40
    assert len(counts) > 1
