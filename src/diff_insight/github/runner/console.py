"""Standard output as the runner reads it: safe lines, and commands only where we mean one."""

from __future__ import annotations

import atexit
import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import Any, TextIO, cast

from diff_insight.github.runner.log_escape import fit, safe_line, safe_lines

_LONGEST_GROUP_NAME = 200


class GuardedStream(io.TextIOBase):
    """A text stream through which no command passes, whoever writes to it.

    Only whole lines go on, because a command could be written in pieces.

    Args:
        stream: Where the safe lines go.
    """

    encoding = "utf-8"

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.unguarded = stream
        self._begun = ""

    def writable(self) -> bool:
        """Tell that this is a stream for writing."""
        return True

    def write(self, text: str, /) -> int:
        """Pass on every line that is whole now."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self.unguarded.write(safe_line(line.removesuffix("\r")) + "\n")
        if lines:
            self.unguarded.flush()
        return len(text)

    def flush(self) -> None:
        """Flush the stream behind; a line that has only begun stays here."""
        if not self.unguarded.closed:
            self.unguarded.flush()

    def end_line(self) -> None:
        """End the line that has begun, if one has."""
        if self._begun and not self.unguarded.closed:
            self.write("\n")


def guard_streams() -> None:
    """Let nothing reach standard output and error that the runner could take for a command.

    This holds for libraries, warnings and tracebacks too, until the process ends.
    """
    guarded = []
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The runner reads UTF-8, whatever the container's locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        guarded.append(stream if isinstance(stream, GuardedStream) else GuardedStream(stream))
    # Text streams both, although not of the class that is declared for them.
    sys.stdout, sys.stderr = cast("tuple[TextIO, TextIO]", tuple(guarded))
    for stream in guarded:
        atexit.register(stream.end_line)


def say(text: str) -> None:
    """Write lines of information."""
    sys.stdout.write("".join(f"{line}\n" for line in safe_lines(text)))
    sys.stdout.flush()


class Console:
    """Gives the runner commands; away from a runner they would be noise, or tell secrets.

    Args:
        active: Whether a runner is listening.
    """

    def __init__(self, *, active: bool) -> None:
        self.active = active
        self._grouped = False

    def mask(self, value: str) -> None:
        """Hide a value in the log from here on."""
        if self.active:
            with _commands() as core:
                core.set_secret(value)

    def annotation(self, level: str, message: str, properties: Mapping[str, str | int]) -> None:
        """Give an annotation, whose message is safe already; empty properties are left out."""
        # `core.error` and its siblings print every property they know, empty or not.
        with _commands() as core:
            core.issue_command(level, dict(properties), message)

    def group(self, name: str) -> None:
        """Begin lines that the log folds below a name; groups do not nest."""
        self.end_group()
        title = fit(safe_line(name), _LONGEST_GROUP_NAME)
        if not self.active:
            say(title)
            return
        with _commands() as core:
            core.start_group(title)
        self._grouped = True

    def end_group(self) -> None:
        """End the lines that the log folds, if there are any."""
        if self._grouped:
            self._grouped = False
            with _commands() as core:
                core.end_group()


@contextmanager
def _commands() -> Iterator[Any]:
    """Lend the toolkit, whose commands begin at the start of a line and leave at once."""
    from actions_toolkit import core  # noqa: PLC0415 - takes 100 ms, and not every run needs it

    stream = sys.stdout
    if isinstance(stream, GuardedStream):
        stream.end_line()
        stream = stream.unguarded
    with redirect_stdout(stream):
        yield core
    stream.flush()
