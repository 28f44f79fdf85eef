"""Values and types that one schema states: constants, enums, alternatives that are nothing but values."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from diff_insight.facts.trees.node import NOTHING, Node

_TYPES_OF_LITERALS = {"true": "boolean", "false": "boolean", "null": "null", "~": "null"}


#: Keywords that say nothing about what is valid.
ANNOTATIONS = frozenset(
    "$id id $schema $comment $anchor $defs definitions title description summary example examples"
    " externalDocs xml deprecated default readOnly writeOnly".split()
)


class Part(Struct, frozen=True):
    """One of the schemas that a property or an item has to satisfy; `origin` names where it stands."""

    node: Node
    origin: str = ""


Parts = tuple[Part, ...]


def choices_of(node: Node, origin: str) -> tuple[Node, Parts]:
    """Return where alternatives are listed, and those that are more than null."""
    for key in ("oneOf", "anyOf"):
        left = [choice for choice in node.at(key).items() if not is_null(choice)]
        if len(left) > 1:
            return node.at(key), tuple(Part(choice, origin) for choice in left)
    return NOTHING, ()


def is_null(node: Node) -> bool:
    """Tell whether a schema allows null and nothing else."""
    kind = node.at("type")
    listed = [item.text() for item in kind.items()] or [kind.text()]
    return listed == ["null"] or [item.text() for item in node.at("enum").items()] == ["null"]


def types_of(node: Node) -> frozenset[str] | None:
    """Return the types that a schema names, null among them however it is written; None for all."""
    kind = node.at("type")
    listed = [item.text() for item in kind.items()] or [kind.text()]
    types = {item for item in listed if item}
    if not types or "any" in types:
        return None
    if "true" in (node.at("nullable").text(), node.at("x-nullable").text()):
        types.add("null")
    for key in ("oneOf", "anyOf"):
        if any(is_null(item) for item in node.at(key).items()):
            types.add("null")
    return frozenset(types)


def values_of(node: Node) -> tuple[Node, Mapping[str, Node] | None]:
    """Return where a schema lists its values, and these by their JSON text; None for all."""
    if "const" in node.entries():
        return node.at("const"), {json_text(node.at("const")): node.at("const")}
    for key in ("enum", "x-extensible-enum"):
        if node.at(key).items():
            # Whether null is allowed is a matter of types.
            values = {json_text(value): value for value in node.at(key).items()}
            return node.at(key), {text: value for text, value in values.items() if text != "null"}
    return NOTHING, None


def values_of_choices(choices: Parts) -> Mapping[str, Node] | None:
    """Return all values of alternatives that are nothing but values."""
    by_text: dict[str, Node] = {}
    for part in choices:
        keys = part.node.entries().keys() - ANNOTATIONS
        _, values = values_of(part.node)
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


def type_of_text(value: str) -> str:
    """Return the type of a value by its JSON text."""
    first = value[:1]
    if first in ('"', "[", "{"):
        return {'"': "string", "[": "array", "{": "object"}[first]
    return _TYPES_OF_LITERALS.get(value, "number" if "." in value or "e" in value else "integer")
