"""Reads what a header of C or C++ declares: functions, types with members, macros, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.cpp_members import CppMacros, CppMembers, CppOwner, CppWords
from diff_insight.facts.code.api.cpp_text import conditional_macros, guard_of, readable
from diff_insight.facts.code.api.cpp_types import canonical, declarator_of
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
from diff_insight.facts.code.grammars import CPP

#: What a namespace declares outside of types.
LOOSE = "*"
_TYPES = {
    "class_specifier": "class",
    "struct_specifier": "struct",
    "union_specifier": "union",
    "enum_specifier": "enum",
}
_VALUES = ("declaration", "field_declaration", "function_definition")
_THROUGH = (
    "preproc_if",
    "preproc_ifdef",
    "preproc_else",
    "preproc_elif",
    "linkage_specification",
    "declaration_list",
)
_HIDDEN = re.compile(r"(?i)^(?:detail|details|internal|impl|private|_.*|.*_detail|.*_internal)$")
_WORDS = frozenset(
    "static virtual explicit inline constexpr extern const friend noexcept final override".split()
)
_DEEPEST = 14


def read_cpp(text: str, path: str) -> list[ApiUnit]:
    """Return the types of a header, and a unit for each namespace of what stands outside of types."""
    if len(text) > LARGEST:
        return []
    source = readable(text).encode("utf-8", "replace")
    root = parse(CPP, source)
    if root is None:
        return []
    macros = CppMacros(guard_of(text), conditional_macros(text))
    reader = _CppReader(source, path, macros, complete=not damaged_lines(root))
    return list(reader.units(root))


class _CppReader:
    def __init__(self, source: bytes, path: str, macros: CppMacros, *, complete: bool) -> None:
        self._source = source
        self._path = path
        self._macros = macros
        self._complete = complete
        self._into = CppMembers(source, path)
        self._units: list[ApiUnit] = []
        self._spaces: dict[str, CppOwner] = {}

    def units(self, root: Node) -> Iterator[ApiUnit]:
        """Yield what the header declares."""
        self._within(root, self._space("", seen=True), 0, ())
        yield from self._units
        for key, space in self._spaces.items():
            if space.members:
                name = f"{key}::{LOOSE}" if key else LOOSE
                item = Item(key=name, sort="namespace", path=self._path, public=space.seen)
                yield ApiUnit(item, space.members, complete=self._complete)

    def _space(self, key: str, *, seen: bool) -> CppOwner:
        return self._spaces.setdefault(key, CppOwner(key, seen=seen))

    def _within(
        self, node: Node, owner: CppOwner, depth: int, generics: tuple[TypeParameter, ...]
    ) -> None:
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
            elif kind in _THROUGH:
                body = (
                    child.child_by_field_name("body") if kind == "linkage_specification" else child
                )
                self._within(body if body is not None else child, owner, depth + 1, generics)
            else:
                self._member(child, owner, depth, generics)

    def _member(
        self, node: Node, owner: CppOwner, depth: int, generics: tuple[TypeParameter, ...]
    ) -> None:
        if node.type in _VALUES:
            self._declaration(node, owner, depth, generics)
        elif node.type == "type_definition":
            self._typedef(node, owner, depth)
        elif node.type == "alias_declaration":
            name = text_of(node.child_by_field_name("name"), self._source)
            type_ = flat(node.child_by_field_name("type"), self._source)
            item = self._into.put(node, owner, name, "alias")
            owner.members[name] = replace(
                item, type=canonical(type_), shown=type_, generics=generics
            )
        elif node.type in ("preproc_def", "preproc_function_def"):
            self._into.macro(node, self._space("", seen=True), self._macros)

    def _namespace(self, node: Node, owner: CppOwner, depth: int) -> None:
        named = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if body is None or named is None:
            return  # without a name it is for this file alone
        inline = has_token(node, "inline")
        name = "" if inline else flat(named, self._source).replace(" ", "")
        key = owner.key if inline else owner.full_name(name)
        seen = owner.seen and not any(_HIDDEN.match(part) for part in name.split("::") if part)
        self._within(body, self._space(key, seen=seen), depth + 1, ())

    def _template(self, node: Node, owner: CppOwner, depth: int) -> None:
        listed = node.child_by_field_name("parameters")
        names = []
        for element in listed.named_children if listed is not None else ():
            text = flat(element, self._source)
            if element.type != "comment":
                name = text.partition("=")[0].split()[-1]
                optional = "=" in text or "..." in text
                if optional and (
                    not name.lstrip(".").isidentifier() or name in ("class", "typename")
                ):
                    continue  # it has no name: a condition that callers do not see
                names.append(TypeParameter("type", name, optional=optional))
        self._within(node, owner, depth + 1, tuple(names))

    def _type(
        self,
        node: Node,
        owner: CppOwner,
        depth: int,
        generics: tuple[TypeParameter, ...],
        name: str = "",
    ) -> None:
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
        words = frozenset(
            flat(element, self._source) for element in children_of(node, "virtual_specifier")
        )
        inner = CppOwner(
            owner.full_name(name),
            sort,
            "private" if sort == "class" else "public",
            seen and bool(name),
        )
        if sort.startswith("enum"):
            target = inner if name else owner
            self._into.values(body, target, inner.key if name else owner.key)
            if name and sort == "enum":  # its values stand beside it
                for key, item in inner.members.items():
                    owner.members.setdefault(
                        key, replace(item, key=owner.key + "." + key if owner.key else key)
                    )
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
        self._units.append(ApiUnit(item, inner.members, tuple(item.bases), self._complete))

    def _bases(self, node: Node) -> dict[str, str]:
        clause = first_child(node, "base_class_clause")
        bases: dict[str, str] = {}
        access = "private" if node.type == "class_specifier" else "public"
        current = access
        for child in clause.children if clause is not None else ():
            if child.type == ",":
                current = access
            elif child.type == "access_specifier" or child.type in (
                "public",
                "private",
                "protected",
            ):
                current = flat(child, self._source)
            elif child.is_named and child.type != "virtual" and current == "public":
                shown = flat(child, self._source)
                bases[re.sub(r"<.*", "", shown).removeprefix("::")] = shown
        return bases

    def _declaration(
        self, node: Node, owner: CppOwner, depth: int, generics: tuple[TypeParameter, ...]
    ) -> None:
        type_ = node.child_by_field_name("type")
        if type_ is not None and type_.type in _TYPES:
            self._type(type_, owner, depth, generics)
        words = self._into.words(node)
        if "friend" in words or (
            owner.sort == "namespace" and "static" in words and "inline" not in words
        ):
            return
        before = flat(type_, self._source) if type_ is None or type_.type not in _TYPES else flat(
            type_.child_by_field_name("name"), self._source)  # fmt: skip
        qualifiers = {
            flat(element, self._source) for element in children_of(node, "type_qualifier")
        } & {
            "const",
            "volatile",
        }
        before = " ".join((*sorted(qualifiers), before))
        for index, child in enumerate(node.children):
            if node.field_name_for_child(index) == "declarator":
                declared = declarator_of(child, before, self._source)
                if declared.name:
                    self._into.declare(node, owner, declared, CppWords(words, generics))

    def _typedef(self, node: Node, owner: CppOwner, depth: int) -> None:
        type_ = node.child_by_field_name("type")
        before = flat(type_, self._source)
        for index, child in enumerate(node.children):
            if node.field_name_for_child(index) != "declarator":
                continue
            declared = declarator_of(child, before, self._source)
            if not declared.name:
                continue
            if type_ is not None and type_.type in _TYPES:
                name = text_of(type_.child_by_field_name("name"), self._source)
                if type_.child_by_field_name("body") is not None:
                    self._type(type_, owner, depth, (), "" if name else declared.name)
                before = f"{type_.children[0].type} {name or '{}'}"
            shown = declared.type.strip() or before
            known = type_ is not None and type_.type in _TYPES
            item = self._into.put(node, owner, declared.name, "alias")
            type_name = "" if known else canonical(shown)
            owner.members[declared.name] = replace(item, type=type_name, shown=shown)
