"""Does one large generated range in one run, and in parts that are joined; compares what they write.

usage: PYTHONPATH=. python -m benchmarks.split_range [--files N] [--parts N] [--repo PATH --range BASE..HEAD]

The commands run one after the other. For each a line tells wall time, CPU and the peak of its largest
process; the parts of a range would run at the same time on machines of their own, so the last line
adds the longest of them to the join.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import RSS_UNIT
from benchmarks.synthetic import make_repository

_OPTIONS = ("--locale", "en_US,ja_JP,zh_CN", "--format", "markdown,html,json", "--max-files", "0", "--quiet")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the wall and of processors, and the peak of the largest process in bytes."""

    wall: float
    cpu: float
    peak: int

    def __str__(self) -> str:
        return f"wall {self.wall:7.1f} s, cpu {self.cpu:7.1f} s, peak {self.peak >> 20:5} MB"


def main(words: Sequence[str]) -> int:
    """Run what the arguments ask for; return 1 when the two ways write different bytes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=60_000)
    parser.add_argument("--parts", type=int, default=6)
    parser.add_argument("--repo", type=Path)
    parser.add_argument("--range", default="main~1..main")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="diff-insight-split-") as name:
        folder = Path(name)
        repo = asked.repo or folder / "repository"
        if asked.repo is None:
            make_repository(repo, asked.files)
        print(f"load {os.getloadavg()[0]:.1f}, {len(os.sched_getaffinity(0))} cores")
        plan = _plan(folder, repo, asked.range)
        single = folder / "single"
        whole = _run(single, plan, [], repo)
        print(f"one run      {whole}")
        jobs = range(1, asked.parts + 1)
        plan["ranges"][0] |= {"job": 0, "parts": list(jobs)}
        split = folder / "split"
        parts = [_run(split, plan, ["--job", str(job)], repo) for job in jobs]
        for number, part in enumerate(parts, 1):
            print(f"part {number} of {len(parts)}  {part}")
        join = _run(split, plan, [], repo)
        print(f"join         {join}")
        longest = max(part.wall for part in parts)
        print(f"longest part and join {longest + join.wall:.1f} s, one run {whole.wall:.1f} s")
        equal = _written(single) == _written(split)
        print("the same bytes" if equal else "WRONG: other bytes")
        print(f"load {os.getloadavg()[0]:.1f}")
        return 0 if equal else 1


def _plan(folder: Path, repo: Path, expression: str) -> dict[str, list[dict[str, object]]]:
    """Return the plan of one range that one job does."""
    path = folder / "plan.json"
    _command(folder, ["plan", expression, "--repo", str(repo), "--files-per-job", "0", "--output", str(path), "--quiet"])  # fmt: skip
    plan: dict[str, list[dict[str, object]]] = json.loads(path.read_text("utf-8"))
    print(f"{plan['ranges'][0]['files']} files, {plan['ranges'][0]['lines']} lines")
    return plan


def _run(folder: Path, plan: object, job: Sequence[str], repo: Path) -> Took:
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    return _command(folder, ["backfill", "plan.json", *job, "--repo", str(repo), *_OPTIONS])


def _command(folder: Path, arguments: Sequence[str]) -> Took:
    started = time.monotonic()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", f"import os; os.chdir({str(folder)!r}); from diff_insight.cli.main import main; raise SystemExit(main())", *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )  # fmt: skip
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{' '.join(arguments)} ended with {status}")
    cpu = usage.ru_utime + usage.ru_stime
    return Took(time.monotonic() - started, cpu, usage.ru_maxrss * RSS_UNIT)


def _written(folder: Path) -> dict[str, bytes]:
    reports = (path for path in (folder / "reports").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in reports}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
