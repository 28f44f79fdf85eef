"""Reads the rows of Markdown tables and finds the header that a row stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from diff_insight.facts.file_view import TextVersion
from diff_insight.markup.plain import inline_words
from diff_insight.model.changes import Block, Side

_SPLIT = re.compile(r"(?<!\\)\|")
#: A reference to a footnote, which may be renumbered while the row stays.
_FOOTNOTE = re.compile(r"<sup>[^<>|]{0,20}</sup>|\[\^[^\]|]{1,40}\]", re.IGNORECASE)
_DELIMITER = re.compile(r":?-+:?")


class TableRow(Struct, frozen=True):
    """A table row: its side and line, its cells, the words of each cell, and what tells it from others.

    `key` holds the words of the first cell without references to footnotes.
    """

    side: Side
    line: int
    cells: tuple[str, ...]
    words: tuple[str, ...]
    key: str


class Table(Struct, frozen=True):
    """The columns that a changed row stands under; empty names when the header is not known."""

    start: int
    columns: tuple[str, ...]


def rows_of(block: Block, side: Side) -> list[TableRow]:
    """Return the table rows among the changed lines of one side."""
    old = side is Side.BASE
    start, lines = (block.old_start, block.old_lines) if old else (block.new_start, block.new_lines)
    rows = (row_at(side, number, line) for number, line in enumerate(lines, start))
    return [row for row in rows if row is not None]


def row_at(side: Side, number: int, line: str) -> TableRow | None:
    """Return the row that a line is; None for other lines."""
    if not (line.lstrip().startswith("|") and line.count("|") > 1):
        return None
    cells = split_row(line)
    # A bar within a cell has a mark before it that no reader sees.
    words = tuple(inline_words(cell.replace("\\|", "|")) for cell in cells)
    first = cells[0].replace("\\|", "|")
    marked = "<" in first or "[^" in first
    return TableRow(
        side, number, cells, words, inline_words(_FOOTNOTE.sub("", first)) if marked else words[0]
    )


def split_row(line: str) -> tuple[str, ...]:
    """Return the cells of a table row without outer pipes and white space."""
    bare = line.strip().removeprefix("|")
    bare = bare if bare.endswith("\\|") else bare.removesuffix("|")
    return tuple(cell.strip() for cell in _SPLIT.split(bare))


def is_delimiter(cells: Iterable[str]) -> bool:
    """Tell whether cells are those of the line between header and body."""
    return all(_DELIMITER.fullmatch(cell) for cell in cells)


class Tables:
    """Finds the header above a row; rows of one table share the answer."""

    def __init__(self, version: TextVersion) -> None:
        self._version = version
        self._known: dict[int, Table] = {}

    def at(self, line: int) -> Table:
        """Return the table that a row stands in."""
        first = line
        while first not in self._known and self._is_row(first - 1):
            first -= 1
        table = self._known.get(first) or self._header(first)
        self._known.update(dict.fromkeys(range(first, line + 1), table))
        return table

    def _is_row(self, line: int) -> bool:
        text = self._version.line(line)
        return text is not None and text.lstrip().startswith("|")

    def _header(self, line: int) -> Table:
        first, second = self._version.line(line), self._version.line(line + 1)
        if first is not None and second is not None and is_delimiter(split_row(second)):
            return Table(line, tuple(inline_words(cell) for cell in split_row(first)))
        return Table(-1, ())
