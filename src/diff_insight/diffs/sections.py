r"""Finds each file's section in what git prints, and counts its lines, at the speed of a search.

Inside a hunk every line starts with a space, `+`, `-` or `\`, so `diff --git ` at the start of a
line is always a header, and what follows a line feed tells what a line is. Diffs of unknown origin
are read by `scan`.
"""

from __future__ import annotations

from msgspec import Struct

from diff_insight.diffs.headers import hunks_start
from diff_insight.diffs.store import FilePatchStore

_NEEDLE = b"\ndiff --git "
_BINARY = b"\nBinary files "


class PatchLineCounts(Struct, frozen=True):
    """What `git diff --numstat` says of a file: lines, or that it is binary."""

    additions: int = 0
    deletions: int = 0
    binary: bool = False


class PatchSection(Struct, frozen=True):
    """Where a section stands in its store, in bytes, and the lines of it."""

    offset: int
    length: int
    counts: PatchLineCounts


class SectionReader:
    """Takes patches piece by piece, as they are printed.

    Args:
        first: Where the first piece stands in its store, in bytes.
    """

    def __init__(self, first: int) -> None:
        self._sections: list[PatchSection] = []
        self._rest = b"\n"  # a header is told by the line feed before it
        self._origin = first - 1  # where the rest stands
        self._start: int | None = None
        self._header = b""
        self._before = b""  # the last byte of the hunks so far
        self._additions = self._deletions = 0

    def feed(self, piece: bytes) -> None:
        """Take what follows."""
        window = self._rest + piece
        done = 0
        position = window.find(_NEEDLE)
        while position >= 0:
            self._take(window[done : position + 1])
            done = position + 1
            self._begin(self._origin + done)
            position = window.find(_NEEDLE, done)
        # A header may begin in one piece and end in the next.
        kept = max(done, len(window) - len(_NEEDLE) + 1)
        self._take(window[done:kept])
        self._rest = window[kept:]
        self._origin += kept

    def finish(self) -> list[PatchSection]:
        """Return the sections of all that was taken."""
        self._take(self._rest)
        self._origin += len(self._rest)
        self._rest = b""
        self._begin(self._origin)
        self._start = None
        return self._sections

    def _begin(self, start: int) -> None:
        """End the section that is open, and open one."""
        if self._start is not None:
            binary = _BINARY in self._header
            counts = PatchLineCounts(self._additions, self._deletions, binary)
            self._sections.append(PatchSection(self._start, start - self._start, counts))
        self._start = start
        self._header = self._before = b""
        self._additions = self._deletions = 0

    def _take(self, piece: bytes) -> None:
        """Count the lines of a piece of the section that is open."""
        if self._start is None or not piece:
            return
        if not self._before:
            header = self._header + piece
            start = hunks_start(header)
            self._header, piece = header[:start], header[start:]
        window = self._before + piece
        self._additions += window.count(b"\n+")
        self._deletions += window.count(b"\n-")
        self._before = window[-1:]


def git_sections(store: FilePatchStore, first: int = 0) -> list[PatchSection]:
    """Return the sections of a git diff that is stored from `first` on."""
    reader = SectionReader(first)
    for piece in store.chunks(first, store.size() - first):
        reader.feed(piece)
    return reader.finish()
