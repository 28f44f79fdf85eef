"""`make bench`: whole reports against `git diff` of the same range, paired in one run.

Three locales, Markdown and JSON, with the installed command as a process of its own, start-up
included. Goals are printed as information; nothing here fails because of a number.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import pairs, peak_of_all, run
from benchmarks.rows import Row, find_clone, read_rows
from benchmarks.synthetic import make_repository

#: Names the folder of clones: OWNER+NAME, OWNER+NAME/repo, OWNER/NAME or OWNER/NAME.git.
CLONES = "DIFF_INSIGHT_CLONES"
GOAL_VERSION = 0.15
#: Pairs of runs for a row: fewer where one takes long.
_PAIRS, _PAIRS_MANY_FILES, _MANY_FILES = 7, 3, 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every row and print it."""
    options = _options(arguments)
    version = pairs([*_command(), "--version"], [sys.executable, "-c", "pass"], 10)
    print(
        f"--version: {version.seconds:.3f} s, python -c pass: {version.other_seconds:.3f} s"
        f"{_goal(version.seconds, GOAL_VERSION, ' s')}"
    )
    rows = [row for row in read_rows() if row.files <= options.max_files]
    for row in rows:
        with tempfile.TemporaryDirectory(prefix="diff-insight-bench-") as folder:
            found = _place(row, options.clones, Path(folder))
            if found is not None:
                _print_row(*found, Path(folder), options.repeat)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    clones = os.environ.get(CLONES)
    parser.add_argument("--clones", type=Path, default=Path(clones) if clones else None)
    parser.add_argument("--repeat", type=int, default=0, help="pairs of runs for every row")
    parser.add_argument("--max-files", type=int, default=sys.maxsize, help="leave out larger rows")
    return parser.parse_args(arguments)


def _command() -> list[str]:
    """Return the installed command of the environment that runs this file."""
    script = Path(sys.executable).with_name("diff-insight")
    return [str(script)] if script.exists() else [sys.executable, "-m", "diff_insight"]


def _place(row: Row, clones: Path | None, folder: Path) -> tuple[Row, Path] | None:
    """Return the row to measure and its repository: a clone, or a generated stand-in."""
    clone = find_clone(row, clones)
    if clone is not None:
        return row, clone
    print(f"\n{row.repository} {row.base}..{row.head} ({row.files} files): skipped, no clone")
    if not row.stand_in:
        return None
    made = make_repository(folder / "repository", row.stand_in)
    return replace(row, repository="generated", base=made.base, head=made.head, files=made.files), (
        folder / "repository"
    )


def _print_row(row: Row, repository: Path, folder: Path, repeat: int) -> None:
    git_diff = ["git", "-C", str(repository), "diff", "-M", row.base, row.head]
    report = _report(row, repository, folder)
    times = repeat or (_PAIRS if row.files <= _MANY_FILES else _PAIRS_MANY_FILES)
    measured = pairs([*_command(), *report], git_diff, times)
    files, size = _size(row, repository)
    megabytes = peak_of_all([*_command(), *report]) / 1e6 or measured.peak / 1e6
    least, median, most = measured.ratios
    print(f"\n{row.repository} {row.base}..{row.head}: {files} files, {size / 1e6:.2f} MB of diff")
    print(
        f"  report {measured.seconds:.2f} s{_goal(measured.seconds, row.goal_seconds, ' s')}, "
        f"git diff {measured.other_seconds:.3f} s ({times} pairs)"
    )
    print(f"  ratio {least:.1f} / {median:.1f} / {most:.1f}{_goal(median, row.goal_ratio, ' x')}")
    print(
        f"  peak {measured.peak / 1e6:.0f} MB in the largest process, {megabytes:.0f} MB in all"
        f"{_goal(megabytes, row.goal_megabytes, ' MB')}"
    )
    print("  stages " + ", ".join(_stages(report, folder / "stages.json")))


def _report(row: Row, repository: Path, folder: Path) -> list[str]:
    return [
        "report", f"{row.base}..{row.head}", "--repo", str(repository), "--quiet",
        "--locale", "en_US,ja_JP,zh_CN", "--format", "markdown,json",
        "--output", str(folder / "{locale}" / "report-{category}.md"),
    ]  # fmt: skip


def _stages(report: list[str], place: Path) -> Iterator[str]:
    """Yield seconds by stage of one run in a process of its own."""
    run([sys.executable, "-m", "benchmarks.stages", str(place), *report])
    for name, seconds in json.loads(place.read_text("utf-8")).items():
        yield f"{name} {seconds:.3f}"


def _size(row: Row, repository: Path) -> tuple[int, int]:
    """Return files and bytes of `git diff -M`."""
    git = ["git", "-C", str(repository), "diff", "-M"]
    names = subprocess.run(
        [*git, "--name-only", "-z", row.base, row.head], check=True, stdout=subprocess.PIPE
    ).stdout
    size = 0
    with subprocess.Popen([*git, row.base, row.head], stdout=subprocess.PIPE) as process:
        while process.stdout is not None and (piece := process.stdout.read(1 << 20)):
            size += len(piece)
    return names.count(b"\0"), size


def _goal(value: float, goal: float, unit: str) -> str:
    """Return the goal as information, or nothing where there is none."""
    if not goal:
        return ""
    return f" (goal {goal:g}{unit}: {'met' if value <= goal else 'missed'})"


if __name__ == "__main__":
    sys.exit(main())
