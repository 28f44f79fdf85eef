"""Scheduled runs that are really killed at every step, and runs that race: nothing lost or twice."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest

from support.branches import files_on, reports_in
from support.fake_github import FakeGitHub, Hosted
from support.followed import BRANCH, SOURCE, Followed, scheduled
from support.killing import Killer
from support.remotes import SLUG
from support.step import Step, process

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

HOUR = timedelta(hours=1)
STATE = ".diff-insight/state.json"
#: Runs are killed after each request that writes; or before and after every request, when it is set.
EVERYWHERE = bool(os.environ.get("KILL_EVERYWHERE"))
PART = "" if EVERYWHERE else r"(POST|PATCH) /api|POST .*/git-receive-pack"


def followed(fake: FakeGitHub, folder: Path, slug: str = SOURCE) -> Followed:
    made = Followed(fake, folder, slug)
    made.change(72 * HOUR, {"docs/a.md": "# A\n\nOne.\n"})
    made.change(2 * HOUR, {"docs/a.md": "# A\n\nTwo.\n"})
    return made


def ids(theirs: Followed) -> list[str]:
    return theirs.repo.git("rev-list", "--reverse", "main").decode().split()


def check(hosted: Hosted, branch: str, chain: list[str], slug: str = SOURCE) -> None:
    """Every range of a chain of commits has one document, and the cursor is at its end."""
    files = files_on(hosted, branch)
    told = [
        json.loads(content)["range"]
        for path, content in files.items()
        if path.endswith(".json") and path in reports_in(files)
    ]
    found = [(each["base"], each["head"]) for each in told if each["repository"] == slug]
    assert sorted(found) == sorted(pairwise(chain))
    state = json.loads(files[STATE])["cursors"][f"{slug}@HEAD"]
    assert state["head"] == chain[-1]
    feed = files.get("reports/feeds/en_US/all.xml")
    assert feed is None or feed.count(b"<entry>") == len(told)


def kill_everywhere(
    fake: FakeGitHub,
    hosted: Hosted,
    tmp_path: Path,
    tip: str,
    chain: list[str],
    inputs: Mapping[str, str],
    *,
    config: str = "",
) -> set[str]:
    """Kill a run at each request, before and after it; run again, and check."""
    killed: set[str] = set()
    for after in (False, True) if EVERYWHERE else (True,):
        for number in count(1):
            hosted.git(
                "update-ref",
                *((f"refs/heads/{BRANCH}", tip) if tip else ("-d", f"refs/heads/{BRANCH}")),
            )
            hosted.opened.clear()
            killer = Killer(fake, number, after=after, part=PART)
            place = tmp_path / f"{after}-{number}"
            for name in ("killed", "again") if config else ():
                (place / name / "workspace/.github").mkdir(parents=True)
                (place / name / "workspace/.github/diff-insight.yml").write_text(config, "utf-8")
            scheduled(fake, place / "killed", inputs, launch=killer)
            if not killer.killed:
                break
            killed.add(killer.killed)
            done = scheduled(fake, place / "again", inputs)
            assert done.code == 0, done.log
            check(hosted, BRANCH, chain)
            assert len(hosted.opened) == (inputs["publish"] == "pull-request")
    assert hosted.forced == 0
    return killed


def test_a_kill_at_any_request_loses_nothing_and_repeats_nothing(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = followed(fake, tmp_path / "theirs")
    assert scheduled(fake, tmp_path / "first").code == 0
    tip = ours.commit(BRANCH)
    theirs.change(HOUR, {"docs/b.md": "# B\n"})
    killed = kill_everywhere(fake, ours, tmp_path, tip, ids(theirs), {"publish": "commit"})
    assert "POST /api/graphql" in killed


@pytest.mark.slow
def test_a_kill_while_the_branch_is_made(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> None:
    theirs = followed(fake, tmp_path / "theirs")
    killed = kill_everywhere(fake, ours, tmp_path, "", ids(theirs), {"publish": "commit"})
    assert f"POST /api/v3/repos/{SLUG}/git/refs" in killed


@pytest.mark.slow
def test_a_kill_while_a_pull_request_is_made(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = followed(fake, tmp_path / "theirs")
    killed = kill_everywhere(fake, ours, tmp_path, "", ids(theirs), {"publish": "pull-request"})
    assert f"POST /api/v3/repos/{SLUG}/pulls" in killed


@pytest.mark.slow
def test_a_kill_while_git_pushes(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> None:
    theirs = followed(fake, tmp_path / "theirs")
    assert scheduled(fake, tmp_path / "first").code == 0
    tip = ours.commit(BRANCH)
    theirs.change(HOUR, {"docs/b.md": "# B\n"})
    killed = kill_everywhere(
        fake, ours, tmp_path, tip, ids(theirs), {"publish": "commit"}, config="commit-method: git\n"
    )
    assert f"POST /{SLUG}.git/git-receive-pack" in killed


@pytest.mark.slow
def test_a_kill_between_the_days_of_a_gap(fake: FakeGitHub, ours: Hosted, tmp_path: Path) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    theirs.change(240 * HOUR, {"docs/a.md": "# A\n"})
    theirs.change(120 * HOUR, {"docs/a.md": "# A\n\n0.\n"})
    assert scheduled(fake, tmp_path / "first").code == 0
    tip = ours.commit(BRANCH)
    for days in (2, 1):
        theirs.change(days * 24 * HOUR, {"docs/a.md": f"# A\n\n{days}.\n"})
    inputs = {"publish": "commit", "split": "day"}
    killed = kill_everywhere(fake, ours, tmp_path, tip, ids(theirs), inputs)
    assert "POST /api/graphql" in killed


def race(fake: FakeGitHub, folder: Path, runs: list[dict[str, str]], part: str) -> list[Step]:
    """Run steps at once; each waits before its first write until all have come as far."""
    gate = threading.Barrier(len(runs), timeout=60)
    left = threading.Semaphore(len(runs))

    def watch(method: str, path: str, done: bool) -> None:  # noqa: FBT001 - the fake's signature
        if not done and method == "POST" and part in path and left.acquire(blocking=False):
            gate.wait()

    fake.watch(watch)
    with ThreadPoolExecutor(len(runs)) as pool:
        steps = [
            pool.submit(scheduled, fake, folder / str(number), inputs, launch=process)
            for number, inputs in enumerate(runs)
        ]
        found = [each.result() for each in steps]
    fake.watch(None)
    return found


@pytest.mark.parametrize(
    "way",
    [
        "graphql",
        pytest.param("objects", marks=pytest.mark.slow),
        pytest.param("git", marks=pytest.mark.slow),
    ],
)
def test_two_runs_that_race_both_land(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path, way: str
) -> None:
    slugs = (SOURCE, "other/handbook")
    chains = {slug: ids(followed(fake, tmp_path / slug.replace("/", "-"), slug)) for slug in slugs}
    if way != "objects":  # else both of them make the branch
        ours.git("update-ref", f"refs/heads/{BRANCH}", "main")
    runs = [
        {
            "repository": slug,
            "publish": "commit",
            "output": "reports/{locale}/" + slug.partition("/")[2] + "-{category}.md",
        }
        for slug in slugs
    ]
    if way == "git":
        for number in range(2):
            place = tmp_path / str(number) / "workspace/.github"
            place.mkdir(parents=True)
            (place / "diff-insight.yml").write_text("commit-method: git\n", "utf-8")
    part = {"graphql": "/graphql", "objects": "/git/refs", "git": f"{SLUG}.git/git-receive-pack"}[
        way
    ]
    steps = race(fake, tmp_path, runs, part)
    assert [step.code for step in steps] == [0, 0], [step.log for step in steps]
    for slug, chain in chains.items():
        check(ours, BRANCH, chain, slug)
    written = [seen for seen in fake.seen(part) if seen.method == "POST"]
    assert 3 <= len(written) <= 4 if way == "graphql" else len(written) <= 4
    assert ours.forced == 0
    count = ours.git("rev-list", "--count", "--first-parent", BRANCH).strip()
    assert count == (b"2" if way == "objects" else b"3")


@pytest.mark.slow
def test_two_runs_that_race_for_a_pull_request_open_one(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    slugs = (SOURCE, "other/handbook")
    chains = {slug: ids(followed(fake, tmp_path / slug.replace("/", "-"), slug)) for slug in slugs}
    runs = [
        {
            "repository": slug,
            "publish": "pull-request",
            "output": "reports/{locale}/" + slug.partition("/")[2] + "-{category}.md",
        }
        for slug in slugs
    ]
    steps = race(fake, tmp_path, runs, f"{SLUG}/pulls")
    assert [step.code for step in steps] == [0, 0], [step.log for step in steps]
    for slug, chain in chains.items():
        check(ours, BRANCH, chain, slug)
    assert [pull["state"] for pull in ours.opened] == ["open"]
    assert ours.forced == 0


@pytest.mark.slow
def test_two_runs_about_the_same_changes_report_once(
    fake: FakeGitHub, ours: Hosted, tmp_path: Path
) -> None:
    theirs = followed(fake, tmp_path / "theirs")
    ours.git("update-ref", f"refs/heads/{BRANCH}", "main")
    steps = race(fake, tmp_path, [{"publish": "commit"}] * 2, "/graphql")
    assert [step.code for step in steps] == [0, 0], [step.log for step in steps]
    check(ours, BRANCH, ids(theirs))
    assert ours.git("rev-list", "--count", f"main..{BRANCH}").strip() == b"1"
