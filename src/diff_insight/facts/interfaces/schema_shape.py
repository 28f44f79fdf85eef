"""What a schema allows, and what two of them allow together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.interfaces.schema_values import (
    Parts,
)
from diff_insight.facts.trees.node import NOTHING, Node

_NUMBERS = frozenset(("integer", "number"))


_NONE: Mapping[str, Node] = MappingProxyType({})


class Shape(Struct, frozen=True):
    """What a schema allows, as far as its own keywords say so.

    Attributes:
        node: Where it stands.
        types: The types that it allows; None for all.
        values: The values that it allows, by their JSON text; None for all.
        keywords: The other keywords.
        properties: The parts of each property.
        required: Where each required property is listed.
        prefix: The parts of the first items.
        items: The parts of all other items.
        rest: The parts of all other properties.
        choices: Alternatives of which one has to hold.
        unknown: References that lead out of the file.
        never: Whether nothing is valid.
        values_tolerant: Whether readers have been told that further values may come.
        names: The named schemas that it is made of.
        read_only: Whether only responses hold it.
        write_only: Whether only requests do.
    """

    node: Node
    types: frozenset[str] | None = None
    values: Mapping[str, Node] | None = None
    keywords: Mapping[str, Node] = _NONE
    properties: Mapping[str, Parts] = MappingProxyType({})
    required: Mapping[str, Node] = _NONE
    prefix: tuple[Parts, ...] = ()
    items: Parts = ()
    rest: Parts = ()
    choices: Parts = ()
    unknown: frozenset[str] = frozenset()
    never: bool = False
    names: frozenset[str] = frozenset()
    read_only: bool = False
    write_only: bool = False
    type_node: Node = NOTHING
    values_node: Node = NOTHING
    choices_node: Node = NOTHING
    values_tolerant: bool = False

    @property
    def effective_types(self) -> frozenset[str] | None:
        """The types, or the one that keywords without `type` are about, as everybody reads them."""
        if self.types is not None or self.unknown:
            return self.types
        if self.properties or self.rest:
            return frozenset(("object",))
        return frozenset(("array",)) if self.items or self.prefix else None


ANY = Shape(NOTHING)


def common_types(first: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the types in both; an integer is a number."""
    common = first & other
    if "integer" in first | other and "number" in first | other and not common & _NUMBERS:
        common |= {"integer"}
    return common


def merge_shapes(first: Shape, other: Shape) -> Shape:
    """Return what is allowed by both of two shapes."""
    if first is ANY:
        return other
    types = (
        common_types(first.types, other.types)
        if first.types is not None and other.types is not None
        else first.types or other.types
    )
    values = first.values if other.values is None else other.values
    if first.values is not None and other.values is not None:
        values = {text: node for text, node in first.values.items() if text in other.values}
    properties = dict(first.properties)
    for name, parts in other.properties.items():
        properties[name] = properties.get(name, ()) + parts
    return Shape(
        first.node,
        types,
        values,
        {**other.keywords, **first.keywords},
        properties,
        {**other.required, **first.required},
        first.prefix or other.prefix,
        first.items + other.items,
        first.rest + other.rest,
        first.choices or other.choices,
        first.unknown | other.unknown,
        first.never or other.never,
        first.names | other.names,
        first.read_only or other.read_only,
        first.write_only or other.write_only,
        first.type_node if first.type_node.start else other.type_node,
        first.values_node if first.values_node.start else other.values_node,
        first.choices_node if first.choices_node.start else other.choices_node,
        first.values_tolerant or other.values_tolerant,
    )


def both(first: Shape, other: Shape) -> Shape:
    """Return what is allowed by a schema and one of its alternatives."""
    return replace(merge_shapes(replace(first, choices=()), other), node=other.node)


def is_any(shape: Shape) -> bool:
    """Tell whether a shape allows everything."""
    return not (
        shape.types is not None
        or shape.values is not None
        or shape.keywords
        or shape.properties
        or shape.required
        or shape.choices
        or shape.unknown
        or shape.never
    )
