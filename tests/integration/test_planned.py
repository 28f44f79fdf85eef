"""A long history through the action: planned, done in jobs, joined in order, resumed after anything."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.branches import committed, files_on, reports_in
from support.fake_github import FakeGitHub, Fault, Hosted
from support.followed import BRANCH, SOURCE
from support.plans import PlannedRun, write_history
from support.repos import TestRepo
from support.step import Step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

DAYS = [0, 0, 1, 3, 3, 3, 7, 8, 14, 15, 15, 21]
INPUTS = {"repository": SOURCE, "publish": "commit", "split": "day", "locales": "en_US, ja_JP"}


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path) -> list[str]:
    """The commits of a repository with a history of three weeks."""
    repo = TestRepo(tmp_path / "theirs")
    ids = write_history(repo, DAYS)
    fake.host(SOURCE, repo)
    return ids


def ok(done: Step) -> Step:
    assert done.code == 0, done.log
    return done


def state(hosted: Hosted) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files_on(hosted, BRANCH)[".diff-insight/state.json"])[
        "cursors"
    ]
    return found


def reports_on(hosted: Hosted) -> dict[str, bytes]:
    """The reports and documents on the branch by path."""
    files = files_on(hosted, BRANCH)
    return {path: files[path] for path in reports_in(files)}


def ranges_on(hosted: Hosted) -> list[tuple[str, str]]:
    """Base and head of every document on the branch, in the order of their dates."""
    documents = [
        json.loads(content)
        for path, content in sorted(files_on(hosted, BRANCH).items())
        if path.endswith(".json") and reports_in([path])
    ]
    ordered = sorted(documents, key=lambda each: str(each["date"]))
    return [(each["range"]["base"], each["range"]["head"]) for each in ordered]


def test_a_history_is_planned_done_in_jobs_and_joined(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    run = PlannedRun(fake, tmp_path, INPUTS)
    planned = ok(run.plan())
    days = len(set(DAYS))
    assert planned.outputs["ranges"] == str(days)
    assert json.loads(planned.outputs["matrix"])["include"][0]["job"] == 1
    run.share_out(3)
    for job in run.jobs():
        ok(run.job(job))
    tip = ours.git("rev-parse", "main").decode().strip()
    joined = ok(run.join())
    assert joined.outputs["ranges-waiting"] == "0"
    told = ranges_on(ours)
    assert len(told) == days
    assert all(first[1] == second[0] for first, second in pairwise(told))
    assert told[-1][1] == theirs[-1]
    assert state(ours)[f"{SOURCE}@HEAD"]["head"] == theirs[-1]
    assert len(committed(ours, BRANCH, tip)) == 1
    names = files_on(ours, BRANCH)
    assert "reports/202501/ja_JP/report-20250106-all.md" in names
    assert any(name.endswith(".xml") for name in names)


def test_nothing_is_planned_twice(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    run = PlannedRun(fake, tmp_path / "first", INPUTS)
    ok(run.plan())
    ok(run.job(1))
    ok(run.join())
    again = PlannedRun(fake, tmp_path / "second", INPUTS)
    assert ok(again.plan()).outputs["ranges"] == "0"
    assert json.loads(again._step({"mode": "plan"}, None).outputs["matrix"]) == {"include": []}


@pytest.mark.slow
def test_what_comes_later_waits_for_what_comes_before(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    run = PlannedRun(fake, tmp_path / "first", INPUTS)
    ok(run.plan())
    run.share_out(3)
    ok(run.job(1))
    ok(run.job(3))
    joined = ok(run.join())
    assert int(joined.outputs["ranges-waiting"]) > 0
    assert "no job has finished 2025-01" in joined.log
    before = ranges_on(ours)
    assert state(ours)[f"{SOURCE}@HEAD"]["head"] == before[-1][1] != theirs[-1]
    # The job that had failed is run again, and the same artifacts are joined again.
    ok(run.job(2))
    ok(run.join())
    told = ranges_on(ours)
    assert told[: len(before)] == before
    assert len(told) == len(set(DAYS))
    assert told[-1][1] == theirs[-1]


@pytest.mark.slow
def test_a_join_that_was_ended_goes_on(
    fake: FakeGitHub,
    ours: Hosted,
    theirs: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diff_insight.plan.batches.batches.__defaults__", (2, 8_000_000))
    run = PlannedRun(fake, tmp_path, INPUTS)
    ok(run.plan())
    ok(run.job(1))
    broken = Fault(path="graphql", status=403)

    def end_after_one(method: str, path: str, done: bool) -> None:  # noqa: FBT001 - the fake's signature
        if done and "graphql" in path:
            fake.fail(broken)

    fake.watch(end_after_one)
    assert run.join().code == 1
    part = ranges_on(ours)
    assert len(part) in {2, 4}
    fake.watch(None)
    broken.times = 0
    ok(run.join())
    assert len(ranges_on(ours)) == len(set(DAYS))
    assert ranges_on(ours)[: len(part)] == part


@pytest.mark.slow
def test_a_job_that_is_run_again_does_only_what_is_left(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    run = PlannedRun(fake, tmp_path, INPUTS)
    ok(run.plan())
    ok(run.job(1))
    kept = ["diff-insight-plan.json", "diff-insight-ranges"]
    next(iter((run.artifacts / "diff-insight-ranges").glob("*.json"))).unlink()
    again = ok(run._step({"mode": "job", "job": "1"}, None, kept))
    assert again.log.count("is done already") == len(set(DAYS)) - 1


@pytest.mark.slow
def test_the_files_of_large_ranges_are_shared_out(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    whole = PlannedRun(fake, tmp_path / "whole", INPUTS)
    ok(whole.plan())
    ok(whole.job(1))
    ok(whole.join())
    expected = reports_on(ours)
    ours.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    parted = PlannedRun(fake, tmp_path / "parted", INPUTS)
    ok(parted.plan())
    for at in (0, 3, 4):
        parted.share_out_files(at, 3)
    jobs = parted.jobs()
    assert len(jobs) == 10
    for job in jobs[:-1]:  # the last one was ended: the join reads its files
        ok(parted.job(job))
    joined = ok(parted.join())
    assert joined.outputs["ranges-waiting"] == "0"
    assert "2 of 3 parts are there" in joined.log
    assert reports_on(ours) == expected
    assert state(ours)[f"{SOURCE}@HEAD"]["head"] == theirs[-1]


def test_one_range_between_two_commits_is_planned_in_parts(
    fake: FakeGitHub,
    ours: Hosted,
    theirs: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Any work is worth a job.
    defaults = {"most_files": 0, "least": 0.0}
    monkeypatch.setattr("diff_insight.plan.jobs.share_out.__kwdefaults__", defaults)
    home = TestRepo(tmp_path / "home")
    home.write({".github/diff-insight.yml": "files-per-job: 1\n"})
    sha = home.commit()
    ours.git("fetch", "-q", str(home.path), "+main:main")
    inputs = {**INPUTS, "split": "", "base": theirs[0], "head": theirs[-1]}
    run = PlannedRun(fake, tmp_path, inputs, sha=sha)
    planned = ok(run.plan())
    assert [row["name"] for row in json.loads(planned.outputs["matrix"])["include"]] == [
        f"{theirs[0][:7]}..{theirs[-1][:7]} ({at}/3)" for at in (1, 2, 3)
    ]
    for job in run.jobs():
        assert ok(run.job(job)).outputs["changed-files"] == "1"
    joined = ok(run.join())
    assert "3 of 3 parts are there" in joined.log
    assert ranges_on(ours) == [(theirs[0], theirs[-1])]
    assert ".diff-insight/state.json" not in files_on(ours, BRANCH), "it moves no cursor"


@pytest.mark.slow
def test_what_is_before_a_large_range_is_published_before_it_is_joined(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    run = PlannedRun(fake, tmp_path, INPUTS)
    ok(run.plan())
    run.share_out_files(2, 2)
    for job in run.jobs():
        ok(run.job(job))
    gone = Fault(path=SOURCE, status=404)

    def end_after_one(method: str, path: str, done: bool) -> None:  # noqa: FBT001 - the fake's signature
        if done and path.endswith("/git/refs"):  # the branch is made
            fake.fail(gone)

    fake.watch(end_after_one)
    joined = run.join()
    assert joined.code == 1, joined.log
    assert len(ranges_on(ours)) == 2
    assert "no job has finished 2025-01-09" in joined.log
    fake.watch(None)
    gone.times = 0
    ok(run.join())
    assert len(ranges_on(ours)) == len(set(DAYS))


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"mode": "everything"}, "mode: 'everything' does not fit"),
        ({"mode": "job"}, "needs the number of the job"),
        ({"mode": "job", "job": "1"}, "there is no plan"),
        ({"mode": "join"}, "there is no plan"),
        ({"mode": "join", "publish": "summary"}, "publishes to a branch"),
        ({"job": "1"}, "says nothing to mode: report"),
        ({"mode": "plan", "plan": "../elsewhere.json"}, "not inside the workspace"),
        ({"mode": "plan", "since": "yesterday"}, "does not fit"),
        ({"mode": "plan", "split": "hour"}, "does not fit"),
    ],
)
def test_wrong_inputs_are_told(
    fake: FakeGitHub,
    ours: Hosted,
    theirs: list[str],
    tmp_path: Path,
    inputs: dict[str, str],
    said: str,
) -> None:
    done = PlannedRun(fake, tmp_path, {**INPUTS, **inputs})._step({}, None)
    assert done.code == 2, done.log
    assert said in done.log


@pytest.mark.slow
def test_several_repositories_are_planned_together(
    fake: FakeGitHub, ours: Hosted, theirs: list[str], tmp_path: Path
) -> None:
    second = TestRepo(tmp_path / "second")
    more = write_history(second, [2, 4])
    fake.host("other/code", second)
    config = (
        "follow:\n"
        f"  - repository: {SOURCE}\n"
        "    output: docs/{locale}/%Y%m%d-{category}.md\n"
        "  - repository: other/code\n"
        "    output: code/{locale}/%Y%m%d-{category}.md\n"
        "    locales: [de]\n"
        "  - other/gone\n"
    )
    home = TestRepo(tmp_path / "home")
    home.write({".github/diff-insight.yml": config})
    head = home.commit()
    ours.git("fetch", "-q", str(home.path), "+main:main")
    run = PlannedRun(fake, tmp_path, {"publish": "commit", "split": "week"}, sha=head)
    planned = ok(run.plan())
    assert planned.outputs["ranges"] == "5"
    assert "other/gone was not planned" in planned.log
    ok(run.job(1))
    ok(run.join())
    files = files_on(ours, BRANCH)
    assert (
        "docs/en_US/20250106-all.md" not in files
    )  # the week's report has the date of its last day
    assert [name for name in files if name.startswith("code/de_DE/")]
    assert state(ours)[f"{SOURCE}@HEAD"]["head"] == theirs[-1]
    assert state(ours)["other/code@HEAD"]["head"] == more[-1]
