"""Counts the added and removed lines of sections that git has written."""

from __future__ import annotations

from dataclasses import dataclass

from diff_insight.diffs.headers import hunks_start
from diff_insight.diffs.store import FilePatchStore

_BINARY = b"\nBinary files "


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What `git diff --numstat` says of a file: lines, or that it is binary."""

    additions: int = 0
    deletions: int = 0
    binary: bool = False


def counts_of(store: FilePatchStore, offset: int, length: int) -> LineCounts:
    """Count the lines of one section.

    git prefixes every line of a hunk and ends it with a line feed, so what follows a line feed
    behind the section's header tells what a line is.

    Args:
        store: Holds the patches.
        offset: Where the section begins, in bytes.
        length: Its bytes.
    """
    additions = deletions = 0
    binary = False
    before = b""
    for piece in store.chunks(offset, length):
        body = piece
        if not before:
            start = hunks_start(piece)
            binary = binary or _BINARY in piece[:start]
            body = piece[start:]
        window = before + body
        additions += window.count(b"\n+")
        deletions += window.count(b"\n-")
        before = window[-1:]
    return LineCounts(additions, deletions, binary)
