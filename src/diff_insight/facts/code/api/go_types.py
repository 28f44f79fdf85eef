"""Prints Go's types in one form each, whatever their spelling, so that equal types are equal texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from diff_insight.facts.code.api.syntax import (
    Node,
    children_of,
    first_child,
    flat,
    has_token,
    text_of,
)

#: Types within types that are followed.
_DEEPEST = 30
_SAME = {"byte": "uint8", "rune": "int32", "interface {}": "any", "interface{}": "any"}


class GoTypes:
    """Prints the types of one file.

    Args:
        source: Its text.
        imports: The name of a package in the file -> its import path.
    """

    def __init__(self, source: bytes, imports: Mapping[str, str]) -> None:
        self._source = source
        self._imports = imports

    def of(self, node: Node | None, depth: int = 0) -> str:
        """Return the canonical form of a type; empty for none."""
        if node is None:
            return ""
        form = self._forms.get(node.type)
        if form is None or depth > _DEEPEST:
            return flat(node, self._source)
        return form(node, depth + 1)

    @cached_property
    def _forms(self) -> Mapping[str, Callable[[Node, int], str]]:
        return {
            "type_identifier": self._name,
            "qualified_type": self._qualified_name,
            "pointer_type": lambda node, depth: "*" + self._last(node, depth),
            "slice_type": lambda node, depth: "[]" + self._field(node, "element", depth),
            "array_type": self._array,
            "map_type": self._map,
            "channel_type": self._channel,
            "function_type": lambda node, depth: "func" + self.signature(node, depth),
            "struct_type": lambda node, depth: f"struct{{{'; '.join(self._fields(node, depth))}}}",
            "interface_type": self._interface,
            "generic_type": self._generic,
            "type_elem": self._union,
            "type_constraint": self._union,
            "parenthesized_type": self._last,
            "negated_type": lambda node, depth: "~" + self._last(node, depth),
        }

    def _name(self, node: Node, _depth: int) -> str:
        name = text_of(node, self._source)
        return _SAME.get(name, name)

    def _field(self, node: Node, name: str, depth: int) -> str:
        return self.of(node.child_by_field_name(name), depth)

    def _last(self, node: Node, depth: int) -> str:
        return self.of(node.named_children[-1] if node.named_children else None, depth)

    def _array(self, node: Node, depth: int) -> str:
        length = flat(node.child_by_field_name("length"), self._source)
        return f"[{length}]{self._field(node, 'element', depth)}"

    def _map(self, node: Node, depth: int) -> str:
        return f"map[{self._field(node, 'key', depth)}]{self._field(node, 'value', depth)}"

    def _generic(self, node: Node, depth: int) -> str:
        arguments = first_child(node, "type_arguments")
        listed = (
            [self.of(argument, depth) for argument in arguments.named_children] if arguments else []
        )
        return f"{self._field(node, 'type', depth)}[{', '.join(listed)}]"

    def _union(self, node: Node, depth: int) -> str:
        return " | ".join(sorted(self.of(part, depth) for part in node.named_children))

    def signature(self, node: Node, depth: int = 0) -> str:
        """Return the types that a function takes and gives: `(int, ...string) (bool, error)`."""
        taken = ", ".join(self.parameters(node.child_by_field_name("parameters"), depth))
        results = self.results(node, depth)
        return f"({taken})" + (f" ({', '.join(results)})" if results else "")

    def results(self, node: Node, depth: int = 0) -> tuple[str, ...]:
        """Return the types that a function gives."""
        result = node.child_by_field_name("result")
        if result is None:
            return ()
        if result.type == "parameter_list":
            return self.parameters(result, depth)
        return (self.of(result, depth + 1),)

    def parameters(self, node: Node | None, depth: int = 0) -> tuple[str, ...]:
        """Return one type for each parameter of a list, with names or without."""
        parts: list[str] = []
        for child in node.named_children if node is not None else ():
            if child.type not in ("parameter_declaration", "variadic_parameter_declaration"):
                continue
            mark = "..." if child.type.startswith("variadic") else ""
            type_ = mark + self.of(child.child_by_field_name("type"), depth + 1)
            parts += [type_] * max(1, len(child.children_by_field_name("name")))
        return tuple(parts)

    def _qualified_name(self, node: Node, _depth: int) -> str:
        package = text_of(node.child_by_field_name("package"), self._source)
        name = text_of(node.child_by_field_name("name"), self._source)
        return f"{self._imports.get(package, package)}.{name}"

    def _channel(self, node: Node, depth: int) -> str:
        words = [child.type for child in node.children if not child.is_named]
        mark = "<-chan" if words[:1] == ["<-"] else "chan<-" if "<-" in words else "chan"
        return f"{mark} {self.of(node.child_by_field_name('value'), depth)}"

    def _fields(self, node: Node, depth: int) -> list[str]:
        parts: list[str] = []
        listed = first_child(node, "field_declaration_list")
        for child in children_of(listed, "field_declaration") if listed is not None else ():
            star = "*" if has_token(child, "*") else ""
            type_ = star + self.of(child.child_by_field_name("type"), depth)
            names = [
                text_of(name_node, self._source)
                for name_node in child.children_by_field_name("name")
            ]
            parts += [f"{name} {type_}" for name in names] or [type_]
        return parts

    def _interface(self, node: Node, depth: int) -> str:
        parts = []
        for child in node.named_children:
            if child.type == "method_elem":
                name = text_of(child.child_by_field_name("name"), self._source)
                parts.append(name + self.signature(child, depth))
            elif child.type == "type_elem":
                parts.append(self.of(child, depth))
        return f"interface{{{'; '.join(sorted(parts))}}}" if parts else "any"
