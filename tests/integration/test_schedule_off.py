"""A schedule that has been off for 200 days tells every week of them: complete, in order, within limits, resumable."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.branches import committed, files_on, reports_in
from support.fake_github import FakeGitHub, Hosted
from support.followed import BRANCH, SOURCE, Followed, now, scheduled
from support.killing import Killer

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "localhost"]), pytest.mark.slow]

DAYS = 200
DAY = timedelta(days=1)
INPUTS = {"split": "week", "locales": "en_US, ja_JP"}
#: Requests of a run that GitHub lets a workflow's token make in an hour, and writes.
MOST_REQUESTS, MOST_WRITES = 1_000, 500


@pytest.fixture
def theirs(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> Followed:
    """A repository that was reported on 200 days ago, and has changed ever since.

    Every third day there is a change; in two of the months nothing happens, one commit has a clock
    that was years behind, and one that was an hour ahead of the next.
    """
    made = Followed(fake, tmp_path / "theirs")
    made.change((DAYS + 20) * DAY, {"docs/a.md": "# A\n"})
    made.change((DAYS + 1) * DAY, {"docs/a.md": "# A\n\nFirst.\n"})
    done = scheduled(fake, tmp_path / "before", INPUTS)
    assert done.code == 0, done.log
    for ago in range(DAYS, 0, -3):
        if 90 < ago < 150:
            continue
        text = f"# A\n\nThe state of {ago} days ago.\n"
        clock = {50: 3000 * DAY, 59: ago * DAY - timedelta(hours=1)}.get(ago, ago * DAY)
        made.change(clock, {f"docs/{ago % 7}.md": text})
    return made


def ids(theirs: Followed) -> list[str]:
    return theirs.repo.git("rev-list", "--reverse", "main").decode().split()


def documents(hosted: Hosted) -> list[dict[str, Any]]:
    """Return the documents on the branch in the order of the history that they tell."""
    files = files_on(hosted, BRANCH)
    found = [json.loads(files[path]) for path in reports_in(files) if path.endswith(".json")]
    by_base = {each["range"]["base"]: each for each in found}
    assert len(by_base) == len(found)
    head = next(base for base in by_base if base not in {each["range"]["head"] for each in found})
    chain = []
    while head in by_base:
        chain.append(by_base[head])
        head = chain[-1]["range"]["head"]
    assert len(chain) == len(found)
    return chain


def week_of(day: str) -> date:
    """Return the Monday of a day's week."""
    moment = date.fromisoformat(day)
    return moment - timedelta(days=moment.weekday())


def times(theirs: Followed) -> dict[str, datetime]:
    log = theirs.repo.git("log", "--format=%H %cI", "main").decode().splitlines()
    return {line.split()[0]: datetime.fromisoformat(line.split()[1]) for line in log}


def check_complete(hosted: Hosted, theirs: Followed) -> list[dict[str, Any]]:
    """Check that every commit since is told in exactly one report, and return the reports since."""
    commits = ids(theirs)
    chain = documents(hosted)
    bounds = [(each["range"]["base"], each["range"]["head"]) for each in chain]
    assert bounds[0] == (commits[0], commits[1])
    assert bounds[-1][1] == commits[-1]
    assert all(before[1] == after[0] for before, after in pairwise(bounds))
    places = [commits.index(head) for _, head in bounds]
    assert places == sorted(places)
    state = json.loads(files_on(hosted, BRANCH)[".diff-insight/state.json"])
    assert state["cursors"][f"{SOURCE}@HEAD"]["head"] == commits[-1]
    return chain[1:]


def test_every_week_is_told_once_and_in_order(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    tip = ours.commit(BRANCH)
    fake.forget()
    done = scheduled(fake, tmp_path / "after", INPUTS)
    assert done.code == 0, done.log
    told = check_complete(ours, theirs)
    weeks = [week_of(each["date"]) for each in told]
    # The week that ends with a wrong clock is dated as the one before it.
    assert weeks == sorted(weeks)
    assert len(set(weeks)) == len(weeks) - 1
    right = [moment for moment in times(theirs).values() if now() - moment < (DAYS + 1) * DAY]
    assert set(weeks) <= {week_of(moment.date().isoformat()) for moment in right}
    assert len(weeks) == 21
    # One commit for each report, the oldest first; the cursor is never ahead of it.
    heads = [each["range"]["head"] for each in told]
    commits = list(reversed(committed(ours, BRANCH, tip)))
    states = [json.loads(ours.git("cat-file", "blob", f"{commit}:.diff-insight/state.json")) for commit in commits]  # fmt: skip
    assert [state["cursors"][f"{SOURCE}@HEAD"]["head"] for state in states] == heads
    assert len(json.loads(done.outputs["reports"])) == 2 * len(told)
    assert len(json.loads(done.outputs["alarms"])) == 1
    assert "waited" in done.outputs["alarms"]


def test_the_limits_of_the_api_hold(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    fake.forget()
    assert scheduled(fake, tmp_path / "after", INPUTS).code == 0
    told = check_complete(ours, theirs)
    asked = fake.seen("/api/")
    writes = [each for each in asked if each.method == "POST" and "graphql" in each.path]
    assert len(told) <= len(writes) <= MOST_WRITES
    assert len(asked) <= MOST_REQUESTS
    # However many weeks there are, the history is fetched once and each range's files once.
    assert len(fake.git_requests()) <= 4 * len(told) + 20


def test_the_name_of_the_branch_is_that_of_the_last_report_alone(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    inputs = {**INPUTS, "head": "main"}
    theirs.change(60 * DAY, {"docs/a.md": "# A\n"})
    theirs.change(40 * DAY, {"docs/a.md": "# A\n\nFirst.\n"})
    assert scheduled(fake, tmp_path / "before", inputs).code == 0
    for ago in (30, 20, 1):
        theirs.change(ago * DAY, {"docs/a.md": f"# A\n\n{ago}.\n"})
    assert scheduled(fake, tmp_path / "after", inputs).code == 0
    told = documents(ours)
    assert len(told) == 4
    assert [each["range"].get("base_name", "") for each in told] == ["", "", "", ""]
    assert [each["range"].get("head_name", "") for each in told] == ["main", "", "", "main"]


@pytest.mark.parametrize("number", [4, 11])
def test_a_run_that_is_killed_on_the_way_is_gone_on_with(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path, number: int
) -> None:
    killer = Killer(fake, number, after=True, part="POST .*graphql")
    scheduled(fake, tmp_path / "killed", INPUTS, launch=killer)
    assert killer.killed
    before = len(documents(ours))
    assert before < len(ids(theirs))
    done = scheduled(fake, tmp_path / "again", INPUTS)
    assert done.code == 0, done.log
    told = check_complete(ours, theirs)
    assert len(told) > before
    assert scheduled(fake, tmp_path / "third", INPUTS).outputs["has-changes"] == "false"
