"""A JSON Schema of any dialect as one model: references followed, `allOf` merged, null a type."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.interfaces.schema_shape import ANY, Shape, common_types, merge_shapes
from diff_insight.facts.interfaces.schema_values import (
    Part,
    Parts,
    choices_of,
    is_null,
    type_of_text,
    types_of,
    values_of,
    values_of_choices,
)
from diff_insight.facts.trees.node import NOTHING, Node

#: Parts of one schema (by `allOf` and references) that are merged.
_MOST_PARTS = 60
_LONGEST_CHAIN = 20
#: Keywords that limit what is valid, besides those that the model has a place for.
_KEYWORDS = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems minProperties"
    " maxProperties minContains maxContains multipleOf uniqueItems pattern format contentMediaType"
    " contentEncoding if then else not contains propertyNames dependentRequired dependentSchemas dependencies patternProperties".split()
)


class Schemas:
    """Reads the schemas of one document.

    Args:
        root: The document, in which references are looked up.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._shapes: dict[tuple[int, ...], Shape] = {}
        self._anchors: dict[str, Node] | None = None

    def target(self, node: Node) -> tuple[Node, str] | None:
        """Return what a reference leads to and its name; None when that stands elsewhere."""
        name = ""
        for _ in range(_LONGEST_CHAIN):
            reference = reference_of(node)
            if not reference:
                return node, name
            target = self._look_up(reference)
            if target is None:
                return None
            node, name = target, name or reference.rpartition("/")[2]
        return None

    def shape(self, parts: Parts) -> Shape:
        """Return what all parts together allow; of no parts: anything."""
        key = tuple(id(part.node) for part in parts)
        known = self._shapes.get(key)
        if known is None:
            # What refers to itself while it is read adds nothing to what it says already.
            self._shapes[key] = ANY
            known = self._shapes[key] = self._merge(parts)
        return known

    def of(self, node: Node) -> Shape:
        """Return what one schema allows."""
        return self.shape((Part(node),)) if node.start else ANY

    def _look_up(self, reference: str) -> Node | None:
        if reference == "#":
            return self._root
        if reference.startswith("#/"):
            node = self._root
            for key in reference[2:].split("/"):
                node = _step(node, key.replace("~1", "/").replace("~0", "~").replace("%7B", "{"))
            return node if node.start else None
        if self._anchors is None:
            self._anchors = dict(_anchors(self._root))
        return self._anchors.get(reference)

    def _merge(self, parts: Parts) -> Shape:
        shape = ANY
        left = list(reversed(parts))
        seen: set[int] = set()
        null = False
        while left and len(seen) < _MOST_PARTS:
            part = left.pop()
            if id(part.node) in seen:
                continue
            seen.add(id(part.node))
            shape = merge_shapes(shape, self._own(part))
            inner, may_be_null = self._inner(part)
            null = null or may_be_null
            left += reversed(inner)
        if null and shape.types is not None:
            shape = replace(shape, types=shape.types | {"null"})
        return self._limit_types(shape)

    def _inner(self, part: Part) -> tuple[list[Part], bool]:
        """Return the parts that a schema has to satisfy besides, and whether it may be null."""
        node = part.node
        inner = [Part(inner_node, part.origin) for inner_node in node.at("allOf").items()]
        reference = reference_of(node)
        if reference and (target := self._look_up(reference)) is not None:
            inner.append(Part(target, reference.rpartition("/")[2]))
        null = False
        for key in ("oneOf", "anyOf"):
            listed = node.at(key).items()
            left = [inner_node for inner_node in listed if not is_null(inner_node)]
            if len(left) == 1:
                inner.append(Part(left[0], part.origin))
                null = null or len(listed) > 1
        return inner, null

    def _own(self, part: Part) -> Shape:
        """Return what a schema says itself."""
        node = part.node
        if node.literal and node.text() in ("true", "false"):
            return Shape(node, never=node.text() == "false")
        entries = node.entries()
        reference = reference_of(node)
        unknown = bool(reference) and self._look_up(reference) is None
        names = {reference.rpartition("/")[2]} if reference and not unknown else set()
        choices_node, choices = choices_of(node, part.origin)
        values_node, values = values_of(node)
        if values is None and choices:
            values = values_of_choices(choices)
            values_node, choices = (choices_node, ()) if values is not None else (NOTHING, choices)
        prefix, items = _items(node, part.origin)
        return Shape(
            node,
            types_of(node),
            values,
            {name: entry for name, entry in entries.items() if name in _KEYWORDS},
            {
                name: (Part(entry, part.origin),)
                for name, entry in node.at("properties").entries().items()
            },
            {entry.text(): entry for entry in node.at("required").items() if entry.text()},
            prefix,
            items,
            _rest(node, part.origin),
            choices,
            frozenset((reference,)) if unknown else frozenset(),
            names=frozenset(names),
            read_only=node.at("readOnly").text() == "true",
            write_only=node.at("writeOnly").text() == "true",
            type_node=node.at("type"),
            values_node=values_node,
            choices_node=choices_node,
            values_tolerant="x-extensible-enum" in node.entries(),
        )

    def _limit_types(self, shape: Shape) -> Shape:
        """Limit the types to those of the values and of the alternatives."""
        types = shape.types
        if types is None and shape.values:
            types = frozenset(type_of_text(value) for value in shape.values)
        if shape.choices:
            union: frozenset[str] | None = frozenset()
            for part in shape.choices:
                own = self.shape((part,)).effective_types
                union = None if own is None or union is None else union | own
            if union is not None:
                types = union if types is None else common_types(types, union)
        return replace(shape, types=types)


def reference_of(node: Node) -> str:
    """Return what a schema refers to, or an empty string."""
    return (
        node.at("$ref").text() or node.at("$dynamicRef").text() or node.at("$recursiveRef").text()
    )


def _step(node: Node, key: str) -> Node:
    if isinstance(node.value, list):
        return node.value[int(key)] if key.isdecimal() and int(key) < len(node.value) else NOTHING
    return node.at(key)


def _anchors(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield what the schemas below a document call themselves."""
    left = [root]
    while left:
        node = left.pop()
        for key, mark in (("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", ""), ("id", "")):
            if name := node.at(key).text():
                yield mark + name, node
        left += node.entries().values()
        left += node.items()


def _part(node: Node, origin: str) -> Parts:
    return (Part(node, origin),) if node.start else ()


def _rest(node: Node, origin: str) -> Parts:
    """Return what all other properties have to be."""
    key = "additionalProperties"
    return _part(node.at(key if node.at(key).start else "unevaluatedProperties"), origin)


def _items(node: Node, origin: str) -> tuple[tuple[Parts, ...], Parts]:
    """Return the schemas of the first items and of all others; older dialects list the first in `items`."""
    items, first = node.at("items"), node.at("prefixItems")
    if items.items():
        first, items = items, node.at("additionalItems")
    if not items.start:
        items = node.at(
            "additionalItems" if node.at("additionalItems").start else "unevaluatedItems"
        )
    return tuple(_part(item, origin) for item in first.items()), _part(items, origin)
