"""Compares what stands below keywords of a schema: conditions, dependencies, patterns of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.interfaces.schema_change import (
    Change,
    Comparison,
    Use,
    join_path,
    keyword_change,
)
from diff_insight.facts.interfaces.schema_keywords import required_by, same_value
from diff_insight.facts.interfaces.schema_model import Shape, is_any
from diff_insight.facts.trees.node import NOTHING, Node

#: Keywords with one schema; the first two are about the same place.
_SAME_PLACE = ("then", "else")
_ONE_SCHEMA = (*_SAME_PLACE, "propertyNames", "contains")
_BY_NAME = ("dependentSchemas", "patternProperties", "dependencies")


def inner_changes(
    comparison: Comparison, old: Shape, new: Shape, path: str, use: Use
) -> Iterator[Change]:
    """Yield how the schemas below keywords differ."""
    one, other = old.keywords, new.keywords
    if not one and not other:
        return
    for keyword in _ONE_SCHEMA:
        nodes = one.get(keyword, NOTHING), other.get(keyword, NOTHING)
        if nodes[0].start or nodes[1].start:
            yield from _one_schema(comparison, keyword, *nodes, path, use)
    yield from _not(comparison, one.get("not", NOTHING), other.get("not", NOTHING), path, use)
    before, after = one.get("if", NOTHING), other.get("if", NOTHING)
    if before.start and after.start and not same_value(before, after):
        yield keyword_change("if", path, use, before, after, narrows=True, widens=True, certain=False)
    for keyword in _BY_NAME:
        yield from _by_name(comparison, keyword, old, new, path, use)
    for keyword in ("dependentRequired", "dependencies"):
        yield from _dependencies(one.get(keyword, NOTHING), other.get(keyword, NOTHING), path, use)


def _one_schema(
    comparison: Comparison, keyword: str, old: Node, new: Node, path: str, use: Use
) -> Iterator[Change]:
    first, second = comparison.old.of(old), comparison.new.of(new)
    if old.start and new.start:
        inner = path if keyword in _SAME_PLACE else join_path(path, keyword)
        yield from comparison.shapes(first, second, inner, use)
    elif not is_any(first) or not is_any(second):
        came = bool(new.start)
        yield keyword_change(keyword, path, use, old, new, narrows=came, widens=not came)


def _not(
    comparison: Comparison, old: Node, new: Node, path: str, use: Use
) -> Iterator[Change]:
    """What is excluded: more of it allows less."""
    if old.start and new.start:
        first, second = comparison.old.of(old), comparison.new.of(new)
        narrows = not comparison.covers(first, second)
        widens = not comparison.accepts(first, second)
    else:
        narrows, widens = bool(new.start), bool(old.start)
    if narrows or widens:
        yield keyword_change("not", path, use, old, new, narrows=narrows, widens=widens)


def _by_name(
    comparison: Comparison, keyword: str, old: Shape, new: Shape, path: str, use: Use
) -> Iterator[Change]:
    olds = old.keywords.get(keyword, NOTHING).entries()
    news = new.keywords.get(keyword, NOTHING).entries()
    for name in dict.fromkeys((*olds, *news)):
        before, after = olds.get(name, NOTHING), news.get(name, NOTHING)
        if before.items() or after.items():
            continue  # a list of names, told below
        if before.start and after.start:
            inner = join_path(path, name) if keyword == "patternProperties" else path
            shapes = comparison.old.of(before), comparison.new.of(after)
            yield from comparison.shapes(*shapes, inner, use)
            continue
        of_names = keyword == "patternProperties"
        closed = of_names and bool(new.rest) and comparison.new.shape(new.rest).never
        narrows = bool(after.start) if not of_names else closed and bool(before.start)
        widens = bool(before.start) and not of_names
        label = f"{keyword}.{name}"
        yield keyword_change(label, path, use, before, after, narrows=narrows, widens=widens)


def _dependencies(old: Node, new: Node, path: str, use: Use) -> Iterator[Change]:
    one, other = required_by(old), required_by(new)
    for names in dict.fromkeys((*one, *other)):
        before, after = one.get(names, NOTHING), other.get(names, NOTHING)
        if before.start and after.start:
            continue
        came = bool(after.start)
        values: Mapping[str, str] = {"first": names[0], "value": names[1]}
        rule = "dependency-added" if came else "dependency-removed"
        yield Change(rule, path, before, after, came, not came, use, values=values)
