"""Which dependencies a range moves, and what manifests and locks say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff_insight.impact.dependency_moves import dependency_moves, ecosystem_of
from diff_insight.model.changes import Side
from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.model.facts import FileAnalysis
from diff_insight.sources.package_index import PackageIndex, repository_in
from support.insights import insight_of_range
from support.repos import TestRepo
from support.uses import Files


def moves(tmp_path: Path, base: Files, head: Files) -> list[DependencyMove]:
    repo = TestRepo(tmp_path / "repo")
    repo.write(base)
    first = repo.commit()
    repo.write(head)
    second = repo.commit()
    insight = insight_of_range(repo.path, first, second)

    def read(file: FileAnalysis, side: Side) -> str:
        files = base if side is Side.BASE else head
        return str(files[file.change.path])

    return dependency_moves([entry.analysis for entry in insight.files], read)


def test_a_manifest_moves_what_it_asks_for(tmp_path: Path) -> None:
    found = moves(
        tmp_path,
        {"package.json": '{"dependencies": {"got": "^11.8.0", "same": "1.0.0"}}\n'},
        {"package.json": '{"dependencies": {"got": "^12.0.1", "same": "1.0.0"}}\n'},
    )
    assert found == [DependencyMove(name="got", old="11.8.0", new="12.0.1", ecosystem="npm")]


def lock(version: str) -> str:
    return (
        f'[[package]]\nname = "alpha"\nversion = "{version}"\nsource = {{ git = "https://x:y@git.example.com/o/alpha.git?rev=1" }}\n\n'
        f'[[package]]\nname = "beta"\nversion = "{version}"\n'
    )


def test_a_lock_gives_the_exact_version_and_the_address(tmp_path: Path) -> None:
    found = moves(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "a"\ndependencies = ["alpha>=1"]\n',
            "uv.lock": lock("1.0.4"),
        },
        {
            "pyproject.toml": '[project]\nname = "a"\ndependencies = ["alpha>=2"]\n',
            "uv.lock": lock("2.1.0"),
        },
    )
    assert found == [
        DependencyMove(
            name="alpha",
            old="1.0.4",
            new="2.1.0",
            ecosystem="python",
            address="git.example.com/o/alpha",
        )
    ]


def test_a_lock_alone_moves_what_it_holds(tmp_path: Path) -> None:
    found = moves(tmp_path, {"uv.lock": lock("1.0.4")}, {"uv.lock": lock("1.0.5")})
    assert [(move.name, move.old, move.new) for move in found] == [
        ("alpha", "1.0.4", "1.0.5"),
        ("beta", "1.0.4", "1.0.5"),
    ]


def test_other_files_move_nothing(tmp_path: Path) -> None:
    assert moves(tmp_path, {"a.md": "# A\n\nalpha 1.0\n"}, {"a.md": "# A\n\nalpha 2.0\n"}) == []


@pytest.mark.parametrize(
    ("path", "ecosystem"),
    [("a/requirements-dev.txt", "python"), ("pnpm-lock.yaml", "npm"), ("go.mod", "go"), ("Cargo.lock", "cargo"),
     ("app/build.gradle.kts", "maven"), ("Gemfile.lock", "ruby"), ("composer.json", "php"), ("main.py", "")],
)  # fmt: skip
def test_ecosystems(path: str, ecosystem: str) -> None:
    assert ecosystem_of(path) == ecosystem


@pytest.mark.parametrize(
    ("description", "repository"),
    [
        (
            '{"info": {"home_page": "https://example.com", "project_urls": {"Source": "https://github.com/o/r/"}}}',
            "github.com/o/r",
        ),
        (
            '{"repository": {"type": "git", "url": "git+https://github.com/o/r.git"}, "homepage": "https://github.com/o/site"}',
            "github.com/o/r",
        ),
        ('{"crate": {"repository": "https://github.com/o/r/tree/main/x"}}', "github.com/o/r"),
        ('{"info": {"project_urls": {"Funding": "https://github.com/sponsors/o"}}}', ""),
        ('{"repository": "https://example.com/o/r"}', ""),
        ("[]", ""),
        ("nonsense", ""),
    ],
)
def test_what_an_index_says(description: str, repository: str) -> None:
    assert repository_in(description.encode()) == repository


def test_without_a_network_nothing_is_known_and_asked_once() -> None:
    index = PackageIndex(dict.fromkeys(("python", "npm"), "https://index.example/{name}"))
    assert (
        PackageIndex().repository(DependencyMove(name="one", old="1", new="2", ecosystem="python"))
        == ""
    )
    one = DependencyMove(name="one", old="1", new="2", ecosystem="python")
    assert index.repository(one) == ""
    assert index.repository(one) == ""
    assert index.repository(DependencyMove(name="a b", old="1", new="2", ecosystem="npm")) == ""
    assert index.repository(DependencyMove(name="x:y", old="1", new="2", ecosystem="maven")) == ""
