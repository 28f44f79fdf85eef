"""How two versions of a schema differ: what is no longer valid, and what has become valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.interfaces.schema_change import (
    SchemaChange,
    SchemaPlace,
    SchemaUse,
    keyword_change,
    listed_values,
    plain_value,
    shown_types,
)
from diff_insight.facts.interfaces.schema_choices import choice_changes, compare_one_with_choices
from diff_insight.facts.interfaces.schema_inner import inner_changes
from diff_insight.facts.interfaces.schema_keywords import applicable, keyword_changes, same_value
from diff_insight.facts.interfaces.schema_model import Schemas, reference_of
from diff_insight.facts.interfaces.schema_parts import array_changes, object_changes
from diff_insight.facts.interfaces.schema_shape import Shape, is_any
from diff_insight.facts.interfaces.schema_values import ANNOTATIONS, Part, Parts
from diff_insight.facts.trees.node import NOTHING, Node
from diff_insight.model.messages import Value

#: Pairs of schemas of one file that are compared, and how deep they may stand in each other.
_MOST_PAIRS = 60_000
_DEEPEST = 40
_SCALARS = frozenset(("string", "number", "integer", "boolean"))


class SchemaComparison:
    """Compares schemas of two versions of a document.

    Args:
        old: The schemas before.
        new: The schemas after.
        named: Names of schemas that are compared on their own, and not again where they are used.
        directed: Whether `readOnly` and `writeOnly` say which way a property travels.
    """

    def __init__(
        self, old: Schemas, new: Schemas, named: frozenset[str], *, directed: bool
    ) -> None:
        self.old = old
        self.new = new
        self.named = named
        self.directed = directed
        self._left = _MOST_PAIRS
        self._active: set[tuple[int, int]] = set()
        self._done: set[tuple[object, ...]] = set()

    @property
    def whole(self) -> bool:
        """Whether everything was compared so far."""
        return self._left > 0

    def changes(self, old: Node, new: Node, use: SchemaUse) -> Iterator[SchemaChange]:
        """Yield how a schema differs; without one on either side nothing is known."""
        if old.start and new.start:
            yield from self.shapes(self.old.of(old), self.new.of(new), SchemaPlace("", use))

    def inline(self, old: Node, new: Node, use: SchemaUse) -> Iterator[SchemaChange]:
        """Yield how a schema differs that may only name another one."""
        if old.start and new.start:
            yield from self.parts((Part(old),), (Part(new),), SchemaPlace("", use))

    def parts(self, old: Parts, new: Parts, location: SchemaPlace) -> Iterator[SchemaChange]:
        """Yield how two schemas differ, once for each pair."""
        key = (
            *(id(part.node) for part in old),
            None,
            *(id(part.node) for part in new),
            location.use,
        )
        if key in self._done or self._is_elsewhere(old, new):
            return
        self._done.add(key)
        yield from self.shapes(self.old.shape(old), self.new.shape(new), location)

    def shapes(self, old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
        """Yield how two shapes differ; what refers to itself is compared once."""
        pair = id(old), id(new)
        self._left -= 1
        if pair in self._active or self._left < 0 or len(self._active) > _DEEPEST:
            return
        if old.unknown != new.unknown:
            return
        self._active.add(pair)
        try:
            yield from self._levels(old, new, location)
        finally:
            self._active.discard(pair)

    def accepts(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that was valid is valid."""
        return not any(change.narrows for change in self._silently(old, new))

    def covers(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that is valid was valid."""
        return not any(change.widens for change in self._silently(old, new))

    def _silently(self, old: Shape, new: Shape) -> list[SchemaChange]:
        done, self._done = self._done, set()
        try:
            return list(self.shapes(old, new, SchemaPlace("", SchemaUse.NONE)))
        finally:
            self._done = done

    def _is_elsewhere(self, old: Parts, new: Parts) -> bool:
        """Tell whether both sides only name one schema that is compared on its own."""
        names = []
        for parts in (old, new):
            if len(parts) != 1 or not parts[0].node.entries().keys() - ANNOTATIONS <= {"$ref"}:
                return False
            names.append(reference_of(parts[0].node).rpartition("/")[2])
        return names[0] == names[1] and names[0] in self.named

    def _levels(self, old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
        if old.never or new.never:
            if old.never is not new.never:
                rule = "closed" if new.never else "opened"
                yield SchemaChange(rule, location, old.node, new.node, new.never, old.never)
            return
        retyped = False
        for change in _types(old, new, location):
            retyped = retyped or change.rule == "type"
            yield change
        if retyped and not _overlap(old, new):
            return
        if bool(old.choices) is not bool(new.choices):
            if not retyped:
                yield from compare_one_with_choices(self, old, new, location)
            return
        yield from _values(old, new, location)
        yield from _keywords(old, new, location)
        yield from _default(old, new, location)
        yield from _discriminator(old, new, location)
        yield from inner_changes(self, old, new, location)
        yield from object_changes(self, old, new, location)
        yield from array_changes(self, old, new, location)
        if old.choices:
            yield from choice_changes(self, old, new, location, retyped=retyped)


def _types(old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
    if old.unknown or (old.types is None and new.types is None):
        return
    old_types, new_types = old.effective_types, new.effective_types
    if old_types == new_types:
        return
    as_list = location.use & SchemaUse.AS_LIST and _takes_one(new, old_types)
    lost = (
        new_types is not None
        and not as_list
        and (old_types is None or not _within(old_types, new_types, location.use))
    )
    gained = old_types is not None and (new_types is None or not _within(new_types, old_types))
    if not lost and not gained:
        return
    before, after = _where(old.type_node, old), _where(new.type_node, new)
    if old_types is not None and new_types is not None and old_types ^ new_types == {"null"}:
        rule = "null-refused" if "null" in old_types else "null-allowed"
        yield SchemaChange(rule, location, before, after, lost, gained)
        return
    values: dict[str, Value] = {"old": shown_types(old_types), "new": shown_types(new_types)}
    yield SchemaChange("type", location, before, after, lost, gained, values=values)


def _within(types: frozenset[str], others: frozenset[str], use: SchemaUse = SchemaUse.NONE) -> bool:
    """Tell whether some types are among others; as text any scalar is a string."""
    return all(
        name in others
        or (name == "integer" and "number" in others)
        or (use & SchemaUse.AS_TEXT and name in _SCALARS and "string" in others)
        for name in types
    )


def _takes_one(array: Shape, types: frozenset[str] | None) -> bool:
    """Tell whether a list takes a single value, as where a query repeats its name for each item."""
    if types is None or array.types is None or "array" not in array.types or len(array.items) != 1:
        return False
    kind = array.items[0].node.at("type").text()
    least = array.keywords.get("minItems", NOTHING).text()
    return least in ("", "0", "1") and _within(
        types & _SCALARS, frozenset((kind,)), SchemaUse.AS_TEXT
    )


def _overlap(old: Shape, new: Shape) -> bool:
    """Tell whether what both sides say about values of a type is about the same values."""
    if old.types is None or new.types is None:
        return not is_any(old) and not is_any(new)
    pairs = ((old.types, new.types), (new.types, old.types))
    return any(
        _within(frozenset((name,)), others) for types, others in pairs for name in types - {"null"}
    )


def _where(node: Node, shape: Shape) -> Node:
    return node if node.start else shape.node


def _values(old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
    before, after = old.values, new.values
    nodes = old.values_node, new.values_node
    if before is None or after is None:
        limiting = before if after is None else after
        if limiting is None or {"true", "false"} <= limiting.keys():
            return
        values = {"values": listed_values(limiting)}
        rule = "values-limited" if before is None else "values-freed"
        limits, frees = before is None, after is None
        yield SchemaChange(rule, location, *nodes, limits, frees, values=values)
    elif len(before) == len(after) == 1 and before.keys() != after.keys():
        constant = "const"
        yield keyword_change(constant, location, nodes, narrows=True, widens=True)
    else:
        tolerant = new.values_tolerant
        yield from _single_values(before, after, location, tolerant=tolerant)


def _single_values(
    old: Mapping[str, Node], new: Mapping[str, Node], location: SchemaPlace, *, tolerant: bool
) -> Iterator[SchemaChange]:
    """Yield values that went and came; a `tolerant` reader has been told that more may come."""
    for text, node in old.items():
        if text not in new:
            values = {"value": plain_value(text)}
            yield SchemaChange("value-removed", location, node, NOTHING, True, False, True, values)
    for text, node in new.items():
        if text not in old:
            # Many services say that further values may come at any time.
            values = {"value": plain_value(text)}
            yield SchemaChange(
                "value-added", location, NOTHING, node, False, not tolerant, False, values
            )


def _keywords(old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
    whole = not any("number" in (shape.types or {"number"}) for shape in (old, new))
    before_after = old.keywords, new.keywords
    if location.use is SchemaUse.NONE:
        # Whether one takes the other in is asked of values; else it is told what is written.
        before_after = applicable(old), applicable(new)
    for keyword, before, after, narrows, widens, certain in keyword_changes(
        *before_after, whole=whole
    ):
        yield keyword_change(
            keyword, location, (before, after), narrows=narrows, widens=widens, certain=certain
        )


def _default(old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
    before, after = old.node.at("default"), new.node.at("default")
    if before.start and after.start and not same_value(before, after):
        yield keyword_change("default", location, (before, after), narrows=False, widens=False)


def _discriminator(old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
    """Yield that another property says which alternative a value is."""
    before, after = (side.node.at("discriminator", "propertyName") for side in (old, new))
    if before.text() and after.text() and before.text() != after.text():
        nodes = before, after
        yield keyword_change(
            "discriminator", location, nodes, narrows=True, widens=True, certain=False
        )
