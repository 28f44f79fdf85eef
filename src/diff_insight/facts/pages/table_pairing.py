"""Pairs the rows of a table that went with the rows that came."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from diff_insight.facts.pages.table_rows import TableRow

#: Rows with one first cell that a removed row is compared with.
_MOST_CANDIDATES = 50


#: Comparisons of rows without a common first cell in one block.
_MOST_COMPARED = 10_000


#: How far rows with different keys have to be alike to be one whose key was replaced.
_RENAMED_KEY = 0.5


#: A row before and after; one of them is missing where a row came or went.
RowPair = tuple[TableRow | None, TableRow | None]


def pair_rows(removed: list[TableRow], added: list[TableRow]) -> Iterator[RowPair]:
    """Match rows by their first cell, then by most of their cells."""
    left = {row.line: row for row in added}
    by_key: dict[str, list[TableRow]] = defaultdict(list)
    for row in added:
        by_key[row.key].append(row)
    unmatched: list[TableRow] = []
    for old in removed:
        same = by_key[old.key] if old.cells[0] else []
        best = max(same[:_MOST_CANDIDATES], key=lambda row: _shared_count(old, row), default=None)
        if best is None:
            unmatched.append(old)
            continue
        same.remove(best)
        del left[best.line]
        yield old, best
    yield from _pairs_without_key(unmatched, left)


def _pairs_without_key(unmatched: list[TableRow], left: dict[int, TableRow]) -> Iterator[RowPair]:
    """Match rows whose first cell is on one side only."""
    renamed = _renamed_keys(unmatched, list(left.values()))
    for old in unmatched:
        if old.line in renamed:
            del left[renamed[old.line].line]
            yield old, renamed[old.line]
    unmatched = [old for old in unmatched if old.line not in renamed]
    few = len(unmatched) * len(left) <= _MOST_COMPARED
    for old in unmatched:
        rest = left.values() if few else ()
        alike = (row for row in rest if _shared_count(old, row) * 2 > max(len(old.cells), 2))
        new = next(alike, None)
        if new is not None:
            del left[new.line]
        yield old, new
    for new in left.values():
        yield None, new


def _renamed_keys(removed: list[TableRow], added: list[TableRow]) -> dict[int, TableRow]:
    """Match rows whose key cell was replaced by one that has a part of it, in the order they stand."""
    matches: dict[int, TableRow] = {}
    left = added[:_MOST_CANDIDATES]
    for old in removed[:_MOST_CANDIDATES]:
        scored = [(_alike(old, new), -index) for index, new in enumerate(left)]
        score, index = max(scored, default=(0.0, 0))
        if score >= _RENAMED_KEY:
            matches[old.line] = left.pop(-index)
    return matches


def _alike(old: TableRow, new: TableRow) -> float:
    """Return how far two rows may be one with another key, 0 to 1."""
    if not old.key or not new.key or len(old.cells) != len(new.cells):
        return 0.0
    rest = _shared_count(old, new) / max(1, len(old.cells) - 1)
    parts = [re.findall(r"\w+", key.casefold()) for key in (old.key, new.key)]
    most = max(len(set(parts[0])), len(set(parts[1])), 1)  # of words; a key may be signs only
    common = len(set(parts[0]) & set(parts[1])) / most
    end = bool(parts[0] and parts[1]) and parts[0][-1] == parts[1][-1] and len(parts[0][-1]) > 3
    # The last part of a path or of a name with dots is the thing itself.
    named = end and all(re.search(r"\w[./]\w", key) for key in (old.key, new.key))
    return min(1.0, max(common, 0.8 if named else 0.5 if end else 0.0) * 0.7 + rest * 0.5)


def _shared_count(old: TableRow, new: TableRow) -> int:
    return sum(1 for a, b in zip(old.words, new.words, strict=False) if a and a == b)
