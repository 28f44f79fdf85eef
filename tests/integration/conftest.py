"""Fixtures of the tests that run the whole command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command import Command
from support.fake_github import FakeGitHub, Hosted
from support.remotes import SLUG
from support.repos import TestRepo


@pytest.fixture
def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The command, run in an empty folder."""
    return Command(tmp_path / "here", capsys, monkeypatch)


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    """A repository with two commits on `main`."""
    made = TestRepo(tmp_path / "repo")
    made.write({"guide.md": "# Guide\n\nOld text.\n", "data/numbers.txt": "1\n2\n"})
    made.commit("first")
    made.write({"guide.md": "# Guide\n\nNew text.\n", "data/numbers.txt": "1\n2\n3\n"})
    made.commit("second")
    return made


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGitHub]:
    """A GitHub on this machine, without repositories."""
    folder = tmp_path / "hosted"
    folder.mkdir()
    with FakeGitHub(folder) as github:
        yield github


@pytest.fixture
def ours(fake: FakeGitHub, tmp_path: Path) -> Hosted:
    """The workflow's own repository, which a step may publish to."""
    repo = TestRepo(tmp_path / "ours")
    repo.write({"README.md": "# Ours\n"})
    repo.commit()
    return fake.host(SLUG, repo)
