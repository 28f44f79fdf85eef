"""A file of a commit: never what stands in the work tree, never what a link leads to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.attributes import generated_paths
from diff_insight.git.command import Git
from diff_insight.git.committed import NotRegularError, committed_bytes
from support.repos import TestRepo


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    """Return a repository with a file, links and folders."""
    made = TestRepo(tmp_path / "repo")
    made.write(
        {"a.yml": "committed", "d/x": "deep", "d/long": "x" * 100, "*": "star", "é\n": "odd"}
    )
    (made.path / "link").symlink_to("/proc/self/environ")
    (made.path / "e").symlink_to("d")
    return made


def test_the_work_tree_has_no_say(repo: TestRepo) -> None:
    commit, git = repo.commit(), Git(repo.path, os.environ)
    repo.write({"a.yml": "changed", "new": "new"})
    assert committed_bytes(git, commit, "a.yml", limit=50) == b"committed"
    assert committed_bytes(git.at(repo.path / "d"), commit, "d/x", limit=50) == b"deep"
    assert committed_bytes(git, commit, "é\n", limit=50) == b"odd"
    for path in ("new", "d/x/y", "e/x", "?", "..", "", "d/../a.yml"):
        assert committed_bytes(git, commit, path, limit=50) is None


@pytest.mark.parametrize("path", ["link", "e", "d", "d/long"])
def test_links_folders_and_what_is_too_long_are_refused(repo: TestRepo, path: str) -> None:
    commit = repo.commit()
    with pytest.raises(NotRegularError):
        committed_bytes(Git(repo.path, os.environ), commit, path, limit=50)


def test_a_submodule_is_no_file(repo: TestRepo) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    repo.git("commit", "-q", "-m", "sub")
    commit = repo.git("rev-parse", "HEAD").decode().strip()
    with pytest.raises(NotRegularError):
        committed_bytes(Git(repo.path, os.environ), commit, "sub", limit=50)


def test_a_commit_that_is_not_here(repo: TestRepo, tmp_path: Path) -> None:
    repo.commit()
    for git in (Git(repo.path, os.environ), Git(tmp_path, os.environ)):
        with pytest.raises(EnvironmentFailure, match="does not hold commit 1111111"):
            committed_bytes(git, "1" * 40, "a.yml", limit=50)


def test_attributes_of_a_link_or_a_later_commit_mark_nothing(repo: TestRepo) -> None:
    (repo.path / ".gitattributes").symlink_to("attributes")
    repo.write({"attributes": "* linguist-generated\n"})
    linked = repo.commit()
    git = Git(repo.path, os.environ)
    assert generated_paths(git, linked, [b"a.yml"]) == {}
    (repo.path / ".gitattributes").unlink()
    repo.write(
        {
            ".gitattributes": "*.yml linguist-generated\n",
            "d/.gitattributes": "x linguist-vendored\n",
        }
    )
    marked = repo.commit()
    assert generated_paths(git, linked, [b"a.yml", b"d/x"]) == {}
    assert generated_paths(git, marked, [b"a.yml", b"d/x", b"d/e/f"]) == {
        b"a.yml": "generated", b"d/x": "vendored",
    }  # fmt: skip
