"""Commits from the compare API: the newest pages, no merges, and what is not read is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.github.api import commit_pages, revisions
from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.commit_pages import commits_of
from diff_insight.github.api.revisions import ApiRevisions
from diff_insight.model.history import History
from diff_insight.sources.github_api import ApiPlace, GitHubApiSource
from support.fake_github import FakeGitHub
from support.remotes import SLUG, between
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


def history(fake: FakeGitHub, base: str, head: str) -> History:
    client = GitHubClient(ApiSettings(url=fake.api, pause=0.0), lambda _: None)
    try:
        return commits_of(ApiRevisions(client, SLUG, fake.url), between(base, head))
    finally:
        client.close()


def made(repo: TestRepo, count: int) -> tuple[str, str]:
    base = repo.commit("base")
    return base, [repo.commit(f"number {number}") for number in range(count)][-1]


def test_newest_first_without_merges(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    base, _ = made(repo, 2)
    repo.git("checkout", "-q", "-b", "side", base)
    repo.commit("on the side\n\nwith a body")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge it", "side")
    fake.host(SLUG, repo)
    found = history(fake, base, repo.git("rev-parse", "HEAD").decode().strip())
    told = [commit.message.strip() for commit in found.commits]
    assert sorted(told) == ["number 0", "number 1", "on the side\n\nwith a body"]
    assert told.index("number 1") < told.index("number 0")
    assert {commit.paths for commit in found.commits} == {None}
    assert (found.read, found.notices) == (True, ())


def test_only_the_newest_pages(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (commit_pages, revisions):
        monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(commit_pages, "_MOST_PAGES", 2)
    base, head = made(repo := TestRepo(tmp_path / "repo"), 7)
    fake.host(SLUG, repo)
    found = history(fake, base, head)
    told = [commit.message.strip() for commit in found.commits]
    assert told == ["number 6", "number 5", "number 4"]
    assert [(note.key, note.params) for note in found.notices] == [("commits-cut", {"count": 3})]


def test_what_the_api_cannot_tell_is_said(fake: FakeGitHub) -> None:
    found = history(fake, "0" * 40, "1" * 40)
    assert (found.commits, found.read) == ((), False)
    assert [note.key for note in found.notices] == ["commits-unread"]


def test_the_source_searches_nothing(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = made(repo := TestRepo(tmp_path / "repo"), 1)
    fake.host(SLUG, repo)
    place = ApiPlace(repository=SLUG, server=fake.url)
    source = GitHubApiSource(
        place, ApiSettings(url=fake.api, pause=0.0), os.environ, lambda _: None
    )
    try:
        assert [one.message.strip() for one in source.history(between(base, head)).commits] == [
            "number 0"
        ]
        mentions = source.mentions(between(base, head), [b"x"], (".md",))
    finally:
        source.close()
    assert not mentions.searched
    assert [note.key for note in mentions.notices] == ["references-unsearched"]


@pytest.mark.parametrize("row", [None, "x", {}, {"commit": "x"}])
def test_rows_that_are_no_commits(row: object) -> None:
    assert commit_pages._commit(row) is None


def test_the_merge_base_and_the_commits_are_one_request(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = made(repo := TestRepo(tmp_path / "repo"), 3)
    fake.host(SLUG, repo)
    client = GitHubClient(ApiSettings(url=fake.api, pause=0.0), lambda _: None)
    try:
        asked = ApiRevisions(client, SLUG, fake.url)
        assert asked.find_merge_base(base, head) == base
        assert len(commits_of(asked, between(base, head)).commits) == 3
        assert len(fake.seen("/compare/")) == 1
        assert asked.find_merge_base(head, base) == base
        assert len(fake.seen("/compare/")) == 2
    finally:
        client.close()
