"""Reads what a Rust file declares, module by module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import Item, TypeParameter
from diff_insight.facts.code.api.rust_attributes import Attributes, attributes_of
from diff_insight.facts.code.api.rust_module import Child, Impl, Module, Use
from diff_insight.facts.code.api.rust_types import canonical, generics_of, numbers_of, supertraits
from diff_insight.facts.code.api.syntax import (
    Node,
    children_of,
    damaged_lines,
    first_child,
    flat,
    has_token,
    head_span,
    parse,
    text_of,
)
from diff_insight.facts.code.grammars import RUST

_SORTS = {
    "struct_item": "struct", "enum_item": "enum", "union_item": "union", "trait_item": "trait", "type_item": "type",
    "const_item": "const", "static_item": "static", "function_item": "fn", "function_signature_item": "fn",
    "associated_type": "type",
}  # fmt: skip
_WORD = re.compile(rb"[A-Za-z_]\w+")
_MODIFIERS = re.compile(r"\b(async|unsafe|safe|const)\b|extern(?:\s*\"([^\"]*)\")?")
_DEEPEST = 30


def read_rust(text: str, path: str) -> Module | None:
    """Return the module of a file; None where the parser is not here or gets stuck."""
    source = text.encode("utf-8", "replace")
    root = parse(RUST, source)
    if root is None:
        return None
    module = Module(path)
    _Reader(source, path).fill(module, root, 0)
    module.damaged = damaged_lines(root)
    return module


class _Owner(Struct, frozen=True):
    """What a member belongs to."""

    key: str
    sort: str
    public: bool
    generics: tuple[TypeParameter, ...] = ()


class _Reader:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path

    def fill(self, module: Module, node: Node, depth: int) -> None:
        """Put into a module what stands in its body."""
        for child, attributes in self._with_attributes(node):
            if attributes.test or depth > _DEEPEST:
                continue
            if child.type == "mod_item":
                self._child(module, child, attributes, depth)
            elif child.type == "use_declaration":
                self._uses(module, child, attributes)
            elif child.type == "extern_crate_declaration":
                self._extern_crate(module, child)
            elif child.type == "impl_item":
                self._impl(module, child, attributes)
            elif child.type == "macro_definition":
                module.items.append(self._macro(module, child, attributes))
            elif child.type == "foreign_mod_item":
                body = child.child_by_field_name("body")
                if body is not None:
                    before = len(module.items)
                    self.fill(module, body, depth + 1)
                    module.items[before:] = [_as_foreign(item) for item in module.items[before:]]
            elif child.type in ("macro_invocation", "expression_statement"):
                module.macro_words.update(
                    word.decode()
                    for word in _WORD.findall(self._source[child.start_byte : child.end_byte])
                )
            elif child.type in _SORTS:
                self._item(module, child, attributes)

    def _with_attributes(self, node: Node) -> Iterator[tuple[Node, Attributes]]:
        texts: list[str] = []
        for child in node.named_children:
            if child.type == "attribute_item":
                texts.append(flat(child, self._source))
            elif "comment" not in child.type:
                yield child, attributes_of(texts)
                texts = []

    def _child(self, module: Module, node: Node, attributes: Attributes, depth: int) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        body = node.child_by_field_name("body")
        public = self._is_public(node)
        prefix = f"{module.prefix}{name}."
        inner = Module(self._path, prefix) if body is not None else None
        item = self._made(
            node, f"{module.prefix}{name}", "mod", attributes, public=public, body=body
        )
        module.children[name] = Child(
            public, attributes.hidden, item, inner, attributes.marks.get("path", "")
        )
        if inner is not None and body is not None:
            texts = [flat(one, self._source) for one in children_of(body, "inner_attribute_item")]
            module.children[name].hidden |= attributes_of(texts).hidden
            self.fill(inner, body, depth + 1)

    def _item(self, module: Module, node: Node, attributes: Attributes) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        item = self._declared(
            node, f"{module.prefix}{name}", attributes, public=self._is_public(node)
        )
        module.items.append(item)
        owner = _Owner(item.key, item.sort, item.public, item.generics)
        body = node.child_by_field_name("body")
        if body is not None and item.generics and item.sort != "fn":
            # Where a generic uses its parameters tells whether they only have other names.
            item.marks["uses"] = canonical(flat(body, self._source), numbers_of(*item.generics))
        if item.sort in ("struct", "union"):
            module.members.setdefault(name, []).extend(self._fields(body, owner))
        elif item.sort == "enum" and body is not None:
            module.members.setdefault(name, []).extend(self._variants(body, owner))
        elif item.sort == "trait" and body is not None:
            module.members.setdefault(name, []).extend(
                self._declared(
                    child, f"{item.key}.{text_of(child.child_by_field_name('name'), self._source)}", told,
                    public=item.public, owner=owner, order=order,
                )
                for order, (child, told) in enumerate(self._with_attributes(body))
                if child.type in _SORTS
            )  # fmt: skip
            module.macro_words.update(
                word.decode() for child in children_of(body, "macro_invocation")
                for word in _WORD.findall(self._source[child.start_byte : child.end_byte])
            )  # fmt: skip

    def _declared(
        self, node: Node, key: str, attributes: Attributes, *, public: bool,
        owner: _Owner | None = None, order: int = 0,
    ) -> Item:  # fmt: skip
        sort = _SORTS[node.type]
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

    def _fields(self, body: Node | None, owner: _Owner) -> Iterator[Item]:
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
                seen = self._is_public(child) if named and not open_ else public
                attributes = attributes_of(texts)
                yield self._made(
                    child, f"{owner.key}.{name}", "field", attributes, public=seen,
                    type_=canonical(flat(type_, self._source), numbers), shown=flat(type_, self._source),
                    order=order,
                )  # fmt: skip
                order, texts, public = order + 1, [], open_

    def _variants(self, body: Node, owner: _Owner) -> Iterator[Item]:
        order, number = 0, "0"
        for child, attributes in self._with_attributes(body):
            if child.type != "enum_variant":
                continue
            name = text_of(child.child_by_field_name("name"), self._source)
            value = flat(child.child_by_field_name("value"), self._source)
            number = value or number
            fields = child.child_by_field_name("body")
            made = self._made(
                child, f"{owner.key}.{name}", "variant", attributes, public=owner.public, shown=_shape(fields),
                order=order, type_=_as_number(number),
            )  # fmt: skip
            yield made
            yield from self._fields(
                fields, _Owner(made.key, "variant", owner.public, owner.generics)
            )
            order, number = order + 1, _next(number)

    def _impl(self, module: Module, node: Node, attributes: Attributes) -> None:
        type_ = canonical(flat(node.child_by_field_name("type"), self._source))
        trait_node = node.child_by_field_name("trait")
        trait = canonical(flat(trait_node, self._source))
        if has_token(node, "!"):
            return
        generics = generics_of(node, self._source)
        name = re.sub(r"^&(?:mut )?|<.*", "", type_)
        body = node.child_by_field_name("body")
        owner = _Owner(f"{module.prefix}{name}", "impl", True, generics)
        members: list[Item] = []
        for child, told in self._with_attributes(body) if body is not None else ():
            if child.type in ("macro_invocation", "expression_statement"):
                module.macro_words.update(
                    word.decode()
                    for word in _WORD.findall(self._source[child.start_byte : child.end_byte])
                )
            if child.type not in _SORTS or told.test:
                continue
            key = f"{owner.key}.{text_of(child.child_by_field_name('name'), self._source)}"
            public = self._is_public(child) and not attributes.hidden
            hidden = {"hidden": ""} if attributes.hidden else {}
            merged = Attributes(told.marks | hidden, told.derives, told.conditions | attributes.conditions,
                                told.hidden or attributes.hidden, told.deprecated, test=False)  # fmt: skip
            members.append(self._declared(child, key, merged, public=public, owner=owner))
        blanket = any(one.name == name for one in generics)
        module.impls.append(Impl(name, trait, tuple(members), blanket, node.start_point[0] + 1))

    def _macro(self, module: Module, node: Node, attributes: Attributes) -> Item:
        name = text_of(node.child_by_field_name("name"), self._source)
        public = "macro_export" in attributes.marks
        return self._made(node, f"{module.prefix}{name}", "macro", attributes, public=public)

    def _uses(self, module: Module, node: Node, attributes: Attributes) -> None:
        public = self._is_public(node)
        line = node.start_point[0] + 1
        argument = node.child_by_field_name("argument")
        for path, name in self._paths(argument, (), 0):
            module.uses.append(Use(path, name, public, attributes.hidden, line))

    def _extern_crate(self, module: Module, node: Node) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        alias = text_of(node.child_by_field_name("alias"), self._source) or name
        module.uses.append(
            Use((name,), alias, self._is_public(node), False, node.start_point[0] + 1)
        )  # noqa: FBT003

    def _paths(
        self, node: Node | None, before: tuple[str, ...], depth: int
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the path and the name of everything that a `use` takes."""
        if node is None or depth > _DEEPEST:
            return
        if node.type == "use_list":
            for child in node.named_children:
                yield from self._paths(child, before, depth + 1)
        elif node.type == "scoped_use_list":
            path = _segments(flat(node.child_by_field_name("path"), self._source))
            yield from self._paths(node.child_by_field_name("list"), (*before, *path), depth + 1)
        elif node.type == "use_wildcard":
            yield (*before, *_segments(flat(node, self._source).removesuffix("*"))), "*"
        elif node.type == "use_as_clause":
            path = _segments(flat(node.child_by_field_name("path"), self._source))
            yield (*before, *path), text_of(node.child_by_field_name("alias"), self._source)
        elif "comment" not in node.type:
            path = (*before, *_segments(flat(node, self._source)))
            if path[-1:] == ("self",):
                path = path[:-1]
            if path:
                yield path, path[-1]

    def _made(
        self, node: Node, key: str, sort: str, attributes: Attributes, *, public: bool,
        body: Node | None = None, type_: str = "", shown: str = "", order: int = 0,
    ) -> Item:  # fmt: skip
        start, end = head_span(node, body)
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=start if sort in ("mod", "macro") else end,
            public=public, type=type_, shown=shown, order=order, marks=attributes.marks,
            bases=dict(attributes.derives), deprecated=attributes.deprecated, conditions=attributes.conditions,
        )  # fmt: skip

    def _is_public(self, node: Node) -> bool:
        return flat(first_child(node, "visibility_modifier"), self._source) == "pub"


def _as_foreign(item: Item) -> Item:
    """Return a function of another language, which is unsafe unless it says otherwise."""
    if item.sort != "fn" or "safe" in item.modifiers:
        return item
    return replace(item, modifiers=item.modifiers | {"unsafe"})


def _segments(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("::") if part.strip())


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


def all_modules(
    module: Module, path: Sequence[str] = ()
) -> Iterator[tuple[tuple[str, ...], Module]]:
    """Yield a module and those within it, with their names below it."""
    yield tuple(path), module
    for name, child in module.children.items():
        if child.module is not None:
            yield from all_modules(child.module, (*path, name))
