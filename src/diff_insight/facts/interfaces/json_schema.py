"""JSON Schema: properties that went, became required, or have another type; values that went."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, trees
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.members import Member, Rules, collected, compared, parts_of
from diff_insight.facts.interfaces.schema_members import Used, schema_members
from diff_insight.facts.trees.node import Node
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

_RULES = Rules(
    removed=frozenset(("property", "enum-value")),
    changed=frozenset(("property",)),
    required=frozenset(("property",)),
)


#: Facts about what a list of required properties names.
_OF_LISTS = ("member.required", "member.optional")


def applies(view: FileView) -> bool:
    """Structured files whose both versions name JSON Schema as their schema."""
    both = trees(view)
    return both is not None and all(
        "json-schema.org" in tree.at("$schema").text() and _is_schema(tree) for tree in both
    )


def _is_schema(tree: Node) -> bool:
    return not {"properties", "definitions", "$defs", "allOf", "oneOf"}.isdisjoint(tree.entries())


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for documents that the schema describes."""
    both = trees(view)
    if both is None:
        return
    old, new = (collected(_members(tree)) for tree in both)
    public = is_published(view.change.path)
    found = list(compared(old, new, _RULES, public=public, told=parts_of(old, new)))
    named = next((at for at, fact in enumerate(found) if fact.kind in _OF_LISTS), None)
    if named is not None:
        fact = found[named]
        lists = _changed_lists(view, both)
        found[named] = replace(fact, evidence=tuple(dict.fromkeys((*fact.evidence, *lists))))
    yield from emit_and_claim(view, found)


def _changed_lists(view: FileView, both: tuple[Node, Node]) -> Iterator[Evidence]:
    """Yield the changed lines of lists of required properties, which are told by name."""
    changed = {(side, number) for block in view.blocks for side, number, _ in block.numbered()}
    for side, tree in zip(Side, both, strict=True):
        for line in _lists_of_required(tree):
            if (side, line) in changed:
                yield Evidence(side, line, line)


def _lists_of_required(tree: Node) -> Iterator[int]:
    """Yield the lines that hold nothing but lists of required properties: these are told by name."""
    left = [tree]
    while left:
        node = left.pop()
        entries = node.entries()
        listed = entries.get("required")
        others = {line for name, one in entries.items() if name != "required"
                  for line in (one.start, one.end)}  # fmt: skip
        if listed is not None and listed.items():
            lines = range(listed.start, listed.end + 1)
            if others.isdisjoint(lines) and node.start not in lines:
                yield from lines
        left += entries.values()
        left += node.items()


def _members(tree: Node) -> Iterator[Member]:
    yield from schema_members(tree, "", Used.DOCUMENT)
    for key in ("definitions", "$defs"):
        for name, schema in tree.at(key).entries().items():
            yield Member("schema", name, "", schema.start, schema.end)
            yield from schema_members(schema, name, Used.DOCUMENT)
