"""Scheduled runs that follow another repository: the cursor, first runs, gaps, and what goes wrong."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.branches import files_on, reports_in
from support.fake_github import FakeGitHub, Fault, Hosted
from support.fake_github.samples import component
from support.followed import BRANCH, SOURCE, Followed, now, scheduled
from support.remotes import SLUG
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path) -> Followed:
    """A followed repository with two commits, the last one an hour old."""
    made = Followed(fake, tmp_path / "theirs")
    made.change(3 * DAY, {"docs/a.md": "# A\n\nOne.\n"})
    made.change(HOUR, {"docs/a.md": "# A\n\nTwo.\n"})
    return made


def cursor(hosted: Hosted) -> dict[str, Any]:
    state = json.loads(files_on(hosted, BRANCH)[".diff-insight/state.json"])
    found: dict[str, Any] = state["cursors"][f"{SOURCE}@HEAD"]
    return found


def documents(hosted: Hosted) -> list[tuple[str, str]]:
    """Base and head of every document on the branch, by path."""
    found = [
        json.loads(content)["range"]
        for path, content in sorted(files_on(hosted, BRANCH).items())
        if path.endswith(".json") and path in reports_in([path]) and path.startswith("reports/")
    ]
    return [(each["base"], each["head"]) for each in found]


def ids(theirs: Followed) -> list[str]:
    return theirs.repo.git("rev-list", "--reverse", "main").decode().split()


def ok(done: Step) -> Step:
    assert done.code == 0, done.log
    return done


def test_the_cursor_moves_with_the_reports(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    first, second = ids(theirs)
    assert documents(ours) == [(first, second)]
    assert cursor(ours)["head"] == second
    third = theirs.change(HOUR / 2, {"docs/b.md": "# B\n"})
    done = ok(scheduled(fake, tmp_path / "2"))
    assert sorted(documents(ours)) == sorted([(first, second), (second, third)])
    assert cursor(ours)["head"] == third == done.outputs["head-sha"]
    assert done.outputs["base-sha"] == second


def test_nothing_new_is_green_and_no_report(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    before = ours.commit(BRANCH)
    done = ok(scheduled(fake, tmp_path / "2"))
    assert done.outputs["has-changes"] == "false"
    assert done.outputs["reports"] == "[]"
    assert "nothing is new since the last report" in done.log
    assert done.summary == ""
    assert ours.commit(BRANCH) == before


def test_a_first_run_goes_back_to_the_last_changes(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    first = theirs.change(60 * DAY, {"docs/a.md": "# A\n"})
    second = theirs.change(40 * DAY, {"docs/a.md": "# A\n\nNew.\n"})
    ok(scheduled(fake, tmp_path / "1"))
    assert documents(ours) == [(first, second)]


def test_a_first_run_begins_at_the_last_success(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    third = theirs.change(HOUR / 2, {"docs/b.md": "# B\n"})
    started = (now() - HOUR * 0.75).isoformat().replace("+00:00", "Z")
    ours.runs.append(
        component(
            "workflow-run", path=".github/workflows/follow.yml", conclusion="success",
            status="completed", run_started_at=started, created_at=started,
        )
    )  # fmt: skip
    ok(scheduled(fake, tmp_path / "1"))
    assert documents(ours) == [(ids(theirs)[1], third)]


@pytest.mark.parametrize(
    ("split", "least", "most"),
    [("never", 1, 1), ("day", 3, 4), pytest.param("week", 2, 2, marks=pytest.mark.slow)],
)
def test_a_gap_is_one_report_or_one_for_each_day_or_week(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path, split: str, least: int, most: int
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    # Days in one week and the next, whatever today is: a week ends before Monday.
    back = now().weekday() + (7 if split == "week" else 0)
    theirs.change((back + 10) * DAY, {"docs/a.md": "# A\n"})
    theirs.change((back + 6) * DAY, {"docs/a.md": "# A\n\n0.\n"})
    ok(scheduled(fake, tmp_path / "1"))
    for days in (back + 2, back + 1, back - 2) if split == "week" else (3, 2, 1):
        for part in (2, 1):
            text = f"# A\n\n{days} {part}.\n"
            theirs.change(days * DAY + part * timedelta(minutes=1), {"docs/a.md": text})
    commits = ids(theirs)
    done = ok(scheduled(fake, tmp_path / "2", {"split": split}))
    chain = sorted(documents(ours), key=lambda pair: commits.index(pair[0]))[1:]
    assert chain[0][0] == commits[1]
    assert chain[-1][1] == commits[-1]
    assert all(before[1] == after[0] for before, after in pairwise(chain))
    # Two commits of a day are told together, unless this test runs at midnight.
    assert least <= len(chain) <= most
    assert len(json.loads(done.outputs["reports"])) == len(chain)
    assert done.outputs["head-sha"] == cursor(ours)["head"] == commits[-1]
    assert done.outputs["base-sha"] == commits[1]


def test_rewritten_history_is_told_and_loses_nothing(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    first, second = ids(theirs)
    theirs.repo.git("reset", "-q", "--hard", first)
    third = theirs.change(HOUR / 2, {"docs/c.md": "# C\n"})
    done = ok(scheduled(fake, tmp_path / "2"))
    assert "history was rewritten" in done.log
    assert (second, third) in documents(ours)
    assert cursor(ours)["head"] == third


def test_a_commit_that_is_gone_leaves_its_time(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    first, _ = ids(theirs)
    theirs.repo.git("reset", "-q", "--hard", first)
    third = theirs.change(HOUR / 2, {"docs/c.md": "# C\n"})
    assert theirs.hosted is not None
    theirs.hosted.git("reflog", "expire", "--expire=now", "--all")
    theirs.hosted.git("gc", "-q", "--prune=now")
    done = ok(scheduled(fake, tmp_path / "2"))
    assert "is gone" in done.log
    assert (first, third) in documents(ours)
    assert cursor(ours)["head"] == third


def test_a_late_run_of_an_older_head_does_not_move_the_cursor_back(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    first, second = ids(theirs)
    state = files_on(ours, BRANCH)[".diff-insight/state.json"]
    assert second.encode() in state
    theirs.repo.git("reset", "-q", "--hard", first)
    theirs.push()
    done = ok(scheduled(fake, tmp_path / "2"))
    assert "nothing is new" in done.log
    assert files_on(ours, BRANCH)[".diff-insight/state.json"] == state


def test_a_repository_that_is_gone_fails_and_keeps_the_cursor(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    before = ours.commit(BRANCH)
    assert theirs.hosted is not None
    theirs.hosted.token = "another"
    done = scheduled(fake, tmp_path / "2")
    assert done.code == 1
    assert "there is no repository 'other/docs'" in done.log
    assert ours.commit(BRANCH) == before


def test_a_state_that_cannot_be_read_is_no_first_run(
    fake: FakeGitHub, tmp_path: Path, theirs: Followed
) -> None:
    repo = TestRepo(tmp_path / "ours")
    repo.git("checkout", "-q", "-b", BRANCH)
    repo.write({".diff-insight/state.json": '{"schema_version": 9}'})
    repo.commit()
    fake.host(SLUG, repo)
    done = scheduled(fake, tmp_path / "1")
    assert done.code == 1
    assert "schema_version" in done.log


@pytest.mark.parametrize("publish", ["commit", "pull-request"])
def test_a_cursor_that_cannot_be_read_ends_the_step_and_the_next_run_goes_on(
    fake: FakeGitHub, theirs: Followed, ours: Hosted, tmp_path: Path, publish: str
) -> None:
    inputs = {"publish": f"summary, {publish}"}
    ok(scheduled(fake, tmp_path / "1", inputs))
    theirs.change(timedelta(0), {"docs/a.md": "# A\n\nThree.\n"})
    away = {"GITHUB_API_URL": "http://127.0.0.1:1"}
    done = scheduled(fake, tmp_path / "2", inputs, away)
    assert done.code == 1
    assert "127.0.0.1 did not answer" in done.log
    assert "check the network and the proxy" in done.log
    assert done.summary == ""
    ok(scheduled(fake, tmp_path / "3", inputs))
    assert sorted(documents(ours)) == sorted(pairwise(ids(theirs)))


def test_last_report_needs_a_branch(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    done = scheduled(fake, tmp_path / "1", {"publish": "summary"})
    assert done.code == 2
    assert "last-success" in done.log


@pytest.mark.slow
def test_a_category_that_stays_empty_raises_an_alarm_with_the_move(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    page = "# Page\n\nA long enough text to be found again after it was moved elsewhere.\n"
    theirs.change(30 * DAY, {"articles/openai/a.md": page, "articles/search/s.md": "# S\n\n0\n"})
    theirs.change(29 * DAY, {"articles/search/s.md": "# S\n\n1\n"})
    config = tmp_path / "config.yml"
    config.write_text(
        "categories: {openai: [articles/openai], search: [articles/search]}\n", "utf-8"
    )

    def run(number: int) -> Step:
        workspace = tmp_path / str(number) / "workspace" / ".github"
        workspace.mkdir(parents=True)
        (workspace / "diff-insight.yml").write_bytes(config.read_bytes())
        return ok(scheduled(fake, tmp_path / str(number)))

    run(0)
    theirs.repo.git("mv", "articles/openai", "articles/foundry")
    theirs.commit(20 * DAY)
    assert "category-moved" not in alarms_of(done := run(1))
    for number in range(2, 6):
        theirs.change((20 - number) * DAY, {"articles/search/s.md": f"# S\n\n{number}\n"})
        done = run(number)
        warned = [each.data for each in commands_in(done.log) if each.name == "warning"]
        assert sorted(warned) == sorted(alarms_of(done).values())
    told = alarms_of(done)
    assert "articles/openai \u2192 articles/foundry" in told["category-moved"]
    assert "add the new folders to its paths" in told["category-moved"]
    assert "look whether GitHub has disabled the schedule" in told["cursor-old"]
    (report,) = json.loads(done.outputs["reports"])
    text, document = (
        (done.workspace / report[name]).read_text("utf-8") for name in ("path", "insight")
    )
    assert "articles/openai \u2192 articles/foundry" in text
    assert "waited" in text
    assert {each["key"] for each in json.loads(document)["notices"]} == set(told)


@pytest.mark.parametrize(
    ("ages", "waited"),
    [
        ((0,), 0),
        pytest.param((1, 0), 0, marks=pytest.mark.slow),
        ((9, 0), 9),
        pytest.param((19, 9), 9, marks=pytest.mark.slow),
        pytest.param((7,), 0, marks=pytest.mark.slow),
    ],
)
def test_only_a_commit_that_waited_is_a_missed_run(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path, ages: tuple[int, ...], waited: int
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    theirs.change(40 * DAY, {"docs/a.md": "# A\n"})
    theirs.change(30 * DAY, {"docs/a.md": "# A\n\nNew.\n"})
    ok(scheduled(fake, tmp_path / "1"))
    assert "cursor-old" not in alarms_of(ok(scheduled(fake, tmp_path / "quiet")))
    for age in ages:
        theirs.change(age * DAY + HOUR, {"docs/a.md": f"# A\n\n{age}\n"})
    found = alarms_of(ok(scheduled(fake, tmp_path / "2")))
    assert ("cursor-old" in found) == bool(waited)
    assert f"waited {waited} days" in found.get("cursor-old", "waited 0 days")


def alarms_of(done: Step) -> dict[str, str]:
    """The messages of the output by alarm."""
    return {each["alarm"]: each["message"] for each in json.loads(done.outputs["alarms"])}


@pytest.mark.slow
def test_periods_work_through_the_api_too(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    theirs.change(9 * DAY, {"docs/a.md": "# A\n"})
    base = theirs.change(8 * DAY, {"docs/a.md": "# A\n\n1\n"})
    theirs.repo.git("checkout", "-q", "-b", "side")
    theirs.change(30 * HOUR, {"docs/side.md": "# Side\n"})
    theirs.repo.git("checkout", "-q", "main")
    theirs.change(20 * HOUR, {"docs/a.md": "# A\n\n2\n"})
    theirs.repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    theirs.commit(2 * HOUR)
    theirs.push()
    fake.fail(Fault(path=r"docs\.git/", status=403))
    for since, files in (("24h", "2"), ("7d", "2")):
        inputs = {"since": since, "publish": "summary"}
        done = ok(scheduled(fake, tmp_path / since, inputs))
        assert done.outputs["base-sha"] == base
        assert done.outputs["changed-files"] == files
    older = ok(scheduled(fake, tmp_path / "old", {"since": "52w", "publish": "summary"}))
    assert older.outputs["base-sha"].startswith("4b825dc6")
    done = ok(scheduled(fake, tmp_path / "report"))
    assert cursor(ours)["head"] == done.outputs["head-sha"]


def test_last_success_needs_no_branch(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    inputs = {"since": "last-success", "publish": "summary"}
    refused = scheduled(fake, tmp_path / "0", inputs, {"GITHUB_WORKFLOW_REF": "nonsense"})
    assert refused.code == 1
    assert "GITHUB_WORKFLOW_REF" in refused.log
    first = ok(scheduled(fake, tmp_path / "1", inputs))
    assert "nothing was reported yet" in first.log
    started = now().isoformat().replace("+00:00", "Z")
    known = {"path": ".github/workflows/follow.yml", "conclusion": "success", "status": "completed"}
    run = component("workflow-run", **known, created_at=started, head_sha=ours.commit("main"))
    ours.runs.append(run)
    quiet = ok(scheduled(fake, tmp_path / "2", inputs))
    assert quiet.outputs["has-changes"] == "false"
    # Of the workflow's own repository, the commit of that run is known.
    repo = TestRepo(tmp_path / "ours")
    repo.write({"new.md": "# New\n"})
    head = repo.commit()
    repo.git("push", "-q", str(ours.path), "HEAD:main")
    environ = {"GITHUB_SHA": head}
    own = ok(scheduled(fake, tmp_path / "3", {**inputs, "repository": ""}, environ))
    assert (own.outputs["base-sha"], own.outputs["head-sha"]) == (run["head_sha"], head)
    fake.fail(Fault(path="/runs$", status=403))
    refused = scheduled(fake, tmp_path / "4", inputs)
    assert refused.code == 1
    assert "actions: read" in refused.log
    told = ok(scheduled(fake, tmp_path / "5"))
    assert "actions: read" in told.log


def test_previous_tag_of_another_repository(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    base = theirs.change(3 * DAY, {"docs/a.md": "# A\n"})
    theirs.repo.git("tag", "v1")
    head = theirs.change(2 * DAY, {"docs/a.md": "# A\n\n1\n"})
    assert theirs.hosted is not None
    theirs.repo.git("push", "-q", "--tags", str(theirs.hosted.path))
    done = ok(scheduled(fake, tmp_path / "1", {"since": "previous-tag"}))
    assert (done.outputs["base-sha"], done.outputs["head-sha"]) == (base, head)
    fake.fail(Fault(path=r"docs\.git/", status=403))
    done = ok(scheduled(fake, tmp_path / "2", {"since": "previous-tag"}))
    assert (done.outputs["base-sha"], done.outputs["head-sha"]) == (base, head)
    assert "git could not give" in done.log


@pytest.mark.parametrize("publish", ["commit", "pull-request"])
def test_a_dry_run_publishes_nothing(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path, publish: str
) -> None:
    done = ok(scheduled(fake, tmp_path / "1", {"publish": publish, "dry-run": "true"}))
    assert done.outputs["changed-files"] == "1"
    assert not ours.commit(BRANCH)
    assert not ours.opened


@pytest.mark.parametrize("publish", ["commit", "pull-request"])
def test_changes_of_no_category_bring_no_report(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path, publish: str
) -> None:
    place = tmp_path / "1/workspace/.github"
    place.mkdir(parents=True)
    (place / "diff-insight.yml").write_text("categories: {x: [nowhere]}\n", "utf-8")
    done = ok(scheduled(fake, tmp_path / "1", {"publish": publish}))
    assert json.loads(done.outputs["alarms"])[0]["alarm"] == "mostly-unmatched"
    if publish == "commit":  # the cursor moves: there is no report that it could run ahead of
        assert set(files_on(ours, BRANCH)) == {".diff-insight/state.json"}
    else:
        assert not ours.opened


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"split": "month"}, "split"),
        ({"split": "day", "since": "24h"}, "last-report"),
        ({"allow-private-source": "perhaps"}, "allow-private-source"),
        ({"since": "last-week"}, "since"),
        ({"since": "last-report", "base": "main"}, "since"),
        ({"publish": "commits"}, "publish"),
        ({"branch": "reports..daily"}, "it holds '..'"),
        ({"branch": "-reports"}, "it begins with '-'"),
        ({"branch": "refs/heads/reports"}, "give the name after refs/heads/"),
    ],
)
def test_wrong_inputs_end_the_run(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path,
    inputs: dict[str, str], told: str,
) -> None:  # fmt: skip
    done = scheduled(fake, tmp_path / "1", inputs)
    assert done.code == 2
    assert told in done.log
    assert next(iter(inputs)) in done.log
    assert fake.seen() == []
    assert not ours.commit(BRANCH)


@pytest.mark.slow
def test_what_takes_back_an_earlier_report_names_its_day(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    limit = {"docs/a.md": "# A\n\nThe limit is now 20 requests a minute.\n"}
    made = theirs.change(HOUR * 0.75, limit, "Lower the limit of requests")
    ok(scheduled(fake, tmp_path / "2"))
    last = theirs.change(
        HOUR / 2,
        {"docs/a.md": "# A\n\nTwo.\n", "docs/b.md": "# B\n\nA page on queues.\n"},
        f"Restore the limit of requests\n\nThis reverts commit {made}.",
    )
    ok(scheduled(fake, tmp_path / "3"))
    stored = files_on(ours, BRANCH)
    documents = [
        json.loads(stored[path])
        for path in reports_in(stored)
        if path.endswith(".json") and path.startswith("reports/")
    ]
    (newest,) = (each for each in documents if each["range"]["head"] == last)
    assert "what was reported on" in newest["headline"]["en_US"]
