"""Compares what a plan says that ranges take with what they took, and fits the coefficients anew.

usage: PYTHONPATH=. python -m benchmarks.estimates --repo PATH... [--seed N] [--most-lines N]

From each repository one range for each number of commits in `SPANS` is drawn from the line of first
parents. All are done in this process, one after the other and after one that does not count, as a job
does them: three locales, Markdown and JSON. A line tells the size of a range, the seconds of
processors that the plan says and those it took; the last ones the coefficients that fit best.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from diff_insight.cli.main import main as command
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.plan.work import seconds_of

#: Numbers of commits on the line of first parents.
SPANS = (1, 2, 5, 12, 30, 80, 200, 500, 1200)
_OPTIONS = ("--locale", "en_US,ja_JP,zh_CN", "--format", "markdown,json", "--max-files", "0", "--quiet")  # fmt: skip
#: Rounds of the fit, each with a smaller step.
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Taken:
    """A range, and the seconds of processors that it took."""

    planned: PlannedRange
    seconds: float


def main(words: Sequence[str]) -> int:
    """Do what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repo", type=Path, action="append", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-lines", type=int, default=300_000)
    asked = parser.parse_args(words)
    chance = random.Random(asked.seed)  # noqa: S311 - repeatable on purpose
    print(f"load {os.getloadavg()[0]:.1f}, {len(os.sched_getaffinity(0))} cores, seed {asked.seed}")
    taken: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="diff-insight-estimates-") as name:
        os.chdir(name)
        for repo in asked.repo:
            ranges = list(_ranges(repo, chance, asked.most_lines))
            if not taken and ranges:
                _done(repo, ranges[0])
            for planned in ranges:
                seconds = _done(repo, planned)
                if seconds is None:
                    print(f"{planned.base[:12]}..{planned.head[:12]} cannot be read")
                    continue
                each = Taken(planned, seconds)
                taken.append(each)
                said = seconds_of(planned)
                print(
                    f"{repo.parent.name:32} {planned.files:6} files {planned.lines:7} lines: "
                    f"said {said:6.2f} s, took {each.seconds:6.2f} s ({said / each.seconds:4.2f})",
                    flush=True,
                )
    _tell("as it is", taken, [seconds_of(each.planned) for each in taken])
    start, by_file, by_line = _fit(taken)
    fitted = [start + each.planned.files * by_file + each.planned.lines * by_line for each in taken]
    _tell(f"start {start:.3f}, file {by_file:.5f}, line {by_line:.7f}", taken, fitted)
    print(f"load {os.getloadavg()[0]:.1f}")
    return 0


def _ranges(repo: Path, chance: random.Random, most_lines: int) -> Iterator[PlannedRange]:
    listed = ["git", "-C", str(repo), "rev-list", "--first-parent", "HEAD"]
    line = subprocess.run(listed, capture_output=True, check=True).stdout.decode().split()
    for span in SPANS:
        if span >= len(line):
            return
        at = chance.randrange(len(line) - span)
        planned = _planned(repo, f"{line[at + span]}..{line[at]}")
        if planned is not None and 0 <= planned.lines <= most_lines:
            yield planned


def _planned(repo: Path, expression: str) -> PlannedRange | None:
    code = _command("plan", expression, "--repo", str(repo), "--files-per-job", "0", "--output", "plan.json", "--quiet")  # fmt: skip
    if code:
        return None
    (row,) = json.loads(Path("plan.json").read_text("utf-8"))["ranges"] or [None]
    names = {"base", "head", "date", "label", "files", "lines"}
    return row and PlannedRange(**{name: row[name] for name in names & row.keys()})


def _done(repo: Path, planned: PlannedRange) -> float | None:
    """Return the seconds of processors that a range takes; None where the clone lacks some of it."""
    before = _cpu()
    code = _command("report", f"{planned.base}..{planned.head}", "--repo", str(repo), *_OPTIONS)
    return None if code else _cpu() - before


def _command(*words: str) -> int:
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        return command(words)


def _cpu() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _tell(name: str, taken: Sequence[Taken], said: Sequence[float]) -> None:
    ratios = sorted(each / took.seconds for each, took in zip(said, taken, strict=True))
    whole = sum(said) / sum(took.seconds for took in taken)
    print(
        f"{name}: {len(ratios)} ranges, said / took: {ratios[0]:.2f} to {ratios[-1]:.2f}, "
        f"median {median(ratios):.2f}, all together {whole:.2f}"
    )


def _fit(taken: Sequence[Taken]) -> tuple[float, ...]:
    """Return start, seconds of a file and of a line with the smallest mean of relative errors.

    None is negative; each is moved up and down by ever smaller steps.
    """
    values, step = [0.2, 0.001, 0.00002], 2.0

    def error(tried: Sequence[float]) -> float:
        start, by_file, by_line = tried
        return sum(
            abs(
                (start + row.planned.files * by_file + row.planned.lines * by_line) / row.seconds
                - 1
            )
            for row in taken
        )

    for _ in range(_ROUNDS):
        tries = [
            [value * factor if at == place else value for at, value in enumerate(values)]
            for place in range(3)
            for factor in (step, 1 / step)
        ]
        best = min(tries, key=error)
        if error(best) < error(values):
            values = best
        else:
            step = 1 + (step - 1) * 0.7
    return tuple(values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
