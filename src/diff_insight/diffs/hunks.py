"""Turns one file's patch into hunks with unidiff, on decoded text without newline translation."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from unidiff.constants import (
    LINE_TYPE_ADDED,
    LINE_TYPE_CONTEXT,
    LINE_TYPE_NO_NEWLINE,
    LINE_TYPE_REMOVED,
)
from unidiff.errors import UnidiffParseError
from unidiff.patch import Hunk as UnidiffHunk
from unidiff.patch import PatchSet

from diff_insight.model.changes import Block, Hunk


class BrokenPatchError(ValueError):
    """The hunks of a section do not hold together."""


def parse_hunks(patch: str) -> list[Hunk]:
    """Parse the hunks of one file.

    Only line feeds end a line: a bare carriage return, a form feed or U+2028 is text. unidiff gets
    neutral file headers, because names are read elsewhere and may hold anything.

    Raises:
        BrokenPatchError: A hunk is longer or shorter than its header says, or holds a foreign line.
    """
    if not patch:
        return []
    lines = patch.split("\n")
    if lines[-1] == "":
        lines.pop()
    numbered = (line + "\n" for line in ("--- a/file", "+++ b/file", *lines))
    try:
        files = PatchSet(numbered)
    except UnidiffParseError as error:
        raise BrokenPatchError(str(error).splitlines()[0]) from error
    return [_Builder(hunk).build() for file in files[:1] for hunk in file]


@contextmanager
def paused_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector out of the way: parsing makes many objects, no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Builder:
    """Collects the lines of one hunk into both sides and into blocks of changed lines."""

    def __init__(self, hunk: UnidiffHunk) -> None:
        self._hunk = hunk
        self._old: list[str] = []
        self._new: list[str] = []
        self._removed: list[str] = []
        self._added: list[str] = []
        self._blocks: list[Block] = []
        self._final_newline = {LINE_TYPE_REMOVED: True, LINE_TYPE_ADDED: True}

    def build(self) -> Hunk:
        last = ""
        for line in self._hunk:
            kind, text = line.line_type, line.value[:-1]
            if kind == LINE_TYPE_REMOVED:
                if self._added:
                    self._close()
                self._removed.append(text)
            elif kind == LINE_TYPE_ADDED:
                self._added.append(text)
            elif kind == LINE_TYPE_CONTEXT:
                self._close()
                self._old.append(text)
                self._new.append(text)
            elif kind == LINE_TYPE_NO_NEWLINE:
                self._mark_end(last)
            last = kind or last  # a blank line behind the hunk has no kind
        self._close()
        return Hunk(
            old_start=self._hunk.source_start,
            new_start=self._hunk.target_start,
            section=self._hunk.section_header.strip(),
            old_lines=tuple(self._old),
            new_lines=tuple(self._new),
            blocks=tuple(self._blocks),
            old_final_newline=self._final_newline[LINE_TYPE_REMOVED],
            new_final_newline=self._final_newline[LINE_TYPE_ADDED],
        )

    def _close(self) -> None:
        """End the current block."""
        if not self._removed and not self._added:
            return
        old_start = self._hunk.source_start + len(self._old)
        new_start = self._hunk.target_start + len(self._new)
        self._blocks.append(Block(old_start, tuple(self._removed), new_start, tuple(self._added)))
        self._old += self._removed
        self._new += self._added
        self._removed.clear()
        self._added.clear()

    def _mark_end(self, last: str) -> None:
        """Note on which side the last line has no line end; after context it is on both."""
        for side in (last,) if last in self._final_newline else tuple(self._final_newline):
            self._final_newline[side] = False
