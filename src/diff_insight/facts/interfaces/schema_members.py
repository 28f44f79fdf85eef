"""The properties and values of a JSON Schema as members, by the direction in which it is used."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from diff_insight.facts.interfaces.members import Member
from diff_insight.facts.trees.node import Node

_HOLDERS = ("items", "additionalProperties", "not")
_LISTS = ("allOf", "anyOf", "oneOf")


class Used(StrEnum):
    """Who writes what a schema describes: the caller, the server, or whoever has a document."""

    REQUEST = "request"
    RESPONSE = "response"
    DOCUMENT = "document"


#: The terms of a property and of a value of an enumeration, by use.
PROPERTY = {
    Used.REQUEST: "request-property",
    Used.RESPONSE: "response-property",
    Used.DOCUMENT: "property",
}
VALUE = {
    Used.REQUEST: "request-value",
    Used.RESPONSE: "response-value",
    Used.DOCUMENT: "enum-value",
}


def schema_members(schema: Node, within: str, used: Used, path: str = "") -> Iterator[Member]:
    """Yield the properties and enumerated values of a schema; references are not followed."""
    required = {item.text() for item in schema.at("required").items()}
    for name, node in schema.at("properties").entries().items():
        here = f"{path}.{name}" if path else name
        shape = _shape(node)
        yield Member(PROPERTY[used], here, within, node.start, node.end, shape, name in required)
        yield from schema_members(node, within, used, here)
    for item in schema.at("enum").items():
        value = f"{path}: {item.text()}" if path else item.text()
        yield Member(VALUE[used], value, within, item.start, item.end)
    for key in _HOLDERS:
        held = schema.at(key)
        if held.entries():
            yield from schema_members(held, within, used, f"{path}[]" if key == "items" else path)
    for key in _LISTS:
        for item in schema.at(key).items():
            yield from schema_members(item, within, used, path)


def _shape(node: Node) -> str:
    """Return the type of a property: its name, or the schema that it refers to."""
    kind = node.at("type")
    return (
        kind.text()
        or "|".join(item.text() for item in kind.items())
        or node.at("$ref").text().rsplit("/", 1)[-1]
    )


def references(node: Node) -> set[str]:
    """Return the names of all schemas that a tree refers to."""
    found: set[str] = set()
    left = [node]
    while left:
        one = left.pop()
        entries = one.entries()
        if "$ref" in entries and entries["$ref"].text():
            found.add(entries["$ref"].text().rsplit("/", 1)[-1])
        left += entries.values()
        left += one.items()
    return found
