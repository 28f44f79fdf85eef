"""Finds rows that came or went while the other side of the page has the same: a table was doubled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.table_pairing import RowPair
from diff_insight.facts.pages.table_rows import TableRow, row_at
from diff_insight.model.changes import Side

#: The section of a row and the columns above it.
_Place = tuple[str, tuple[str, ...]]
_Standing = dict[tuple[str, ...], set[_Place]]
_OTHER = {Side.BASE: Side.HEAD, Side.HEAD: Side.BASE}


def without_repeated(
    pairs: list[RowPair], place_of: Callable[[TableRow], _Place], view: FileView
) -> tuple[list[RowPair], list[TableRow]]:
    """Return the pairs without rows of one side that the other has in the same place, and those rows.

    Args:
        pairs: The changed rows of a page.
        place_of: Where a row stands.
        view: The page.
    """
    standing: dict[Side, _Standing] = {}
    left: list[RowPair] = []
    repeated: list[TableRow] = []
    for old, new in pairs:
        row = new if old is None else old if new is None else None
        if row is not None:
            other = _OTHER[row.side]
            if other not in standing:
                standing[other] = _standing(view, other, place_of)
            if place_of(row) in standing[other].get(row.words, ()):
                repeated.append(row)
                continue
        left.append((old, new))
    return left, repeated


def _standing(view: FileView, side: Side, place_of: Callable[[TableRow], _Place]) -> _Standing:
    """Return where the rows of a version stand, when it is known whole."""
    places: _Standing = defaultdict(set)
    version = view.version(side)
    for number, line in version.numbered_lines() if version.complete else ():
        row = row_at(side, number, line)
        if row is not None:
            places[row.words].add(place_of(row))
    return places
