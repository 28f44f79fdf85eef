"""Reports as commits on a branch, against a fake that is held against GitHub's descriptions."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from support.branches import committed, files_on, reports_in, step
from support.fake_github import FakeGitHub, Fault
from support.pulls import pages, pull, push
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

BRANCH = "diff-insight-reports"
INPUTS = {"publish": "summary, commit", "locales": "en, ja"}


def test_the_first_commit_makes_a_branch_of_its_own(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo, token=TOKEN)
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 0, done.log
    assert done.outputs["commit-sha"] == hosted.commit(f"refs/heads/{BRANCH}")
    assert hosted.git("rev-list", "--count", BRANCH).strip() == b"1"
    reports = json.loads(done.outputs["reports"])
    expected = {each["path"] for each in reports} | {each["insight"] for each in reports}
    found = files_on(hosted, BRANCH)
    assert reports_in(found) == expected
    for path in expected:
        assert found[path] == (done.workspace / path).read_bytes()
    assert "Old guide" in done.summary
    assert TOKEN not in done.log.replace(f"::add-mask::{TOKEN}", "")
    feeds = {path: feedparser.parse(found[path]) for path in found if "/feeds/" in path}
    assert set(feeds) == {f"reports/feeds/{locale}/all.xml" for locale in ("en_US", "ja_JP")}
    told = {each["headline"]: each["path"] for each in reports}
    for feed in feeds.values():
        (entry,) = feed.entries
        assert entry.link == f"{fake.url}/{SLUG}/blob/{BRANCH}/{told[entry.title]}"


def test_later_commits_name_the_tip_they_expect_and_keep_what_is_there(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.git("checkout", "-q", "-b", BRANCH, "main")
    repo.write({"theirs.txt": "kept\n"})
    theirs = repo.commit("theirs")
    hosted = fake.host(SLUG, repo)
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 0, done.log
    assert committed(hosted, BRANCH, theirs) == [done.outputs["commit-sha"]]
    assert files_on(hosted, BRANCH)["theirs.txt"] == b"kept\n"
    (sent,) = fake.seen("/graphql")
    assert json.loads(sent.body)["variables"]["input"]["expectedHeadOid"] == theirs


@pytest.mark.parametrize("publish", ["commit", "pull-request"])
def test_a_branch_may_have_any_name_that_git_takes(
    fake: FakeGitHub, tmp_path: Path, publish: str
) -> None:
    name = "r#1/%41&+\u00fc@x"
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.git("branch", "r", base)  # what '#1/...' would leave of an address
    hosted = fake.host(SLUG, repo)
    inputs = {"publish": publish, "branch": name}
    first = step(fake, tmp_path / "1", "push", push(base, head), inputs)
    made = hosted.commit(f"refs/heads/{name}")
    again = step(fake, tmp_path / "2", "push", push(base, head), inputs)
    assert (first.code, again.code) == (0, 0), first.log + again.log
    assert first.outputs["commit-sha"] == made == hosted.commit(f"refs/heads/{name}")
    assert hosted.commit("refs/heads/r") == base


def test_nothing_new_is_no_commit(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo)
    first = step(fake, tmp_path / "first", "push", push(base, head), INPUTS)
    again = step(fake, tmp_path / "again", "push", push(base, head), INPUTS)
    assert again.code == 0, again.log
    assert again.outputs["commit-sha"] == first.outputs["commit-sha"]
    assert hosted.git("rev-list", "--count", BRANCH).strip() == b"1"
    assert "nothing was committed" in again.log


def test_another_range_of_the_same_date_gets_a_path_of_its_own(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.write({"docs/later.md": "# Later\n"})
    later = repo.commit("later")
    hosted = fake.host(SLUG, repo)
    step(fake, tmp_path / "first", "push", push(base, head), INPUTS)
    before = files_on(hosted, BRANCH)
    step(fake, tmp_path / "later", "push", push(head, later), INPUTS)
    after = files_on(hosted, BRANCH)
    reports = reports_in(before)
    assert len(after) == len(before) + len(reports)
    assert {path: after[path] for path in reports} == {path: before[path] for path in reports}
    assert all(later[:7] in path for path in after.keys() - before.keys())


def test_a_token_that_only_reads_is_told_what_it_lacks(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo).read_only = True
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 1
    assert "contents: write" in done.log
    assert "Old guide" in done.summary
    assert done.outputs["commit-sha"] == ""
    assert done.outputs["changed-files"] == "3"


def test_an_answer_that_gets_lost_is_no_second_commit(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.git("branch", BRANCH, "main")
    hosted = fake.host(SLUG, repo)
    fake.fail(Fault(path="/graphql", after=True, drop=True, times=1))
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 0, done.log
    assert len(committed(hosted, BRANCH, "main")) == 1
    assert done.outputs["commit-sha"] == hosted.commit(BRANCH)


def test_servers_without_graphql_get_the_same_commit(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.git("branch", BRANCH, "main")
    hosted = fake.host(SLUG, repo)
    fake.without_graphql()
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 0, done.log
    assert committed(hosted, BRANCH, "main") == [done.outputs["commit-sha"]]
    assert set(files_on(hosted, BRANCH)) > {"docs/kept.md", "docs/old.md"}


def test_git_pushes_where_the_configuration_says_so(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo, token=TOKEN)
    config = "commit-method: git\ncommit-author: Ada Lovelace <ada@example.com>\n"
    for name in ("first", "later"):
        place = tmp_path / name / "workspace/.github"
        place.mkdir(parents=True)
        (place / "diff-insight.yml").write_text(config, "utf-8")
    first = step(fake, tmp_path / "first", "push", push(base, head), INPUTS)
    assert first.code == 0, first.log
    assert first.outputs["commit-sha"] == hosted.commit(BRANCH)
    told = hosted.git("show", "-s", "--format=%an <%ae>%n%cn%n%s", BRANCH).decode().splitlines()
    assert told == [
        "Ada Lovelace <ada@example.com>",
        "Ada Lovelace",
        f"Reports of {SLUG} {base[:7]}..{head[:7]}",
    ]
    repo.write({"docs/later.md": "# Later\n"})
    later = repo.commit("later")
    repo.git("push", "-q", str(hosted.path), "HEAD:topic")
    again = step(fake, tmp_path / "later", "push", push(head, later), INPUTS)
    assert again.code == 0, again.log
    assert committed(hosted, BRANCH, first.outputs["commit-sha"]) == [again.outputs["commit-sha"]]
    reports = [path for path in reports_in(files_on(hosted, BRANCH)) if path.endswith(".md")]
    assert len(reports) == 4
    assert not fake.seen("/graphql")
    assert TOKEN not in (first.log + again.log).replace(f"::add-mask::{TOKEN}", "")


def test_git_that_may_not_push_is_told_what_it_lacks(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo).read_only = True
    place = tmp_path / "step/workspace/.github"
    place.mkdir(parents=True)
    (place / "diff-insight.yml").write_text("commit-method: git\n", "utf-8")
    done = step(fake, tmp_path / "step", "push", push(base, head), INPUTS)
    assert done.code == 1
    assert "contents: write" in done.log
    assert done.summary


def test_a_fork_commits_nothing_and_stays_green(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo)
    fake.host("stranger/demo", repo)
    sent = pull(base, head, fork="stranger/demo")
    done = step(fake, tmp_path / "step", "pull_request", sent, INPUTS)
    assert done.code == 0, done.log
    assert "their token only reads" in done.log
    assert "Old guide" in done.summary
    assert not hosted.commit(BRANCH)
