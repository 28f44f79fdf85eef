"""Where the code of a dependency is, whom one asks, and what could not be had."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.bootstrap import upstream_reader as module
from diff_insight.bootstrap.upstream_reader import StepWorld, UpstreamReader
from diff_insight.git.network import Network
from diff_insight.git.remote_tags import list_tags
from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.model.messages import Notice
from diff_insight.ports import StepReading
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.package_index import PackageIndex
from support.fake_github import FakeGitHub
from support.remotes import TOKEN
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


PROJECT = '[project]\nname = "a"\nversion = "1"\n[build-system]\nrequires = []\n'


class KnownIndex(PackageIndex):
    """An index that knows one address."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def repository(self, move: DependencyMove) -> str:
        return self._address


def hosted(fake: FakeGitHub, folder: Path, *, token: str = "") -> None:
    repo = TestRepo(folder / "lib")
    for version in ("1.0.0", "1.1.0"):
        code = {"1.0.0": "def gone(x):\n    return x\n", "1.1.0": "X = 1\n"}[version]
        repo.write({"a.py": code, "docs/a.md": f"`{version}`\n", "pyproject.toml": PROJECT})
        repo.commit()
        repo.git("tag", f"v{version}")
    fake.host("o/lib", repo, token=token)


def reader(
    fake: FakeGitHub,
    settings: Settings | None = None,
    index: PackageIndex | None = None,
    token: str = "",
) -> UpstreamReader:
    world = StepWorld(
        settings=settings or Settings(),
        workers=InPlace(),
        environ=os.environ,
        server=fake.url,
        token=token,
    )
    return UpstreamReader(world, index or KnownIndex(""))


def move(**more: str) -> DependencyMove:
    return DependencyMove(
        **{"name": "lib", "old": "1.0.0", "new": "1.1.0", "ecosystem": "python", **more}
    )


def read(reading: StepReading | Notice | None) -> list[str]:
    assert isinstance(reading, StepReading)
    paths = [file.analysis.change.path for file in reading.published.files]
    reading.close()
    return paths


def test_the_address_of_a_lock_on_the_runs_own_server_is_read_without_its_documentation(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    hosted(fake, tmp_path)
    host = fake.url.partition("://")[2]
    assert read(reader(fake).read(move(address=f"{host}/o/lib"))) == ["a.py"]
    assert read(reader(fake, index=KnownIndex(f"{host}/o/lib")).read(move())) == ["a.py"]
    assert read(reader(fake).read(move(name=f"{host}/o/lib/v2", ecosystem="go"))) == ["a.py"]


@pytest.mark.parametrize("address", ["evil.example/o/lib", "127.0.0.1:1/o/lib", "github.com", ""])
def test_no_other_address_is_asked(fake: FakeGitHub, address: str) -> None:
    assert reader(fake).read(move(address=address)) is None
    assert not list(fake.seen("/"))


def test_a_private_one_is_read_when_the_configuration_names_it(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    hosted(fake, tmp_path, token=TOKEN)
    named = Settings(upstream={"lib": "o/lib"})
    assert read(reader(fake, named, token=TOKEN).read(move())) == ["a.py"]
    host = fake.url.partition("://")[2]
    refused = reader(fake, token=TOKEN).read(move(address=f"{host}/o/lib"))
    assert isinstance(refused, Notice)
    assert refused.key == "step-failed"


def test_a_step_with_too_many_files_is_not_read(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted(fake, tmp_path)
    monkeypatch.setattr(module, "MOST_FILES", 1)
    refused = reader(fake, Settings(upstream={"lib": f"{fake.url}/o/lib.git"})).read(move())
    assert refused == Notice(
        "step-failed",
        {"name": "lib", "old": "1.0.0", "new": "1.1.0", "why": "more than 1 files differ"},
    )


def test_tags_are_commits_by_name(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "lib")
    commit = repo.commit("one")
    repo.git("tag", "-a", "v1", "-m", "annotated")
    repo.git("tag", "plain")
    fake.host("o/tags", repo)
    tags = list_tags(Network(f"{fake.url}/o/tags.git"), os.environ)
    assert tags == {"v1": commit, "plain": commit}
