"""Reads what a Go file declares: functions, types with their members, variables and constants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.go_platforms import GoConstraint, constraint_of
from diff_insight.facts.code.api.go_types import GoTypes
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
from diff_insight.facts.code.grammars import GO

#: Characters of a receiver or parameter that are read, from its end.
LONGEST_RECEIVER = 300
_RECEIVER = re.compile(r"(\*?)(?:(?<!\s)\s++)?+(?<!\w)([^\W\d]\w*+)\s*+(\[[^\[\]]*+\])?+\s*+\)?+$")
_UNTYPED = {
    "int_literal": "untyped int", "float_literal": "untyped float", "rune_literal": "untyped rune",
    "interpreted_string_literal": "untyped string", "raw_string_literal": "untyped string",
    "true": "untyped bool", "false": "untyped bool",
}  # fmt: skip
_DEPRECATED = re.compile(r"\bDeprecated:")


class GoFile(Struct, frozen=True):
    """What one file declares.

    Attributes:
        package: The name of its package.
        items: In the order of their lines.
        embedded: Owner -> canonical names of the types that it embeds.
        damaged: (start, end) lines that could not be read.
        constraint: On which platforms it is compiled.
    """

    package: str
    items: tuple[Item, ...]
    embedded: dict[str, list[str]]
    damaged: list[tuple[int, int]]
    constraint: GoConstraint = GoConstraint()


def read_go(text: str, path: str) -> GoFile | None:
    """Return what a file declares; None where the parser is not here or gets stuck."""
    if len(text) > LARGEST:
        return None
    source = text.encode("utf-8", "replace")
    root = parse(GO, source)
    if root is None:
        return None
    return replace(_GoReader(source, path).read(root), constraint=constraint_of(text, path))


class _GoReader:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path
        self._types = GoTypes(source, {})
        self._embedded: dict[str, list[str]] = {}

    def read(self, root: Node) -> GoFile:
        self._types = GoTypes(self._source, self._imports(root))
        package = first_child(root, "package_clause")
        name = flat(package, self._source).removeprefix("package").strip()
        items = [
            _with_numbers(item, [generic.name for generic in item.generics])
            for child in root.named_children
            for item in self._declarations(child)
        ]
        return GoFile(name, tuple(items), self._embedded, damaged_lines(root))

    def _imports(self, root: Node) -> dict[str, str]:
        imports: dict[str, str] = {}
        for declared in children_of(root, "import_declaration"):
            listed = first_child(declared, "import_spec_list") or declared
            for spec in children_of(listed, "import_spec"):
                path = text_of(spec.child_by_field_name("path"), self._source).strip('"`')
                last = re.sub(r"/v\d+$|\.v\d+$", "", path).rpartition("/")[2]
                named = spec.child_by_field_name("name")
                imports[text_of(named, self._source) if named is not None else last] = path
        return imports

    def _declarations(self, node: Node) -> Iterator[Item]:
        if node.type == "function_declaration":
            yield self._callable(node, text_of(node.child_by_field_name("name"), self._source))
        elif node.type == "method_declaration":
            yield from self._method(node)
        elif node.type == "type_declaration":
            for spec in children_of(node, "type_spec", "type_alias"):
                yield from self._type(spec, node)
        elif node.type in ("const_declaration", "var_declaration"):
            listed = first_child(node, "var_spec_list") or node
            for spec in children_of(listed, "const_spec", "var_spec"):
                yield from self._values(spec, node.type.partition("_")[0])

    def _method(self, node: Node) -> Iterator[Item]:
        receiver = flat(node.child_by_field_name("receiver"), self._source)
        match = _RECEIVER.search(receiver[-LONGEST_RECEIVER:])
        if match is not None:
            name = text_of(node.child_by_field_name("name"), self._source)
            parameters = re.findall(r"\w+", match[3] or "")
            item = self._callable(node, f"{match[2]}.{name}", pointer=bool(match[1]))
            yield _with_numbers(item, parameters)

    def _callable(self, node: Node, key: str, *, pointer: bool = False, sort: str = "func") -> Item:
        taken = self._types.parameters(node.child_by_field_name("parameters"))
        start, end = head_span(node, node.child_by_field_name("body"))
        listed = flat(node.child_by_field_name("parameters"), self._source)
        result = flat(node.child_by_field_name("result"), self._source)
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=end, public=_is_exported(key),
            modifiers=frozenset(("*",)) if pointer else frozenset(),
            generics=self._generics(node), parameters=taken,
            optional=int(bool(taken) and taken[-1].startswith("...")),
            type=", ".join(self._types.results(node)),
            shown=f"func{listed} {result}".strip(), deprecated=self._is_deprecated(node),
        )  # fmt: skip

    def _type(self, spec: Node, around: Node) -> Iterator[Item]:
        name = text_of(spec.child_by_field_name("name"), self._source)
        type_ = spec.child_by_field_name("type")
        sort = {"struct_type": "struct", "interface_type": "interface"}.get(
            type_.type if type_ is not None else "", "type"
        )
        if spec.type == "type_alias":
            sort = "alias"
        elif self._types.of(type_) == "any":
            sort = "interface"
        outer = around if around.named_child_count == 1 else spec
        start, _ = head_span(outer, None)
        yield Item(
            key=name, sort=sort, path=self._path, start=start, end=start, public=_is_exported(name),
            generics=self._generics(spec), type=self._types.of(type_),
            shown=flat(type_, self._source), deprecated=self._is_deprecated(outer),
        )  # fmt: skip
        members: Iterator[Item] = iter(())
        if type_ is not None and type_.type == "struct_type":
            members = self._fields(type_, name)
        elif type_ is not None and type_.type == "interface_type":
            members = self._members(type_, name)
        parameters = [generic.name for generic in self._generics(spec)]
        yield from (_with_numbers(member, parameters) for member in members)

    def _fields(self, node: Node, owner: str) -> Iterator[Item]:
        listed = first_child(node, "field_declaration_list")
        for order, child in enumerate(children_of(listed, "field_declaration") if listed else ()):
            type_ = child.child_by_field_name("type")
            star = "*" if has_token(child, "*") else ""
            names = [
                text_of(name_node, self._source)
                for name_node in child.children_by_field_name("name")
            ]
            canonical = star + self._types.of(type_)
            if not names:
                self._embedded.setdefault(owner, []).append(canonical)
                names = [re.sub(r"\[.*", "", canonical).rpartition(".")[2].lstrip("*")]
            start, end = head_span(child, None)
            for name in names:
                yield Item(
                    key=f"{owner}.{name}", sort="field", path=self._path, start=start, end=end,
                    public=_is_exported(f"{owner}.{name}"), type=canonical, order=order,
                    shown=star + flat(type_, self._source), deprecated=self._is_deprecated(child),
                )  # fmt: skip

    def _members(self, node: Node, owner: str) -> Iterator[Item]:
        for child in node.named_children:
            if child.type == "method_elem":
                name = text_of(child.child_by_field_name("name"), self._source)
                yield self._callable(child, f"{owner}.{name}", sort="member")
            elif child.type == "type_elem":
                self._embedded.setdefault(owner, []).append(self._types.of(child))

    def _values(self, spec: Node, sort: str) -> Iterator[Item]:
        type_ = spec.child_by_field_name("type")
        value = spec.child_by_field_name("value")
        start, end = head_span(spec, None)
        untyped = _literal_type(value) if sort == "const" and type_ is None else ""
        for named in spec.children_by_field_name("name"):
            name = text_of(named, self._source)
            yield Item(
                key=name, sort=sort, path=self._path, start=start, end=min(end, start),
                public=_is_exported(name), type=self._types.of(type_) or untyped,
                shown=flat(type_, self._source) or untyped, provided=value is not None,
                deprecated=self._is_deprecated(spec),
            )  # fmt: skip

    def _generics(self, node: Node) -> tuple[TypeParameter, ...]:
        listed = node.child_by_field_name("type_parameters")
        generics: list[TypeParameter] = []
        for child in children_of(listed, "type_parameter_declaration") if listed else ():
            bound = self._types.of(child.child_by_field_name("type"))
            generics += [
                TypeParameter("type", text_of(name, self._source), frozenset((bound,)))
                for name in child.children_by_field_name("name")
            ]
        return tuple(generics)

    def _is_deprecated(self, node: Node) -> bool:
        before = node.prev_sibling
        for _ in range(30):
            if before is None or before.type not in ("comment", "\n"):
                return False
            if before.type == "comment" and _DEPRECATED.search(text_of(before, self._source)):
                return True
            before = before.prev_sibling
        return False


def _is_exported(key: str) -> bool:
    return all(part[:1].isupper() for part in key.split("."))


def _with_numbers(item: Item, parameters: Sequence[str]) -> Item:
    """Return an item in whose types the parameters of its generic have numbers, as names do not matter."""
    if not parameters:
        return item
    numbers = {name: f"${number}" for number, name in enumerate(parameters, 1)}
    pattern = re.compile(rf"(?<![\w./])(?:{'|'.join(map(re.escape, numbers))})(?!\w)")

    def number_names(text: str) -> str:
        return pattern.sub(lambda match: numbers[match[0]], text)

    listed = None if item.parameters is None else tuple(map(number_names, item.parameters))
    return replace(item, type=number_names(item.type), parameters=listed)


def _literal_type(value: Node | None) -> str:
    """Return the type of a constant that is told by its literal alone."""
    node = value.named_children[0] if value is not None and value.named_child_count == 1 else None
    if node is not None and node.type == "unary_expression" and node.named_child_count == 1:
        node = node.named_children[0]
    return _UNTYPED.get(node.type, "") if node is not None else ""
