"""Joins what happened alike in copies of one file of code: what is built or ported from it stands beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from msgspec.structs import replace

from diff_insight.file_types import stem
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.story import Role, StoryItem


def join_twins(items: Sequence[StoryItem], files: Sequence[FileAnalysis]) -> list[StoryItem]:
    """Return the items in their order, with one for those that say the same of files with one name.

    What proves the words of people is told with them. What breaks is told of each file.
    """
    shown = {_likeness(proof, files) for item in items for proof in item.proofs} - {None}
    groups: dict[Hashable, list[StoryItem]] = defaultdict(list)
    for item in items:
        likeness = _likeness(item, files)
        if likeness is not None:
            groups[likeness].append(item)
    firsts: dict[int, StoryItem] = {}
    covered = {id(item) for item in items if _is_stub_of_other(item, items, files)}
    for likeness, members in groups.items():
        if likeness in shown:
            covered.update(id(item) for item in members)
        elif len(members) > 1:
            firsts[id(members[0])] = _as_one(members)
            covered.update(id(item) for item in members[1:])
    return [firsts.get(id(item), item) for item in items if id(item) not in covered]


def _is_stub_of_other(
    item: StoryItem, items: Sequence[StoryItem], files: Sequence[FileAnalysis]
) -> bool:
    """Tell whether an item is of a stub of Python beside whose module another one says it."""
    if len(item.files) != 1 or item.role is Role.BREAKING:
        return False
    path = files[item.files[0]].change.path
    if not path.endswith(".pyi"):
        return False
    return any(
        other.kind == item.kind
        and len(other.files) == 1
        and files[other.files[0]].change.path == path.removesuffix("i")
        for other in items
    )


def _likeness(item: StoryItem, files: Sequence[FileAnalysis]) -> Hashable | None:
    """Return what has to be the same of items that become one; None for what stands for itself."""
    symbol = kind_of(item.kind).has(Trait.CODE) and not kind_of(item.kind).has(Trait.WHOLE_CONTENT)
    if not symbol or item.role in (Role.BREAKING, Role.HOUSEKEEPING) or len(item.files) != 1:
        return None
    name = stem(files[item.files[0]].change.path)
    return item.kind, item.role, name, repr(item.params)


def _as_one(members: Sequence[StoryItem]) -> StoryItem:
    first = max(members, key=lambda item: item.salience)
    return replace(
        first,
        facts=tuple(ref for item in members for ref in item.facts),
        files=tuple(dict.fromkeys(index for item in members for index in item.files)),
        count=max(item.count for item in members),
    )
