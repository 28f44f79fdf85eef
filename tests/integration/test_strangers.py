"""What a stranger can put into a repository beside its files steers no report and no gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from support.command import Command
from support.repos import TestRepo

_BASE: dict[str | bytes, bytes | str] = {
    "pyproject.toml": '[project]\nname = "pkg"\nversion = "1.0.0"\n',
    "pkg/__init__.py": "",
    "pkg/api.py": "def connect(host, port):\n    return host\n\n\ndef close():\n    return 1\n",
}


@pytest.fixture
def repo(command: Command) -> TestRepo:
    made = TestRepo(command.folder / "repo")
    made.write(_BASE)
    made.commit("first")
    made.write({"pkg/api.py": "def connect(host):\n    return host\n"})
    made.commit("Fix the café of 東京\n\nBREAKING CHANGE: `close` is gone")
    return made


def report(command: Command, repo: TestRepo, span: str) -> tuple[int, dict[str, Any]]:
    words = ("--format", "json", "--output", "r.json", "--fail-on", "breaking-change")
    done = command("report", span, "--repo", str(repo.path), *words)
    return done.code, json.loads((command.folder / "r.json").read_text("utf-8"))


def _config(repo: TestRepo) -> None:
    for key, value in {
        "i18n.logOutputEncoding": "UTF-16", "i18n.commitEncoding": "UTF-16", "core.quotePath": "true",
        "log.mailmap": "true", "mailmap.file": "/dev/zero", "core.attributesFile": "/dev/zero",
        "include.path": "/dev/zero", "grep.patternType": "perl", "grep.fullName": "false",
        "log.follow": "true", "log.excludeDecoration": "*", "diff.renames": "copies",
    }.items():  # fmt: skip
        if value != "/dev/zero":
            repo.git("config", key, value)


def _grafts(repo: TestRepo) -> None:
    head = repo.git("rev-parse", "HEAD").decode().strip()
    info = repo.path / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{head}\n")


def _attributes(repo: TestRepo) -> None:
    info = repo.path / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* -diff binary export-ignore\n")


def _replaced(repo: TestRepo) -> None:
    head, base = (repo.git("rev-parse", name).decode().strip() for name in ("HEAD", "HEAD~1"))
    repo.git("replace", head, base)


def _work_tree(repo: TestRepo) -> None:
    for name, text in {
        ".gitattributes": "* linguist-generated linguist-vendored -diff binary\n",
        "pkg/.gitattributes": "* linguist-generated\n",
        ".mailmap": "Somebody <s@example.org> <a@example.org>\n",
        ".gitmodules": '[submodule "pkg"]\n\tpath = pkg\n\turl = ./x\n\tignore = all\n',
        ".git-blame-ignore-revs": "HEAD\n",
    }.items():
        (repo.path / name).write_text(text)


MEMBERS: dict[str, Callable[[TestRepo], None]] = {
    "configuration": _config,
    "grafts": _grafts,
    "info/attributes": _attributes,
    "replace refs": _replaced,
    "the work tree": _work_tree,
}


@pytest.mark.parametrize("member", MEMBERS)
def test_the_report_is_the_same(command: Command, repo: TestRepo, member: str) -> None:
    base, head = (repo.git("rev-parse", name).decode().strip() for name in ("HEAD~1", "HEAD"))
    before = report(command, repo, f"{base}...{head}")
    assert before[0] == 3
    MEMBERS[member](repo)
    code, insight = report(command, repo, f"{base}...{head}")
    assert code == 3
    told, first = (
        [(file["path"], [fact["kind"] for fact in file["facts"]]) for file in each["files"]]
        for each in (insight, before[1])
    )
    assert told == first
    assert insight["headline"] == before[1]["headline"]


def test_marks_that_the_head_brings_fold_nothing(command: Command, repo: TestRepo) -> None:
    repo.write({
        ".gitattributes": "* linguist-generated\n*.py linguist-vendored -diff binary\n",
        "pkg/.gitattributes": "api.py linguist-generated=true\n",
        ".git-attributes": "x\n",
    })  # fmt: skip
    repo.commit("marks")
    code, insight = report(command, repo, "HEAD~2..HEAD")
    assert code == 3
    assert {file["path"]: file["generated"] for file in insight["files"]}["pkg/api.py"] == ""


@pytest.mark.parametrize("words", [(), ("--repo", "docs"), ("--repo", "docs/deep")])
def test_a_repository_that_is_committed_as_files_is_none(
    command: Command, repo: TestRepo, words: tuple[str, ...]
) -> None:
    inner = TestRepo(command.folder / "inner")
    inner.write({"ok.md": "x\n"})
    inner.commit("first")
    inner.write({"ok.md": "y\n"})
    inner.commit("second")
    for name in ("HEAD", "objects", "refs"):
        (inner.path / ".git" / name).rename(repo.path / name)
    repo.git("add", "-A")
    (repo.path / "docs/deep").mkdir(parents=True)
    for name in ("HEAD", "objects", "refs"):
        (repo.path / name).rename(repo.path / "docs" / name)
    repo.write({"docs/config": "[core]\n\tbare = false\n\tworktree = /\n"})
    repo.commit("a trap")
    command.folder = repo.path if words else repo.path / "docs"
    done = command("report", "HEAD~1..HEAD", *words, "--fail-on", "breaking-change")
    done.refused(2, "is committed as files of the one around it")


def test_a_bare_repository_beside_files_is_one(command: Command, repo: TestRepo) -> None:
    repo.git("clone", "-q", "--bare", ".", "mirror.git")
    command.folder = repo.path
    done = command("report", "HEAD~1..HEAD", "--repo", "mirror.git", "--fail-on", "breaking-change")
    assert done.code == 3
