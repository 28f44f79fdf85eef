"""Reads single Rust declarations: functions, types with their fields and variants, constants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from diff_insight.facts.code.api.item import Item, TypeParameter
from diff_insight.facts.code.api.rust_attributes import Attributes, attributes_of
from diff_insight.facts.code.api.rust_types import canonical, generics_of, numbers_of, supertraits
from diff_insight.facts.code.api.syntax import (
    Node,
    first_child,
    flat,
    has_token,
    head_span,
    text_of,
)

SORTS = {
    "struct_item": "struct", "enum_item": "enum", "union_item": "union", "trait_item": "trait", "type_item": "type",
    "const_item": "const", "static_item": "static", "function_item": "fn", "function_signature_item": "fn",
    "associated_type": "type",
}  # fmt: skip
_MODIFIERS = re.compile(r"\b(async|unsafe|safe|const)\b|extern(?:\s*\"([^\"]*)\")?")


class Owner(Struct, frozen=True):
    """What a member belongs to."""

    key: str
    sort: str
    public: bool
    generics: tuple[TypeParameter, ...] = ()


class ItemReader:
    """Reads the declarations of one file.

    Args:
        source: The file.
        path: Its path.
    """

    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path

    def with_attributes(self, node: Node) -> Iterator[tuple[Node, Attributes]]:
        texts: list[str] = []
        for child in node.named_children:
            if child.type == "attribute_item":
                texts.append(flat(child, self._source))
            elif "comment" not in child.type:
                yield child, attributes_of(texts)
                texts = []

    def declared(
        self, node: Node, key: str, attributes: Attributes, *, public: bool,
        owner: Owner | None = None, order: int = 0,
    ) -> Item:  # fmt: skip
        sort = SORTS[node.type]
        generics = generics_of(node, self._source)
        bases: dict[str, str] = dict(attributes.derives)
        marks = attributes.marks
        body = node.child_by_field_name("body")
        modifiers: set[str] = set()
        type_, parameters, shown, provided = "", None, "", False
        numbers = numbers_of(*(owner.generics if owner else ()), *generics)
        if sort == "fn":
            type_, parameters, shown, told, modifiers = self._function(node, numbers)
            marks = marks | told
            provided = body is not None
        elif sort in ("const", "static", "type"):
            text = flat(node.child_by_field_name("type"), self._source)
            type_, shown = canonical(text, numbers), text
            provided = node.child_by_field_name("value") is not None or (
                sort == "type" and bool(text)
            )
            modifiers = {"mut"} if first_child(node, "mutable_specifier") is not None else set()
            if node.type == "associated_type":
                bases = supertraits(node, self._source)
        elif sort == "trait":
            bases = supertraits(node, self._source)
            modifiers = {"unsafe"} if has_token(node, "unsafe") else set()
        elif sort == "struct":
            marks = marks | {"shape": _shape(body)}
        start, end = head_span(node, body if sort in ("fn", "trait") else None)
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=end, public=public, generics=generics,
            modifiers=frozenset(modifiers), parameters=parameters, type=type_, shown=shown, bases=bases,
            marks=marks, order=order, provided=provided, deprecated=attributes.deprecated,
            conditions=attributes.conditions,
        )  # fmt: skip

    def _function(
        self, node: Node, numbers: dict[str, str]
    ) -> tuple[str, tuple[str, ...], str, dict[str, str], set[str]]:
        words = flat(first_child(node, "function_modifiers"), self._source)
        modifiers = {
            match[1] or f'extern "{match[2] or "C"}"' for match in _MODIFIERS.finditer(words)
        }
        marks: dict[str, str] = {}
        taken: list[str] = []
        listed = node.child_by_field_name("parameters")
        for child in listed.named_children if listed is not None else ():
            pattern = text_of(child.child_by_field_name("pattern"), self._source)
            if child.type == "self_parameter":
                marks["self"] = re.sub(r"'\w+\s*", "", flat(child, self._source)).replace("& ", "&")
                marks["self"] = re.sub(r"^mut self$", "self", marks["self"])
            elif pattern in ("self", "mut self"):
                type_ = canonical(flat(child.child_by_field_name("type"), self._source), numbers)
                plain = {"Self": "self", "&Self": "&self", "&mut Self": "&mut self"}
                marks["self"] = plain.get(type_, f"self: {type_}")
            elif child.type == "parameter":
                taken.append(
                    canonical(flat(child.child_by_field_name("type"), self._source), numbers)
                )
            elif child.type == "variadic_parameter":
                taken.append("...")
        result = flat(node.child_by_field_name("return_type"), self._source)
        given = canonical(result, numbers)
        if given == "()":
            given = ""
        future = re.fullmatch(r"impl Future<Output=(.*?)>(?:\+.*)?", given)
        if "async" in modifiers or future is not None:
            inner = given if future is None else future[1]
            modifiers.discard("async")
            given = f"impl Future<Output={inner or '()'}>"
            result = result if future is not None else f"impl Future<Output = {result or '()'}>"
        shown = flat(listed, self._source) + (f" -> {result}" if result and result != "()" else "")
        return given, tuple(taken), shown, marks, modifiers

    def fields(self, body: Node | None, owner: Owner) -> Iterator[Item]:
        numbers = numbers_of(*owner.generics)
        open_ = owner.sort == "variant"
        if body is None:
            return
        order = 0
        texts: list[str] = []
        public = open_
        for child in body.named_children:
            if child.type == "attribute_item":
                texts.append(flat(child, self._source))
            elif child.type == "visibility_modifier":
                public = text_of(child, self._source) == "pub"
            elif "comment" not in child.type:
                named = child.type == "field_declaration"
                name = (
                    text_of(child.child_by_field_name("name"), self._source)
                    if named
                    else str(order)
                )
                type_ = child.child_by_field_name("type") if named else child
                seen = self.is_public(child) if named and not open_ else public
                attributes = attributes_of(texts)
                yield self.made(
                    child, f"{owner.key}.{name}", "field", attributes, public=seen,
                    type_=canonical(flat(type_, self._source), numbers), shown=flat(type_, self._source),
                    order=order,
                )  # fmt: skip
                order, texts, public = order + 1, [], open_

    def variants(self, body: Node, owner: Owner) -> Iterator[Item]:
        order, number = 0, "0"
        for child, attributes in self.with_attributes(body):
            if child.type != "enum_variant":
                continue
            name = text_of(child.child_by_field_name("name"), self._source)
            value = flat(child.child_by_field_name("value"), self._source)
            number = value or number
            fields = child.child_by_field_name("body")
            made = self.made(
                child, f"{owner.key}.{name}", "variant", attributes, public=owner.public, shown=_shape(fields),
                order=order, type_=_as_number(number),
            )  # fmt: skip
            yield made
            yield from self.fields(fields, Owner(made.key, "variant", owner.public, owner.generics))
            order, number = order + 1, _next(number)

    def made(
        self, node: Node, key: str, sort: str, attributes: Attributes, *, public: bool,
        body: Node | None = None, type_: str = "", shown: str = "", order: int = 0,
    ) -> Item:  # fmt: skip
        start, end = head_span(node, body)
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=start if sort in ("mod", "macro") else end,
            public=public, type=type_, shown=shown, order=order, marks=attributes.marks,
            bases=dict(attributes.derives), deprecated=attributes.deprecated, conditions=attributes.conditions,
        )  # fmt: skip

    def is_public(self, node: Node) -> bool:
        return flat(first_child(node, "visibility_modifier"), self._source) == "pub"


def _shape(body: Node | None) -> str:
    if body is None:
        return "unit"
    return "tuple" if body.type == "ordered_field_declaration_list" else "struct"


def _as_number(text: str) -> str:
    try:
        return str(int(text.replace("_", ""), 0))
    except ValueError:
        return text


def _next(text: str) -> str:
    try:
        return str(int(text.replace("_", ""), 0) + 1)
    except ValueError:
        return f"{text} + 1"
