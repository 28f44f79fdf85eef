"""A long history whose texts come by a model's queue: handed over by jobs, kept by the join, collected once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.branches import files_on, reports_in, step
from support.fake_batches import FakeBatches, expired
from support.fake_github import FakeGitHub, Hosted
from support.followed import BRANCH, SCHEDULE, SOURCE
from support.model_server import ModelServer
from support.plans import PlannedRun, write_history
from support.repos import TestRepo
from support.step import Step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

DAYS = [0, 7, 14, 21]
KEY = "sk-test-0123456789abcdefghijklmnop"
#: The first commit is compared with nothing.
RANGES = len(DAYS)


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path) -> list[str]:
    """The commits of a repository with one change a week."""
    repo = TestRepo(tmp_path / "theirs")
    ids = write_history(repo, DAYS, pages=1)
    fake.host(SOURCE, repo)
    return ids


@pytest.fixture
def batches() -> FakeBatches:
    return FakeBatches()


@pytest.fixture
def server(batches: FakeBatches) -> Iterator[ModelServer]:
    with ModelServer(batches=batches) as made:
        yield made


class Workflow:
    """A plan, its jobs, its join and what collects afterwards, each with the same inputs."""

    def __init__(self, fake: FakeGitHub, folder: Path, server: ModelServer) -> None:
        self._fake, self._folder = fake, folder
        self.inputs = {
            "repository": SOURCE, "publish": "commit", "split": "week", "locales": "en_US",
            "api-key": KEY, "base-url": server.url, "model-batch": "on", "model": "test-model",
        }  # fmt: skip
        self.run = PlannedRun(fake, folder / "planned", self.inputs)
        self._collected = 0

    def planned(self, jobs: int = 2) -> None:
        """Make a plan with as many jobs."""
        ok(self.run.plan())
        self.run.share_out(jobs)

    def done(self, jobs: int = 2) -> Step:
        """Plan, do all jobs, and join them."""
        self.planned(jobs)
        for job in self.run.jobs():
            ok(self.run.job(job))
        return ok(self.run.join())

    def collect(self, **inputs: str) -> Step:
        """Put what was answered into the reports."""
        self._collected += 1
        return ok(
            step(
                self._fake, self._folder / f"collect-{self._collected}", "schedule", SCHEDULE,
                {**self.inputs, "split": "", "mode": "collect", **inputs},
                {"GITHUB_REF": "refs/heads/main"},
            )
        )  # fmt: skip


@pytest.fixture
def workflow(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], server: ModelServer, tmp_path: Path
) -> Workflow:
    return Workflow(fake, tmp_path / "workflow", server)


def ok(done: Step) -> Step:
    assert done.code == 0, done.log
    return done


def documents(hosted: Hosted) -> list[dict[str, Any]]:
    """The documents on the branch, the oldest first."""
    files = files_on(hosted, BRANCH)
    found = [json.loads(files[path]) for path in reports_in(list(files)) if path.endswith(".json")]
    return sorted(found, key=lambda each: str(each["date"]))


def authors(hosted: Hosted) -> list[set[str]]:
    return [{entry["author"] for entry in each["files"]} for each in documents(hosted)]


def handles(hosted: Hosted) -> list[dict[str, Any]]:
    state = json.loads(files_on(hosted, BRANCH)[".diff-insight/state.json"])
    found: list[dict[str, Any]] = state.get("batches", [])
    return found


def end_all(batches: FakeBatches) -> None:
    for name, batch in list(batches.batches.items()):
        if batch.status in {"validating", "in_progress"}:
            batches.end(name=name)


def test_jobs_hand_over_and_the_join_keeps_the_handles_beside_the_cursor(
    workflow: Workflow, ours: Hosted, batches: FakeBatches, theirs: list[str]
) -> None:
    tip = ours.git("rev-parse", "main").decode().strip()
    workflow.done()
    assert authors(ours) == [{"rules"}] * RANGES
    told = [{notice["key"] for notice in each["notices"]} for each in documents(ours)]
    assert all("model-batch-waiting" in keys for keys in told)
    assert batches.model.requests == []
    kept = handles(ours)
    assert [each["batch"] for each in kept] == list(batches.batches)
    assert [each["head"] for each in kept] == theirs
    assert {each["track"] for each in kept} == {f"{SOURCE}@HEAD"}
    assert ours.git("rev-list", "--count", f"{tip}..{BRANCH}").decode().strip() == "1"


def test_what_was_answered_replaces_each_report_once(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.done()
    paths = set(files_on(ours, BRANCH))
    end_all(batches)
    done = workflow.collect()
    assert authors(ours) == [{"model"}] * RANGES
    assert set(files_on(ours, BRANCH)) == paths
    assert handles(ours) == []
    assert batches.files == {}, "what the provider keeps is deleted"
    assert len(json.loads(done.outputs["reports-collected"])) == RANGES
    assert all(request.overview for request in batches.model.requests)
    tip = ours.commit(BRANCH)
    assert workflow.collect().outputs["reports-collected"] == "[]"
    assert ours.commit(BRANCH) == tip
    assert len(batches.batches) == RANGES


def test_a_schedule_that_goes_on_collects_them_too(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.done()
    end_all(batches)
    workflow.collect(mode="report", since="last-report")
    assert authors(ours) == [{"model"}] * RANGES
    assert handles(ours) == []


@pytest.mark.slow
def test_each_batch_has_its_own_end(workflow: Workflow, ours: Hosted, batches: FakeBatches) -> None:
    workflow.done()
    first, second, third, fourth = list(batches.batches)
    batches.end("completed", name=first)
    batches.end("in_progress", name=second)
    batches.end("expired", expired, name=third)
    batches.end("cancelled", expired, name=fourth)
    workflow.collect()
    assert authors(ours) == [{"model"}, {"rules"}, {"rules"}, {"rules"}]
    # The second is under way; the third was handed over once more; nobody wants the fourth.
    assert [each["attempt"] for each in handles(ours)] == [1, 2]
    assert [each["batch"] for each in handles(ours)] == [second, batches.newest.id]
    end_all(batches)
    workflow.collect()
    assert authors(ours) == [{"model"}, {"model"}, {"model"}, {"rules"}]
    assert handles(ours) == []


@pytest.mark.slow
def test_a_job_that_was_killed_behind_the_submission_pays_once(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.planned()
    first, second = workflow.run.jobs()
    ok(workflow.run._step({"mode": "job", "job": str(first)}, None, ["diff-insight-plan.json"]))
    assert len(batches.batches) == 2
    batches.end(
        name=next(iter(batches.batches))
    )  # its answers may be there before the job is run again
    ok(workflow.run.job(first))
    ok(workflow.run.job(second))
    ok(workflow.run.join())
    assert len(batches.batches) == RANGES
    assert [each["batch"] for each in handles(ours)] == list(batches.batches)


@pytest.mark.slow
def test_a_join_that_runs_twice_keeps_each_handle_once(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.done()
    kept, tip = handles(ours), ours.commit(BRANCH)
    ok(workflow.run.join())
    assert handles(ours) == kept
    assert ours.commit(BRANCH) == tip
    end_all(batches)
    workflow.collect()
    tip = ours.commit(BRANCH)
    ok(workflow.run.join())
    assert ours.commit(BRANCH) == tip, "reports with their texts stay"


@pytest.mark.slow
def test_a_join_of_one_range_that_runs_twice_keeps_its_texts(
    workflow: Workflow, ours: Hosted, batches: FakeBatches, theirs: list[str]
) -> None:
    run = PlannedRun(
        workflow._fake, workflow._folder / "one",
        {**workflow.inputs, "split": "", "base": theirs[0], "head": theirs[-1]},
    )  # fmt: skip
    ok(run.plan())
    ok(run.job(1))
    run._inputs |= {"base": "", "head": ""}
    ok(run.join())
    ok(run.join())
    assert len(handles(ours)) == 1
    end_all(batches)
    workflow.collect()
    assert authors(ours) == [{"model"}]
    tip = ours.commit(BRANCH)
    ok(run.join())
    assert authors(ours) == [{"model"}]
    assert (handles(ours), ours.commit(BRANCH)) == ([], tip)


@pytest.mark.slow
def test_what_a_plan_has_no_room_for_is_asked_at_once(
    workflow: Workflow, ours: Hosted, batches: FakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diff_insight.action.planned_analysts.MOST_BATCHES", 4)
    workflow.done()
    assert authors(ours) == [{"rules"}] * 3 + [{"model"}]
    assert len(handles(ours)) == 3


def test_without_a_branch_in_the_plan_nothing_waits(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.run._inputs["publish"] = "summary"
    workflow.planned(1)
    done = ok(workflow.run.job(1))
    assert "model-batch: on has no effect here" in done.log
    assert batches.batches == {}
    assert batches.model.requests


@pytest.mark.slow
def test_an_endpoint_without_batches_is_asked_at_once(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    with ModelServer() as server:
        workflow = Workflow(fake, tmp_path / "workflow", server)
        workflow.done(1)
    assert authors(ours) == [{"model"}] * RANGES
    assert handles(ours) == []


@pytest.mark.slow
def test_parts_of_a_large_range_wait_when_they_are_joined(
    workflow: Workflow, ours: Hosted, batches: FakeBatches
) -> None:
    workflow.planned(1)
    workflow.run.share_out_files(2, 2)
    for job in workflow.run.jobs():
        ok(workflow.run.job(job))
    assert len(batches.batches) == RANGES - 1
    ok(workflow.run.join())
    assert len(batches.batches) == RANGES
    assert sorted(each["batch"] for each in handles(ours)) == sorted(batches.batches)
    end_all(batches)
    workflow.collect()
    assert authors(ours) == [{"model"}] * RANGES


@pytest.mark.slow
def test_the_join_of_an_old_plan_does_not_take_the_cursor_back(
    workflow: Workflow, fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    workflow.done()
    repo = TestRepo(tmp_path / "theirs")
    repo.git("checkout", "-q", "-f", "main")
    repo.write({"docs/new.md": "# New\n\nA new page.\n"})
    repo.commit("Add a page")
    fake.hosted(SOURCE).git("fetch", "-q", str(repo.path), "+main:main")
    workflow.collect(mode="report", since="last-report")
    tip = ours.commit(BRANCH)
    done = ok(workflow.run.join())
    assert "meanwhile" in done.log
    assert ours.commit(BRANCH) == tip


@pytest.mark.slow
def test_texts_of_several_repositories_are_collected_together(
    fake: FakeGitHub,
    ours: Hosted,
    theirs: list[str],
    server: ModelServer,
    batches: FakeBatches,
    tmp_path: Path,
) -> None:
    second = TestRepo(tmp_path / "second")
    write_history(second, [3])
    fake.host("other/code", second)
    home = TestRepo(tmp_path / "home")
    home.write({".github/diff-insight.yml": (
        f"follow:\n  - repository: {SOURCE}\n    output: docs/{{locale}}/%Y%m%d-{{category}}.md\n"
        "  - repository: other/code\n    output: code/{locale}/%Y%m%d-{category}.md\n  - other/gone\n"
    )})  # fmt: skip
    sha = home.commit()
    ours.git("fetch", "-q", str(home.path), "+main:main")
    workflow = Workflow(fake, tmp_path / "workflow", server)
    del workflow.inputs["repository"]
    workflow.run = PlannedRun(fake, tmp_path / "planned", workflow.inputs, sha=sha)
    workflow.done()
    assert {each["track"] for each in handles(ours)} == {f"{SOURCE}@HEAD", "other/code@HEAD"}
    end_all(batches)
    folder = tmp_path / "collect"
    done = ok(
        step(fake, folder, "schedule", SCHEDULE, {**workflow.inputs, "split": "", "mode": "collect"},
             {"GITHUB_REF": "refs/heads/main", "GITHUB_SHA": sha})
    )  # fmt: skip
    assert "texts of other/gone were not collected" in done.log
    assert handles(ours) == []
    assert authors(ours) == [{"model"}] * (RANGES + 1)
