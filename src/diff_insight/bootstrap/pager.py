"""The person's terminal: its width and colours, long texts through `$PAGER`, pages in the browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

#: What is tried when the user names no program: it leaves at once when all fits on one screen.
_USUAL = ("less", "-FRX")


class Terminal:
    """The terminal behind standard output.

    Args:
        environment: PAGER, NO_COLOR and TERM are read from it; None is the process's own.
        stream: Where texts are written; None is standard output.
    """

    def __init__(
        self, environment: Mapping[str, str] | None = None, stream: TextIO | None = None
    ) -> None:
        self._environ = dict(os.environ if environment is None else environment)
        self._stream = stream or sys.stdout

    @property
    def is_there(self) -> bool:
        """Whether a person looks at it."""
        return self._stream is not None and self._stream.isatty()

    @property
    def width(self) -> int:
        """Columns."""
        return shutil.get_terminal_size((80, 24)).columns

    @property
    def shows_colour(self) -> bool:
        """Whether colours are wanted and known (https://no-color.org)."""
        return not self._environ.get("NO_COLOR") and self._environ.get("TERM", "dumb") != "dumb"

    def show(self, text: str) -> None:
        """Write a text, through a pager when it is longer than the screen."""
        lines = text.count("\n") + 1
        command = self._pager()
        if lines >= shutil.get_terminal_size((80, 24)).lines and command:
            with suppress(OSError, KeyboardInterrupt):
                self._page(command, text)
                return
        self._stream.write(text)
        self._stream.flush()

    def _pager(self) -> list[str]:
        """Return the program with its arguments; nothing when there is none, or none is wanted."""
        named = self._environ.get("PAGER")
        if named is not None:
            words = shlex.split(named)
            return [] if not words or words[0] == "cat" else words
        return list(_USUAL) if shutil.which(_USUAL[0]) else []

    def _page(self, command: list[str], text: str) -> None:
        environ = {"LESSCHARSET": "utf-8", "LESS": "-FRX", **self._environ}
        # The reader may leave before the end; its exit code says nothing to us.
        subprocess.run(  # noqa: S603 - the user's own program
            command, input=text.encode("utf-8", "replace"), env=environ, check=False
        )


def open_page(address: str) -> bool:
    """Open a page in the user's browser; return whether there is one."""
    import webbrowser  # noqa: PLC0415 - rare

    return webbrowser.open(address)
