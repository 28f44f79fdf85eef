"""How two versions of an OpenAPI description differ, and what of it breaks those who call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.deprecation_notes import described_params
from diff_insight.facts.interfaces.openapi_bodies import (
    body_facts,
    parameter_facts,
    response_facts,
)
from diff_insight.facts.interfaces.openapi_model import Description, Key, Operation, has_form
from diff_insight.facts.interfaces.openapi_security import scheme_facts, security_facts
from diff_insight.facts.interfaces.openapi_uses import references, uses_of
from diff_insight.facts.interfaces.schema_change import SchemaUse
from diff_insight.facts.interfaces.schema_compare import SchemaComparison
from diff_insight.facts.interfaces.schema_facts import distinct, schema_facts, schema_subject
from diff_insight.facts.interfaces.touched import Touched
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact


class DescriptionComparison:
    """Compares two versions of a description.

    Args:
        old: The description before.
        new: The description after.
        touched: Which parts have changed lines.
        public: Whether others rely on the file.
    """

    def __init__(
        self, old: Description, new: Description, touched: Touched, *, public: bool
    ) -> None:
        self._touched = touched
        self._old = old
        self._new = new
        self._public = public
        named = frozenset(old.named.keys() & new.named.keys())
        self._schemas = SchemaComparison(old.schemas, new.schemas, named, directed=True)

    def facts(self) -> Iterator[Fact]:
        """Yield what changed: operations first, then the schemas that they share."""
        named = list(distinct(self._of_schemas()))
        everything = list(distinct([*named, *self._of_base(), *self._of_operations()]))
        yield from everything[len(named) :]
        yield from named

    def _of_schemas(self) -> Iterator[Fact]:
        uses = uses_of(self._old), uses_of(self._new)
        names = self._old.named.keys() & self._new.named.keys()
        for name, schema in self._old.named.items():
            after = self._new.named.get(name)
            if after is None:
                yield self._member("removed", "schema", name, schema)
                continue
            if not self._touched.any(schema, after) and names >= references(schema):
                continue
            # A schema is told once, by how either version uses it.
            use = uses[0].get(name, SchemaUse.NONE) | uses[1].get(name, SchemaUse.NONE)
            changes = self._schemas.changes(schema, after, use)
            yield from schema_facts(changes, schema_subject(name, use), public=self._public)
        for name, schema in self._new.named.items():
            if name not in self._old.named:
                yield self._member("added", "schema", name, schema)

    def _of_base(self) -> Iterator[Fact]:
        """Tell that all addresses begin otherwise, where the operations did not take it over."""
        old, new = self._old, self._new
        kept = old.operations.keys() & new.operations.keys()
        if old.base == new.base or not kept or not all(side.base_node.start for side in (old, new)):
            return
        params = {"what": "base-path", "name": "", "within": "", "old": old.base, "new": new.base}
        lines = at(old.base_node, new.base_node)
        yield Fact("member.changed", params, lines, self._public, certainty="likely")

    def _of_operations(self) -> Iterator[Fact]:
        olds, news = self._old.operations, _by_address(self._new)
        shared = any(
            self._touched.any(before, after)
            for before, after in zip(self._old.shared_nodes, self._new.shared_nodes, strict=True)
        )
        for key, operation in self._new.operations.items():
            before = olds.get(key) or self._elsewhere(key, self._old, self._new)
            if before is not None:
                if shared or self._touched.any(before.entry, operation.entry):
                    yield from self._operation(before, operation)
            elif key[1] not in self._old.unknown:
                yield self._member("added", _what(operation), operation.name, operation.node)
        for key, operation in olds.items():
            gone = key not in self._new.operations and key[1] not in self._new.unknown
            if gone and (key[0], self._old.base + key[1]) not in news:
                # Who deprecates an operation has said that it goes; from when on is not known here.
                sunset = bool(operation.node.at("x-sunset").text())
                yield Fact(
                    "member.removed",
                    {"what": _what(operation), "name": operation.name, "within": ""},
                    at(operation.node, None),
                    self._public and (sunset or not operation.is_deprecated),
                    certainty="likely" if sunset else "proved",
                )
        yield from security_facts(self._old.security, self._new.security, "", public=self._public)
        yield from scheme_facts(self._old.schemes, self._new.schemes, public=self._public)

    def _elsewhere(self, key: Key, old: Description, new: Description) -> Operation | None:
        """Return the operation that had the same address: a part of it may go to the server's."""
        if old.base == new.base:
            return None
        return _by_address(old).get((key[0], new.base + key[1]))

    def _operation(self, old: Operation, new: Operation) -> Iterator[Fact]:
        sent, received = (
            (SchemaUse.RECEIVED, SchemaUse.SENT)
            if new.hook
            else (SchemaUse.SENT, SchemaUse.RECEIVED)
        )
        form = has_form(new) and not has_form(old)
        # What says itself that it may change any day promises nothing.
        settled = old.node.at("x-stability-level").text() not in ("draft", "alpha")
        public, schemas = self._public and settled, self._schemas
        yield from parameter_facts(schemas, old, new, sent, public=public, form=form)
        yield from body_facts(schemas, old.body, new.body, new.name, sent, public=public)
        yield from response_facts(schemas, old, new, received, public=public)
        if old.security.start or new.security.start:
            yield from security_facts(
                old.security if old.security.start else self._old.security,
                new.security if new.security.start else self._new.security,
                new.name,
                public=public,
            )
        yield from _name_of_code(old, new, public=public)
        if new.is_deprecated and not old.is_deprecated:
            fact = self._member("deprecated", _what(new), new.name, new.node.at("deprecated"))
            said = described_params(new.node.at("description").text())
            yield replace(fact, params={**fact.params, **said})

    @staticmethod
    def _member(kind: str, what: str, name: str, node: Node) -> Fact:
        gone = kind == "removed"
        evidence = at(node if gone else None, None if gone else node)
        return Fact(f"member.{kind}", {"what": what, "name": name, "within": ""}, evidence)


def _name_of_code(old: Operation, new: Operation, *, public: bool) -> Iterator[Fact]:
    """Tell another name by which generated code calls an operation."""
    before, after = (side.node.at("operationId") for side in (old, new))
    if before.text() and after.text() and before.text() != after.text():
        params = {
            "what": "operation-id",
            "name": before.text(),
            "within": new.name,
            "new": after.text(),
        }
        lines = at(before, after)
        yield Fact(
            "member.renamed", params, lines, public, certainty="likely" if public else "proved"
        )


def _by_address(description: Description) -> Mapping[Key, Operation]:
    """Return operations by their path with that of the server before it."""
    return {
        (method, description.base + path): operation
        for (method, path), operation in description.operations.items()
    }


def _what(operation: Operation) -> str:
    return "webhook" if operation.hook else "operation"
