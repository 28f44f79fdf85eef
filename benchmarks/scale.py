"""Runs the workflow of a long history on this machine: plan, jobs side by side, join; with random kills.

usage: PYTHONPATH=tests:. python -m benchmarks.scale [--commits N] [--days N] [--jobs 1,4,16] [--kills N] [--within SECONDS] [--seed N] [--limit SECONDS]

The steps are processes of the action against a GitHub of this machine. For each number of jobs two
lines tell the wall time of the jobs together, their CPU, what an equal share on this machine's cores
would be, and wall, CPU and requests of plan, jobs and join. On a machine that does other work, the
CPU of the jobs for the same ranges tells how they scale, and the wall time does not. With --kills one more run ends processes of jobs
and joins at random moments, runs them again as a person would, and checks that no range is lost or
told twice. A step that takes longer than the limit ends the benchmark.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Self

from support.branches import files_on, reports_in
from support.fake_github import FakeGitHub, Hosted
from support.followed import BRANCH, SOURCE
from support.plans import PlannedRun, write_history
from support.remotes import SLUG
from support.repos import TestRepo
from support.step import Launch
from support.step import process as process_within

INPUTS = {
    "repository": SOURCE,
    "publish": "commit",
    "split": "day",
    "locales": "en_US, ja_JP, zh_CN",
}


def main(words: Sequence[str]) -> int:
    """Run what the arguments ask for; return 1 when a range is lost or told twice."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--jobs", default="1,4,16")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--within", type=float, default=3.0, help="a kill comes in this time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=7200)
    asked = parser.parse_args(words)
    print(
        f"{asked.commits} commits in {asked.days} days, three locales, {len(os.sched_getaffinity(0))} cores, seed {asked.seed}"
    )
    good = True
    for jobs in (int(word) for word in asked.jobs.split(",")):
        good &= _measure(asked, jobs)
    if asked.kills:
        good &= _killed(asked)
    return 0 if good else 1


def _measure(asked: argparse.Namespace, jobs: int) -> bool:
    process = partial(process_within, seconds=asked.limit)
    with _World(asked) as world:
        with _Meter(world.fake) as plan:
            world.expect(world.run.plan(process).code == 0, "the plan failed")
        world.run.share_out(jobs)
        with _Meter(world.fake) as work, ThreadPoolExecutor(jobs) as pool:
            steps = list(pool.map(lambda number: world.run.job(number, process), world.run.jobs()))
        world.expect(all(step.code == 0 for step in steps), "a job failed")
        with _Meter(world.fake) as join:
            world.expect(world.run.join(process).code == 0, "the join failed")
        world.check()
        ideal = work.cpu / min(jobs, len(os.sched_getaffinity(0)))
        print(
            f"{jobs:3} jobs: wall {work.wall:6.1f} s, cpu {work.cpu:6.1f} s, equal share {ideal:6.1f} s "
            f"({work.wall / ideal:.2f}); load {os.getloadavg()[0]:.1f}\n"
            f"     plan: {plan}; jobs: {work}; join: {join}",
            flush=True,
        )
        return world.good


def _killed(asked: argparse.Namespace) -> bool:
    process = partial(process_within, seconds=asked.limit)
    chance = random.Random(asked.seed)  # noqa: S311 - repeatable on purpose
    with _World(asked) as world:
        kills = 0
        world.expect(world.run.plan(process).code == 0, "the plan failed")
        world.run.share_out(4)
        for number in world.run.jobs():
            for _ in range(asked.kills // 5):
                kills += (
                    world.run.job(number, _ended_after(chance.uniform(0.3, asked.within))).code != 0
                )
            world.expect(world.run.job(number, process).code == 0, "a job failed after kills")
        for _ in range(asked.kills - 4 * (asked.kills // 5)):
            kills += world.run.join(_ended_after(chance.uniform(0.3, asked.within))).code != 0
        world.expect(world.run.join(process).code == 0, "the join failed after kills")
        world.check()
        print(
            f"{asked.kills} kills, {kills} of which met a running process: {'nothing lost, nothing twice' if world.good else 'WRONG'}"
        )
        return world.good


class _Meter:
    """Wall time, CPU of processes that end meanwhile, and requests."""

    def __init__(self, fake: FakeGitHub) -> None:
        self._fake = fake

    def __enter__(self) -> Self:
        self._before = len(self._fake.seen()), _children_cpu(), time.monotonic()
        return self

    def __exit__(self, *ending: object) -> None:
        requests, cpu, started = self._before
        self.wall, self.cpu = time.monotonic() - started, _children_cpu() - cpu
        self.requests = len(self._fake.seen()) - requests

    def __str__(self) -> str:
        return f"wall {self.wall:.1f} s, cpu {self.cpu:.1f} s, {self.requests} requests"


class _World:
    """A GitHub with a repository to follow, and one that reports are committed to."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="diff-insight-scale-")
        self._days = sorted(at * asked.days // asked.commits for at in range(asked.commits))
        self.good = True

    def __enter__(self) -> Self:
        folder = Path(self._folder.name)
        (folder / "hosted").mkdir()
        self._server = FakeGitHub(folder / "hosted")
        self.fake = self._server.__enter__()
        ours, theirs = TestRepo(folder / "ours"), TestRepo(folder / "theirs")
        ours.write({"README.md": "# Ours\n"})
        ours.commit()
        self._ours: Hosted = self.fake.host(SLUG, ours)
        self._ids = write_history(theirs, self._days, pages=40)
        self.fake.host(SOURCE, theirs)
        self.run = PlannedRun(self.fake, folder / "runs", INPUTS)
        return self

    def __exit__(self, *ending: object) -> None:
        self._server.__exit__(None, None, None)
        self._folder.cleanup()

    def expect(self, truth: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not truth:
            self.good = False
            print(f"WRONG: {otherwise}", file=sys.stderr)

    def check(self) -> None:
        """Compare what is on the branch with the history: each day once, in order, to the end."""
        documents = [
            json.loads(content)
            for path, content in files_on(self._ours, BRANCH).items()
            if path.endswith(".json") and path in reports_in([path]) and path.startswith("reports/")
        ]
        documents.sort(key=lambda each: str(each["date"]))
        ranges = [(each["range"]["base"], each["range"]["head"]) for each in documents]
        self.expect(len(ranges) == len(set(self._days)), f"{len(ranges)} reports")
        self.expect(all(a[1] == b[0] for a, b in pairwise(ranges)), "a gap between two reports")
        self.expect(bool(ranges) and ranges[-1][1] == self._ids[-1], "the last commit is not told")


def _ended_after(seconds: float) -> Launch:
    """Return what starts a step and kills it after some time, if it is not done by then."""

    def launch(variables: Mapping[str, str], workspace: Path) -> subprocess.CompletedProcess[bytes]:
        started = subprocess.Popen(
            [sys.executable, str(Path(__file__).parents[1] / "entrypoint.py")],
            env={"PATH": os.environ["PATH"], **variables},
            cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(seconds, _kill_all(started))
        timer.start()
        output, _ = started.communicate()
        timer.cancel()
        return subprocess.CompletedProcess([], started.returncode, output)

    return launch


def _kill_all(started: subprocess.Popen[bytes]) -> Callable[[], None]:
    def kill() -> None:
        if started.poll() is None:
            os.killpg(started.pid, 9)

    return kill


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
