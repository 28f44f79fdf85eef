"""Table facts: rows matched by their key column, so that one changed cell is one fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)
#: How far above a row its header is looked for.
_HEADER_REACH = 2000
#: A cell's words are quoted whole up to this many characters.
LONGEST_CELL = 80


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


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
    for block in view.blocks:
        removed = _rows(block, Side.BASE)
        added = _rows(block, Side.HEAD)
        if removed or added:
            yield from _compare(view, removed, added)


def _rows(block: Block, side: Side) -> list[_Row]:
    old = side is Side.BASE
    start, lines = (block.old_start, block.old_lines) if old else (block.new_start, block.new_lines)
    return [
        _Row(number, split_row(line))
        for number, line in enumerate(lines, start)
        if line.lstrip().startswith("|") and line.count("|") > 1
    ]


def split_row(line: str) -> tuple[str, ...]:
    """Return the cells of a table row without outer pipes and white space."""
    bare = line.strip().removeprefix("|")
    bare = bare if bare.endswith("\\|") else bare.removesuffix("|")
    return tuple(cell.strip() for cell in _SPLIT.split(bare))


def _compare(view: FileView, removed: list[_Row], added: list[_Row]) -> Iterator[Fact]:
    old_tables = {row.line: _table(view.base, row.line) for row in removed}
    new_tables = {row.line: _table(view.head, row.line) for row in added}
    heads = [
        (row, tables[row.line])
        for rows, tables in ((removed, old_tables), (added, new_tables))
        for row in rows
        if row.line == tables[row.line].start
    ]
    yield from _columns(heads, {row.line for row in removed})
    view.claimed.update((Side.BASE, row.line) for row in removed)
    view.claimed.update((Side.HEAD, row.line) for row in added)
    removed = [row for row in removed if _is_body(old_tables[row.line], row)]
    added = [row for row in added if _is_body(new_tables[row.line], row)]
    for old, new in _pairs(removed, added):
        if old is not None and new is not None:
            yield from _cells(old, new, old_tables[old.line], new_tables[new.line], view)
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
    return row.line > table.start + 1 and not _DELIMITER.match("|".join(row.cells))


def _table(version: TextVersion, line: int) -> _Table:
    """Find the header above a row."""
    number = line
    while number > 0 and line - number < _HEADER_REACH:
        above = version.line(number - 1)
        if above is None or not above.lstrip().startswith("|"):
            break
        number -= 1
    first, second = version.line(number), version.line(number + 1)
    if first is not None and second is not None and _DELIMITER.match(second):
        return _Table(number, tuple(words_of(cell) for cell in split_row(first)))
    return _Table(-1, ())


def _pairs(removed: list[_Row], added: list[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Match rows by as many leading cells as make them unique, then by place."""
    remaining = list(added)
    unmatched: list[_Row] = []
    for old in removed:
        same = [row for row in remaining if _same_key(old, row)]
        best = max(same, key=lambda row: _shared(old, row), default=None)
        if best is None:
            unmatched.append(old)
            continue
        remaining.remove(best)
        yield old, best
    for old in unmatched:
        alike = [row for row in remaining if _shared(old, row) * 2 > max(len(old.cells), 2)]
        if alike:
            remaining.remove(alike[0])
            yield old, alike[0]
        else:
            yield old, None
    for new in remaining:
        yield None, new


def _same_key(old: _Row, new: _Row) -> bool:
    return bool(old.cells[0]) and words_of(old.cells[0]) == words_of(new.cells[0])


def _shared(old: _Row, new: _Row) -> int:
    return sum(
        1 for a, b in zip(old.cells, new.cells, strict=False) if a and words_of(a) == words_of(b)
    )


def _cells(
    old: _Row, new: _Row, old_table: _Table, new_table: _Table, view: FileView
) -> Iterator[Fact]:
    """Yield one fact for each cell whose words changed; cells are matched by their column."""
    old, new = _aligned(old, new, old_table, new_table)
    if len(old.cells) != len(new.cells):
        return
    evidence = (base_line(old.line), head_line(new.line))
    columns = new_table.columns if len(new_table.columns) == len(new.cells) else ()
    empty = tuple(name for name, cell in zip(columns, new.cells, strict=False) if name and not cell)
    only = sum(len(_rows(block, Side.HEAD)) for block in view.blocks) == 1
    for index, (before, after) in enumerate(zip(old.cells, new.cells, strict=True)):
        if words_of(before) == words_of(after):
            continue
        column = columns[index] if columns else ""
        subject = _subject(new)
        # Without its header a table is about what its page is about.
        context = column or view.change.path
        moved = moved_date(before, after, context=context, subject=subject)
        if moved is not None:
            params = {**moved.params, "column": column, "only_row": only, "empty_columns": empty}
            yield Fact(moved.kind, params, evidence)
        else:
            yield Fact(
                "table.cell",
                {
                    "row": subject,
                    "column": column,
                    "only_row": only,
                    **_told(words_of(before), words_of(after)),
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
    cells = dict(zip(old_table.columns, old.cells, strict=True))
    pairs = zip(new_table.columns, new.cells, strict=True)
    return _Row(old.line, tuple(cells.get(name, cell) for name, cell in pairs)), new


def _subject(row: _Row) -> str:
    return next((words_of(cell).strip("`") for cell in row.cells if cell), "")


def _row_params(row: _Row, table: _Table) -> dict[str, str]:
    column = table.columns[0] if table.columns else ""
    return {"row": _subject(row), "column": column}
