"""Compares what stands below keywords of a schema: conditions, dependencies, patterns of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.interfaces.schema_change import (
    SchemaChange,
    SchemaDiff,
    SchemaPlace,
    keyword_change,
)
from diff_insight.facts.interfaces.schema_keywords import dependent_properties, same_value
from diff_insight.facts.interfaces.schema_shape import Shape, is_any
from diff_insight.facts.trees.node import NOTHING, Node

#: Keywords with one schema; the first two are about the same place.
_SAME_PLACE = ("then", "else")
_ONE_SCHEMA = (*_SAME_PLACE, "propertyNames", "contains")
_BY_NAME = ("dependentSchemas", "patternProperties", "dependencies")


def inner_changes(
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Yield how the schemas below keywords differ."""
    old_keywords, new_keywords = old.keywords, new.keywords
    if not old_keywords and not new_keywords:
        return
    for keyword in _ONE_SCHEMA:
        nodes = old_keywords.get(keyword, NOTHING), new_keywords.get(keyword, NOTHING)
        if nodes[0].start or nodes[1].start:
            yield from _one_schema(comparison, keyword, *nodes, location)
    yield from _not(
        comparison, old_keywords.get("not", NOTHING), new_keywords.get("not", NOTHING), location
    )
    before, after = old_keywords.get("if", NOTHING), new_keywords.get("if", NOTHING)
    if before.start and after.start and not same_value(before, after):
        yield keyword_change(
            "if", location, (before, after), narrows=True, widens=True, certain=False
        )
    for keyword in _BY_NAME:
        yield from _by_name(comparison, keyword, old, new, location)
    for keyword in ("dependentRequired", "dependencies"):
        yield from _dependencies(
            old_keywords.get(keyword, NOTHING), new_keywords.get(keyword, NOTHING), location
        )


def _one_schema(
    comparison: SchemaDiff, keyword: str, old: Node, new: Node, location: SchemaPlace
) -> Iterator[SchemaChange]:
    first, second = comparison.old.of(old), comparison.new.of(new)
    if old.start and new.start:
        inner = location if keyword in _SAME_PLACE else location.below(keyword)
        yield from comparison.shapes(first, second, inner)
    elif not is_any(first) or not is_any(second):
        came = bool(new.start)
        yield keyword_change(keyword, location, (old, new), narrows=came, widens=not came)


def _not(
    comparison: SchemaDiff, old: Node, new: Node, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """What is excluded: more of it allows less."""
    if old.start and new.start:
        first, second = comparison.old.of(old), comparison.new.of(new)
        narrows = not comparison.covers(first, second)
        widens = not comparison.accepts(first, second)
    else:
        narrows, widens = bool(new.start), bool(old.start)
    if narrows or widens:
        yield keyword_change("not", location, (old, new), narrows=narrows, widens=widens)


def _by_name(
    comparison: SchemaDiff, keyword: str, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    olds = old.keywords.get(keyword, NOTHING).entries()
    news = new.keywords.get(keyword, NOTHING).entries()
    for name in dict.fromkeys((*olds, *news)):
        before, after = olds.get(name, NOTHING), news.get(name, NOTHING)
        if before.items() or after.items():
            continue  # a list of names, told below
        if before.start and after.start:
            inner = location.below(name) if keyword == "patternProperties" else location
            shapes = comparison.old.of(before), comparison.new.of(after)
            yield from comparison.shapes(*shapes, inner)
            continue
        came = bool(after.start)
        label = f"{keyword}.{name}"
        if keyword != "patternProperties":
            yield keyword_change(label, location, (before, after), narrows=came, widens=not came)
            continue
        came_any = came and is_any(comparison.new.of(after))
        # In an open object such properties were anything before; few have any.
        closed = bool(new.rest) and comparison.new.shape(new.rest).never
        yield keyword_change(
            label,
            location,
            (before, after),
            narrows=(came and not came_any) or (closed and not came),
            widens=not came,
            certain=closed,
        )


def _dependencies(old: Node, new: Node, location: SchemaPlace) -> Iterator[SchemaChange]:
    old_pairs, new_pairs = dependent_properties(old), dependent_properties(new)
    for names in dict.fromkeys((*old_pairs, *new_pairs)):
        before, after = old_pairs.get(names, NOTHING), new_pairs.get(names, NOTHING)
        if before.start and after.start:
            continue
        came = bool(after.start)
        values: Mapping[str, str] = {"first": names[0], "value": names[1]}
        rule = "dependency-added" if came else "dependency-removed"
        yield SchemaChange(rule, location, before, after, came, not came, values=values)
