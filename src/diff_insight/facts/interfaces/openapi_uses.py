"""Which named schemas of an API requests hold and which responses, also by way of others."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.interfaces.openapi_model import Description, Operation
from diff_insight.facts.interfaces.schema_change import SchemaUse
from diff_insight.facts.trees.node import Node


def uses_of(description: Description) -> dict[str, SchemaUse]:
    """Return the way that each named schema travels."""
    links = {name: references(schema) for name, schema in description.named.items()}
    for name, parents in _children(description).items():
        for parent in parents:
            links[parent] = links.get(parent, set()) | {name}
    uses: dict[str, SchemaUse] = {}
    for use in (SchemaUse.SENT, SchemaUse.RECEIVED):
        left = [
            name
            for operation in description.operations.values()
            for schema in _schemas(operation, use)
            for name in references(schema)
        ]
        reached: set[str] = set()
        while left:
            name = left.pop()
            if name not in reached:
                reached.add(name)
                uses[name] = uses.get(name, SchemaUse.NONE) | use
                left += links.get(name, ())
    return uses


def _children(description: Description) -> dict[str, set[str]]:
    """Return the schemas that extend one with a discriminator: they come where it is named."""
    return {
        name: {
            parent
            for part in schema.at("allOf").items()
            if (parent := part.at("$ref").text().rpartition("/")[2]) in description.named
            and description.named[parent].at("discriminator").start
        }
        for name, schema in description.named.items()
    }


def _schemas(operation: Operation, use: SchemaUse) -> Iterator[Node]:
    """Yield the schemas of an operation that travel one way."""
    if operation.hook:
        use = SchemaUse.SENT if use is SchemaUse.RECEIVED else SchemaUse.RECEIVED
    if use is SchemaUse.SENT:
        yield from (parameter.schema for parameter in operation.parameters.values())
        yield from operation.body.media.values() if operation.body else ()
        return
    for response in operation.responses.values():
        yield from response.body.media.values()
        yield from (header.schema for header in response.headers.values())


def references(node: Node) -> set[str]:
    """Return the names of all schemas that a tree refers to, also by a discriminator."""
    names: set[str] = set()
    left = [node]
    while left:
        name = left.pop()
        entries = name.entries()
        if "$ref" in entries and entries["$ref"].text():
            names.add(entries["$ref"].text().rpartition("/")[2])
        if "mapping" in entries:
            values = entries["mapping"].entries().values()
            names.update(value.text().rpartition("/")[2] for value in values if value.text())
        left += entries.values()
        left += name.items()
    return names
