"""Prints Go's types in one form each, whatever their spelling, so that equal types are equal texts."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.facts.code.api.syntax import Node, children_of, first_child, flat, has_token, text_of

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

    def of(self, node: Node | None, depth: int = 0) -> str:  # noqa: PLR0911 - one return a form of type
        """Return the canonical form of a type; empty for none."""
        if node is None:
            return ""
        if depth > _DEEPEST:
            return flat(node, self._source)
        kind, inner = node.type, depth + 1
        field = node.child_by_field_name
        if kind == "type_identifier":
            name = text_of(node, self._source)
            return _SAME.get(name, name)
        if kind == "qualified_type":
            return self._qualified(node)
        if kind == "pointer_type":
            return "*" + self.of(node.named_children[-1] if node.named_children else None, inner)
        if kind == "slice_type":
            return "[]" + self.of(field("element"), inner)
        if kind == "array_type":
            return f"[{flat(field('length'), self._source)}]" + self.of(field("element"), inner)
        if kind == "map_type":
            return f"map[{self.of(field('key'), inner)}]{self.of(field('value'), inner)}"
        if kind == "channel_type":
            return self._channel(node, inner)
        if kind == "function_type":
            return "func" + self.signature(node, inner)
        if kind == "struct_type":
            return f"struct{{{'; '.join(self._fields(node, inner))}}}"
        if kind == "interface_type":
            return self._interface(node, inner)
        if kind == "generic_type":
            arguments = first_child(node, "type_arguments")
            listed = [self.of(one, inner) for one in arguments.named_children] if arguments else []
            return f"{self.of(field('type'), inner)}[{', '.join(listed)}]"
        if kind in ("type_elem", "type_constraint"):
            return " | ".join(sorted(self.of(one, inner) for one in node.named_children))
        if kind in ("parenthesized_type", "negated_type"):
            mark = "~" if kind == "negated_type" else ""
            return mark + self.of(node.named_children[0] if node.named_children else None, inner)
        return flat(node, self._source)

    def signature(self, node: Node, depth: int = 0) -> str:
        """Return the types that a function takes and gives: `(int, ...string) (bool, error)`."""
        taken = ", ".join(self.parameters(node.child_by_field_name("parameters"), depth))
        given = self.results(node, depth)
        return f"({taken})" + (f" ({', '.join(given)})" if given else "")

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
        found: list[str] = []
        for child in node.named_children if node is not None else ():
            if child.type not in ("parameter_declaration", "variadic_parameter_declaration"):
                continue
            mark = "..." if child.type.startswith("variadic") else ""
            type_ = mark + self.of(child.child_by_field_name("type"), depth + 1)
            found += [type_] * max(1, len(child.children_by_field_name("name")))
        return tuple(found)

    def _qualified(self, node: Node) -> str:
        package = text_of(node.child_by_field_name("package"), self._source)
        name = text_of(node.child_by_field_name("name"), self._source)
        return f"{self._imports.get(package, package)}.{name}"

    def _channel(self, node: Node, depth: int) -> str:
        words = [child.type for child in node.children if not child.is_named]
        mark = "<-chan" if words[:1] == ["<-"] else "chan<-" if "<-" in words else "chan"
        return f"{mark} {self.of(node.child_by_field_name('value'), depth)}"

    def _fields(self, node: Node, depth: int) -> list[str]:
        found: list[str] = []
        listed = first_child(node, "field_declaration_list")
        for child in children_of(listed, "field_declaration") if listed is not None else ():
            star = "*" if has_token(child, "*") else ""
            type_ = star + self.of(child.child_by_field_name("type"), depth)
            names = [text_of(one, self._source) for one in child.children_by_field_name("name")]
            found += [f"{name} {type_}" for name in names] or [type_]
        return found

    def _interface(self, node: Node, depth: int) -> str:
        parts = []
        for child in node.named_children:
            if child.type == "method_elem":
                name = text_of(child.child_by_field_name("name"), self._source)
                parts.append(name + self.signature(child, depth))
            elif child.type == "type_elem":
                parts.append(self.of(child, depth))
        return f"interface{{{'; '.join(sorted(parts))}}}" if parts else "any"
