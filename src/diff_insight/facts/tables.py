"""Table facts: rows matched by their key column, so that one changed cell is one fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from diff_insight.facts.deadlines import moved_date
from diff_insight.facts.edits import word_edits
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.structure import structure
from diff_insight.facts.table_rows import Row, Table, Tables, is_delimiter, rows_of
from diff_insight.facts.versions import FileView
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Block, Side, Status
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)
#: Rows with one first cell that a removed row is compared with.
_MOST_CANDIDATES = 50
#: Comparisons of rows without a common first cell in one block.
_MOST_COMPARED = 10_000
#: A cell's words are quoted whole up to this many characters.
LONGEST_CELL = 80
#: Characters of a cell above which its words are not compared one by one.
_LONGEST_COMPARED = 2000


def applies(view: FileView) -> bool:
    """Pages with two versions, and a pipe on a changed line."""
    if not view.markdown or view.change.status not in _BOTH_SIDES:
        return False
    return any(
        "|" in line for block in view.blocks for line in (*block.old_lines, *block.new_lines)
    )


def facts(view: FileView) -> Iterator[Fact]:
    """Yield facts about rows, block by block."""
    blocks = [
        (_rows(view, block, Side.BASE), _rows(view, block, Side.HEAD)) for block in view.blocks
    ]
    base, head = Tables(view.base), Tables(view.head)
    changes = _Changes(view, base, head, only=sum(len(added) for _, added in blocks) == 1)
    for removed, added in blocks:
        if removed or added:
            yield from _compare(changes, removed, added)


def _rows(view: FileView, block: Block, side: Side) -> list[Row]:
    """Return the changed rows of one side that do not stand in code."""
    rows = rows_of(block, side)
    return [row for row in rows if structure(view, side).code_at(row.line) is None]


@dataclass(frozen=True, slots=True)
class _Changes:
    """What the rows of a page are compared with; `only` tells that one row changed in all."""

    view: FileView
    base: Tables
    head: Tables
    only: bool


def _compare(changes: _Changes, removed: list[Row], added: list[Row]) -> Iterator[Fact]:
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


def _columns(heads: list[tuple[Row, Table]], removed: set[int]) -> Iterator[Fact]:
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


def _is_body(table: Table, row: Row) -> bool:
    return row.line > table.start + 1 and not is_delimiter(row.cells)


def _pairs(removed: list[Row], added: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Match rows by their first cell, then by most of their cells."""
    left = {row.line: row for row in added}
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in added:
        by_key[row.words[0]].append(row)
    unmatched: list[Row] = []
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


def _shared(old: Row, new: Row) -> int:
    return sum(1 for a, b in zip(old.words, new.words, strict=False) if a and a == b)


def _cells(
    old: Row, new: Row, old_table: Table, new_table: Table, changes: _Changes
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
        edits = list(word_edits(old, new)) if max(len(old), len(new)) <= _LONGEST_COMPARED else []
        if len(edits) == 1 and all(0 < len(part) <= LONGEST_CELL for part in edits[0]):
            old, new = edits[0]
        else:
            pairs = enumerate(zip(old, new, strict=False))
            differ = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
            same = old[:differ].rfind(" ") + 1
            old, new = (
                f"…{text[same:]}" if same > LONGEST_CELL // 4 else text for text in (old, new)
            )
    return {"old": clip(old, LONGEST_CELL), "new": clip(new, LONGEST_CELL)}


def _aligned(old: Row, new: Row, old_table: Table, new_table: Table) -> tuple[Row, Row]:
    """Give the old row the shape of the new one where columns came or went."""
    known = len(old.cells) == len(old_table.columns) and len(new.cells) == len(new_table.columns)
    if not known or old_table.columns == new_table.columns:
        return old, new
    places = {name: index for index, name in enumerate(old_table.columns)}
    cells, words = list(new.cells), list(new.words)
    for index, name in enumerate(new_table.columns):
        if name in places:
            cells[index], words[index] = old.cells[places[name]], old.words[places[name]]
    return Row(old.line, tuple(cells), tuple(words)), new


def _subject(row: Row) -> str:
    return next((words.strip("`") for words in row.words if words), "")


def _row_params(row: Row, table: Table) -> dict[str, str]:
    column = table.columns[0] if table.columns else ""
    return {"row": _subject(row), "column": column}
