"""Compares what objects and arrays hold: properties, required ones, all others; items."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.interfaces.schema_change import (
    SchemaChange,
    SchemaDiff,
    SchemaPlace,
    SchemaUse,
    keyword_change,
)
from diff_insight.facts.interfaces.schema_model import Schemas
from diff_insight.facts.interfaces.schema_shape import Shape, is_any
from diff_insight.facts.interfaces.schema_values import Parts
from diff_insight.facts.trees.node import NOTHING, Node


def object_changes(
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Yield how the properties of an object differ."""
    if not all(shape.types is None or "object" in shape.types for shape in (old, new)):
        return
    for name in dict.fromkeys((*old.properties, *new.properties)):
        yield from _property(comparison, name, old, new, location)
    for name in dict.fromkeys((*old.required, *new.required)):
        yield from _requirements(comparison, name, old, new, location)
    yield from _others(comparison, old, new, location)


def _property(
    comparison: SchemaDiff, name: str, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    before, after = old.properties.get(name, ()), new.properties.get(name, ())
    here = location.below(name)
    if before and after:
        origins = [{part.origin for part in parts} for parts in (before, after)]
        if origins[0] != origins[1] or not origins[0] <= comparison.named:
            shapes = comparison.old.shape(before), comparison.new.shape(after)
            yield from comparison.parts(before, after, _travels(comparison, here, *shapes))
            yield from _one_way(comparison, (before, after), here)
            if name in old.required and name in new.required:
                yield from _sendable(comparison, (before, after), here)
    elif after:
        yield from _came(comparison, name, old, new, here)
    else:
        yield from _went(comparison, name, old, new, here)


def _one_way(
    comparison: SchemaDiff, sides: tuple[Parts, Parts], location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Yield that a property is no longer sent, or no longer in a response: it is only read, or written, now."""
    shapes = comparison.old.shape(sides[0]), comparison.new.shape(sides[1])
    before, after = (_travels(comparison, location, shape) for shape in shapes)
    nodes = sides[0][0].node, sides[1][0].node
    gone = before.use & ~after.use
    for way in (SchemaUse.SENT, SchemaUse.RECEIVED):
        if gone & way:
            # A service may have done so before its description said it.
            lost = SchemaPlace(location.path, way)
            yield SchemaChange("property-removed", lost, *nodes, True, True, False)


def _sendable(
    comparison: SchemaDiff, sides: tuple[Parts, Parts], location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Yield that a required property has to be sent now, which only responses held before."""
    shapes = comparison.old.shape(sides[0]), comparison.new.shape(sides[1])
    before, after = (_travels(comparison, location, shape) for shape in shapes)
    come = after.use & ~before.use & SchemaUse.SENT
    if come:
        nodes = sides[0][0].node, sides[1][0].node
        newly = SchemaPlace(location.path, come)
        yield SchemaChange("required", newly, *nodes, True, False, False, {"new": False})


def _came(
    comparison: SchemaDiff, name: str, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    if name in new.required and name not in old.required:
        return  # told as newly required
    if _in_choices(comparison.old, old, name):
        return
    parts = new.properties[name]
    shape, others = comparison.new.shape(parts), comparison.old.shape(old.rest)
    limited = not others.never and not is_any(others)
    narrows = limited and not comparison.accepts(others, shape)
    location = _travels(comparison, location, shape)
    yield SchemaChange("property-added", location, NOTHING, parts[0].node, narrows, False)


def _went(
    comparison: SchemaDiff, name: str, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    parts = old.properties[name]
    if _in_choices(comparison.new, new, name):
        return
    shape, others = comparison.old.shape(parts), comparison.new.shape(new.rest)
    if shape.never:
        return
    location = _travels(comparison, location, shape)
    # An open schema still lets the property pass, but nobody says any more that it is read.
    is_open = is_any(others)
    narrows = is_open or others.never or not comparison.accepts(shape, others)
    certain = bool(location.use & SchemaUse.RECEIVED) or not is_open
    if comparison.directed and parts[0].node.at("deprecated").text() == "true":
        location = SchemaPlace(
            location.path, SchemaUse.NONE
        )  # who deprecates it has said that it goes
    yield SchemaChange("property-removed", location, parts[0].node, NOTHING, narrows, True, certain)


def _in_choices(schemas: Schemas, whole: Shape, name: str) -> bool:
    return any(name in schemas.shape((part,)).properties for part in whole.choices)


def _requirements(
    comparison: SchemaDiff, name: str, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    if name in old.required and name in new.required:
        return
    here = location.below(name)
    before, after = old.properties.get(name, ()), new.properties.get(name, ())
    if name in new.required:
        default = any(part.node.at("default").start for part in after)
        node = after[0].node if after and not before else new.required[name]
        here = _travels(comparison, here, comparison.new.shape(after))
        # A document without it has the default; of a service that is not certain. What an API
        # requires and nowhere describes is a slip.
        slip = comparison.directed and bool(new.properties) and not after
        narrows = not slip and (comparison.directed or not default)
        values = {"new": not before}
        yield SchemaChange("required", here, NOTHING, node, narrows, False, not default, values)
    elif after or not before:
        here = _travels(comparison, here, comparison.old.shape(before))
        yield SchemaChange("optional", here, old.required[name], NOTHING, False, True)


def _travels(comparison: SchemaDiff, location: SchemaPlace, *shapes: Shape) -> SchemaPlace:
    """Return a place with the way that a property travels: only responses hold what is read-only."""
    use = location.use
    if comparison.directed:
        if any(shape.read_only for shape in shapes):
            use &= ~SchemaUse.SENT
        if any(shape.write_only for shape in shapes):
            use &= ~SchemaUse.RECEIVED
    return SchemaPlace(location.path, use)


def _others(
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Compare what further properties may be."""
    before, after = comparison.old.shape(old.rest), comparison.new.shape(new.rest)
    nodes = _first(old.rest), _first(new.rest)
    if before.never is not after.never:
        rule = "closed" if after.never else "opened"
        # Whoever reads passes over what it does not know.
        yield SchemaChange(rule, location, *nodes, after.never, False)
    elif old.rest and new.rest:
        yield from comparison.parts(old.rest, new.rest, location.below("*"))
    elif not is_any(before) or not is_any(after):
        came = bool(new.rest)
        yield keyword_change("additionalProperties", location, nodes, narrows=came, widens=not came)


def array_changes(
    comparison: SchemaDiff, old: Shape, new: Shape, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Yield how the items of an array differ, the first ones one by one."""
    if not all(shape.types is None or "array" in shape.types for shape in (old, new)):
        return
    for number in range(max(len(old.prefix), len(new.prefix))):
        before, after = (
            shape.prefix[number] if number < len(shape.prefix) else shape.items
            for shape in (old, new)
        )
        yield from _item(comparison, before, after, location, location.item(number))
    yield from _item(comparison, old.items, new.items, location, location.item())


def _item(
    comparison: SchemaDiff, old: Parts, new: Parts, holder: SchemaPlace, location: SchemaPlace
) -> Iterator[SchemaChange]:
    """Compare one item; where nothing is said, it may be anything."""
    if old and new:
        yield from comparison.parts(old, new, location)
        return
    before, after = comparison.old.shape(old), comparison.new.shape(new)
    if is_any(before) and is_any(after):
        return
    nodes = _first(old), _first(new)
    came = bool(new)
    yield keyword_change("items", holder, nodes, narrows=came, widens=not came)


def _first(parts: Parts) -> Node:
    return parts[0].node if parts else NOTHING
