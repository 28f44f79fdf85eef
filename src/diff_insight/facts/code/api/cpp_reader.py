"""Reads what a header of C or C++ declares: functions, types with members, macros, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.classes import Unit
from diff_insight.facts.code.api.cpp_text import guard_of, readable
from diff_insight.facts.code.api.cpp_types import Declarator, canonical, declarator_of
from diff_insight.facts.code.api.item import Argument, Item, TypeParameter
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
from diff_insight.facts.code.grammars import CPP

#: What a namespace declares outside of types.
LOOSE = "*"
_TYPES = {"class_specifier": "class", "struct_specifier": "struct", "union_specifier": "union", "enum_specifier": "enum"}
_VALUES = ("declaration", "field_declaration", "function_definition")
_THROUGH = ("preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif", "linkage_specification", "declaration_list")
_HIDDEN = re.compile(r"(?i)^(?:detail|details|internal|impl|private|_.*|.*_detail|.*_internal)$")
_WORDS = frozenset("static virtual explicit inline constexpr extern const friend noexcept final override".split())
_DEEPEST = 14


class _CppOwner(Struct):
    """A namespace or a type while it is read."""

    key: str = ""
    sort: str = "namespace"
    access: str = "public"
    seen: bool = True
    members: dict[str, Item] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """Return the full name of a type or namespace in this one."""
        return f"{self.key}::{name}" if self.key else name


def read_cpp(text: str, path: str) -> list[Unit]:
    """Return the types of a header, and a unit for each namespace of what stands outside of types."""
    if len(text) > LARGEST:
        return []
    guard = guard_of(text)
    source = readable(text).encode("utf-8", "replace")
    root = parse(CPP, source)
    if root is None:
        return []
    reader = _CppReader(source, path, guard, complete=not damaged_lines(root))
    return list(reader.units(root))


class _CppReader:
    def __init__(self, source: bytes, path: str, guard: str, *, complete: bool) -> None:
        self._source = source
        self._path = path
        self._guard = guard
        self._complete = complete
        self._units: list[Unit] = []
        self._spaces: dict[str, _CppOwner] = {}

    def units(self, root: Node) -> Iterator[Unit]:
        """Yield what the header declares."""
        self._within(root, self._space("", seen=True), 0, ())
        yield from self._units
        for key, space in self._spaces.items():
            if space.members:
                name = f"{key}::{LOOSE}" if key else LOOSE
                item = Item(key=name, sort="namespace", path=self._path, public=space.seen)
                yield Unit(item, space.members, complete=self._complete)

    def _space(self, key: str, *, seen: bool) -> _CppOwner:
        return self._spaces.setdefault(key, _CppOwner(key, seen=seen))

    def _within(self, node: Node, owner: _CppOwner, depth: int, generics: tuple[TypeParameter, ...]) -> None:
        for child in node.named_children if depth < _DEEPEST else ():
            kind = child.type
            if kind == "namespace_definition":
                self._namespace(child, owner, depth)
            elif kind == "access_specifier":
                owner.access = flat(child, self._source).rstrip(":").strip()
            elif kind == "template_declaration":
                self._template(child, owner, depth)
            elif kind in _TYPES:
                self._type(child, owner, depth, generics)
            elif kind in _VALUES:
                self._declaration(child, owner, depth, generics)
            elif kind == "type_definition":
                self._typedef(child, owner, depth)
            elif kind == "alias_declaration":
                name = text_of(child.child_by_field_name("name"), self._source)
                type_ = flat(child.child_by_field_name("type"), self._source)
                self._put(child, owner, name, "alias", type_=canonical(type_), shown=type_, generics=generics)
            elif kind in ("preproc_def", "preproc_function_def"):
                self._macro(child)
            elif kind in _THROUGH:
                body = child.child_by_field_name("body") if kind == "linkage_specification" else child
                self._within(body if body is not None else child, owner, depth + 1, generics)

    def _namespace(self, node: Node, owner: _CppOwner, depth: int) -> None:
        named = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if body is None or named is None:
            return  # without a name it is for this file alone
        inline = has_token(node, "inline")
        name = "" if inline else flat(named, self._source).replace(" ", "")
        key = owner.key if inline else owner.named(name)
        seen = owner.seen and not any(_HIDDEN.match(part) for part in name.split("::") if part)
        self._within(body, self._space(key, seen=seen), depth + 1, ())

    def _template(self, node: Node, owner: _CppOwner, depth: int) -> None:
        listed = node.child_by_field_name("parameters")
        names = []
        for one in listed.named_children if listed is not None else ():
            text = flat(one, self._source)
            if one.type != "comment":
                name = re.sub(r"\s*=.*", "", text).split()[-1]
                names.append(TypeParameter("type", name, optional="=" in text or "..." in text))
        self._within(node, owner, depth + 1, tuple(names))

    def _type(self, node: Node, owner: _CppOwner, depth: int, generics: tuple[TypeParameter, ...], name: str = "") -> None:
        body = node.child_by_field_name("body")
        named = node.child_by_field_name("name")
        if body is None or (named is not None and named.type == "template_type"):
            return  # a name alone, or one special case of a template
        name = name or flat(named, self._source)
        sort = _TYPES[node.type]
        if sort == "enum" and has_token(node, "class", "struct"):
            sort = "enum class"
        seen = owner.seen and owner.access != "private" and not name.startswith("_")
        start, end = head_span(node, body)
        words = frozenset(flat(one, self._source) for one in children_of(node, "virtual_specifier"))
        inner = _CppOwner(owner.named(name), sort, "private" if sort == "class" else "public", seen and bool(name))
        if sort.startswith("enum"):
            target = inner if name else owner
            self._values(body, target, inner.key if name else owner.key)
            if name and sort == "enum":  # its values stand beside it
                for key, item in inner.members.items():
                    owner.members.setdefault(key, replace(item, key=owner.key + "." + key if owner.key else key))
        elif name:
            self._within(body, inner, depth + 1, ())
        if not name:
            return
        base = flat(node.child_by_field_name("base"), self._source)
        item = Item(
            key=inner.key, sort=sort, path=self._path, start=start, end=end, public=seen, modifiers=words,
            bases=self._bases(node), generics=generics, type=canonical(base), shown=base,
            heirs=owner.access == "protected",
        )  # fmt: skip
        self._units.append(Unit(item, inner.members, tuple(item.bases), self._complete))

    def _bases(self, node: Node) -> dict[str, str]:
        clause = first_child(node, "base_class_clause")
        found: dict[str, str] = {}
        access = "private" if node.type == "class_specifier" else "public"
        current = access
        for child in clause.children if clause is not None else ():
            if child.type == ",":
                current = access
            elif child.type == "access_specifier" or child.type in ("public", "private", "protected"):
                current = flat(child, self._source)
            elif child.is_named and child.type != "virtual" and current == "public":
                shown = flat(child, self._source)
                found[re.sub(r"<.*", "", shown).removeprefix("::")] = shown
        return found

    def _values(self, body: Node, target: _CppOwner, owner: str) -> None:
        for order, one in enumerate(children_of(body, "enumerator")):
            name = text_of(one.child_by_field_name("name"), self._source)
            value = flat(one.child_by_field_name("value"), self._source)
            start, end = head_span(one, None)
            target.members[name] = Item(
                key=f"{owner}.{name}" if owner else name, sort="value", path=self._path, start=start, end=end,
                public=target.seen, type=value, shown=value, order=order,
            )  # fmt: skip

    def _declaration(self, node: Node, owner: _CppOwner, depth: int, generics: tuple[TypeParameter, ...]) -> None:
        type_ = node.child_by_field_name("type")
        if type_ is not None and type_.type in _TYPES:
            self._type(type_, owner, depth, generics)
        words = self._words(node)
        if "friend" in words or (owner.sort == "namespace" and "static" in words and "inline" not in words):
            return
        given = flat(type_, self._source) if type_ is None or type_.type not in _TYPES else flat(
            type_.child_by_field_name("name"), self._source)  # fmt: skip
        qualifiers = {flat(one, self._source) for one in children_of(node, "type_qualifier")} & {"const", "volatile"}
        given = " ".join((*sorted(qualifiers), given))
        for index, child in enumerate(node.children):
            if node.field_name_for_child(index) == "declarator":
                declared = declarator_of(child, given, self._source)
                if declared.name:
                    self._declared(node, owner, declared, words, generics)

    def _declared(
        self, node: Node, owner: _CppOwner, declared: Declarator, words: frozenset[str], generics: tuple[TypeParameter, ...],
    ) -> None:  # fmt: skip
        body = node.child_by_field_name("body")
        words = words | declared.words
        if owner.sort == "namespace" and "::" in declared.name:
            return  # a definition of what a class declares
        if not declared.called:
            sort = "field" if owner.sort != "namespace" else "variable"
            type_ = canonical(declared.type)
            self._put(node, owner, declared.name, sort, words=words, type_=type_, shown=declared.type.strip())
            return
        simple = owner.key.rpartition("::")[2]
        sort = "function" if owner.sort == "namespace" else "method"
        if declared.name == simple and owner.sort != "namespace":
            sort = "constructor"
        text = flat(node, self._source)
        if re.search(r"=\s*0\s*;?$", text):
            words = words | {"abstract"}
        gone = re.search(r"=\s*delete\s*;?$", text) is not None
        forms = f"{declared.name}({','.join(declared.parameters)})" + ("const" if "const" in declared.words else "")
        item = self._put(
            node, owner, forms, sort, words=words, type_=canonical(declared.type) if sort != "constructor" else "",
            shown=declared.shown, body=body, generics=generics,
        )  # fmt: skip
        owner.members[forms] = replace(
            item, parameters=declared.parameters, optional=declared.optional, public=item.public and not gone,
            key=f"{owner.key}.{declared.name}" if owner.key else declared.name, provided=body is not None,
            signature=tuple(Argument(name="", type=one) for one in declared.parameters),
            modifiers=item.modifiers | ({"deleted"} if gone else set()),
        )  # fmt: skip

    def _typedef(self, node: Node, owner: _CppOwner, depth: int) -> None:
        type_ = node.child_by_field_name("type")
        given = flat(type_, self._source)
        for index, child in enumerate(node.children):
            if node.field_name_for_child(index) != "declarator":
                continue
            declared = declarator_of(child, given, self._source)
            if not declared.name:
                continue
            if type_ is not None and type_.type in _TYPES:
                name = text_of(type_.child_by_field_name("name"), self._source)
                if type_.child_by_field_name("body") is not None:
                    self._type(type_, owner, depth, (), "" if name else declared.name)
                given = f"{type_.children[0].type} {name or '{}'}"
            shown = declared.type.strip() or given
            known = type_ is not None and type_.type in _TYPES
            self._put(node, owner, declared.name, "alias", type_="" if known else canonical(shown), shown=shown)

    def _macro(self, node: Node) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        if name == self._guard or name.startswith("_") or re.search(r"(?i)(?:^|_)H(?:PP|XX|_)?_*$|_INCLUDED_*$", name):
            return
        listed = node.child_by_field_name("parameters")
        value = flat(node.child_by_field_name("value"), self._source)
        if listed is None and not value:
            return  # a mark for the preprocessor
        start, end = head_span(node, None)
        taken = tuple(one.strip() for one in flat(listed, self._source).strip("()").split(",") if one.strip())
        self._space("", seen=True).members[name] = Item(
            key=name, sort="macro", path=self._path, start=start, end=min(end, start + 3), shown=flat(listed, self._source),
            parameters=taken if listed is not None else None, type="",
        )  # fmt: skip

    def _put(
        self, node: Node, owner: _CppOwner, name: str, sort: str, *, words: frozenset[str] = frozenset(), type_: str = "",
        shown: str = "", body: Node | None = None, generics: tuple[TypeParameter, ...] = (),
    ) -> Item:  # fmt: skip
        start, end = head_span(node, body)
        simple = name.partition("(")[0]
        hidden = owner.access == "private" or (simple.startswith("_") and owner.sort == "namespace")
        item = Item(
            key=f"{owner.key}.{simple}" if owner.key else simple, sort=sort, path=self._path, start=start, end=end,
            public=owner.seen and not hidden, heirs=owner.access == "protected", modifiers=words, type=type_, shown=shown,
            order=len(owner.members), generics=generics,
        )  # fmt: skip
        owner.members[name] = item
        return item

    def _words(self, node: Node) -> frozenset[str]:
        found = set[str]()
        for child in node.children:
            if child.type in ("storage_class_specifier", "virtual", "explicit_function_specifier", "type_qualifier"):
                found.add(re.sub(r"\(.*", "", flat(child, self._source)))
        return frozenset(found & _WORDS) - {"const"}
