"""Reads single Rust declarations: functions, types with their fields and variants, constants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

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
_RECEIVERS = {"Self": "self", "&Self": "&self", "&mut Self": "&mut self"}


class RustOwner(Struct, frozen=True):
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
        """Yield what stands in a body, each with its attributes."""
        texts: list[str] = []
        for child in node.named_children:
            if child.type == "attribute_item":
                texts.append(flat(child, self._source))
            elif "comment" not in child.type:
                yield child, attributes_of(texts)
                texts = []

    def declaration(
        self,
        node: Node,
        key: str,
        attributes: Attributes,
        *,
        public: bool,
        owner: RustOwner | None = None,
    ) -> Item:
        """Return a function, a type, a trait, a constant or a static.

        Args:
            node: The declaration.
            key: Its key.
            attributes: What its attributes say.
            public: Whether callers see it.
            owner: The type or trait that it is a member of.
        """
        generics = generics_of(node, self._source)
        numbers = numbers_of(*(owner.generics if owner else ()), *generics)
        sort = SORTS[node.type]
        body = node.child_by_field_name("body")
        start, end = head_span(node, body if sort in ("fn", "trait") else None)
        item = Item(
            key=key, sort=sort, path=self._path, start=start, end=end, public=public, generics=generics,
            bases=dict(attributes.derives), marks=dict(attributes.marks), deprecated=attributes.deprecated,
            conditions=attributes.conditions,
        )  # fmt: skip
        if sort == "fn":
            return self._function(node, item, numbers)
        if sort in ("const", "static", "type"):
            return self._value(node, item, numbers)
        if sort == "trait":
            words = frozenset(("unsafe",)) if has_token(node, "unsafe") else frozenset[str]()
            item = replace(item, bases=supertraits(node, self._source), modifiers=words)
        marks = {**item.marks, "shape": _shape(body)} if sort == "struct" else dict(item.marks)
        if body is not None and generics:
            # Where a generic uses its parameters tells whether they only have other names.
            marks["uses"] = canonical(flat(body, self._source), numbers)
        return replace(item, marks=marks)

    def _value(self, node: Node, item: Item, numbers: dict[str, str]) -> Item:
        text = flat(node.child_by_field_name("type"), self._source)
        has_value = node.child_by_field_name("value") is not None or (
            item.sort == "type" and bool(text)
        )
        bases = supertraits(node, self._source) if node.type == "associated_type" else item.bases
        words = frozenset(("mut",)) if first_child(node, "mutable_specifier") else frozenset[str]()
        return replace(
            item,
            type=canonical(text, numbers),
            shown=text,
            provided=has_value,
            bases=bases,
            modifiers=words,
        )

    def _function(self, node: Node, item: Item, numbers: dict[str, str]) -> Item:
        listed = node.child_by_field_name("parameters")
        receiver, taken = self._parameters(listed, numbers)
        words = flat(first_child(node, "function_modifiers"), self._source)
        modifiers = {
            match[1] or f'extern "{match[2] or "C"}"' for match in _MODIFIERS.finditer(words)
        }
        result = flat(node.child_by_field_name("return_type"), self._source)
        result_type = canonical(result, numbers).removeprefix("()")
        future = re.fullmatch(r"impl Future<Output=(.*?)>(?:\+.*)?", result_type)
        if "async" in modifiers:
            modifiers.discard("async")
            result_type, result = (
                f"impl Future<Output={result_type or '()'}>",
                f"impl Future<Output = {result or '()'}>",
            )
        elif future is not None:
            result_type = f"impl Future<Output={future[1]}>"
        shown = flat(listed, self._source) + (f" -> {result}" if result_type else "")
        return replace(
            item, parameters=taken, type=result_type, shown=shown, modifiers=frozenset(modifiers),
            marks={**item.marks, **receiver}, provided=node.child_by_field_name("body") is not None,
        )  # fmt: skip

    def _parameters(
        self, listed: Node | None, numbers: dict[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return what a method is called on, and the types of what it takes."""
        receiver: dict[str, str] = {}
        taken: list[str] = []
        for child in listed.named_children if listed is not None else ():
            pattern = text_of(child.child_by_field_name("pattern"), self._source)
            type_ = canonical(flat(child.child_by_field_name("type"), self._source), numbers)
            if child.type == "self_parameter":
                text = re.sub(r"'\w+\s*", "", flat(child, self._source)).replace("& ", "&")
                receiver["self"] = "self" if text == "mut self" else text
            elif pattern in ("self", "mut self"):
                receiver["self"] = _RECEIVERS.get(type_, f"self: {type_}")
            elif child.type == "parameter":
                taken.append(type_)
            elif child.type == "variadic_parameter":
                taken.append("...")
        return receiver, tuple(taken)

    def fields(self, body: Node | None, owner: RustOwner) -> Iterator[Item]:
        """Yield the fields of a struct, a union or a variant."""
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
                made = self.plain_item(
                    child, f"{owner.key}.{name}", "field", attributes, public=seen
                )
                text = flat(type_, self._source)
                yield replace(made, type=canonical(text, numbers), shown=text, order=order)
                order, texts, public = order + 1, [], open_

    def variants(self, body: Node, owner: RustOwner) -> Iterator[Item]:
        """Yield the variants of an enum, each before its fields."""
        order, number = 0, "0"
        for child, attributes in self.with_attributes(body):
            if child.type != "enum_variant":
                continue
            name = text_of(child.child_by_field_name("name"), self._source)
            value = flat(child.child_by_field_name("value"), self._source)
            number = value or number
            fields = child.child_by_field_name("body")
            made = self.plain_item(
                child, f"{owner.key}.{name}", "variant", attributes, public=owner.public
            )
            made = replace(
                made,
                type=_as_number(number),
                shown=_shape(fields),
                order=order,
                provided=bool(value),
            )
            yield made
            yield from self.fields(
                fields, RustOwner(made.key, "variant", owner.public, owner.generics)
            )
            order, number = order + 1, _next(number)

    def plain_item(
        self, node: Node, key: str, sort: str, attributes: Attributes, *, public: bool
    ) -> Item:
        """Return an item that has no types of its own: a module, a macro, a variant, a field."""
        start, end = head_span(node, None)
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=start if sort in ("mod", "macro") else end,
            public=public, marks=attributes.marks, bases=dict(attributes.derives),
            deprecated=attributes.deprecated, conditions=attributes.conditions,
        )  # fmt: skip

    def is_public(self, node: Node) -> bool:
        """Tell whether a declaration is `pub` without limits."""
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
