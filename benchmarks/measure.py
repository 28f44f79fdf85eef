"""Runs commands one at a time and says how long each took and how much memory it needed.

The process that measures stays small: on Linux a child's peak counts from the size its parent had
when it was started.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: `ru_maxrss` is in kibibytes on Linux and in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time in seconds and the peak resident size in bytes of the largest process."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two commands run by turns: `runs[i]` and `others[i]` were neighbours in time."""

    runs: tuple[Run, ...]
    others: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """Median seconds of the first command."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def other_seconds(self) -> float:
        """Median seconds of the second command."""
        return statistics.median(run.seconds for run in self.others)

    @property
    def ratios(self) -> tuple[float, float, float]:
        """Smallest, median and largest ratio of neighbours."""
        found = sorted(
            run.seconds / other.seconds for run, other in zip(self.runs, self.others, strict=True)
        )
        return found[0], statistics.median(found), found[-1]

    @property
    def peak(self) -> int:
        """The highest peak of the first command."""
        return max(run.peak for run in self.runs)


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away; raise when it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip()
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said}")
    return Run(seconds, usage.ru_maxrss * RSS_UNIT)


def peak_of_all(command: Sequence[str], every: float = 0.02) -> int:
    """Return the highest sum of the memory of a command and all it starts, in bytes.

    Pages that several processes share are counted once (`Pss`). Linux only: 0 elsewhere, and where
    the command is done before it was looked at.
    """
    peak = 0
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None:
        peak = max(peak, sum(_share(place) for place in _session(process.pid)))
        time.sleep(every)
    return peak


def _session(session: int) -> Iterator[Path]:
    """Yield the places of the processes of a session."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[3]) == session:
            yield place


def _share(place: Path) -> int:
    try:
        lines = (place / "smaps_rollup").read_text("utf-8").split("\n")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def pairs(command: Sequence[str], other: Sequence[str], times: int) -> Pairs:
    """Run two commands by turns, after one run of each that does not count."""
    run(other)
    run(command)
    runs, others = [], []
    for _ in range(times):
        others.append(run(other))
        runs.append(run(command))
    return Pairs(tuple(runs), tuple(others))
