"""Avro's types: names with their namespaces, unions, and what a reference leads to."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from diff_insight.facts.trees.node import Node

_NAMED = frozenset(("record", "error", "enum", "fixed"))
PRIMITIVES = frozenset("null boolean int long float double bytes string".split())
_LONGEST = 60


class AvroType(Struct, frozen=True):
    """One type.

    Attributes:
        kind: `record`, `enum`, `fixed`, `array`, `map`, `union`, a primitive, or `name` for a reference.
        node: Where it stands.
        space: The namespace that holds for names in it.
        full: Its full name, where it has one, or the one that it refers to.
        aliases: Full names that it answers to as well.
        detail: Size of a fixed, logical type with its precision.
    """

    kind: str
    node: Node
    space: str = ""
    full: str = ""
    aliases: frozenset[str] = frozenset()
    detail: str = ""

    @property
    def key(self) -> str:
        """What makes it the same branch of a union."""
        return self.full or self.kind

    def symbols(self) -> Mapping[str, Node]:
        """Return the symbols of an enum."""
        return {element.text(): element for element in self.node.at("symbols").items()}


class AvroField(Struct, frozen=True):
    """A field of a record."""

    type: AvroType
    node: Node
    default: bool
    aliases: tuple[str, ...]


class AvroTypes:
    """Reads the types of one schema."""

    def __init__(self, root: Node) -> None:
        """Read a schema or, where it has `types`, a protocol."""
        self.named: dict[str, AvroType] = {}
        space = root.at("namespace").text()
        listed = root.at("types").items()
        self.top: AvroType | None = None
        if listed:
            for element in listed:
                self._note(self.read(element, space), 0)
        else:
            self.top = self.read(root, "")
            self._note(self.top, 0)

    def read(self, node: Node, space: str) -> AvroType:
        """Return the type that a node describes, within a namespace."""
        if node.items():
            return AvroType("union", node, space)
        text = node.text()
        if text:
            full = text if "." in text or not space else f"{space}.{text}"
            return (
                AvroType(text, node, space)
                if text in PRIMITIVES
                else AvroType("name", node, space, full)
            )
        inner = node.at("type")
        if not inner.text():
            return self.read(inner, space) if inner.start else AvroType("unknown", node, space)
        if inner.text() not in (*_NAMED, "array", "map"):
            logical = " ".join(
                node.at(key).text()
                for key in ("logicalType", "precision", "scale")
                if node.at(key).text()
            )
            read = self.read(inner, space)
            return AvroType(read.kind, node, space, read.full, detail=logical)
        return self._complex(node, inner.text(), space)

    def _complex(self, node: Node, kind: str, space: str) -> AvroType:
        if kind not in _NAMED:
            return AvroType(kind, node, space)
        name = node.at("name").text()
        own = node.at("namespace").text() or name.rpartition(".")[0] or space
        full = name if "." in name or not own else f"{own}.{name}"
        aliases = frozenset(
            element.text() if "." in element.text() or not own else f"{own}.{element.text()}"
            for element in node.at("aliases").items()
        )
        kind = "record" if kind == "error" else kind
        return AvroType(kind, node, own, full, aliases, node.at("size").text())

    def resolve(self, type_: AvroType) -> AvroType:
        """Return what a reference leads to."""
        return self.named.get(type_.full, type_) if type_.kind == "name" else type_

    def inner(self, type_: AvroType) -> AvroType:
        """Return the type of the items or values."""
        node = type_.node.at("items" if type_.kind == "array" else "values")
        return self.read(node, type_.space)

    def branches(self, type_: AvroType) -> list[AvroType]:
        """Return the branches of a union; anything else is its only one."""
        if type_.kind != "union":
            return [type_]
        return [self.read(element, type_.space) for element in type_.node.items()]

    def fields(self, type_: AvroType) -> dict[str, AvroField]:
        """Return the fields of a record by name."""
        return {
            element.at("name").text(): AvroField(
                self.read(element.at("type"), type_.space), element, "default" in element.entries(),
                tuple(alias.text() for alias in element.at("aliases").items()),
            )
            for element in type_.node.at("fields").items()
        }  # fmt: skip

    def _note(self, type_: AvroType, depth: int) -> None:
        """Keep a named type, and those within it."""
        if depth > 40:
            return
        if type_.kind in _NAMED and type_.full not in self.named:
            self.named[type_.full] = type_
            for field in self.fields(type_).values():
                self._note(field.type, depth + 1)
        elif type_.kind == "union":
            for branch in self.branches(type_):
                self._note(branch, depth + 1)
        elif type_.kind in ("array", "map"):
            self._note(self.inner(type_), depth + 1)


def shown_type(type_: AvroType) -> str:
    """Return a type as people read it."""
    if type_.kind == "union":
        texts = [
            element.text() or element.at("name").text() or element.at("type").text()
            for element in type_.node.items()
        ]
        return " | ".join(texts)[:_LONGEST]
    detail = f" ({type_.detail})" if type_.detail else ""
    return (
        f"{type_.kind}{detail}"
        if type_.kind in (*PRIMITIVES, "enum", "record", "fixed")
        else type_.full or type_.kind
    )
