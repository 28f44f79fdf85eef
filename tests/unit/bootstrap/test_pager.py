"""Long texts go through the user's pager, short ones straight to the screen."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from diff_insight.bootstrap.pager import Terminal

LONG = "a line\n" * 200


class Screen(io.StringIO):
    """Standard output that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    made = Screen()
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "100")
    return made


def pager(folder: Path) -> str:
    script = folder / "pager"
    script.write_text(f"#!/bin/sh\ncat > {folder}/shown\n")
    script.chmod(0o755)
    return str(script)


def test_a_long_text_goes_through_the_named_pager(screen: Screen, tmp_path: Path) -> None:
    Terminal({**os.environ, "PAGER": pager(tmp_path)}, screen).show(LONG)
    assert (tmp_path / "shown").read_text() == LONG
    assert screen.getvalue() == ""


@pytest.mark.parametrize("named", ["cat", "", "/nowhere/pager"])
def test_without_a_pager_it_is_written(screen: Screen, named: str) -> None:
    Terminal({**os.environ, "PAGER": named}, screen).show(LONG)
    assert screen.getvalue() == LONG


def test_a_short_text_is_written(screen: Screen, tmp_path: Path) -> None:
    Terminal({**os.environ, "PAGER": pager(tmp_path)}, screen).show("short\n")
    assert screen.getvalue() == "short\n"
    assert not (tmp_path / "shown").exists()


def test_the_usual_pager_is_less_where_it_is(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "less").write_text(
        f'#!/bin/sh\necho "$*" > {tmp_path}/arguments\ncat > {tmp_path}/shown\n'
    )
    (tmp_path / "less").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    Terminal({"PATH": os.environ["PATH"]}, screen).show(LONG)
    assert (tmp_path / "arguments").read_text() == "-FRX\n"
    assert (tmp_path / "shown").read_text() == LONG


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_colour(environ: dict[str, str], expected: bool) -> None:  # noqa: FBT001
    assert Terminal(environ).shows_colour is expected


def test_a_person_looks_at_a_terminal_only(screen: Screen) -> None:
    terminal = Terminal({}, screen)
    assert terminal.is_there
    assert terminal.width == 100
    assert not Terminal({}, io.StringIO()).is_there


def test_there_may_be_no_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert not Terminal({}).is_there
