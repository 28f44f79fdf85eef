"""Turns one file's patch into hunks with unidiff, on decoded text without newline translation."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from unidiff.constants import (
    LINE_TYPE_ADDED,
    LINE_TYPE_EMPTY,
    LINE_TYPE_NO_NEWLINE,
    LINE_TYPE_REMOVED,
)
from unidiff.errors import UnidiffParseError
from unidiff.patch import Hunk as UnidiffHunk
from unidiff.patch import PatchSet

from diff_insight.model.changes import Block, Hunk


class BrokenPatch(ValueError):
    """The hunks of a section do not hold together."""


def parse_hunks(patch: str) -> list[Hunk]:
    """Parse the hunks of one file.

    Only line feeds end a line: a bare carriage return, a form feed or U+2028 is text. unidiff gets
    neutral file headers, because names are read elsewhere and may hold anything.

    Raises:
        BrokenPatch: A hunk is longer or shorter than its header says, or holds a foreign line.
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
        raise BrokenPatch(str(error).splitlines()[0]) from error
    return [_hunk(hunk) for file in files[:1] for hunk in file]


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


def _hunk(hunk: UnidiffHunk) -> Hunk:
    old, new = hunk.source_start, hunk.target_start
    old_lines: list[str] = []
    new_lines: list[str] = []
    blocks: list[Block] = []
    removed: list[str] = []
    added: list[str] = []
    newline = {"old": True, "new": True}
    last = ""

    def close() -> None:
        if removed or added:
            start_old = old + len(old_lines) - len(removed)
            start_new = new + len(new_lines) - len(added)
            blocks.append(Block(start_old, tuple(removed), start_new, tuple(added)))
            removed.clear()
            added.clear()

    for line in hunk:
        kind, text = line.line_type, line.value[:-1]
        if kind == LINE_TYPE_REMOVED:
            if added:
                close()
            removed.append(text)
            old_lines.append(text)
        elif kind == LINE_TYPE_ADDED:
            added.append(text)
            new_lines.append(text)
        elif kind == LINE_TYPE_EMPTY:
            continue  # a blank line behind the hunk
        elif kind == LINE_TYPE_NO_NEWLINE:
            newline["old"] = newline["old"] and last == LINE_TYPE_ADDED
            newline["new"] = newline["new"] and last == LINE_TYPE_REMOVED
        else:
            close()
            old_lines.append(text)
            new_lines.append(text)
        last = kind
    close()
    return Hunk(
        # A side without lines is numbered from the line before it.
        old_start=old,
        new_start=new,
        section=hunk.section_header.strip(),
        old_lines=tuple(old_lines),
        new_lines=tuple(new_lines),
        blocks=tuple(blocks),
        old_final_newline=newline["old"],
        new_final_newline=newline["new"],
    )
