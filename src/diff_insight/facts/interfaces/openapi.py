"""OpenAPI 2 and 3: operations, parameters, responses, and the schemas that they use."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, trees
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.members import Member, Rules, collected, compared, parts_of
from diff_insight.facts.interfaces.schema_members import Used, references, schema_members
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact

_METHODS = frozenset("get put post delete options head patch trace".split())
_RULES = Rules(
    removed=frozenset(
        ("operation", "response", "response-property", "property", "request-value", "enum-value")
    ),
    changed=frozenset(("parameter", "request-property", "response-property", "property")),
    required=frozenset(("parameter", "request-property", "property")),
)
_SUCCESS = "2"


def applies(view: FileView) -> bool:
    """JSON and YAML whose both versions say that they are OpenAPI."""
    both = trees(view)
    return both is not None and all(_version(tree) for tree in both)


def _version(tree: Node) -> str:
    return tree.at("openapi").text() or tree.at("swagger").text()


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who call the described interface."""
    both = trees(view)
    if both is None:
        return
    descriptions = [_Description(tree) for tree in both]
    # A schema is told once, by how either version uses it.
    sent, got = (
        set().union(*(one.reached(used) for one in descriptions))
        for used in (Used.REQUEST, Used.RESPONSE)
    )
    old, new = (collected(one.members(sent, got)) for one in descriptions)
    public = is_published(view.change.path)
    found = compared(old, new, _RULES, public=public, told=parts_of(old, new))
    yield from emit_and_claim(view, found)


class _Description(Struct, frozen=True):
    """One version of a description."""

    tree: Node

    def members(self, sent: set[str], got: set[str]) -> Iterator[Member]:
        """Yield operations with all they hold, then the named schemas by who sends them."""
        for name, path, operation in self._operations():
            yield Member("operation", name, "", operation.start, operation.end)
            yield from self._parameters(name, path, operation)
            yield from self._responses(name, operation)
            for used in (Used.REQUEST, Used.RESPONSE):
                for schema in self._inline(path, operation, used):
                    yield from schema_members(schema, name, used)
        for name, schema in self._schemas().items():
            yield Member("schema", name, "", schema.start, schema.end)
            if name in sent or name in got:
                both = name in sent and name in got
                used = Used.DOCUMENT if both else Used.REQUEST if name in sent else Used.RESPONSE
                yield from schema_members(schema, name, used)

    def reached(self, used: Used) -> set[str]:
        """Return the names of the schemas that requests or responses use, also by way of others."""
        left = [
            name
            for _, path, operation in self._operations()
            for schema in self._inline(path, operation, used)
            for name in references(schema)
        ]
        links = {name: references(schema) for name, schema in self._schemas().items()}
        found: set[str] = set()
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += links.get(name, ())
        return found

    def _schemas(self) -> dict[str, Node]:
        definitions = self.tree.at("definitions").entries()
        return {**definitions, **self.tree.at("components", "schemas").entries()}

    def _operations(self) -> Iterator[tuple[str, Node, Node]]:
        for path, entry in self.tree.at("paths").entries().items():
            for method, operation in entry.entries().items():
                if method in _METHODS:
                    yield f"{method.upper()} {path}", entry, operation

    def _resolved(self, node: Node) -> Node:
        """Follow one reference within the file."""
        reference = node.at("$ref").text()
        if not reference.startswith("#/"):
            return node
        keys = reference[2:].replace("~1", "/").replace("~0", "~").split("/")
        return self.tree.at(*keys)

    def _listed(self, path: Node, operation: Node) -> Iterator[tuple[Node, Node]]:
        """Yield parameters as they are listed and as they are meant, with those of the path."""
        for listed in (*operation.at("parameters").items(), *path.at("parameters").items()):
            yield listed, self._resolved(listed)

    def _parameters(self, name: str, path: Node, operation: Node) -> Iterator[Member]:
        for listed, parameter in self._listed(path, operation):
            label = parameter.at("name").text()
            if label and parameter.at("in").text() != "body":
                shape = parameter.at("schema", "type").text() or parameter.at("type").text()
                required = parameter.at("required").text() == "true"
                node = parameter if parameter.start else listed
                yield Member("parameter", label, name, node.start, node.end, shape, required)

    def _responses(self, name: str, operation: Node) -> Iterator[Member]:
        for code, response in operation.at("responses").entries().items():
            what = "response" if code.startswith(_SUCCESS) else "error-response"
            yield Member(what, code, name, response.start, response.end)

    def _inline(self, path: Node, operation: Node, used: Used) -> Iterator[Node]:
        """Yield the schemas that stand in an operation itself."""
        if used is Used.REQUEST:
            holders = [self._resolved(operation.at("requestBody"))]
            yield from (
                parameter.at("schema")
                for _, parameter in self._listed(path, operation)
                if parameter.at("in").text() == "body"
            )
        else:
            listed = operation.at("responses").entries().values()
            holders = [self._resolved(response) for response in listed]
        for holder in holders:
            yield holder.at("schema")
            yield from (media.at("schema") for media in holder.at("content").entries().values())
