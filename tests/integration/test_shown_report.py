"""What a person sees who runs the command on a terminal, and what a pipe gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff_insight.bootstrap import pager
from support.command import Command
from support.docs import docs_repository
from support.repos import TestRepo


@pytest.fixture
def docs(tmp_path: Path) -> TestRepo:
    return docs_repository(tmp_path / "docs")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were shown to somebody in front of a terminal."""
    texts: list[str] = []
    monkeypatch.setattr(pager.Terminal, "is_there", True)
    monkeypatch.setattr(pager.Terminal, "show", lambda _self, text: texts.append(text))
    return texts


def test_a_terminal_shows_the_report_in_the_first_locale(
    command: Command, docs: TestRepo, shown: list[str]
) -> None:
    ran = command("report", "--repo", str(docs.path), "--locale", "ja,en")
    assert ran.code == 0
    assert len(shown) == 1
    assert "破壊的変更" in shown[0]
    assert "<details>" not in shown[0]
    assert len(ran.out.splitlines()) == 2  # the paths, as in a pipe


@pytest.mark.parametrize("arguments", [["--paths-only"], ["-q"], ["--output", "-"]])
def test_what_asks_for_less_gets_less(
    command: Command, docs: TestRepo, shown: list[str], arguments: list[str]
) -> None:
    assert command("report", "--repo", str(docs.path), *arguments).code == 0
    assert shown == []


def test_a_pipe_gets_paths(
    command: Command, docs: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    monkeypatch.setattr(pager.Terminal, "show", lambda _self, text: texts.append(text))
    ran = command("report", "--repo", str(docs.path))
    assert texts == []
    assert ran.out.endswith(".md\n")


def test_open_writes_a_page_and_opens_it(
    command: Command, docs: TestRepo, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(pager, "open_page", opened.append)
    ran = command("report", "--repo", str(docs.path), "--open")
    assert ran.code == 0
    (address,) = opened
    assert address.startswith("file://")
    assert address.endswith(".html")
    assert Path(address.removeprefix("file://")).is_file()
    assert shown == []


def test_an_empty_range_shows_nothing(command: Command, docs: TestRepo, shown: list[str]) -> None:
    assert command("report", "HEAD..HEAD", "--repo", str(docs.path)).code == 0
    assert shown == []
