r"""Finds where each file's section starts in a stored diff, without holding the diff in memory.

Inside a hunk every line starts with a space, `+`, `-` or `\`, so `diff --git ` at the start of a
line is always a header in what git prints. Diffs of other tools have no such line; there a section
starts at `--- ` outside a hunk, which takes counting the hunk's lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.diffs.store import FilePatchStore

_GIT_HEADER = b"diff --git "
_OLD_MARKS = (b" ", b"-", b"\n", b"\r")
_NEW_MARKS = (b" ", b"+", b"\n", b"\r")
_BODY_MARKS = (*_OLD_MARKS, b"+", b"\\")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")


def git_sections(store: FilePatchStore) -> list[tuple[int, int]]:
    """Return (offset, length) of every `diff --git` section of a stored git diff."""
    size = store.size()
    needle = b"\n" + _GIT_HEADER
    starts: list[int] = []
    if store.read(0, len(_GIT_HEADER)) == _GIT_HEADER:
        starts.append(0)
    tail = b""
    position = 0
    for chunk in store.chunks(0, size):
        window = tail + chunk
        origin = position - len(tail)
        found = window.find(needle)
        while found >= 0:
            starts.append(origin + found + 1)
            found = window.find(needle, found + 1)
        tail = window[-(len(needle) - 1) :]
        position += len(chunk)
    return _spans(starts, size)


def plain_sections(store: FilePatchStore) -> list[tuple[int, int]]:
    """Return (offset, length) of every section of a unified diff without git headers."""
    starts: list[int] = []
    old_left = new_left = 0
    offset = 0
    candidate = -1
    for line in _lines(store):
        if old_left > 0 or new_left > 0:
            mark = line[:1]
            old_left -= mark in _OLD_MARKS
            new_left -= mark in _NEW_MARKS
        elif line.startswith(b"--- "):
            candidate = offset
        elif line.startswith(b"+++ ") and candidate >= 0:
            starts.append(candidate)
            candidate = -1
        elif match := _HUNK.match(line):
            old_left, new_left = (int(count or 1) for count in match.groups())
        offset += len(line)
    return _spans(starts, store.size())


def has_git_headers(store: FilePatchStore) -> bool:
    """Tell whether a diff has git's headers, looking before the first hunk."""
    for line in _lines(store):
        if line.startswith(_GIT_HEADER):
            return True
        if line.startswith(b"@@ -"):
            return False
    return False


class BrokenHunkError(ValueError):
    """A hunk does not hold the lines that its header announces."""


def count_lines(store: FilePatchStore, offset: int, length: int) -> tuple[int, int]:
    """Return added and removed lines of one section, in constant memory.

    Raises:
        BrokenHunkError: A hunk is shorter or longer than its header says, or holds a foreign line.
    """
    added = removed = old_left = new_left = 0
    in_hunks = False
    for line in _lines(store, offset, length):
        mark = line[:1]
        if old_left > 0 or new_left > 0:
            if mark not in _BODY_MARKS:
                raise BrokenHunkError(f"a hunk ends early at {line[:40]!r}")
            added += mark == b"+"
            removed += mark == b"-"
            old_left -= mark in _OLD_MARKS
            new_left -= mark in _NEW_MARKS
        elif match := _HUNK.match(line):
            in_hunks = True
            old_left, new_left = (int(count or 1) for count in match.groups())
        elif in_hunks and mark in (b"+", b"-", b" ", b"@") and line.rstrip() != b"--":
            raise BrokenHunkError(f"a hunk goes on after its end at {line[:40]!r}")
        if old_left < 0 or new_left < 0:
            raise BrokenHunkError(f"a hunk has more lines than it says at {line[:40]!r}")
    if old_left or new_left:
        raise BrokenHunkError("the last hunk is cut off")
    return added, removed


def _lines(store: FilePatchStore, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
    """Yield lines with their ends; a line longer than a chunk still comes whole."""
    rest = b""
    for chunk in store.chunks(offset, store.size() if length is None else length):
        pieces = (rest + chunk).split(b"\n")
        rest = pieces.pop()
        for piece in pieces:
            yield piece + b"\n"
    if rest:
        yield rest


def _spans(starts: list[int], size: int) -> list[tuple[int, int]]:
    ends = [*starts[1:], size]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]
