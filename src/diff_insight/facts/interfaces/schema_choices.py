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
from diff_insight.facts.interfaces.schema_model import Schemas, reference_of
from diff_insight.facts.interfaces.schema_shape import Shape, both
from diff_insight.facts.interfaces.schema_values import Part
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
            values = [value.text() for value in node.at("enum").items()] or [
                node.at("const").text()
            ]
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
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace, *, retyped: bool
) -> Iterator[SchemaChange]:
    """Yield how alternatives differ; those that `retyped` tells as types are not told again."""
    lost, came = _choices(old, comparison.old), _choices(new, comparison.new)
    olds, news = list(lost), list(came)
    for key in (_name, _tag, _types):
        for before, after in _pairs(lost, came, key):
            lost.remove(before)
            came.remove(after)
            yield from comparison.parts((before.part,), (after.part,), location)
    if retyped:
        return
    for choice in lost:
        if not any(comparison.accepts(choice.shape, other.shape) for other in news):
            yield SchemaChange(
                "choice-removed", location, choice.part.node, NOTHING, True, False, True,
                {"value": choice.label},
            )  # fmt: skip
    for choice in came:
        if not any(comparison.covers(other.shape, choice.shape) for other in olds):
            yield SchemaChange(
                "choice-added", location, NOTHING, choice.part.node, False, True, True,
                {"value": choice.label},
            )  # fmt: skip


def compare_one_with_choices(
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Compare one schema with several alternatives: it may be one of them."""
    if old.choices:
        several = [both(old, choice.shape) for choice in _choices(old, comparison.old)]
        narrows = not all(comparison.accepts(choice, new) for choice in several)
        widens = not any(comparison.covers(choice, new) for choice in several)
        rule = "choices-ended"
    else:
        several = [both(new, choice.shape) for choice in _choices(new, comparison.new)]
        narrows = not any(comparison.accepts(old, choice) for choice in several)
        widens = not all(comparison.covers(old, choice) for choice in several)
        rule = "choices-begun"
    if narrows or widens:
        before, after = (
            shape.choices_node if shape.choices_node.start else shape.node for shape in (old, new)
        )
        yield SchemaChange(rule, location, before, after, narrows, widens)


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
    by_key = {key(choice): choice for choice in new}
    return [
        (choice, by_key[name])
        for choice in old
        if (name := key(choice)) and counts[0][name] == counts[1][name] == 1
    ]


def _name(choice: _Choice) -> str:
    return choice.name


def _tag(choice: _Choice) -> str:
    return choice.tag


def _types(choice: _Choice) -> str:
    return choice.types
