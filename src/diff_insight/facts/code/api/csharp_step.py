"""One C# type in both versions of a range, and how its parts are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item

_TYPES = frozenset(("class", "interface", "enum", "struct", "record", "record struct", "delegate"))


class CSharpType(Struct, frozen=True):
    """A type with its members by key, from all files that declare a part of it."""

    item: Item
    members: Mapping[str, Item]


class CSharpStep(Struct, frozen=True):
    """One type in both versions; `bases` are the types that changed files declare, by simple name.

    `had` and `has` are the names of its bases and of theirs, as far as changed files declare them; of a
    generic one that another base brings only the name, up to its angle bracket.
    """

    old: CSharpType
    new: CSharpType
    bases: Mapping[str, CSharpType]
    had: frozenset[str]
    has: frozenset[str]


def is_type(item: Item) -> bool:
    """Tell whether an item is a type."""
    return item.sort in _TYPES


def label_of(item: Item) -> str:
    """Return the name as people write it: without its namespace."""
    bare = re.sub(r"`\d+", "", item.key.partition("(")[0])
    parts = bare.split(".")
    shown = ".".join(parts[-1:] if is_type(item) else parts[-2:])
    return f"{shown}()" if item.parameters is not None and item.sort != "indexer" else shown


def changed_kind(old: Item, new: Item, *, alike: AbstractSet[str]) -> ApiChange:
    """Return that something is of another sort now; between two that are used alike it only may break."""
    return ApiChange(
        kind="symbol.changed-kind",
        key=old.key,
        params={"name": label_of(new), "old": old.sort, "new": new.sort},
        base=old,
        head=new,
        certain={old.sort, new.sort} != alike,
    )


def removal(item: Item) -> ApiChange:
    """Return the change that tells of a thing that is gone."""
    return ApiChange(
        kind="symbol.removed", key=item.key, params={"name": label_of(item)}, base=item
    )


def simple_name(item: Item) -> str:
    """Return the last part of the name, without type parameters."""
    return re.sub(r"`\d+", "", item.key.partition("(")[0]).rpartition(".")[2]


def is_open(type_: CSharpType) -> bool:
    """Tell whether others can call a constructor, and so extend the type."""
    return any(item.sort == "constructor" and item.public for item in type_.members.values())
