"""The process boundary: what standard output does at the end, and errors of the system."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from diff_insight.cli import main as boundary


@contextmanager
def output_to(handle: int) -> Iterator[None]:
    """Make standard output an ordinary buffered file over a handle."""
    with pytest.MonkeyPatch.context() as patch, os.fdopen(handle, "w") as stream:
        patch.setattr(sys, "stdout", stream)
        yield


def run(words: list[str], environ: object) -> tuple[int, object]:
    """Stand for a command that prints its paths."""
    sys.stdout.write("reports/x.md\n")
    return 0, None


@pytest.fixture(autouse=True)
def printing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "_run", run)


def test_a_reader_that_has_gone_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    end, start = os.pipe()
    os.close(end)
    with output_to(start):
        assert boundary.main([]) == 0
        sys.stdout.write("the interpreter's last words\n")
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    with output_to(os.open("/dev/full", os.O_WRONLY)):
        assert boundary.main([]) == 1
        sys.stdout.write("the interpreter's last words\n")
    said = capsys.readouterr().err
    assert "diff-insight: error: the system refused: No space left on device" in said
    assert "what to change: check the disk" in said


def test_the_place_that_failed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(words: list[str], environ: object) -> tuple[int, object]:
        raise PermissionError(13, "Permission denied", "/a/place\n")

    monkeypatch.setattr(boundary, "_run", fail)
    assert boundary.main(["-v"]) == 1
    said = capsys.readouterr().err
    assert "the system refused: '/a/place\\n': Permission denied" in said
    assert "PermissionError: [Errno 13]" in said


def test_an_interruption(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(words: list[str], environ: object) -> tuple[int, object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(boundary, "_run", interrupt)
    assert boundary.main([]) == 130
    assert capsys.readouterr().err == "\ndiff-insight: interrupted\n"
