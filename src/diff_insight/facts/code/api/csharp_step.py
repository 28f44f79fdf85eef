"""A type of C# before and after a change, and the names of its things."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item

_TYPES = frozenset(("class", "interface", "enum", "struct", "record", "record struct", "delegate"))


class CSharpType(Struct, frozen=True):
    """A type with its members by key, from all files that declare a part of it."""

    item: Item
    members: Mapping[str, Item]


class CSharpStep(Struct, frozen=True):
    """One type in both versions; `bases` are the types that changed files declare, by simple name."""

    old: CSharpType
    new: CSharpType
    bases: Mapping[str, CSharpType]


def is_type(item: Item) -> bool:
    """Tell whether an item is a type."""
    return item.sort in _TYPES


def label_of(item: Item) -> str:
    """Return the name as people write it: without its namespace."""
    bare = re.sub(r"`\d+", "", item.key.partition("(")[0])
    parts = bare.split(".")
    shown = ".".join(parts[-1:] if is_type(item) else parts[-2:])
    return f"{shown}()" if item.parameters is not None and item.sort != "indexer" else shown


def removal(item: Item) -> ApiChange:
    """Return the change that tells of a thing that is gone."""
    return ApiChange(
        kind="symbol.removed", key=item.key, params={"name": label_of(item)}, base=item
    )


def name_of(item: Item) -> str:
    """Return the last part of a name, without the count of its type parameters."""
    return re.sub(r"`\d+", "", item.key.partition("(")[0]).rpartition(".")[2]
