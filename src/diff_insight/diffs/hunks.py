"""Turns one file's patch into hunks with unidiff, on decoded text without newline translation.

unidiff reads and checks the headers and counts; the lines are taken from the text in runs of one
kind, because an object for every line costs more than all else that is done with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO
from itertools import chain, groupby, islice
from operator import itemgetter

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

#: Neutral file headers: names are read elsewhere and may hold anything.
_NAMES = ("--- a/file\n", "+++ b/file\n")
_HEADER = "@@ -"
_MARK = itemgetter(slice(1))
#: The header of a hunk that is a whole file which came or went.
_WHOLE = re.compile(r"@@ -(?:0,0 \+1(?:,(\d+))? @@\n(?=\+)|1(?:,(\d+))? \+0,0 @@\n(?=-))")


class BrokenPatchError(ValueError):
    """The hunks of a section do not hold together."""


def parse_hunks(patch: str) -> list[Hunk]:
    """Parse the hunks of one file.

    Only line feeds end a line: a bare carriage return, a form feed or U+2028 is text.

    Raises:
        BrokenPatchError: A hunk is longer or shorter than its header says, or holds a foreign line.
    """
    if not patch:
        return []
    whole = _whole_file(patch)
    return _parse_checked(patch) if whole is None else [whole]


def _parse_checked(patch: str) -> list[Hunk]:
    """Parse hunks of any kind, whose headers and counts unidiff checks."""
    try:
        files = PatchSet(chain(_NAMES, StringIO(patch, newline="\n")), metadata_only=True)
    except UnidiffParseError as error:
        raise BrokenPatchError(str(error).splitlines()[0]) from error
    lines = patch.split("\n")
    if lines[-1] == "":
        lines.pop()
    headers = chain.from_iterable(files[:1])
    builders: list[_HunkBuilder] = []
    builder = _HunkBuilder(UnidiffHunk())  # of no lines: what stands before the first header
    for mark, run in groupby(lines, _MARK):
        if mark != _HEADER[0]:
            builder.take(mark, run)
            continue
        for line in run:
            header = next(headers, None) if line.startswith(_HEADER) else None
            if header is not None:
                _require_lines(header)
                builder = _HunkBuilder(header)
                builders.append(builder)
    return [builder.build() for builder in builders]


def _whole_file(patch: str) -> Hunk | None:
    """Return the hunk of a file that came or went, when it is all there is and as it should be.

    Such a patch is long and has lines of one kind only, for which one look at each is enough.
    """
    header = _WHOLE.match(patch)
    if header is None:
        return None
    mark, body = patch[header.end()], patch[header.end() + 1 :]
    lines = tuple(body.removesuffix("\n").split(f"\n{mark}"))
    count = int(header[1] or header[2] or 1)
    ends = body.count("\n") + (not body.endswith("\n"))
    if not len(lines) == ends == count:
        return None
    if mark == LINE_TYPE_ADDED:
        return Hunk(0, 1, "", (), lines, (Block(0, (), 1, lines),))
    return Hunk(1, 0, "", lines, (), (Block(1, lines, 0, ()),))


def _require_lines(hunk: UnidiffHunk) -> None:
    """Reject a header whose lines would stand before the first line of a file."""
    if hunk.source_length > 0 == hunk.source_start or hunk.target_length > 0 == hunk.target_start:
        raise BrokenPatchError("Hunk starts at line 0 and yet has lines")


class _HunkBuilder:
    """Collects the lines of one hunk into both sides and into blocks of changed lines."""

    def __init__(self, hunk: UnidiffHunk) -> None:
        self._hunk = hunk
        self._old_left, self._new_left = hunk.source_length, hunk.target_length
        self._old: list[str] = []
        self._new: list[str] = []
        self._removed: list[str] = []
        self._added: list[str] = []
        self._blocks: list[Block] = []
        self._last = ""
        self._final_newline = {LINE_TYPE_REMOVED: True, LINE_TYPE_ADDED: True}

    def take(self, mark: str, run: Iterable[str]) -> None:
        """Take a run of lines of one kind, as far as the hunk goes."""
        if mark == LINE_TYPE_NO_NEWLINE:
            self._mark_end()
            return
        if not self._old_left and not self._new_left:
            return
        if mark == LINE_TYPE_ADDED:
            lines = [line[1:] for line in islice(run, self._new_left)]
            self._new_left -= len(lines)
            self._added += lines
        elif mark == LINE_TYPE_REMOVED:
            if self._added:
                self._close()
            lines = [line[1:] for line in islice(run, self._old_left)]
            self._old_left -= len(lines)
            self._removed += lines
        else:
            self._close()
            # A context line may have lost its mark together with the rest of its white space.
            skip = 1 if mark == LINE_TYPE_CONTEXT else 0
            lines = [line[skip:] for line in islice(run, self._old_left)]
            self._old_left -= len(lines)
            self._new_left -= len(lines)
            self._old += lines
            self._new += lines
        self._last = mark

    def build(self) -> Hunk:
        """Return the hunk."""
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
        self._removed, self._added = [], []

    def _mark_end(self) -> None:
        """Note on which side the last line has no line end; after context it is on both."""
        sides = (self._last,) if self._last in self._final_newline else tuple(self._final_newline)
        for side in sides:
            self._final_newline[side] = False
