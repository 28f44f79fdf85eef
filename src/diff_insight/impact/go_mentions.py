"""Walks a Go file and collects the names of other packages that it mentions, with the types of its variables."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cached_property
from typing import Protocol

from diff_insight.facts.code.api.go_types import GoTypes
from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.syntax import Node, children_of, first_child, parse, text_of
from diff_insight.facts.code.grammars import GO
from diff_insight.impact.go_type_text import (
    absolute_type,
    element_type,
    key_type,
    named_type,
    result_types,
)
from diff_insight.impact.reference import CallShape, OutsideName

_SCOPES = frozenset("block for_statement if_statement func_literal expression_case type_case default_case "
                    "communication_case function_declaration method_declaration".split())  # fmt: skip
#: Stands in front of types that the file itself declares.
_HERE = "."
Types = MutableMapping[str, str]


class OutsideTypes(Protocol):
    """What is known of the packages that a file imports."""

    def is_outside(self, path: str) -> bool:
        """Tell whether an import is of one of them."""
        ...

    def name_of(self, path: str) -> str:
        """Return the name that a package has where its import gives it none."""
        ...

    def item(self, path: str, names: list[str]) -> Item | None:
        """Return what a package declares under a name."""
        ...

    def member(self, type_: str, name: str) -> Item | None:
        """Return a field or method of a type."""
        ...

    def type_of(self, item: Item, path: str) -> str:
        """Return the type of a declaration."""
        ...


class GoMentions:
    """Reads one file.

    Args:
        outside: The packages whose names are collected.
    """

    def __init__(self, outside: OutsideTypes) -> None:
        self._outside = outside
        self._imports: dict[str, str] = {}
        self._fields: dict[str, str] = {}
        self._found: list[OutsideName] = []
        self._source = b""
        self._types = GoTypes(b"", {})

    def read(self, text: str) -> list[OutsideName]:
        """Return the mentions of a file."""
        self._source = text.encode("utf-8", "replace")
        root = parse(GO, self._source)
        if root is None:
            return []
        self._imports = dict(self._read_import(root))
        if not self._imports:
            return []
        self._types = GoTypes(self._source, self._imports)
        scope: ChainMap[str, str] = ChainMap({})
        for node in root.named_children:
            self._declare(node, scope)
        for node in root.named_children:
            self._visit(node, scope)
        return self._found

    def _read_import(self, root: Node) -> Iterator[tuple[str, str]]:
        for declared in children_of(root, "import_declaration"):
            listed = first_child(declared, "import_spec_list") or declared
            for spec in children_of(listed, "import_spec"):
                path = self._text(spec.child_by_field_name("path")).strip('"`')
                if self._outside.is_outside(path):
                    name = self._text(spec.child_by_field_name("name"))
                    yield name or self._outside.name_of(path), path

    def _declare(self, node: Node, scope: Types) -> None:
        """Take notice of what the file declares at its top: functions, and types with their fields."""
        if node.type == "function_declaration":
            passed = ", ".join(self._absolute(each) for each in self._types.results(node))
            scope[self._text(node.child_by_field_name("name"))] = f"func:{passed}"
        for spec in children_of(node, "type_spec") if node.type == "type_declaration" else ():
            name, body = (
                self._text(spec.child_by_field_name("name")),
                spec.child_by_field_name("type"),
            )
            listed = first_child(body, "field_declaration_list") if body is not None else None
            for field in children_of(listed, "field_declaration") if listed is not None else ():
                type_ = self._type(field.child_by_field_name("type"))
                for each in field.children_by_field_name("name"):
                    self._fields[f"{_HERE}{name}.{self._text(each)}"] = type_
        for spec in children_of(node, "var_spec") if node.type == "var_declaration" else ():
            self._variables(spec, scope)

    def _visit(self, node: Node, scope: ChainMap[str, str]) -> None:
        """Read a node and what is within; what it declares is known to what follows in its scope."""
        if node.type in _SCOPES:
            scope = scope.new_child()
            for name in ("receiver", "parameters"):
                self._parameters(node.child_by_field_name(name), scope)
        if node.type == "type_switch_statement":
            self._type_switch(node, scope)
        elif node.type in ("selector_expression", "call_expression", "composite_literal"):
            self._type_of(node, scope)
        elif node.type == "qualified_type":
            self._type(node)
        else:
            for child in node.named_children:
                self._visit(child, scope)
            self._learn(node, scope)

    def _learn(self, node: Node, scope: ChainMap[str, str]) -> None:
        """Take notice of the types of what a statement declares."""
        if node.type == "short_var_declaration":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            self._learn_assignment(left, right, scope)
        elif node.type == "var_spec":
            self._variables(node, scope)
        elif node.type == "range_clause":
            self._learn_range(node, scope)

    def _type_of(
        self, node: Node | None, scope: ChainMap[str, str], call: CallShape | None = None
    ) -> str:
        """Return the type of an expression; mentions in it are collected on the way."""
        if node is None:
            return ""
        if node.type == "selector_expression":
            return self._type_of_selector(node, scope, call)
        form = self._forms.get(node.type)
        if form is not None:
            return form(node, scope)
        for child in node.named_children:
            self._visit(child, scope)
        return ""

    @cached_property
    def _forms(self) -> Mapping[str, Callable[[Node, ChainMap[str, str]], str]]:
        return {
            "identifier": lambda node, scope: scope.get(self._text(node), ""),
            "call_expression": self._visit_call,
            "composite_literal": self._literal,
            "unary_expression": self._type_of_pointer,
            "index_expression": self._type_of_index,
            "slice_expression": self._inner,
            "parenthesized_expression": self._inner,
            "type_assertion_expression": self._type_of_assertion,
        }

    def _type_of_pointer(self, node: Node, scope: ChainMap[str, str]) -> str:
        inner = self._type_of(node.child_by_field_name("operand"), scope)
        pointers = {"&": f"*{inner}", "*": inner.removeprefix("*")}
        return pointers.get(node.children[0].type, "") if inner else ""

    def _type_of_index(self, node: Node, scope: ChainMap[str, str]) -> str:
        self._visit_field(node, "index", scope)
        return element_type(self._type_of(node.child_by_field_name("operand"), scope))

    def _inner(self, node: Node, scope: ChainMap[str, str]) -> str:
        return self._type_of(node.named_children[0] if node.named_children else None, scope)

    def _type_of_assertion(self, node: Node, scope: ChainMap[str, str]) -> str:
        self._type_of(node.child_by_field_name("operand"), scope)
        return self._type(node.child_by_field_name("type"))

    def _type_of_selector(
        self, node: Node, scope: ChainMap[str, str], call: CallShape | None
    ) -> str:
        operand, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
        name, line = self._text(field), node.end_point[0] + 1
        first = self._text(operand) if operand is not None and operand.type == "identifier" else ""
        if first in self._imports and first not in scope:
            path = self._imports[first]
            self._found.append(OutsideName(parts=(path, name), line=line, call=call))
            item = self._outside.item(path, [name])
            return self._outside.type_of(item, path) if item is not None else ""
        owner = self._type_of(operand, scope)
        if owner.lstrip("*").startswith(_HERE):
            return self._fields.get(f"{owner.lstrip('*')}.{name}", "")
        type_ = named_type(owner)
        item = self._outside.member(type_, name) if type_ else None
        if item is None:
            return ""
        path, _, short = type_.rpartition(".")
        self._found.append(OutsideName(parts=(path, short, name), line=line, call=call, inferred=2))
        return self._outside.type_of(item, path)

    def _visit_call(self, node: Node, scope: ChainMap[str, str]) -> str:
        arguments = node.child_by_field_name("arguments")
        listed = arguments.named_children if arguments is not None else []
        for each in listed:
            self._visit(each, scope)
        shape = CallShape(
            count=len(listed), is_open=arguments is not None and "..." in self._text(arguments)
        )
        function = node.child_by_field_name("function")
        if self._text(function) == "new" and listed:
            return f"*{self._type(listed[0])}"
        type_ = self._type_of(function, scope, shape)
        return type_.removeprefix("type:") if not type_.startswith("func:") else type_

    def _literal(self, node: Node, scope: ChainMap[str, str]) -> str:
        type_ = self._type(node.child_by_field_name("type"))
        self._elements(node.child_by_field_name("body"), type_, scope)
        return type_

    def _elements(self, body: Node | None, type_: str, scope: ChainMap[str, str]) -> None:
        """Read what stands in the braces of a literal of some type."""
        owner, inner = named_type(type_), element_type(type_)
        for element in body.named_children if body is not None else ():
            value = element
            if element.type == "keyed_element":
                key, value = element.named_children[0], element.named_children[-1]
                name = self._text(key)
                item = self._outside.member(owner, name) if owner else None
                if item is not None:
                    path, _, short = owner.rpartition(".")
                    line = key.start_point[0] + 1
                    self._found.append(
                        OutsideName(parts=(path, short, name), line=line, inferred=2)
                    )
                    inner = self._outside.type_of(item, path)
                elif not owner:
                    self._visit(key, scope)
            bare = (
                value.named_children[0]
                if value.type == "literal_element" and value.named_children
                else value
            )
            if bare.type == "literal_value":
                self._elements(bare, inner, scope)
            else:
                self._visit(value, scope)

    def _visit_field(self, node: Node, name: str, scope: ChainMap[str, str]) -> None:
        child = node.child_by_field_name(name)
        if child is not None:
            self._visit(child, scope)

    def _learn_assignment(
        self, left: Node | None, right: Node | None, scope: ChainMap[str, str]
    ) -> None:
        names = [self._text(each) for each in left.named_children] if left is not None else []
        values = right.named_children if right is not None else []
        count = len(self._found)
        types = [self._type_of(each, scope) for each in values]
        del self._found[count:]  # they were collected when the statement was read
        if len(values) == 1 and types[0].startswith("func:"):
            types = result_types(types[0])
        for number, name in enumerate(names):
            scope[name] = types[number].removeprefix("type:") if number < len(types) else ""

    def _variables(self, spec: Node, scope: Types) -> None:
        type_ = self._type(spec.child_by_field_name("type"))
        value = spec.child_by_field_name("value")
        if not type_ and value is not None and isinstance(scope, ChainMap) and value.named_children:
            count = len(self._found)
            type_ = self._type_of(value.named_children[0], scope)
            del self._found[count:]
        first = result_types(type_)[0] if type_.startswith("func:") else type_
        for name in spec.children_by_field_name("name"):
            scope[self._text(name)] = first.removeprefix("type:")

    def _learn_range(self, node: Node, scope: ChainMap[str, str]) -> None:
        left = node.child_by_field_name("left")
        count = len(self._found)
        type_ = self._type_of(node.child_by_field_name("right"), scope)
        del self._found[count:]
        type_ = result_types(type_)[0] if type_.startswith("func:") else type_
        types = [key_type(type_), element_type(type_)]
        for number, name in enumerate(left.named_children if left is not None else ()):
            scope[self._text(name)] = types[number] if number < len(types) else ""

    def _type_switch(self, node: Node, scope: ChainMap[str, str]) -> None:
        alias = node.child_by_field_name("alias")
        name = self._text(alias) if alias is not None else ""
        for child in node.named_children:
            if child.type != "type_case" or not name:
                self._visit(child, scope)
                continue
            types = [self._type(each) for each in child.children_by_field_name("type")]
            inner = scope.new_child({name: types[0] if len(types) == 1 else ""})
            for each in child.named_children:
                self._visit(each, inner)

    def _parameters(self, listed: Node | None, scope: Types) -> None:
        for each in listed.named_children if listed is not None else ():
            many = "[]" if each.type == "variadic_parameter_declaration" else ""
            node = each.child_by_field_name("type")
            count = len(self._found)
            type_ = many + self._type(node) if node is not None else ""
            del self._found[count:]
            for name in each.children_by_field_name("name"):
                scope[self._text(name)] = type_

    def _type(self, node: Node | None) -> str:
        """Return a type with absolute names, and collect the outside names in it."""
        if node is None:
            return ""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            waiting += each.named_children
            if each.type == "qualified_type":
                package = self._text(each.child_by_field_name("package"))
                name = self._text(each.child_by_field_name("name"))
                if package in self._imports:
                    parts = (self._imports[package], name)
                    self._found.append(OutsideName(parts=parts, line=each.start_point[0] + 1))
        if node.type == "selector_expression":  # the argument of `new`
            return ""
        return self._absolute(self._types.of(node))

    def _absolute(self, type_: str) -> str:
        return absolute_type(type_, "")  # names of the file's own package have a dot alone in front

    def _text(self, node: Node | None) -> str:
        return text_of(node, self._source)
