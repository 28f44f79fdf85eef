"""Progress on standard error: a bar on a terminal, plain lines elsewhere, little when quiet."""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from diff_insight.cli.progress import StderrProgress, files
from diff_insight.model.messages import Notice


def said(
    tell: Callable[[StderrProgress], None], *, quiet: bool = False, verbose: bool = False
) -> str:
    """Return what is written into a file."""
    stream = io.StringIO()
    tell(StderrProgress(stream, quiet=quiet, verbose=verbose))
    return stream.getvalue()


def shown(tell: Callable[[StderrProgress], None], *, quiet: bool = False) -> str:
    """Return what is written to a terminal."""
    ours, theirs = os.openpty()
    seen: list[bytes] = []

    def read() -> None:
        with suppress(OSError):  # how Linux says that the other side is closed
            while part := os.read(ours, 4096):
                seen.append(part)

    reader = threading.Thread(target=read)
    reader.start()
    with open(theirs, "w", encoding="utf-8") as stream:
        tell(StderrProgress(stream, quiet=quiet, verbose=False))
    reader.join()
    os.close(ours)
    return b"".join(seen).decode().replace("\r\n", "\n")


def a_run(progress: StderrProgress) -> None:
    progress.stage("diff")
    progress.stage("analysis", 40)
    for _ in range(40):
        progress.advance()
    progress.stage("reports")
    progress.notice(Notice("locale-fallback", {"asked": "en-GB", "used": "en_US"}))
    progress.say("40 files changed: 40 reported")
    progress.finish()


def test_plain_lines_where_there_is_no_terminal() -> None:
    assert said(a_run) == (
        "diff\nanalysis: 40 files\nreports\n"
        "notice: no catalog for locale en-GB; using en_US\n"
        "40 files changed: 40 reported\n"
    )


def test_verbose_counts_the_tenths_of_a_stage() -> None:
    lines = said(a_run, verbose=True).splitlines()
    assert lines[2:12] == [f"analysis: {done} of 40 files" for done in range(4, 41, 4)]
    assert len(lines) == 15


def test_quiet_says_nothing() -> None:
    assert said(a_run, quiet=True) == ""
    assert said(a_run, quiet=True, verbose=True) == ""
    assert shown(a_run, quiet=True) == ""


def test_a_bar_on_a_terminal_that_is_taken_away() -> None:
    seen = shown(a_run)
    assert "diff …" in seen
    assert f"analysis [{'.' * 30}]   0%" in seen
    assert f"analysis [{'#' * 15}{'.' * 15}]  50%" in seen
    assert f"analysis [{'#' * 30}] 100%" in seen
    lines = re.sub(r"[^\n]*\r\x1b\[K", "", seen)  # what stays after every erased line
    assert (
        lines == "notice: no catalog for locale en-GB; using en_US\n40 files changed: 40 reported\n"
    )


def test_the_bar_is_drawn_at_most_a_hundred_times() -> None:
    def long_run(progress: StderrProgress) -> None:
        progress.stage("analysis", 20_000)
        for _ in range(20_000):
            progress.advance()
        progress.finish()

    assert shown(long_run).count("analysis [") == 101


def test_steps_without_a_total_draw_nothing_more() -> None:
    def unknown(progress: StderrProgress) -> None:
        progress.stage("diff")
        progress.advance(5)
        progress.finish()
        progress.finish()

    assert shown(unknown) == "\r\x1b[Kdiff …\r\x1b[K"
    assert said(unknown, verbose=True) == "diff\n"


@pytest.mark.parametrize("text", ["a\x1b[31mred", "a\r\nb", "\u202eabc"])
def test_nothing_that_is_said_controls_the_terminal(text: str) -> None:
    def hostile(progress: StderrProgress) -> None:
        progress.say(text)
        progress.notice(Notice("locale-fallback", {"asked": text, "used": "en_US"}))

    written = said(hostile)
    assert written.count("\n") == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", written)


def test_an_unknown_notice_is_named() -> None:
    assert said(lambda progress: progress.notice(Notice("new-thing"))) == "notice: new-thing\n"


def test_files_in_words() -> None:
    assert [files(count) for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
