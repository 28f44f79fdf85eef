"""How two versions of a schema differ: what is no longer valid, and what has become valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.interfaces.schema_change import (
    Change,
    Use,
    keyword_change,
    listed_values,
    plain_value,
    shown_types,
)
from diff_insight.facts.interfaces.schema_choices import choice_changes, compare_one_with_choices
from diff_insight.facts.interfaces.schema_inner import inner_changes
from diff_insight.facts.interfaces.schema_keywords import keyword_changes, same_value
from diff_insight.facts.interfaces.schema_model import (
    ANNOTATIONS,
    Part,
    Parts,
    Schemas,
    Shape,
    reference_of,
)
from diff_insight.facts.interfaces.schema_parts import array_changes, object_changes
from diff_insight.facts.trees.node import NOTHING, Node

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

    def changes(self, old: Node, new: Node, use: Use, path: str = "") -> Iterator[Change]:
        """Yield how a schema differs; without one on either side nothing is known."""
        if old.start and new.start:
            yield from self.shapes(self.old.of(old), self.new.of(new), path, use)

    def inline(self, old: Node, new: Node, use: Use, path: str = "") -> Iterator[Change]:
        """Yield how a schema differs that may only name another one."""
        if old.start and new.start:
            yield from self.parts((Part(old),), (Part(new),), path, use)

    def parts(self, old: Parts, new: Parts, path: str, use: Use) -> Iterator[Change]:
        """Yield how two schemas differ, once for each pair."""
        key = (*(id(part.node) for part in old), None, *(id(part.node) for part in new), use)
        if key in self._done or self._is_elsewhere(old, new):
            return
        self._done.add(key)
        yield from self.shapes(self.old.shape(old), self.new.shape(new), path, use)

    def shapes(self, old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
        """Yield how two shapes differ; what refers to itself is compared once."""
        pair = id(old), id(new)
        self._left -= 1
        if pair in self._active or self._left < 0 or len(self._active) > _DEEPEST:
            return
        if old.unknown != new.unknown:
            return
        self._active.add(pair)
        try:
            yield from self._levels(old, new, path, use)
        finally:
            self._active.discard(pair)

    def accepts(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that was valid is valid."""
        return not any(change.narrows for change in self._silently(old, new))

    def covers(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that is valid was valid."""
        return not any(change.widens for change in self._silently(old, new))

    def _silently(self, old: Shape, new: Shape) -> list[Change]:
        done, self._done = self._done, set()
        try:
            return list(self.shapes(old, new, "", Use.NONE))
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

    def _levels(self, old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
        if old.never or new.never:
            if old.never is not new.never:
                rule = "closed" if new.never else "opened"
                yield Change(rule, path, old.node, new.node, new.never, old.never, use)
            return
        retyped = False
        for change in _types(old, new, path, use):
            retyped = retyped or change.rule == "type"
            yield change
        if retyped and not _overlap(old.types, new.types):
            return
        if bool(old.choices) is not bool(new.choices):
            if not retyped:
                yield from compare_one_with_choices(self, old, new, path, use)
            return
        yield from _values(old, new, path, use)
        yield from _keywords(old, new, path, use)
        yield from _default(old, new, path, use)
        yield from inner_changes(self, old, new, path, use)
        yield from object_changes(self, old, new, path, use)
        yield from array_changes(self, old, new, path, use)
        if old.choices:
            yield from choice_changes(self, old, new, path, use, retyped=retyped)


def _types(old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
    one, other = old.types, new.types
    if one is None or other is None:
        one, other = old.meant, new.meant
    if one == other or old.unknown or (new.types is None and other is not None):
        return
    lost = other is not None and (one is None or not _within(one, other, as_text=bool(use & Use.AS_TEXT)))
    gained = one is not None and (other is None or not _within(other, one))
    if not lost and not gained:
        return
    nodes = _where(old.type_node, old), _where(new.type_node, new)
    if one is not None and other is not None and one ^ other == {"null"}:
        rule = "null-refused" if "null" in one else "null-allowed"
        yield Change(rule, path, *nodes, lost, gained, use)
        return
    values = {"old": shown_types(one), "new": shown_types(other)}
    yield Change("type", path, *nodes, lost, gained, use, values=values)


def _within(types: frozenset[str], others: frozenset[str], *, as_text: bool = False) -> bool:
    """Tell whether some types are among others; as text any scalar is a string, or a list of one."""
    return all(
        name in others
        or (name == "integer" and "number" in others)
        or (as_text and name in _SCALARS and not others.isdisjoint(("string", "array")))
        for name in types
    )


def _overlap(old: frozenset[str] | None, new: frozenset[str] | None) -> bool:
    if old is None or new is None:
        return False  # all that the other side says is new or gone with the type
    return any(_within(frozenset((name,)), new) for name in old - {"null"}) or any(
        _within(frozenset((name,)), old) for name in new - {"null"}
    )


def _where(node: Node, shape: Shape) -> Node:
    return node if node.start else shape.node


def _values(old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
    one, other = old.values, new.values
    nodes = old.values_node, new.values_node
    if one is None or other is None:
        limiting = one if other is None else other
        if limiting is None or {"true", "false"} <= limiting.keys():
            return
        values = {"values": listed_values(limiting)}
        rule = "values-limited" if one is None else "values-freed"
        yield Change(rule, path, *nodes, one is None, other is None, use, values=values)
    elif len(one) == len(other) == 1 and one.keys() != other.keys():
        constant = "const"
        yield keyword_change(constant, path, use, *nodes, narrows=True, widens=True)
    else:
        tolerant = new.values_tolerant
        yield from _single_values(one, other, path, use, tolerant=tolerant)


def _single_values(
    old: Mapping[str, Node], new: Mapping[str, Node], path: str, use: Use, *, tolerant: bool
) -> Iterator[Change]:
    """Yield values that went and came; a `tolerant` reader has been told that more may come."""
    for text, node in old.items():
        if text not in new:
            values = {"value": plain_value(text)}
            yield Change("value-removed", path, node, NOTHING, True, False, use, True, values)
    for text, node in new.items():
        if text not in old:
            # Many services say that further values may come at any time.
            values = {"value": plain_value(text)}
            yield Change("value-added", path, NOTHING, node, False, not tolerant, use, False, values)


def _keywords(old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
    whole = not any("number" in (shape.types or {"number"}) for shape in (old, new))
    for keyword, before, after, narrows, widens, certain in keyword_changes(
        old.keywords, new.keywords, whole=whole
    ):
        yield keyword_change(
            keyword, path, use, before, after, narrows=narrows, widens=widens, certain=certain
        )


def _default(old: Shape, new: Shape, path: str, use: Use) -> Iterator[Change]:
    before, after = old.node.at("default"), new.node.at("default")
    if before.start and after.start and not same_value(before, after):
        yield keyword_change("default", path, use, before, after, narrows=False, widens=False)
