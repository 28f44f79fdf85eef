"""Table facts: rows matched by their key column, so that one changed cell is one fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diff_insight.facts.deadlines import moved_date
from diff_insight.facts.edits import word_edits
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.versions import FileView, TextVersion
from diff_insight.markup.plain import clip, words_of
from diff_insight.model.changes import Block, Side, Status
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_SPLIT = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r":?-+:?")
_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)
#: Rows with one first cell that a removed row is compared with.
_MOST_CANDIDATES = 50
#: Comparisons of rows without a common first cell in one block.
_MOST_COMPARED = 10_000
#: A cell's words are quoted whole up to this many characters.
LONGEST_CELL = 80


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row: its line, its cells, and the words of each cell."""

    line: int
    cells: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns that a changed row stands under; empty names when the header is not known."""

    start: int
    columns: tuple[str, ...]


def applies(view: FileView) -> bool:
    """Pages with two versions, and a pipe on a changed line."""
    if not view.markdown or view.change.status not in _BOTH_SIDES:
        return False
    return any(
        "|" in line for block in view.blocks for line in (*block.old_lines, *block.new_lines)
    )


def facts(view: FileView) -> Iterator[Fact]:
    """Yield facts about rows, block by block."""
    blocks = [(_rows(block, Side.BASE), _rows(block, Side.HEAD)) for block in view.blocks]
    base, head = _Tables(view.base), _Tables(view.head)
    changes = _Changes(view, base, head, only=sum(len(added) for _, added in blocks) == 1)
    for removed, added in blocks:
        if removed or added:
            yield from _compare(changes, removed, added)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What the rows of a page are compared with; `only` tells that one row changed in all."""

    view: FileView
    base: _Tables
    head: _Tables
    only: bool


def _rows(block: Block, side: Side) -> list[_Row]:
    old = side is Side.BASE
    start, lines = (block.old_start, block.old_lines) if old else (block.new_start, block.new_lines)
    return [
        _row(number, line)
        for number, line in enumerate(lines, start)
        if "|" in line and line.lstrip().startswith("|") and line.count("|") > 1
    ]


def _row(number: int, line: str) -> _Row:
    cells = split_row(line)
    return _Row(number, cells, tuple(words_of(cell) for cell in cells))


def split_row(line: str) -> tuple[str, ...]:
    """Return the cells of a table row without outer pipes and white space."""
    bare = line.strip().removeprefix("|")
    bare = bare if bare.endswith("\\|") else bare.removesuffix("|")
    return tuple(cell.strip() for cell in _SPLIT.split(bare))


def _compare(changes: _Changes, removed: list[_Row], added: list[_Row]) -> Iterator[Fact]:
    old_tables = {row.line: changes.base.at(row.line) for row in removed}
    new_tables = {row.line: changes.head.at(row.line) for row in added}
    heads = [
        (row, tables[row.line])
        for rows, tables in ((removed, old_tables), (added, new_tables))
        for row in rows
        if row.line == tables[row.line].start
    ]
    yield from _columns(heads, {row.line for row in removed})
    changes.view.claimed.update((Side.BASE, row.line) for row in removed)
    changes.view.claimed.update((Side.HEAD, row.line) for row in added)
    removed = [row for row in removed if _is_body(old_tables[row.line], row)]
    added = [row for row in added if _is_body(new_tables[row.line], row)]
    for old, new in _pairs(removed, added):
        if old is not None and new is not None:
            yield from _cells(old, new, old_tables[old.line], new_tables[new.line], changes)
        elif new is not None and new.cells[0]:
            yield Fact(
                "table.row-added", _row_params(new, new_tables[new.line]), (head_line(new.line),)
            )
        elif old is not None and old.cells[0]:
            yield Fact(
                "table.row-removed", _row_params(old, old_tables[old.line]), (base_line(old.line),)
            )


def _columns(heads: list[tuple[_Row, _Table]], removed: set[int]) -> Iterator[Fact]:
    """Yield the columns that a changed header gained and lost."""
    if len(heads) != 2 or heads[0][0].line not in removed:
        return
    (old_row, old), (new_row, new) = heads
    if not set(old.columns) & set(new.columns) - {""}:
        return  # another table in the place of this one
    for column in new.columns:
        if column and column not in old.columns:
            yield Fact("table.column-added", {"column": column}, (head_line(new_row.line),))
    for column in old.columns:
        if column and column not in new.columns:
            yield Fact("table.column-removed", {"column": column}, (base_line(old_row.line),))


def _is_body(table: _Table, row: _Row) -> bool:
    return row.line > table.start + 1 and not _is_delimiter(row.cells)


def _is_delimiter(cells: Iterable[str]) -> bool:
    return all(_DELIMITER.fullmatch(cell) for cell in cells)


class _Tables:
    """Finds the header above a row; rows of one table share the answer."""

    def __init__(self, version: TextVersion) -> None:
        self._version = version
        self._known: dict[int, _Table] = {}

    def at(self, line: int) -> _Table:
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

    def _header(self, line: int) -> _Table:
        first, second = self._version.line(line), self._version.line(line + 1)
        if first is not None and second is not None and _is_delimiter(split_row(second)):
            return _Table(line, tuple(words_of(cell) for cell in split_row(first)))
        return _Table(-1, ())


def _pairs(removed: list[_Row], added: list[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Match rows by their first cell, then by most of their cells."""
    left = {row.line: row for row in added}
    by_key: dict[str, list[_Row]] = defaultdict(list)
    for row in added:
        by_key[row.words[0]].append(row)
    unmatched: list[_Row] = []
    for old in removed:
        same = by_key[old.words[0]] if old.cells[0] else []
        best = max(same[:_MOST_CANDIDATES], key=lambda row: _shared(old, row), default=None)
        if best is None:
            unmatched.append(old)
            continue
        same.remove(best)
        del left[best.line]
        yield old, best
    few = len(unmatched) * len(left) <= _MOST_COMPARED
    for old in unmatched:
        rest = left.values() if few else ()
        alike = (row for row in rest if _shared(old, row) * 2 > max(len(old.cells), 2))
        new = next(alike, None)
        if new is not None:
            del left[new.line]
        yield old, new
    for new in left.values():
        yield None, new


def _shared(old: _Row, new: _Row) -> int:
    return sum(1 for a, b in zip(old.words, new.words, strict=False) if a and a == b)


def _cells(
    old: _Row, new: _Row, old_table: _Table, new_table: _Table, changes: _Changes
) -> Iterator[Fact]:
    """Yield one fact for each cell whose words changed; cells are matched by their column."""
    old, new = _aligned(old, new, old_table, new_table)
    if len(old.cells) != len(new.cells):
        return
    evidence = (base_line(old.line), head_line(new.line))
    columns = new_table.columns if len(new_table.columns) == len(new.cells) else ()
    empty = tuple(name for name, cell in zip(columns, new.cells, strict=False) if name and not cell)
    for index, (before, after) in enumerate(zip(old.cells, new.cells, strict=True)):
        if old.words[index] == new.words[index]:
            continue
        column = columns[index] if columns else ""
        subject = _subject(new)
        # Without its header a table is about what its page is about.
        context = column or changes.view.change.path
        moved = moved_date(before, after, context=context, subject=subject)
        if moved is not None:
            params = {
                **moved.params,
                "column": column,
                "only_row": changes.only,
                "empty_columns": empty,
            }
            yield Fact(moved.kind, params, evidence)
        else:
            yield Fact(
                "table.cell",
                {
                    "row": subject,
                    "column": column,
                    "only_row": changes.only,
                    **_told(old.words[index], new.words[index]),
                },
                evidence,
            )  # fmt: skip


def _told(old: str, new: str) -> dict[str, Value]:
    """Return old and new words of a cell: whole when short, else from where they differ."""
    if max(len(old), len(new)) > LONGEST_CELL:
        edits = list(word_edits(old, new))
        if len(edits) == 1 and all(0 < len(part) <= LONGEST_CELL for part in edits[0]):
            old, new = edits[0]
        else:
            differ = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
            same = old[:differ].rfind(" ") + 1
            old, new = (
                f"…{text[same:]}" if same > LONGEST_CELL // 4 else text for text in (old, new)
            )
    return {"old": clip(old, LONGEST_CELL), "new": clip(new, LONGEST_CELL)}


def _aligned(old: _Row, new: _Row, old_table: _Table, new_table: _Table) -> tuple[_Row, _Row]:
    """Give the old row the shape of the new one where columns came or went."""
    known = len(old.cells) == len(old_table.columns) and len(new.cells) == len(new_table.columns)
    if not known or old_table.columns == new_table.columns:
        return old, new
    places = {name: index for index, name in enumerate(old_table.columns)}
    cells, words = list(new.cells), list(new.words)
    for index, name in enumerate(new_table.columns):
        if name in places:
            cells[index], words[index] = old.cells[places[name]], old.words[places[name]]
    return _Row(old.line, tuple(cells), tuple(words)), new


def _subject(row: _Row) -> str:
    return next((words.strip("`") for words in row.words if words), "")


def _row_params(row: _Row, table: _Table) -> dict[str, str]:
    column = table.columns[0] if table.columns else ""
    return {"row": _subject(row), "column": column}
