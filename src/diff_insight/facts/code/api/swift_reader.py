"""Reads what a Swift file declares: types with their members, extensions, functions and variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.item import Argument, Item, TypeParameter
from diff_insight.facts.code.api.swift_types import canonical
from diff_insight.facts.code.api.syntax import (
    Node,
    children_of,
    first_child,
    flat,
    has_token,
    head_span,
    text_of,
)
from diff_insight.facts.code.api.unit_reader import read_units
from diff_insight.facts.code.grammars import SWIFT

#: What a module declares outside of types.
LOOSE = "*"
_TYPES = ("class_declaration", "protocol_declaration")
_CALLED = {"function_declaration": "func", "init_declaration": "init", "protocol_function_declaration": "func",
           "subscript_declaration": "subscript"}  # fmt: skip
_WORDS = frozenset("public open internal private fileprivate package final static class mutating override required "
                   "convenience indirect".split())  # fmt: skip
_RAW = frozenset(
    "Int Int8 Int16 Int32 Int64 UInt UInt8 UInt16 UInt32 UInt64 String Character Double Float".split()
)
_UNAVAILABLE = re.compile(r"@available\s*\(\s*\*\s*,[^)]*\bunavailable\b")
_DEEPEST = 12


class _SwiftOwner:
    """What holds a declaration: its key, its sort, and what its members are when they say nothing."""

    def __init__(
        self, key: str = "", sort: str = "", *, access: str = "", seen: bool = True
    ) -> None:
        self.key, self.sort, self.access, self.seen = key, sort, access, seen


def read_swift(text: str, path: str) -> list[ApiUnit]:
    """Return the types of a file, its extensions, and a unit of what stands outside of types."""
    return read_units(text, path, SWIFT, _SwiftReader)


class _SwiftReader:
    def __init__(self, source: bytes, path: str, *, complete: bool) -> None:
        self._source = source
        self._path = path
        self._complete = complete

    def units(self, root: Node) -> Iterator[ApiUnit]:
        """Yield what the file declares."""
        loose: dict[str, Item] = {}
        yield from self._within(root, _SwiftOwner(), loose, 0)
        if loose:
            yield ApiUnit(
                Item(key=LOOSE, sort="module", path=self._path), loose, complete=self._complete
            )

    def _within(
        self, node: Node, owner: _SwiftOwner, members: dict[str, Item], depth: int
    ) -> Iterator[ApiUnit]:
        """Read the declarations of a body: members go to its type, types are yielded."""
        for child in node.named_children if depth < _DEEPEST else ():
            if child.type in _TYPES:
                yield from self._type(child, owner, depth)
            else:
                members.update(self._members(child, owner))

    def _type(self, node: Node, owner: _SwiftOwner, depth: int) -> Iterator[ApiUnit]:
        sort = flat(node.child_by_field_name("declaration_kind"), self._source) or "protocol"
        name = re.sub(r"<.*", "", flat(node.child_by_field_name("name"), self._source))
        key = f"{owner.key}.{name}" if owner.key else name
        words = self._words(node)
        body = node.child_by_field_name("body")
        start, end = head_span(node, body)
        generics = self._generics(node)
        bases = self._bases(node)
        raw = next((base for base in bases if sort == "enum" and base in _RAW), "")
        public = sort == "extension" or (owner.seen and self._is_seen(words, owner))
        access = next(
            (word for word in ("public", "private", "fileprivate", "internal") if word in words), ""
        )
        if sort == "protocol":
            access = "public" if public else "internal"
        item = Item(
            key=key, sort=sort, path=self._path, start=start, end=end, public=public, modifiers=words,
            generics=generics, bases={base: shown for base, shown in bases.items() if base != raw}, type=raw, shown=raw,
        )  # fmt: skip
        inner = _SwiftOwner(key, sort, access=access, seen=public)
        members: dict[str, Item] = {}
        yield from self._within(body, inner, members, depth + 1) if body is not None else ()
        if where := first_child(node, "type_constraints") if sort == "extension" else None:
            del where  # members for some types alone: another form of them may stand elsewhere
            members = {name: item for name, item in members.items() if item.sort != "func"}
        yield ApiUnit(item, members, tuple(bases), self._complete)

    def _members(self, node: Node, owner: _SwiftOwner) -> Iterator[tuple[str, Item]]:
        if node.type in _CALLED:
            item = self._callable(node, owner)
            yield f"{item.name}({','.join(item.parameters or ())})", item
        elif node.type in ("property_declaration", "protocol_property_declaration"):
            for item in self._properties(node, owner):
                yield item.name, item
        elif node.type == "enum_entry":
            for item in self._cases(node, owner):
                yield item.name, item
        elif node.type in ("typealias_declaration", "associatedtype_declaration"):
            item = self._alias(node, owner)
            yield item.name, item

    def _item(
        self, node: Node, owner: _SwiftOwner, name: str, sort: str, body: Node | None = None
    ) -> Item:
        words = self._words(node)
        start, end = head_span(node, body)
        return Item(
            key=f"{owner.key}.{name}" if owner.key else name, sort=sort, path=self._path, start=start, end=end,
            public=owner.seen and self._is_seen(words, owner), modifiers=words,
        )  # fmt: skip

    def _is_seen(self, words: frozenset[str], owner: _SwiftOwner) -> bool:
        if {"public", "open"} & words:
            return True
        if {"private", "fileprivate", "internal", "package"} & words:
            return False
        return owner.access == "public" and owner.sort in ("protocol", "extension", "enum-case")

    def _callable(self, node: Node, owner: _SwiftOwner) -> Item:
        sort = _CALLED[node.type]
        listed = list(self._arguments(node))
        name = sort if sort != "func" else flat(node.child_by_field_name("name"), self._source)
        body = node.child_by_field_name("body") or first_child(node, "computed_property")
        item = self._item(node, owner, name, sort, body)
        words = set(item.modifiers) | {
            word for word in ("async", "throws", "rethrows") if has_token(node, word)
        }
        if (
            first_child(node, "throws") is not None
            or first_child(node, "throws_clause") is not None
        ):
            words.add("throws")
        if sort == "init" and has_token(node, "?"):
            words.add("init?")
        if owner.sort == "protocol":
            words.add("abstract")
        type_ = self._result(node)
        taken = ", ".join(f"{element.name}: {element.type}" for element in listed)
        return Item(
            key=item.key, sort=sort, path=self._path, start=item.start, end=item.end, public=item.public,
            modifiers=frozenset(words), generics=self._generics(node), signature=tuple(listed), type=canonical(type_),
            parameters=tuple(f"{element.name}:{element.type}" for element in listed), provided=body is not None,
            shown=f"({taken})" + (f" -> {type_}" if type_ else ""),
        )  # fmt: skip

    def _result(self, node: Node) -> str:
        arrow = next(
            (index for index, child in enumerate(node.children) if child.type == "->"), None
        )
        return flat(node.children[arrow + 1], self._source) if arrow is not None else ""

    def _arguments(self, node: Node) -> Iterator[Argument]:
        children = node.children
        for index, child in enumerate(children):
            if child.type != "parameter":
                continue
            follows = children[index + 1].type if index + 1 < len(children) else ""
            inner = text_of(child.child_by_field_name("name"), self._source)
            label = child.child_by_field_name("external_name")
            type_ = flat(child, self._source).partition(":")[2].strip()
            named = text_of(label, self._source) if label is not None else inner
            if node.type == "subscript_declaration" and label is None:
                named = "_"
            default = flat(children[index + 2], self._source) if follows == "=" else ""
            yield Argument(
                name=named, type=canonical(type_), default=default, optional=follows == "="
            )

    def _properties(self, node: Node, owner: _SwiftOwner) -> Iterator[Item]:
        pattern = first_child(node, "value_binding_pattern")
        asked = first_child(node, "protocol_property_requirements")
        body = node.child_by_field_name("computed_value")
        annotation = first_child(node, "type_annotation")
        type_ = flat(annotation, self._source).removeprefix(":").strip()
        said = flat(first_child(node, "modifiers"), self._source)
        for bound in (element for element in node.children if element.type == "pattern"):
            pattern = pattern or first_child(bound, "value_binding_pattern")
            name = text_of(bound.child_by_field_name("bound_identifier"), self._source)
            item = self._item(node, owner, name, "var", body)
            words = set(item.modifiers) - {"class"} | (
                {"static"} if "class" in item.modifiers else set()
            )
            variable = pattern is not None and flat(pattern, self._source).startswith("var")
            getter = body is not None and first_child(body, "computed_setter") is None
            if body is not None and re.search(r"\b(?:willSet|didSet)\b", flat(body, self._source)):
                getter = False
            hidden = re.search(r"\b(?:private|fileprivate|internal)\s*\(\s*set\s*\)", said)
            settable = variable and not getter and not hidden
            if asked is not None:
                settable = first_child(asked, "setter_specifier") is not None
                words.add("abstract")
            yield Item(
                key=item.key, sort="var", path=self._path, start=item.start, end=item.end, public=item.public,
                modifiers=frozenset(words | ({"set"} if settable else set())), type=canonical(type_), shown=type_,
                provided=body is not None,
            )  # fmt: skip

    def _cases(self, node: Node, owner: _SwiftOwner) -> Iterator[Item]:
        held = ""
        names: list[tuple[str, str]] = []
        for child in node.named_children:
            if child.type == "simple_identifier":
                names.append((text_of(child, self._source), ""))
            elif child.type == "enum_type_parameters" and names:
                held = flat(child, self._source)
                names[-1] = (names[-1][0], held)
        start, end = head_span(node, None)
        for name, held in names:
            yield Item(
                key=f"{owner.key}.{name}", sort="case", path=self._path, start=start, end=end, public=owner.seen,
                type=canonical(held), shown=held,
            )  # fmt: skip

    def _alias(self, node: Node, owner: _SwiftOwner) -> Item:
        name = text_of(node.child_by_field_name("name"), self._source)
        sort = "typealias" if node.type.startswith("typealias") else "associatedtype"
        item = self._item(node, owner, name, sort)
        value = flat(node, self._source).partition("=")[2].strip()
        words = item.modifiers | ({"abstract"} if sort == "associatedtype" else set())
        return Item(
            key=item.key, sort=sort, path=self._path, start=item.start, end=item.end, public=item.public,
            modifiers=frozenset(words), type=canonical(value), shown=value, provided=bool(value) and sort != "typealias",
        )  # fmt: skip

    def _words(self, node: Node) -> frozenset[str]:
        listed = first_child(node, "modifiers")
        if listed is None:
            return frozenset()
        text = flat(listed, self._source)
        words = set(re.sub(r"\b\w+\s*\(\s*set\s*\)|\([^)]*\)", " ", text).split()) & _WORDS
        return frozenset(words | ({"unavailable"} if _UNAVAILABLE.search(text) else set()))

    def _generics(self, node: Node) -> tuple[TypeParameter, ...]:
        listed = first_child(node, "type_parameters")
        if listed is None:
            return ()
        clauses = flat(first_child(node, "type_constraints"), self._source)
        generics = []
        for element in children_of(listed, "type_parameter"):
            name, _, bound = flat(element, self._source).partition(":")
            more = re.findall(rf"\b{re.escape(name.strip())}\s*:\s*([\w.& ]+)", clauses)
            bounds = {
                part.strip() for text in (bound, *more) for part in text.split("&") if part.strip()
            }
            generics.append(TypeParameter("type", name.strip(), frozenset(bounds)))
        return tuple(generics)

    def _bases(self, node: Node) -> dict[str, str]:
        shown = (
            flat(element, self._source) for element in children_of(node, "inheritance_specifier")
        )
        return {
            re.sub(r"<.*|@\w+\s+", "", part.strip()): part.strip()
            for text in shown
            for part in text.split("&")
        }
