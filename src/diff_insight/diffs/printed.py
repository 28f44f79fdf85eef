"""Reads what `git diff --raw -z -p` prints into a store, also while git still prints it."""

from __future__ import annotations

from diff_insight.diffs.sections import PatchSection, SectionReader
from diff_insight.diffs.store import CHUNK, FilePatchStore

#: Bytes of a listing; a few hundred thousand files.
LARGEST_LISTING = 30_000_000
#: Bytes of an entry at the least: modes, two ids, status, a path.
_SHORTEST_ENTRY = 100
#: What git puts between the listing and the patches behind it.
_END = b"\0\0"


class PrintedDiff:
    """The listing, and the sections behind it.

    Args:
        store: What git prints to.
        most: Files of a listing; 0 is no limit.
    """

    def __init__(self, store: FilePatchStore, most: int = 0) -> None:
        self._store = store
        self._most = most
        self._position = 0
        self._listing = b""
        self._sections: SectionReader | None = None

    @property
    def listing(self) -> bytes:
        """The listing; empty until all of it has been read."""
        return self._listing if self._sections else b""

    @property
    def too_many(self) -> bool:
        """Whether the listing is longer than any that a report can be made of."""
        if len(self._listing) > LARGEST_LISTING:
            return True
        # A path that begins as an entry does is counted as one: a limit may be met a little early.
        short = len(self._listing) <= self._most * _SHORTEST_ENTRY
        return bool(self._most) and not short and self._listing.count(b"\0:") >= self._most

    def read_on(self) -> bool:
        """Read some of what is there; tell whether there was anything."""
        piece = self._store.read(self._position, CHUNK)
        self._position += len(piece)
        if self._sections is None:
            piece = self._take_listing(piece)
        if self._sections is not None:
            self._sections.feed(piece)
        return bool(piece)

    def finish(self) -> tuple[bytes, list[PatchSection]]:
        """Read what is left; return the listing and the sections."""
        while self.read_on():
            pass
        return self._listing, self._sections.finish() if self._sections else []

    def _take_listing(self, piece: bytes) -> bytes:
        """Take a piece of the listing; return what follows the listing in it."""
        searched = max(0, len(self._listing) - 1)
        self._listing += piece
        end = self._listing.find(_END, searched)
        if end < 0:
            return piece
        rest = self._listing[end + len(_END) :]
        self._listing = self._listing[: end + 1]
        self._sections = SectionReader(self._position - len(rest))
        return rest
