"""Reads what a C# file declares: types with their members, by namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.csharp_types import canonical, parameters_of
from diff_insight.facts.code.api.item import Item, TypeParameter
from diff_insight.facts.code.api.syntax import (
    LARGEST,
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
from diff_insight.facts.code.grammars import CSHARP

TYPES = {
    "class_declaration": "class", "interface_declaration": "interface", "enum_declaration": "enum",
    "struct_declaration": "struct", "record_declaration": "record", "record_struct_declaration": "record struct",
    "delegate_declaration": "delegate",
}  # fmt: skip
_METHODS = {
    "method_declaration": "method", "constructor_declaration": "constructor", "operator_declaration": "operator",
    "conversion_operator_declaration": "operator", "indexer_declaration": "indexer",
}  # fmt: skip
_WORDS = frozenset("public protected internal private static abstract sealed virtual override readonly const "
                   "required partial new extern async ref unsafe file".split())  # fmt: skip
_DEEPEST = 20


class CSharpFile(Struct, frozen=True):
    """What one file declares, and the lines that could not be read."""

    items: tuple[Item, ...]
    damaged: list[tuple[int, int]]


class _CSharpOwner(Struct, frozen=True):
    key: str = ""
    sort: str = ""
    public: bool = True
    heirs: bool = False
    closed: bool = False


def read_csharp(text: str, path: str) -> CSharpFile | None:
    """Return what a file declares; None where the parser is not here or gets stuck."""
    if len(text) > LARGEST:
        return None
    source = text.encode("utf-8", "replace")
    root = parse(CSHARP, source)
    if root is None:
        return None
    reader = _CSharpReader(source, path)
    return CSharpFile(tuple(reader.within(root, _CSharpOwner(), 0)), damaged_lines(root))


class _CSharpReader:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path

    def within(self, node: Node, owner: _CSharpOwner, depth: int) -> Iterator[Item]:
        """Yield what a namespace or a file declares."""
        for child in node.named_children if depth < _DEEPEST else ():
            if child.type == "file_scoped_namespace_declaration":
                owner = _CSharpOwner(flat(child.child_by_field_name("name"), self._source))
                yield from self.within(child, owner, depth + 1)
            elif child.type == "namespace_declaration":
                name = flat(child.child_by_field_name("name"), self._source)
                inner = _CSharpOwner(f"{owner.key}.{name}" if owner.key else name)
                body = child.child_by_field_name("body")
                yield from self.within(body, inner, depth + 1) if body is not None else ()
            elif child.type in TYPES:
                yield from self._type(child, owner, depth)
            elif child.type.startswith("preproc_"):
                yield from self.within(child, owner, depth + 1)

    def _type(self, node: Node, owner: _CSharpOwner, depth: int) -> Iterator[Item]:
        sort = TYPES[node.type]
        words = self._words(node)
        generics = self._generics(node)
        name = text_of(node.child_by_field_name("name"), self._source)
        arity = f"`{len(generics)}" if generics else ""
        key = f"{owner.key}.{name}{arity}" if owner.key else name + arity
        body = node.child_by_field_name("body")
        start, end = head_span(node, body)
        public, heirs = self._access(words, owner)
        if sort == "record" and any(child.type == "struct" for child in node.children):
            sort = "record struct"
        listed = first_child(node, "parameter_list") or node.child_by_field_name("parameters")
        item = Item(
            key=key, sort=sort, path=self._path, start=start, end=end, public=public, heirs=heirs,
            modifiers=words, generics=generics, bases=self._bases(node), marks=self._marks(node), shown=sort,
        )  # fmt: skip
        item = replace(item, deprecated="Obsolete" in item.marks)
        if sort == "enum":
            base = flat(first_child(node, "base_list"), self._source).removeprefix(":").strip()
            item = replace(item, type=canonical(base) or "int")
        if sort == "delegate":
            type_ = flat(node.child_by_field_name("type"), self._source)
            taken = parameters_of(listed, self._source)
            yield replace(item, parameters=taken.types, type=canonical(type_), shown=taken.shown)
            return
        yield item
        inner = _CSharpOwner(
            key, sort, public, heirs, closed=bool({"sealed", "static"} & words) or "struct" in sort
        )
        members = list(self._members(body, inner, depth)) if body is not None else []
        yield from members
        if listed is not None:
            yield from self._positional(listed, inner, name)
        elif sort == "class" and "static" not in words:
            yield from self._implicit(item, name, members)

    def _implicit(self, item: Item, name: str, members: Sequence[Item]) -> Iterator[Item]:
        """Yield the constructor that a class has without a word, where it declares none."""
        if not any(member.sort == "constructor" for member in members):
            yield Item(
                key=f"{item.key}.{name}()", sort="constructor", path=self._path, start=item.start, end=item.end,
                public=item.public, heirs=item.heirs or "abstract" in item.modifiers, parameters=(), shown="()",
                marks={"implicit": ""},
            )  # fmt: skip

    def _members(self, body: Node, owner: _CSharpOwner, depth: int) -> Iterator[Item]:
        for order, node in enumerate(body.named_children):
            if node.type in TYPES:
                yield from self._type(node, owner, depth + 1)
            elif node.type.startswith("preproc_"):
                yield from self._members(node, owner, depth + 1) if depth < _DEEPEST else ()
            elif first_child(node, "explicit_interface_specifier") is None:
                # What is there for an interface alone, callers reach through it.
                yield from (replace(item, order=order) for item in self._member(node, owner))

    def _member(self, node: Node, owner: _CSharpOwner) -> Iterator[Item]:
        if node.type in _METHODS:
            yield self._method(node, owner)
        elif node.type in ("field_declaration", "event_field_declaration"):
            yield from self._fields(node, owner)
        elif node.type in ("property_declaration", "event_declaration"):
            yield from self._property(node, owner)
        elif node.type == "enum_member_declaration":
            yield self._value(node, owner)

    def _value(self, node: Node, owner: _CSharpOwner) -> Item:
        made = self._item(
            node, owner, text_of(node.child_by_field_name("name"), self._source), "value"
        )
        value = flat(node.child_by_field_name("value"), self._source)
        return replace(made, public=owner.public, heirs=owner.heirs, type=value)

    def _method(self, node: Node, owner: _CSharpOwner) -> Item:
        sort = _METHODS[node.type]
        listed = node.child_by_field_name("parameters")
        taken = parameters_of(listed, self._source)
        result = node.child_by_field_name("returns") or node.child_by_field_name("type")
        generics = self._generics(node)
        name = text_of(node.child_by_field_name("name"), self._source)
        if sort == "operator":
            operator = node.child_by_field_name("operator")
            name = f"operator {text_of(operator, self._source)}".strip()
        elif sort == "indexer":
            name = "this"
        if sort == "operator" and node.type.startswith("conversion"):
            name = f"operator {flat(result, self._source)}"
        arity = f"`{len(generics)}" if generics else ""
        body = node.child_by_field_name("body") or node.child_by_field_name("accessors")
        made = self._item(node, owner, f"{name}{arity}({','.join(taken.types)})", sort, body)
        type_ = flat(result, self._source)
        words = made.modifiers
        if owner.sort == "interface" and body is None and "static" not in words:
            words = words | {"abstract"}
        return replace(
            made, parameters=taken.types, optional=taken.optional, generics=generics,
            modifiers=words | ({"this"} if taken.extends else set()), signature=taken.arguments,
            type=canonical(type_), shown=taken.shown, provided=body is not None,
        )  # fmt: skip

    def _fields(self, node: Node, owner: _CSharpOwner) -> Iterator[Item]:
        declared = first_child(node, "variable_declaration")
        if declared is None:
            return
        sort = "event" if node.type.startswith("event") else "field"
        type_ = flat(declared.child_by_field_name("type"), self._source)
        for child in children_of(declared, "variable_declarator"):
            name = text_of(child.child_by_field_name("name"), self._source)
            made = self._item(node, owner, name, sort)
            yield replace(made, type=canonical(type_), shown=type_)

    def _property(self, node: Node, owner: _CSharpOwner) -> Iterator[Item]:
        name = text_of(node.child_by_field_name("name"), self._source)
        accessors = node.child_by_field_name("accessors")
        sort = "event" if node.type.startswith("event") else "property"
        made = self._item(node, owner, name, sort, accessors)
        type_ = flat(node.child_by_field_name("type"), self._source)
        words = {"get"} if accessors is None else set[str]()
        bodies = accessors is None
        for child in (
            children_of(accessors, "accessor_declaration") if accessors is not None else ()
        ):
            hidden = {"private", "internal"} & self._words(child)
            kind = next(
                (word.type for word in child.children if word.type in ("get", "set", "init")), ""
            )
            words |= {kind} if kind and not hidden else set()
            bodies = bodies or child.child_by_field_name("body") is not None
        if owner.sort == "interface" and not bodies and "static" not in made.modifiers:
            words |= {"abstract"}
        yield replace(
            made,
            type=canonical(type_),
            shown=type_,
            modifiers=made.modifiers | words,
            provided=bodies,
        )

    def _positional(self, listed: Node, owner: _CSharpOwner, name: str) -> Iterator[Item]:
        taken = parameters_of(listed, self._source)
        made = self._item(listed, owner, f"{name}({','.join(taken.types)})", "constructor")
        yield replace(
            made,
            public=owner.public,
            parameters=taken.types,
            shown=taken.shown,
            optional=taken.optional,
        )
        if not owner.sort.startswith("record"):
            return  # the parameters of a class are its own affair
        for type_, called in zip(taken.types, taken.names, strict=True):
            made = self._item(listed, owner, called, "property")
            words = frozenset(("get",))
            yield replace(made, public=owner.public, type=type_, shown=type_, modifiers=words)

    def _item(
        self, node: Node, owner: _CSharpOwner, name: str, sort: str, body: Node | None = None
    ) -> Item:
        words, marks = self._words(node), self._marks(node)
        public, heirs = self._access(words, owner)
        start, end = head_span(node, body)
        return Item(
            key=f"{owner.key}.{name}", sort=sort, path=self._path, start=start, end=end, public=public,
            heirs=heirs, modifiers=words, marks=marks, deprecated="Obsolete" in marks,
        )  # fmt: skip

    def _access(self, words: frozenset[str], owner: _CSharpOwner) -> tuple[bool, bool]:
        """Return whether callers see a thing, and whether only heirs of its owner do."""
        if not owner.public or "file" in words:
            return False, owner.heirs
        if owner.sort == "interface" and not {"private", "internal", "protected"} & words:
            return True, owner.heirs
        if "protected" in words and "private" not in words:
            return not owner.closed, True
        return "public" in words, owner.heirs

    def _words(self, node: Node) -> frozenset[str]:
        words = {text_of(child, self._source) for child in children_of(node, "modifier")}
        words |= {"ref"} if node.type == "struct_declaration" and has_token(node, "ref") else set()
        return frozenset(words & _WORDS)

    def _marks(self, node: Node) -> dict[str, str]:
        return {
            flat(attribute.child_by_field_name("name"), self._source).rpartition(".")[2].removesuffix("Attribute"):
            flat(first_child(attribute, "attribute_argument_list"), self._source)
            for listed in children_of(node, "attribute_list") for attribute in children_of(listed, "attribute")
        }  # fmt: skip

    def _generics(self, node: Node) -> tuple[TypeParameter, ...]:
        listed = node.child_by_field_name("type_parameters") or first_child(
            node, "type_parameter_list"
        )
        asked: dict[str, set[str]] = {}
        for clause in children_of(node, "type_parameter_constraints_clause"):
            name, *_ = [text_of(constraint, self._source) for constraint in clause.named_children]
            asked[name] = {
                canonical(flat(constraint, self._source))
                for constraint in children_of(clause, "type_parameter_constraint")
            }
        children: Sequence[Node] = listed.named_children if listed is not None else ()
        generics = []
        for parameter in children:
            if parameter.type == "type_parameter":
                name = text_of(parameter.child_by_field_name("name") or parameter, self._source)
                way = next(
                    (child.type for child in parameter.children if child.type in ("in", "out")),
                    "type",
                )
                generics.append(TypeParameter(way, name, frozenset(asked.get(name, ()))))
        return tuple(generics)

    def _bases(self, node: Node) -> dict[str, str]:
        listed = first_child(node, "base_list")
        if listed is None or node.type == "enum_declaration":
            return {}
        texts = [
            flat(base, self._source)
            for base in listed.named_children
            if "argument" not in base.type
        ]
        return {re.sub(r"\(.*", "", canonical(text)): text for text in texts}
