"""JSON Schema: what documents may no longer hold, and what they have to hold now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from diff_insight.facts.data.data_trees import (
    at,
    described_trees,
    emit_and_claim,
    is_published_interface,
)
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.required_lines import with_required_lines
from diff_insight.facts.interfaces.schema_change import SchemaUse
from diff_insight.facts.interfaces.schema_compare import SchemaComparison
from diff_insight.facts.interfaces.schema_facts import distinct, document_subject, schema_facts
from diff_insight.facts.interfaces.schema_model import Schemas
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact

_DIALECT = "json-schema.org"


def applies(view: FileView) -> bool:
    """Structured files whose version before names JSON Schema as its schema."""
    return described_trees(view, _is_schema) is not None


def _is_schema(tree: Node) -> bool:
    return _DIALECT in tree.at("$schema").text()


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for documents that the schema describes."""
    both = described_trees(view, _is_schema)
    if both is None:
        return
    old, new = both
    public = is_published_interface(view.known_path)
    differences = distinct(_facts(old, new, view.change.path, public=public))
    yield from emit_and_claim(view, with_required_lines(view, both, differences))


def _facts(old: Node, new: Node, path: str, *, public: bool) -> Iterator[Fact]:
    olds, news = _definitions(old), _definitions(new)
    named = frozenset(olds.keys() & news.keys())
    comparison = SchemaComparison(Schemas(old), Schemas(new), named, directed=False)
    title = new.at("title").text() or PurePosixPath(path).name
    subject = document_subject(title, "")
    yield from schema_facts(comparison.changes(old, new, SchemaUse.SENT), subject, public=public)
    for name, schema in olds.items():
        if name not in news:
            params = {"what": "schema", "name": name, "within": ""}
            yield Fact("member.removed", params, at(schema, None))
            continue
        subject = document_subject(name, name)
        changes = comparison.changes(schema, news[name], SchemaUse.SENT)
        yield from schema_facts(changes, subject, public=public)
    for name, schema in news.items():
        if name not in olds:
            params = {"what": "schema", "name": name, "within": ""}
            yield Fact("member.added", params, at(None, schema))


def _definitions(tree: Node) -> dict[str, Node]:
    return {**tree.at("definitions").entries(), **tree.at("$defs").entries()}
