"""Table facts: rows matched by their key column, so that one changed cell is one fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.changed_lines import changed_text, code_lines
from diff_insight.facts.pages.deadlines import moved_date
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.pages.repeated_rows import without_repeated
from diff_insight.facts.pages.table_pairing import RowPair, pair_rows
from diff_insight.facts.pages.table_rows import Table, TableRow, Tables, is_delimiter, rows_of
from diff_insight.facts.pages.word_diff import word_edits
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Block, Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: The beginning of a line that is a row.
_ROW = re.compile(r"\n[^\S\n]*+\|")
#: A cell's words are quoted whole up to this many characters.
LONGEST_CELL = 80
#: What a new row says of its subject: characters from which it is quoted, and of a quotation.
_SHORTEST_SAID = 16
LONGEST_SAID = 160
#: Characters of a cell above which its words are not compared one by one.
_LONGEST_COMPARED = 2000


def applies(view: FileView) -> bool:
    """Pages with two versions, and a pipe that opens a changed line."""
    if not view.markdown or view.change.status not in BOTH_SIDES:
        return False
    return any(_ROW.search(changed_text(view, side)) for side in Side)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield facts about rows, block by block."""
    blocks = [
        (_rows(view, block, Side.BASE), _rows(view, block, Side.HEAD)) for block in view.blocks
    ]
    base, head = Tables(view.base), Tables(view.head)
    changes = _Changes(view, base, head, only=sum(len(added) for _, added in blocks) == 1)
    comparisons = [
        _compare(changes, removed, added) for removed, added in blocks if removed or added
    ]
    pairs = _across([pair for _, of_block in comparisons for pair in of_block], changes)
    pairs, repeated = without_repeated(pairs, lambda row: _place(row, changes), view)
    yield from (fact for columns, _ in comparisons for fact in columns)
    for old, new in pairs:
        yield from _pair_facts(old, new, changes)
    if repeated:
        make = {Side.BASE: base_line, Side.HEAD: head_line}
        evidence = tuple(make[row.side](row.line) for row in repeated)
        yield Fact("table.rows-repeated", {"count": len(repeated)}, evidence)


def _rows(view: FileView, block: Block, side: Side) -> list[TableRow]:
    """Return the changed rows of one side that do not stand in code."""
    code = code_lines(view, side)
    return [row for row in rows_of(block, side) if row.line not in code]


class _Changes(Struct, frozen=True):
    """What the rows of a page are compared with; `only` tells that one row changed in all."""

    view: FileView
    base: Tables
    head: Tables
    only: bool


def _compare(
    changes: _Changes, removed: list[TableRow], added: list[TableRow]
) -> tuple[list[Fact], list[RowPair]]:
    """Return the columns that came and went in a block, and its rows in pairs."""
    old_tables = {row.line: changes.base.at(row.line) for row in removed}
    new_tables = {row.line: changes.head.at(row.line) for row in added}
    heads = [
        (row, tables[row.line])
        for rows, tables in ((removed, old_tables), (added, new_tables))
        for row in rows
        if row.line == tables[row.line].start
    ]
    columns = list(_columns(heads))
    changes.view.claimed.update((Side.BASE, row.line) for row in removed)
    changes.view.claimed.update((Side.HEAD, row.line) for row in added)
    removed = [row for row in removed if _is_body(old_tables[row.line], row)]
    added = [row for row in added if _is_body(new_tables[row.line], row)]
    return columns, list(pair_rows(removed, added))


def _across(pairs: list[RowPair], changes: _Changes) -> list[RowPair]:
    """Join rows that went in one block and came in another of the same table."""
    gone = _once(old for old, new in pairs if old is not None and new is None)
    come = _once(new for old, new in pairs if new is not None and old is None)
    same = {
        key: come[key]
        for key, old in gone.items()
        if key in come and _place(old, changes) == _place(come[key], changes)
    }
    joined: list[RowPair] = []
    for old, new in pairs:
        if new is None and old is not None and gone.get(old.key) is old:
            joined.append((old, same.get(old.key)))
        elif old is not None or new is None or same.get(new.key) is not new:
            joined.append((old, new))
    return joined


def _once(rows: Iterable[TableRow]) -> dict[str, TableRow]:
    """Return the rows whose key no other row has."""
    by_key: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    return {key: same[0] for key, same in by_key.items() if key and len(same) == 1}


def _place(row: TableRow, changes: _Changes) -> tuple[str, tuple[str, ...]]:
    """Return the section and the columns that a row stands under."""
    tables = changes.base if row.side is Side.BASE else changes.head
    section = structure(changes.view, row.side).section_at(row.line)
    return section, tables.at(row.line).columns


def _pair_facts(old: TableRow | None, new: TableRow | None, changes: _Changes) -> Iterator[Fact]:
    """Yield what a pair says: a row that came or went, or its cells."""
    if old is not None and new is not None:
        old_table, new_table = changes.base.at(old.line), changes.head.at(new.line)
        yield from _cells(old, new, old_table, new_table, changes)
    elif new is not None and new.cells[0]:
        params = {**_row_params(new, changes.head.at(new.line)), **_says(new)}
        yield Fact("table.row-added", params, (head_line(new.line),))
    elif old is not None and old.cells[0]:
        params = _row_params(old, changes.base.at(old.line))
        yield Fact("table.row-removed", params, (base_line(old.line),))


def _columns(heads: list[tuple[TableRow, Table]]) -> Iterator[Fact]:
    """Yield the columns that a changed header gained and lost."""
    if [row.side for row, _ in heads] != [Side.BASE, Side.HEAD]:
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


def _is_body(table: Table, row: TableRow) -> bool:
    return row.line > table.start + 1 and not is_delimiter(row.cells)


def _cells(
    old: TableRow, new: TableRow, old_table: Table, new_table: Table, changes: _Changes
) -> Iterator[Fact]:
    """Yield one fact for each cell whose words changed; cells are matched by their column."""
    old, new = _align(old, new, old_table, new_table)
    if len(old.cells) != len(new.cells):
        return
    evidence = (base_line(old.line), head_line(new.line))
    columns = new_table.columns if len(new_table.columns) == len(new.cells) else ()
    empty = tuple(name for name, cell in zip(columns, new.cells, strict=False) if name and not cell)
    if old.words == new.words and old.cells != new.cells:
        yield Fact("text.markup", {"section": ""}, evidence)
    for index, (before, after) in enumerate(zip(old.cells, new.cells, strict=True)):
        if old.words[index] == new.words[index]:
            continue
        column = columns[index] if columns else ""
        # A row whose key changed is called as readers know it.
        subject = _subject(new if index or not old.cells[0] else old)
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
                    **_cell_params(old.words[index], new.words[index]),
                },
                evidence,
            )  # fmt: skip


def _cell_params(old: str, new: str) -> dict[str, Value]:
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


def _align(
    old: TableRow, new: TableRow, old_table: Table, new_table: Table
) -> tuple[TableRow, TableRow]:
    """Give the old row the shape of the new one where columns came or went."""
    known = len(old.cells) == len(old_table.columns) and len(new.cells) == len(new_table.columns)
    if not known or old_table.columns == new_table.columns:
        return old, new
    places = {name: index for index, name in enumerate(old_table.columns)}
    cells, words = list(new.cells), list(new.words)
    for index, name in enumerate(new_table.columns):
        if name in places:
            cells[index], words[index] = old.cells[places[name]], old.words[places[name]]
    return replace(old, cells=tuple(cells), words=tuple(words)), new


def _subject(row: TableRow) -> str:
    return next((words.strip("`") for words in (row.key, *row.words) if words), "")


def _says(row: TableRow) -> dict[str, str]:
    """Return what a row says of its subject: the longest cell that is more than a word or two."""
    subject = _subject(row)
    words_said = max(
        (words for words in row.words if words.strip("`") != subject), key=len, default=""
    )
    return {"says": clip(words_said, LONGEST_SAID)} if len(words_said) >= _SHORTEST_SAID else {}


def _row_params(row: TableRow, table: Table) -> dict[str, str]:
    column = table.columns[0] if table.columns else ""
    return {"row": _subject(row), "column": column}
