"""Joins what happened to names of code alike in many files into one item, where nobody speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from functools import cache

from msgspec.structs import replace

from diff_insight.kinds.catalogue import KINDS
from diff_insight.kinds.kind import Alike, Kind, Listed, Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, StoryItem
from diff_insight.story.certainty import is_likely
from diff_insight.story.joiners import MOST_NAMES

#: Items of one kind that a reader still takes in one by one.
_FEW = 5


def join_same_kind(items: Sequence[StoryItem], files: Sequence[FileAnalysis]) -> list[StoryItem]:
    """Return the items in their order, those of one kind as one where there are more than a few.

    What each file holds of it is told with the file.

    Args:
        items: What a range adds up to, the heaviest first.
        files: The analysed files.
    """
    groups: dict[Hashable, list[StoryItem]] = defaultdict(list)
    for item in items:
        row = _row_of(item)
        if row is not None:
            groups[_likeness(item, row, files)].append(item)
    firsts: dict[int, StoryItem] = {}
    covered: set[int] = set()
    for members in groups.values():
        row = _row_of(members[0])
        if row is None or len(members) <= _FEW:
            continue
        firsts[id(members[0])] = _joined_item(members, row)
        covered.update(id(item) for item in members[1:])
    return [firsts.get(id(item), item) for item in items if id(item) not in covered]


def _row_of(item: StoryItem) -> Kind | None:
    """Return the row of a name's change that lists can hold; None for an item that stands for itself."""
    plain = item.relation is Relation.NONE and not item.proofs
    return _rows().get(item.kind) if plain else None


@cache
def _rows() -> dict[str, Kind]:
    """Return the rows about names of code by what they and their lists are called."""
    rows = [
        row
        for row in KINDS.values()
        if row.has(Trait.SYMBOL) and row.has(Trait.BREAKS) and isinstance(row.join, Listed | Alike)
    ]
    return {name: row for row in rows for name in (row.name, _plural(row))}


def _plural(row: Kind) -> str:
    return row.join.plural if isinstance(row.join, Listed | Alike) else row.name


def _likeness(item: StoryItem, row: Kind, files: Sequence[FileAnalysis]) -> Hashable:
    """Return what has to be the same of items that become one."""
    alike = repr(item.params.get(row.join.alike)) if isinstance(row.join, Alike) else ""
    access = str(item.params.get("access", ""))
    breaks = any(files[ref.file].facts[ref.fact].breaking for ref in item.facts)
    return (row.name, item.role, breaks, is_likely(item, files), alike, access)


def _joined_item(members: Sequence[StoryItem], row: Kind) -> StoryItem:
    names: list[str] = []
    for item in members:
        names += _names_in(item, row)
    count = sum(item.count for item in members)
    params: dict[str, Value] = {
        "count": count,
        "names": {"items": tuple(dict.fromkeys(names))[:MOST_NAMES], "total": count},
    }
    if isinstance(row.join, Alike):
        params[row.join.alike] = members[0].params.get(row.join.alike)
    if "access" in members[0].params:
        params["access"] = members[0].params["access"]
    return replace(
        members[0],
        kind=_plural(row),
        params=params,
        facts=tuple(ref for item in members for ref in item.facts),
        files=tuple(dict.fromkeys(index for item in members for index in item.files)),
        count=count,
    )


def _names_in(item: StoryItem, row: Kind) -> list[str]:
    listed = item.params.get("names")
    if isinstance(listed, dict):
        return [str(name) for name in listed["items"]]
    name = row.join.name if isinstance(row.join, Listed) else "name"
    return [str(item.params.get(name, ""))]
