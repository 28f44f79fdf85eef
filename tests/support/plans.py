"""A history that is planned, done in jobs and joined, against the fake."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.branches import step
from support.fake_github import FakeGitHub
from support.followed import SCHEDULE
from support.repos import TestRepo
from support.step import Launch, Step

START = datetime(2025, 1, 6, 12, tzinfo=UTC)  # a Monday


def write_history(
    repo: TestRepo, days: Sequence[int], *, pages: int = 3, start: datetime = START
) -> list[str]:
    """Write commits through `git fast-import`, one for each number of days after the start.

    Returns:
        Their ids, the oldest first.
    """
    stream = []
    for at, day in enumerate(days):
        moment = int((start + timedelta(days=day, seconds=at)).timestamp())
        page, text = at % pages, f"# Page {at % pages}\n\nThe limit is {at + 10} requests.\n"
        stream.append(
            f"commit refs/heads/main\nmark :{at + 1}\n"
            f"author Ada <ada@example.com> {moment} +0000\ncommitter Ada <ada@example.com> {moment} +0000\n"
            f"data <<END\nRaise the limit of page {page} to {at + 10}\nEND\n"
            + (f"from :{at}\n" if at else "")
            + f"M 644 inline docs/page-{page}.md\ndata <<END\n{text}END\n\n"
        )
    repo.git("fast-import", "--quiet", "--force", stdin="".join(stream).encode())
    return repo.git("rev-list", "--reverse", "main").decode().split()


class PlannedRun:
    """Runs plan, jobs and join as a workflow does, each in a workspace of its own.

    Args:
        fake: GitHub.
        folder: For workspaces.
        inputs: Of every step.
        launch: Starts a step; in this process by default.
        sha: The commit that the workflow is from.
    """

    def __init__(
        self,
        fake: FakeGitHub,
        folder: Path,
        inputs: Mapping[str, str],
        *,
        launch: Launch | None = None,
        sha: str = "",
    ) -> None:
        self._fake, self._folder, self._inputs, self._launch = fake, folder, dict(inputs), launch
        self._environ = {"GITHUB_REF": "refs/heads/main"} | ({"GITHUB_SHA": sha} if sha else {})
        self._steps = 0
        self.artifacts = folder / "artifacts"

    def plan(self, launch: Launch | None = None) -> Step:
        """Make a plan and keep it as an artifact."""
        done = self._step({"mode": "plan"}, launch)
        plan = done.workspace / "diff-insight-plan.json"
        if plan.exists():
            self.artifacts.mkdir(exist_ok=True)
            shutil.copy(plan, self.artifacts)
        return done

    def job(self, number: int, launch: Launch | None = None) -> Step:
        """Do one job and keep what it has written."""
        done = self._step({"mode": "job", "job": str(number)}, launch, ["diff-insight-plan.json"])
        made = done.workspace / "diff-insight-ranges"
        if made.exists():
            shutil.copytree(made, self.artifacts / made.name, dirs_exist_ok=True)
        return done

    def join(self, launch: Launch | None = None) -> Step:
        """Publish what all jobs have kept."""
        kept = [path.name for path in self.artifacts.iterdir()]
        return self._step({"mode": "join"}, launch, kept)

    def jobs(self) -> list[int]:
        """Return the jobs of the plan."""
        plan = json.loads((self.artifacts / "diff-insight-plan.json").read_text("utf-8"))
        numbers = (each["parts"] or [each["job"]] for each in plan["ranges"])
        return sorted({number for of_range in numbers for number in of_range})

    def share_out(self, jobs: int) -> None:
        """Give each job as many ranges, as a plan of longer work would."""
        path = self.artifacts / "diff-insight-plan.json"
        plan = json.loads(path.read_text("utf-8"))
        for at, each in enumerate(plan["ranges"]):
            each["job"] = 1 + at * jobs // len(plan["ranges"])
        path.write_text(json.dumps(plan), "utf-8")

    def share_out_files(self, at: int, parts: int) -> None:
        """Give each part of the files of one range a job of its own, behind all other jobs."""
        path = self.artifacts / "diff-insight-plan.json"
        plan = json.loads(path.read_text("utf-8"))
        last = max(number for each in plan["ranges"] for number in (each["job"], *each["parts"]))
        numbers = list(range(last + 1, last + 1 + parts))
        plan["ranges"][at] |= {"job": 0, "parts": numbers}
        path.write_text(json.dumps(plan), "utf-8")

    def _step(
        self, inputs: Mapping[str, str], launch: Launch | None, kept: Sequence[str] = ()
    ) -> Step:
        self._steps += 1
        folder = self._folder / f"step-{self._steps}"
        workspace = folder / "workspace"
        workspace.mkdir(parents=True)
        for name in kept:
            source = self.artifacts / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, workspace / name)
        return step(
            self._fake, folder, "schedule", SCHEDULE, {**self._inputs, **inputs},
            self._environ, launch or self._launch,
        )  # fmt: skip
