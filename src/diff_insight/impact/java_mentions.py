"""Walks a Java file and collects the types and members of other projects that it mentions."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Protocol

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.java_project import JavaType
from diff_insight.facts.code.api.syntax import Node, children_of, first_child, flat, parse, text_of
from diff_insight.facts.code.grammars import JAVA
from diff_insight.impact.reference import CallShape, OutsideName

_DECLARED_TYPES = frozenset(
    "class_declaration interface_declaration enum_declaration record_declaration".split()
)
_SCOPES = frozenset("method_declaration constructor_declaration lambda_expression block for_statement "
                    "enhanced_for_statement try_with_resources_statement catch_clause".split())  # fmt: skip
_TYPED = (
    "formal_parameter",
    "spread_parameter",
    "resource",
    "enhanced_for_statement",
    "instanceof_expression",
)
TypeScope = ChainMap[str, str]


class OutsideProject(Protocol):
    """What is known of the project whose names are collected."""

    def is_outside(self, package: str) -> bool:
        """Tell whether a package is one of the project's."""
        ...

    def type(self, name: str) -> JavaType | None:
        """Return a type by its qualified name."""
        ...

    def members(self, type_: JavaType, name: str) -> list[Item]:
        """Return the members of a name that a type has."""
        ...

    def type_named(self, text: str, near: JavaType) -> str:
        """Return the qualified name of a type that a file of the project mentions."""
        ...


class JavaMentions:
    """Reads one file.

    Args:
        outside: The project whose names are collected.
    """

    def __init__(self, outside: OutsideProject) -> None:
        self._outside = outside
        self._source = b""
        self._imports: dict[str, str] = {}
        self._packages: list[str] = []
        self._own: set[str] = set()
        self._found: list[OutsideName] = []

    def read(self, text: str) -> list[OutsideName]:
        """Return the mentions of a file; none of one that is in a package of the project itself."""
        self._source = text.encode("utf-8", "replace")
        root = parse(JAVA, self._source)
        if root is None:
            return []
        package = flat(first_child(root, "package_declaration"), self._source)
        if self._outside.is_outside(package.removesuffix(";").rpartition(" ")[2]):
            return []
        for node in children_of(root, "import_declaration"):
            self._read_import(node)
        if self._imports or self._packages:
            self._own = {self._text(node.child_by_field_name("name")) for node in root.named_children
                         if node.type in _DECLARED_TYPES}  # fmt: skip
            self._visit(root, ChainMap())
        return self._found

    def _read_import(self, node: Node) -> None:
        words = flat(node, self._source).removesuffix(";").split()
        name = words[-1]
        line = node.start_point[0] + 1
        if "static" in words and not name.endswith("*"):
            owner, _, member = name.rpartition(".")
            self._mention(owner, line, member)
        elif name.endswith(".*"):
            if self._outside.is_outside(name.removesuffix(".*")):
                self._packages.append(name.removesuffix(".*"))
        elif self._outside.is_outside(name.rpartition(".")[0]):
            self._imports[name.rpartition(".")[2]] = name
            self._found.append(OutsideName(parts=_cut(name), line=line))

    def _mention(
        self, type_: str, line: int, member: str = "", call: CallShape | None = None, *,
        inferred: bool = False, certain: bool = True,
    ) -> None:  # fmt: skip
        package, short = _cut(type_)
        parts = (package, short, member) if member else (package, short)
        count = 2 if inferred else 0
        self._found.append(
            OutsideName(
                parts=parts,
                line=line,
                call=call,
                inferred=count,
                certain=certain,
                is_local=not member,
            )
        )

    def _visit(self, node: Node, scope: TypeScope) -> None:
        if node.type in ("import_declaration", "package_declaration"):
            return
        if node.type in _DECLARED_TYPES:
            self._class(node, scope)
            return
        if node.type in _SCOPES:
            scope = scope.new_child()
        if node.type in ("method_invocation", "object_creation_expression", "field_access"):
            self._type_of(node, scope)
            return
        if node.type in ("type_identifier", "scoped_type_identifier"):
            self._type(node)
            return
        self._declare(node, scope)
        for child in node.named_children:
            self._visit(child, scope)

    def _declare(self, node: Node, scope: TypeScope) -> None:
        """Take notice of the type of what a node declares."""
        if node.type in ("local_variable_declaration", "field_declaration"):
            type_ = self._resolve_name(node.child_by_field_name("type"))
            for each in children_of(node, "variable_declarator"):
                value = each.child_by_field_name("value")
                scope[self._text(each.child_by_field_name("name"))] = type_ or self._quietly(
                    value, scope
                )
        elif node.type in _TYPED:
            kind = "right" if node.type == "instanceof_expression" else "type"
            name = self._text(node.child_by_field_name("name"))
            if name:
                scope[name] = self._resolve_name(node.child_by_field_name(kind))

    def _class(self, node: Node, scope: TypeScope) -> None:
        bases = [
            name
            for child in node.named_children
            if child.type in ("superclass", "super_interfaces", "extends_interfaces")
            for each in _types_in(child)
            if (name := self._resolve_name(each))
        ]
        body = node.child_by_field_name("body")
        for child in node.named_children:
            if child != body:
                self._visit(child, scope)
        if body is not None:
            self._body(body, bases, scope.new_child())

    def _body(self, body: Node, bases: Iterable[str], scope: TypeScope) -> None:
        """Read the members of a class; a method may override one of an outside base."""
        bases = tuple(bases)
        for field in children_of(body, "field_declaration"):
            self._declare(field, scope)
        scope["super"] = scope["this"] = next(iter(bases), "")
        for method in children_of(body, "method_declaration"):
            name = method.child_by_field_name("name")
            shape = CallShape(count=_count(method.child_by_field_name("parameters")))
            for base in bases:
                self._mention(base, name.start_point[0] + 1, self._text(name), shape, inferred=True,
                              certain=False)  # fmt: skip
        for child in body.named_children:
            self._visit(child, scope)

    def _quietly(self, node: Node | None, scope: TypeScope) -> str:
        """Return the type of an expression that is read again."""
        count = len(self._found)
        type_ = self._type_of(node, scope)
        del self._found[count:]
        return type_

    def _type_of(self, node: Node | None, scope: TypeScope) -> str:
        """Return the qualified outside type of an expression; mentions in it are collected."""
        if node is None:
            return ""
        form = self._forms.get(node.type)
        if form is not None:
            return form(node, scope)
        self._visit(node, scope)
        return ""

    @cached_property
    def _forms(self) -> Mapping[str, Callable[[Node, TypeScope], str]]:
        return {
            **dict.fromkeys(("identifier", "this", "super"), self._type_of_name),
            "method_invocation": self._visit_call,
            "object_creation_expression": self._visit_creation,
            "field_access": lambda node, scope: self._member(node, "field", scope, None),
            "cast_expression": self._cast,
            "parenthesized_expression": self._inner,
        }

    def _type_of_name(self, node: Node, scope: TypeScope) -> str:
        return scope.get(self._text(node), "")

    def _cast(self, node: Node, scope: TypeScope) -> str:
        self._type_of(node.child_by_field_name("value"), scope)
        return self._type(node.child_by_field_name("type"))

    def _inner(self, node: Node, scope: TypeScope) -> str:
        return self._type_of(node.named_children[0] if node.named_children else None, scope)

    def _visit_call(self, node: Node, scope: TypeScope) -> str:
        arguments = node.child_by_field_name("arguments")
        self._arguments(arguments, scope)
        return self._member(node, "name", scope, CallShape(count=_count(arguments)))

    def _member(self, node: Node, field: str, scope: TypeScope, call: CallShape | None) -> str:
        """Read `object.name`, and return the outside type that it gives."""
        holder, named = node.child_by_field_name("object"), node.child_by_field_name(field)
        name = self._text(named)
        is_type = (
            holder is not None and holder.type == "identifier" and self._text(holder) not in scope
        )
        owner = self._outside_name(self._text(holder)) if is_type else ""
        inferred = not owner
        if not owner:
            owner = self._type_of(holder, scope) if holder is not None else ""
        type_ = self._outside.type(owner) if owner else None
        if type_ is None:
            return ""
        self._mention(owner, named.start_point[0] + 1, name, call, inferred=inferred)
        members = self._outside.members(type_, name)
        return self._outside.type_named(members[0].type, type_) if members else ""

    def _visit_creation(self, node: Node, scope: TypeScope) -> str:
        named = node.child_by_field_name("type")
        arguments = node.child_by_field_name("arguments")
        self._arguments(arguments, scope)
        type_ = self._resolve_name(named)
        body = first_child(node, "class_body")
        if type_:
            self._mention(type_, named.start_point[0] + 1, "", CallShape(count=_count(arguments)))
        if named is not None and named.type == "generic_type":
            self._type(named)
        if body is not None:
            self._body(body, [type_] if type_ else [], scope.new_child())
        return type_

    def _arguments(self, arguments: Node | None, scope: TypeScope) -> None:
        for each in arguments.named_children if arguments is not None else ():
            self._type_of(each, scope)

    def _type(self, node: Node | None) -> str:
        """Return the outside name of a type, and collect the outside names in it."""
        for each in _types_in(node) if node is not None else ():
            name = self._resolve_name(each)
            if name:
                self._mention(name, each.start_point[0] + 1)
        return self._resolve_name(node)

    def _resolve_name(self, node: Node | None) -> str:
        """Return the qualified name of an outside type; empty for another one."""
        return (
            self._outside_name(flat(node, self._source).partition("<")[0].strip())
            if node is not None
            else ""
        )

    def _outside_name(self, name: str) -> str:
        first, dot, rest = name.partition(".")
        if first in self._own or not first[:1].isupper():
            return name if self._outside.is_outside(name.rpartition(".")[0]) else ""
        if first in self._imports:
            return f"{self._imports[first]}{dot}{rest}"
        matches = (f"{package}.{name}" for package in self._packages)
        return next((each for each in matches if self._outside.type(each) is not None), "")

    def _text(self, node: Node | None) -> str:
        return text_of(node, self._source)


def _cut(type_: str) -> tuple[str, str]:
    """Return the package of a qualified name, and the type with those that it stands in."""
    parts = type_.split(".")
    at = next((number for number, part in enumerate(parts) if part[:1].isupper()), len(parts) - 1)
    return ".".join(parts[:at]), ".".join(parts[at:])


def _count(arguments: Node | None) -> int:
    listed = arguments.named_children if arguments is not None else ()
    return sum("comment" not in each.type for each in listed)


def _types_in(node: Node) -> list[Node]:
    """Return the names of types in a node, the outermost ones of scoped names."""
    if node.type in ("type_identifier", "scoped_type_identifier"):
        return [node]
    return [matches for child in node.named_children for matches in _types_in(child)]
