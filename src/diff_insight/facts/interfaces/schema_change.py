"""One difference between two versions of a schema, and which way it breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Flag, auto
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from diff_insight.facts.interfaces.schema_model import Schemas
from diff_insight.facts.interfaces.schema_shape import Shape
from diff_insight.facts.interfaces.schema_values import Parts, json_text
from diff_insight.facts.trees.node import Node
from diff_insight.model.messages import Value

#: Characters of a value that is told, and how many values of a list.
_LONGEST = 60
_MOST_VALUES = 12


class SchemaUse(Flag):
    """Which way what a schema describes travels: to the owner of the schema, from it, or both."""

    NONE = 0
    SENT = auto()
    RECEIVED = auto()
    #: It is written as text, as in a query, where `1` is a string as well.
    AS_TEXT = auto()
    #: Its name is repeated for each item, so that one value is a list of one.
    AS_LIST = auto()


class SchemaPlace(NamedTuple):
    """A place of a schema, such as `lines[].price` or nothing for the schema itself, and its use."""

    path: str
    use: SchemaUse

    def below(self, name: str) -> SchemaPlace:
        """Return the place of a property."""
        return SchemaPlace(f"{self.path}.{name}" if self.path else name, self.use)

    def item(self, number: int | None = None) -> SchemaPlace:
        """Return the place of one item, or of all."""
        return SchemaPlace(f"{self.path}[{'' if number is None else number}]", self.use)


class SchemaChange(Struct, frozen=True):
    """One difference at one place of a schema.

    Attributes:
        rule: The row of the rules that tells it.
        place: Where it is.
        old: What stood there, or nothing.
        new: What stands there, or nothing.
        narrows: Whether something is no longer valid.
        widens: Whether something has become valid.
        certain: Whether this follows from the two schemas alone.
        values: Further parameters, by name.
    """

    rule: str
    place: SchemaPlace
    old: Node
    new: Node
    narrows: bool
    widens: bool
    certain: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def breaks_sender(self) -> bool:
        """Whether what was sent so far can be refused."""
        return self.narrows and bool(self.place.use & SchemaUse.SENT)

    @property
    def breaks_receiver(self) -> bool:
        """Whether something can come that never came so far."""
        return self.widens and bool(self.place.use & SchemaUse.RECEIVED)


class SchemaDiff(Protocol):
    """What compares the schemas within a schema."""

    old: Schemas
    new: Schemas
    named: frozenset[str]
    directed: bool

    def parts(self, old: Parts, new: Parts, location: SchemaPlace) -> Iterator[SchemaChange]:
        """Yield how two schemas differ, once for each pair."""
        ...

    def shapes(self, old: Shape, new: Shape, location: SchemaPlace) -> Iterator[SchemaChange]:
        """Yield how two shapes differ."""
        ...

    def accepts(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that was valid is valid."""
        ...

    def covers(self, old: Shape, new: Shape) -> bool:
        """Tell whether all that is valid was valid."""
        ...


def keyword_change(
    keyword: str, location: SchemaPlace, nodes: tuple[Node, Node], *, narrows: bool, widens: bool,
    certain: bool = True,
) -> SchemaChange:  # fmt: skip
    """Return the change of a keyword that came, went or has another value."""
    old, new = nodes
    how = "changed" if old.start and new.start else "added" if new.start else "removed"
    texts = {name: short_value(node) for name, node in (("old", old), ("new", new)) if node.start}
    values: dict[str, Value] = {"keyword": keyword, **texts}
    return SchemaChange(f"keyword-{how}", location, old, new, narrows, widens, certain, values)


def short_value(node: Node) -> str:
    """Return a value as it is told; long ones are cut, what holds others is told by its brackets."""
    if isinstance(node.value, str):
        text = " ".join(node.value.split())
    else:
        text = json_text(node)
        text = text if len(text) <= _LONGEST else ("{…}" if isinstance(node.value, dict) else "[…]")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def plain_value(text: str) -> str:
    """Return the JSON text of a value without quotation marks."""
    plain = json.loads(text) if text.startswith('"') else text
    return " ".join(str(plain).split())[:_LONGEST]


def listed_values(values: Mapping[str, Node]) -> Value:
    """Return values as the catalogs list them."""
    plain = [plain_value(text) for text in values]
    return {"items": tuple(plain[:_MOST_VALUES]), "total": len(plain)}


def shown_types(types: frozenset[str] | None) -> str:
    """Return types as one text."""
    return " | ".join(sorted(types, key=lambda name: (name == "null", name))) if types else "any"
