"""Progress and notices on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from typing import TextIO

from diff_insight.markup.escape import visible
from diff_insight.model.messages import Notice
from diff_insight.notices import tell_notice

_WIDTH = 30


def files(count: int) -> str:
    """Return a number of files in words."""
    return "1 file" if count == 1 else f"{count} files"


class StderrProgress:
    """Tells a person how far a run is.

    Args:
        stream: Where to write, usually standard error.
        quiet: Say nothing but errors.
        verbose: Where there is no bar, say every tenth of a stage too.
    """

    def __init__(self, stream: TextIO = sys.stderr, *, quiet: bool, verbose: bool) -> None:
        self._stream = stream
        self._quiet = quiet
        self._bar = stream.isatty() and not quiet
        self._lines = not quiet and not self._bar
        self._tenths = verbose and self._lines
        self._name, self._total, self._done, self._shown = "", 0, 0, -1

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a stage of `total` steps."""
        self.finish()
        self._name, self._total, self._done, self._shown = name, total, 0, -1
        if self._bar:
            self._draw()
        elif self._lines:
            self._stream.write(f"{name}: {files(total)}\n" if total else f"{name}\n")
            self._stream.flush()

    def advance(self, steps: int = 1) -> None:
        """Move on within the stage; the bar is drawn at most a hundred times."""
        self._done = min(self._done + steps, self._total)
        if self._bar and self._total:
            self._draw()
        elif self._tenths and self._total:
            self._count()

    def notice(self, notice: Notice) -> None:
        """Say something the user has to know."""
        self.finish()
        if not self._quiet:
            self._stream.write(f"notice: {tell_notice(notice)}\n")

    def say(self, text: str) -> None:
        """Write a line of information."""
        self.finish()
        if not self._quiet:
            self._stream.write(visible(text) + "\n")

    def finish(self) -> None:
        """Take the bar away."""
        if self._bar and self._shown >= 0:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = -1

    def _count(self) -> None:
        tenth = 10 * self._done // self._total
        if tenth > max(0, self._shown):
            self._shown = tenth
            self._stream.write(f"{self._name}: {self._done} of {files(self._total)}\n")
            self._stream.flush()

    def _draw(self) -> None:
        percent = 100 * self._done // self._total if self._total else 0
        if percent == self._shown:
            return
        self._shown = percent
        filled = _WIDTH * percent // 100
        bar = f" [{'#' * filled}{'.' * (_WIDTH - filled)}] {percent:3}%" if self._total else " …"
        self._stream.write(f"\r\x1b[K{self._name}{bar}")
        self._stream.flush()
