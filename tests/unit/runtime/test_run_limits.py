"""A run that takes too long or too much ends with an error that says so, and nothing stays set."""

from __future__ import annotations

import math
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.runtime.run_limits import memory_limit, run_limits, seconds_left


def sleep_through_errors() -> None:
    try:
        time.sleep(60)
    except Exception:  # noqa: BLE001 - what catches every error does not catch the end
        time.sleep(60)


def test_a_run_without_end_has_one() -> None:
    started = time.monotonic()
    with pytest.raises(EnvironmentFailure, match="end in 1 seconds"), run_limits(1, 0):
        sleep_through_errors()
    assert time.monotonic() - started < 30


def test_nothing_stays_set() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with run_limits(50, 4000):
        assert 0 < seconds_left() <= 50
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] <= 4000 << 20
    assert seconds_left() == math.inf
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_no_bound_is_none() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with run_limits(0, 0):
        assert seconds_left() == math.inf
        assert resource.getrlimit(resource.RLIMIT_DATA) == before


@pytest.mark.parametrize(
    ("told", "most"), [("300000000\n", 300_000_000), ("max\n", 4000 << 20), ("9" * 30, 4000 << 20)]
)
def test_a_container_with_less_is_the_bound(tmp_path: Path, told: str, most: int) -> None:
    (tmp_path / "memory.max").write_text(told)
    with memory_limit(4000, tmp_path / "memory.max"):
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] == most


def test_what_takes_more_memory_is_told() -> None:
    program = (
        "from diff_insight.runtime.run_limits import memory_limit\n"
        "try:\n"
        "    with memory_limit(300):\n"
        "        kept = bytearray(600 << 20)\n"
        "except Exception as error:\n"
        "    print(error.what)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"the run needs more memory than the 300 MB that it may take\n"
