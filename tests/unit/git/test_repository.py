"""Questions about a repository whose answers are odd: dates, remotes, edges of history."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository, web_repository
from support.repos import TestRepo


@pytest.mark.parametrize(
    ("url", "server", "slug"),
    [
        ("https://github.com/octo/docs.git", "https://github.com", "octo/docs"),
        ("https://github.com/octo/docs/", "https://github.com", "octo/docs"),
        ("https://user:secret@github.com/octo/docs", "https://github.com", "octo/docs"),
        (
            "https://x-access-token:ghs_1@ghe.example.com:8443/o/d.git",
            "https://ghe.example.com:8443",
            "o/d",
        ),
        ("http://ghe.example.com/o/d", "http://ghe.example.com", "o/d"),
        ("git@github.com:octo/docs.git", "https://github.com", "octo/docs"),
        ("github.com:octo/docs", "https://github.com", "octo/docs"),
        ("ssh://git@github.com/octo/docs.git", "https://github.com", "octo/docs"),
        ("ssh://git@ghe.example.com:2222/octo/docs.git", "https://ghe.example.com", "octo/docs"),
        ("", "", ""),
        ("/srv/git/docs.git", "", ""),
        ("../docs/site", "", ""),
        ("./a/b", "", ""),
        ("a/b/c", "", ""),
        ("file:///srv/git/docs.git", "", ""),
        ("https://github.com/docs", "", ""),
        ("https://gitlab.com/group/sub/docs", "https://gitlab.com", "group/sub/docs"),
        ("https://bitbucket.org/group/sub/docs", "", ""),
        ("git@github.com:docs", "", ""),
        ("https://github.com/octo/do cs", "", ""),
        ("https://github.com/octo/docs?x=<b>", "", ""),
    ],
)
def test_remotes(url: str, server: str, slug: str) -> None:
    web = web_repository(url, "https://ghe.example.com")
    assert (web.server if web.repository else "", web.repository) == (server, slug)


def test_a_path_with_a_colon_is_no_remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "host:octo").mkdir()
    (tmp_path / "host:octo" / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    assert not web_repository("host:octo/docs").repository


@pytest.fixture
def made(tmp_path: Path) -> TestRepo:
    return TestRepo(tmp_path / "repo")


def repository(made: TestRepo) -> Repository:
    return Repository(Git(made.path, os.environ))


def commit_at(made: TestRepo, when: str) -> str:
    """Make a commit with any committer line, as old and broken tools wrote them."""
    tree = made.git("hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
    text = f"tree {tree}\nauthor A <a@b> 0 +0000\ncommitter A B <a@b> {when}\n\nmessage\n\ncommitter X <> 7 +0000\n"
    return (
        made.git("hash-object", "--literally", "-t", "commit", "-w", "--stdin", stdin=text.encode())
        .decode()
        .strip()
    )


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("1749722400 +0000", datetime(2025, 6, 12, 10, tzinfo=UTC)),
        ("1749722400 +0900", datetime(2025, 6, 12, 10, tzinfo=UTC)),
        ("1749722400 +9999", datetime(2025, 6, 12, 10, tzinfo=UTC)),
        ("0 -0000", datetime(1970, 1, 1, tzinfo=UTC)),
        ("253402300800 +0000", None),
        ("99999999999999999999 +0000", None),
        ("-5 +0000", None),
        ("noon", None),
    ],
)
def test_committer_dates(made: TestRepo, when: str, expected: datetime | None) -> None:
    assert repository(made).commit_time(commit_at(made, when)) == expected


def test_what_is_no_commit_has_no_date_and_no_parent(made: TestRepo) -> None:
    asked = repository(made)
    assert asked.commit_time(asked.empty_tree()) is None
    assert asked.parent(asked.empty_tree()) is None


def test_branches_have_full_names(made: TestRepo) -> None:
    commit = made.commit()
    made.git("tag", "v1")
    made.git("update-ref", "refs/remotes/origin/main", commit)
    asked = repository(made)
    names = ("HEAD", "@", "main", "origin/main", "v1", commit, "HEAD~0", "nowhere", "--all")
    assert [asked.branch(name) for name in names] == [
        "refs/heads/main", "refs/heads/main", "refs/heads/main", "refs/remotes/origin/main",
        None, None, None, None, None,
    ]  # fmt: skip


def test_the_first_parent(made: TestRepo) -> None:
    first, second = made.commit("1"), made.commit("2")
    made.git("switch", "-q", "-c", "topic", first)
    made.commit("3")
    made.git("merge", "-q", "--no-ff", "-m", "merge", second)
    asked = repository(made)
    assert asked.parent(first) is None
    assert asked.parent(second) == first
    assert asked.parent(asked.commit("HEAD")) == asked.commit("HEAD^1")


def test_ids_that_are_no_commits(made: TestRepo) -> None:
    made.write({"x": "1"})
    made.commit()
    blob = made.git("rev-parse", "HEAD:x").decode().strip()
    for name in (blob[:10], blob, "HEAD:x", "", "HEAD^9"):
        with pytest.raises(UsageError, match=r"unknown revision|is no commit"):
            repository(made).commit(name)
    with pytest.raises(EnvironmentFailure, match="is not in this repository"):
        repository(made).commit("0123456789" * 4)


def test_what_is_no_repository(tmp_path: Path) -> None:
    for place, words in ((tmp_path, "is not a git repository"), (tmp_path / "x", "no directory")):
        with pytest.raises(UsageError, match=words):
            Repository(Git(place, os.environ)).require()


def test_bare_repositories_and_work_trees_are_repositories(made: TestRepo, tmp_path: Path) -> None:
    made.commit()
    made.git("clone", "-q", "--bare", str(made.path), str(tmp_path / "bare"))
    made.git("worktree", "add", "-q", str(tmp_path / "tree"))
    for place in (made.path, tmp_path / "bare", tmp_path / "tree"):
        Repository(Git(place, os.environ)).require()
