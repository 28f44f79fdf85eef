"""Compares the alternatives of a schema (`oneOf`, `anyOf`): which went, came or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from diff_insight.facts.interfaces.schema_change import (
    SchemaChange,
    SchemaDiff,
    SchemaPlace,
    shown_types,
)
from diff_insight.facts.interfaces.schema_model import Part, Schemas, Shape, both, reference_of
from diff_insight.facts.trees.node import NOTHING

#: Alternatives of one schema that are compared.
_MOST = 60


class _Choice(Struct, frozen=True):
    part: Part
    shape: Shape
    number: int

    @property
    def name(self) -> str:
        """The schema that it names, or its title."""
        return reference_of(self.part.node).rpartition("/")[2] or self.part.node.at("title").text()

    @property
    def tag(self) -> str:
        """The property that has one value only, by which its readers know it."""
        for name, parts in self.shape.properties.items():
            node = parts[0].node
            values = [one.text() for one in node.at("enum").items()] or [node.at("const").text()]
            if len(values) == 1 and values[0]:
                return f"{name}={values[0]}"
        return ""

    @property
    def types(self) -> str:
        """Its types."""
        return shown_types(self.shape.types) if self.shape.types else ""

    @property
    def label(self) -> str:
        """What a reader knows it by."""
        return self.name or self.tag or self.types or f"#{self.number}"


def choice_changes(
    comparison: SchemaDiff, old: Shape, new: Shape, place: SchemaPlace, *, retyped: bool
) -> Iterator[SchemaChange]:
    """Yield how alternatives differ; those that `retyped` tells as types are not told again."""
    lost, came = _choices(old, comparison.old), _choices(new, comparison.new)
    olds, news = list(lost), list(came)
    for key in (_name, _tag, _types):
        for before, after in _pairs(lost, came, key):
            lost.remove(before)
            came.remove(after)
            yield from comparison.parts((before.part,), (after.part,), place)
    if retyped:
        return
    for one in lost:
        if not any(comparison.accepts(one.shape, other.shape) for other in news):
            yield SchemaChange(
                "choice-removed", place, one.part.node, NOTHING, True, False, True,
                {"value": one.label},
            )  # fmt: skip
    for one in came:
        if not any(comparison.covers(other.shape, one.shape) for other in olds):
            yield SchemaChange(
                "choice-added", place, NOTHING, one.part.node, False, True, True,
                {"value": one.label},
            )  # fmt: skip


def compare_one_with_choices(
    comparison: SchemaDiff, old: Shape, new: Shape, place: SchemaPlace
) -> Iterator[SchemaChange]:
    """Compare one schema with several alternatives: it may be one of them."""
    if old.choices:
        several = [both(old, one.shape) for one in _choices(old, comparison.old)]
        narrows = not all(comparison.accepts(one, new) for one in several)
        widens = not any(comparison.covers(one, new) for one in several)
        rule = "choices-ended"
    else:
        several = [both(new, one.shape) for one in _choices(new, comparison.new)]
        narrows = not any(comparison.accepts(old, one) for one in several)
        widens = not all(comparison.covers(old, one) for one in several)
        rule = "choices-begun"
    if narrows or widens:
        before, after = (
            shape.choices_node if shape.choices_node.start else shape.node for shape in (old, new)
        )
        yield SchemaChange(rule, place, before, after, narrows, widens)


def _choices(shape: Shape, schemas: Schemas) -> list[_Choice]:
    return [
        _Choice(part, schemas.shape((part,)), number)
        for number, part in enumerate(shape.choices[:_MOST], 1)
    ]


def _pairs(
    old: list[_Choice], new: list[_Choice], key: Callable[[_Choice], str]
) -> list[tuple[_Choice, _Choice]]:
    """Return alternatives that one name tells apart from all others on both sides."""
    counts = [Counter(map(key, side)) for side in (old, new)]
    by_key = {key(one): one for one in new}
    return [
        (one, by_key[name])
        for one in old
        if (name := key(one)) and counts[0][name] == counts[1][name] == 1
    ]


def _name(choice: _Choice) -> str:
    return choice.name


def _tag(choice: _Choice) -> str:
    return choice.tag


def _types(choice: _Choice) -> str:
    return choice.types
