"""A JSON Schema of any dialect as one model: references followed, `allOf` merged, null a type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.trees.node import NOTHING, Node

#: Parts of one schema (by `allOf` and references) that are merged.
_MOST_PARTS = 60
_LONGEST_CHAIN = 20
_NUMBERS = frozenset(("integer", "number"))
_NONE: Mapping[str, Node] = MappingProxyType({})
_TYPES_OF_LITERALS = {"true": "boolean", "false": "boolean", "null": "null", "~": "null"}
#: Keywords that say nothing about what is valid.
ANNOTATIONS = frozenset(
    "$id id $schema $comment $anchor $defs definitions title description summary example examples"
    " externalDocs xml deprecated default readOnly writeOnly".split()
)
#: Keywords that limit what is valid, besides those that the model has a place for.
_KEYWORDS = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems minProperties"
    " maxProperties minContains maxContains multipleOf uniqueItems pattern format contentMediaType"
    " contentEncoding if then else not contains propertyNames dependentRequired dependentSchemas dependencies patternProperties".split()
)


class Part(Struct, frozen=True):
    """One of the schemas that a property or an item has to satisfy; `origin` names where it stands."""

    node: Node
    origin: str = ""


Parts = tuple[Part, ...]


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
            shape = _both(shape, self._own(part))
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
            left = [inner_node for inner_node in listed if not _is_null(inner_node)]
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
        choices_node, choices = _choices(node, part.origin)
        values_node, values = _values(node)
        if values is None and choices:
            values = _values_of_choices(choices)
            values_node, choices = (choices_node, ()) if values is not None else (NOTHING, choices)
        prefix, items = _items(node, part.origin)
        return Shape(
            node,
            _types(node),
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
            types = frozenset(_type_of(value) for value in shape.values)
        if shape.choices:
            union: frozenset[str] | None = frozenset()
            for part in shape.choices:
                own = self.shape((part,)).effective_types
                union = None if own is None or union is None else union | own
            if union is not None:
                types = union if types is None else _common(types, union)
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


def _choices(node: Node, origin: str) -> tuple[Node, Parts]:
    for key in ("oneOf", "anyOf"):
        left = [choice for choice in node.at(key).items() if not _is_null(choice)]
        if len(left) > 1:
            return node.at(key), tuple(Part(choice, origin) for choice in left)
    return NOTHING, ()


def _is_null(node: Node) -> bool:
    kind = node.at("type")
    listed = [item.text() for item in kind.items()] or [kind.text()]
    return listed == ["null"] or [item.text() for item in node.at("enum").items()] == ["null"]


def _types(node: Node) -> frozenset[str] | None:
    kind = node.at("type")
    listed = [item.text() for item in kind.items()] or [kind.text()]
    types = {item for item in listed if item}
    if not types or "any" in types:
        return None
    if "true" in (node.at("nullable").text(), node.at("x-nullable").text()):
        types.add("null")
    for key in ("oneOf", "anyOf"):
        if any(_is_null(item) for item in node.at(key).items()):
            types.add("null")
    return frozenset(types)


def _values(node: Node) -> tuple[Node, Mapping[str, Node] | None]:
    if "const" in node.entries():
        return node.at("const"), {json_text(node.at("const")): node.at("const")}
    for key in ("enum", "x-extensible-enum"):
        if node.at(key).items():
            # Whether null is allowed is a matter of types.
            values = {json_text(value): value for value in node.at(key).items()}
            return node.at(key), {text: value for text, value in values.items() if text != "null"}
    return NOTHING, None


def _values_of_choices(choices: Parts) -> Mapping[str, Node] | None:
    """Return all values of alternatives that are nothing but values."""
    by_text: dict[str, Node] = {}
    for part in choices:
        keys = part.node.entries().keys() - ANNOTATIONS
        _, values = _values(part.node)
        if values is None or not keys <= {"const", "enum", "type"}:
            return None
        by_text |= values
    return by_text


def json_text(node: Node) -> str:
    """Return a value as JSON, equal for equal values."""
    if isinstance(node.value, list):
        return f"[{','.join(json_text(item) for item in node.value)}]"
    if isinstance(node.value, dict):
        inner = (
            f"{json.dumps(name)}:{json_text(item)}" for name, item in sorted(node.value.items())
        )
        return f"{{{','.join(inner)}}}"
    if not node.literal:
        return json.dumps(node.value, ensure_ascii=False)
    number = as_number(node)
    return node.value if number is None else repr(int(number) if number.is_integer() else number)


def as_number(node: Node) -> float | None:
    """Return a scalar as a number, or None."""
    text = node.text()
    if len(text) > 40 or text.lower() in _TYPES_OF_LITERALS:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e300 else None


def _type_of(value: str) -> str:
    first = value[:1]
    if first in ('"', "[", "{"):
        return {'"': "string", "[": "array", "{": "object"}[first]
    return _TYPES_OF_LITERALS.get(value, "number" if "." in value or "e" in value else "integer")


def _common(first: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the types in both; an integer is a number."""
    common = first & other
    if "integer" in first | other and "number" in first | other and not common & _NUMBERS:
        common |= {"integer"}
    return common


def _both(first: Shape, other: Shape) -> Shape:
    """Return what is allowed by both of two shapes."""
    if first is ANY:
        return other
    types = (
        _common(first.types, other.types)
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
    return replace(_both(replace(first, choices=()), other), node=other.node)


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
