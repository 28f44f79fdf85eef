"""Walks a JavaScript or TypeScript file and collects the names of packages that it mentions."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from typing import NamedTuple

from diff_insight.facts.code.api.syntax import Node, children_of, first_child, parse, text_of
from diff_insight.facts.code.grammars import BY_EXTENSION
from diff_insight.file_types import extension
from diff_insight.impact.reference import CallShape, OutsideName

_SCOPES = frozenset("function_declaration function_expression generator_function_declaration arrow_function "
                    "method_definition statement_block class_body for_statement for_in_statement catch_clause "
                    "generator_function".split())  # fmt: skip
_MEMBERS = ("member_expression", "nested_type_identifier", "nested_identifier")
#: Expressions that are what they hold.
_WRAPPED = frozenset("await_expression parenthesized_expression non_null_expression as_expression "
                     "satisfies_expression".split())  # fmt: skip
_NAMES = ("identifier", "type_identifier", "shorthand_property_identifier")


class ScriptBinding(NamedTuple):
    """What a name stands for: a name of a package; `is_object` for an object of that class."""

    parts: tuple[str, ...] = ()
    is_object: bool = False


_OWN = ScriptBinding()
Names = ChainMap[str, ScriptBinding]


class ScriptMentions:
    """Reads one file.

    Args:
        packages: Names of the packages whose names are collected.
    """

    def __init__(self, packages: frozenset[str]) -> None:
        self._packages = packages
        self._source = b""
        self._found: list[OutsideName] = []

    def read(self, path: str, text: str) -> list[OutsideName]:
        """Return the mentions of a file."""
        grammar = BY_EXTENSION.get(extension(path))
        self._source = text.encode("utf-8", "replace")
        root = parse(grammar, self._source) if grammar is not None else None
        if root is not None:
            names: Names = ChainMap({})
            for node in root.named_children:
                if node.type == "import_statement":
                    self._read_import(node, names)
            self._visit(root, names)
        return self._found

    def _source_of(self, node: Node | None) -> str:
        """Return the package that a quoted text names, with what is below it; empty for others."""
        source = self._text(node).strip("'\"`")
        parts = source.split("/")
        package = "/".join(parts[: 2 if source.startswith("@") else 1])
        return source if package in self._packages else ""

    def _add(
        self,
        binding: ScriptBinding,
        line: int,
        call: CallShape | None = None,
        *,
        is_local: bool = False,
    ) -> None:
        inferred = len(binding.parts) - 1 if binding.is_object else 0
        self._found.append(
            OutsideName(
                parts=binding.parts, line=line, call=call, inferred=inferred, is_local=is_local
            )
        )

    def _read_import(self, node: Node, names: Names) -> None:
        clause = first_child(node, "import_clause") or first_child(node, "import_require_clause")
        named = node.child_by_field_name("source") or (
            clause.child_by_field_name("source") if clause is not None else None
        )
        source = self._source_of(named)
        for local, parts, line in (
            self._clause(clause, source) if source and clause is not None else ()
        ):
            names[local] = ScriptBinding(parts)
            if parts[-1] != "*":
                self._add(names[local], line)

    def _clause(self, clause: Node, source: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
        """Yield the local name of each import, what it stands for, and its line."""
        for child in clause.named_children:
            line = child.start_point[0] + 1
            if child.type == "identifier":
                yield self._text(child), (source, "default"), line
            elif child.type == "namespace_import":
                yield self._text(child.named_children[-1]), (source, "*"), line
            for each in (
                children_of(child, "import_specifier") if child.type == "named_imports" else ()
            ):
                name = each.child_by_field_name("name")
                local = each.child_by_field_name("alias") or name
                yield self._text(local), (source, self._text(name)), each.start_point[0] + 1

    def _visit(self, node: Node, names: Names) -> None:
        if node.type == "import_statement":
            return
        if node.type == "export_statement":
            self._read_reexport(node)
        if node.type in _SCOPES:
            names = names.new_child()
            self._parameters(node, names)
        if node.type == "variable_declarator":
            self._learn_declaration(node, names)
            return
        if node.type in ("call_expression", "new_expression", *_MEMBERS, *_NAMES):
            self._resolve(node, names, None)
            return
        if node.type in ("public_field_definition", "field_definition"):
            self._field(node, names)
        for child in node.named_children:
            self._visit(child, names)

    def _read_reexport(self, node: Node) -> None:
        """Collect the names of `export {a} from "package"`."""
        source = self._source_of(node.child_by_field_name("source"))
        clause = first_child(node, "export_clause")
        for each in (
            children_of(clause, "export_specifier") if source and clause is not None else ()
        ):
            name = self._text(each.child_by_field_name("name"))
            self._add(ScriptBinding((source, name)), each.start_point[0] + 1)

    def _parameters(self, node: Node, names: Names) -> None:
        """Take notice of parameters, which hide imports, and of their types."""
        alone = node.child_by_field_name("parameter")
        listed = node.child_by_field_name("parameters")
        if alone is not None:
            names[self._text(alone)] = _OWN
        for each in listed.named_children if listed is not None else ():
            pattern = each.child_by_field_name("pattern") or each
            typed = each.child_by_field_name("type")
            for name in _bindings(pattern):
                names[self._text(name)] = (
                    self._annotation(typed, names) if pattern == name else _OWN
                )

    def _field(self, node: Node, names: Names) -> None:
        typed = node.child_by_field_name("type")
        name = node.child_by_field_name("name") or node.child_by_field_name("property")
        value = node.child_by_field_name("value")
        binding = self._annotation(typed, names)
        if not binding.parts and value is not None:
            binding = self._quietly(value, names)
        if binding.is_object:
            names[f"this.{self._text(name)}"] = binding

    def _annotation(self, typed: Node | None, names: Names) -> ScriptBinding:
        """Return the object that a type annotation promises."""
        inner = typed.named_children[0] if typed is not None and typed.named_children else None
        matches = self._quietly(inner, names) if inner is not None else _OWN
        return ScriptBinding(matches.parts, is_object=True) if matches.parts else _OWN

    def _learn_declaration(self, node: Node, names: Names) -> None:
        pattern, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        typed = node.child_by_field_name("type")
        binding = self._resolve(value, names, None) if value is not None else _OWN
        if typed is not None:
            self._visit(typed, names)
            annotation_type = self._annotation(typed, names)
            binding = annotation_type if annotation_type.parts else binding
        if pattern is None:
            return
        if pattern.type in _NAMES:
            names[self._text(pattern)] = binding
            return
        for child in pattern.named_children:
            key = child.child_by_field_name("key") or child
            for name in _bindings(child):
                names[self._text(name)] = _OWN
                if (
                    binding.parts
                    and pattern.type == "object_pattern"
                    and child.type != "rest_pattern"
                ):
                    whole = binding.parts[:-1] if binding.parts[-1] == "*" else binding.parts
                    inner = ScriptBinding((*whole, self._text(key)), binding.is_object)
                    self._add(inner, child.start_point[0] + 1)
                    names[self._text(name)] = ScriptBinding(inner.parts)

    def _quietly(self, node: Node, names: Names) -> ScriptBinding:
        """Return what an expression is that is read again."""
        count = len(self._found)
        binding = self._resolve(node, names, None)
        del self._found[count:]
        return binding

    def _resolve(self, node: Node, names: Names, call: CallShape | None) -> ScriptBinding:
        """Return what an expression is; mentions in it are collected."""
        if node.type in _NAMES or node.type == "this":
            return self._resolve_name(node, names, call)
        if node.type in _MEMBERS:
            return self._member(node, names, call)
        if node.type in ("call_expression", "new_expression"):
            return self._visit_call(node, names)
        if node.type in _WRAPPED and node.named_children:
            inner, *others = node.named_children
            for other in others:
                self._visit(other, names)
            return self._resolve(inner, names, call)
        for child in (node,) if node.type in _SCOPES else node.named_children:
            self._visit(child, names)
        return _OWN

    def _resolve_name(self, node: Node, names: Names, call: CallShape | None) -> ScriptBinding:
        binding = names.get(self._text(node), _OWN)
        if binding.parts and not binding.is_object and binding.parts[-1] != "*":
            self._add(binding, node.end_point[0] + 1, call, is_local=True)
        return binding

    def _member(self, node: Node, names: Names, call: CallShape | None) -> ScriptBinding:
        holder, named = node.named_children[0], node.named_children[-1]
        whole = names.get(self._text(node))
        if whole is not None and holder.type == "this":
            return whole
        count = len(self._found)
        binding = self._resolve(holder, names, None)
        if not binding.parts:
            return _OWN
        if holder.type in (*_NAMES, *_MEMBERS):
            del self._found[count:]  # said with the whole name
        parts = binding.parts[:-1] if binding.parts[-1] == "*" else binding.parts
        matches = ScriptBinding((*parts, self._text(named)), binding.is_object)
        self._add(matches, named.start_point[0] + 1, call)
        return ScriptBinding(matches.parts)

    def _visit_call(self, node: Node, names: Names) -> ScriptBinding:
        arguments = node.child_by_field_name("arguments")
        function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        listed = arguments.named_children if arguments is not None else []
        if self._text(function) in ("require", "import") and len(listed) == 1:
            source = self._source_of(listed[0])
            if not source:
                return _OWN
            if self._text(function) == "require":
                self._add(ScriptBinding((source, "default")), node.start_point[0] + 1)
            return ScriptBinding((source, "default" if self._text(function) == "require" else "*"))
        for each in (*listed, *children_of(node, "type_arguments")):
            self._resolve(each, names, None)
        is_open = any(each.type == "spread_element" for each in listed)
        shape = CallShape(count=len(listed), is_open=is_open)
        made = self._resolve(function, names, shape) if function is not None else _OWN
        return (
            ScriptBinding(made.parts, is_object=True)
            if node.type == "new_expression" and made.parts
            else _OWN
        )

    def _text(self, node: Node | None) -> str:
        return text_of(node, self._source)


def _bindings(pattern: Node) -> Iterator[Node]:
    """Yield the names that a pattern binds."""
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        yield pattern
        return
    for child in pattern.named_children:
        if child != pattern.child_by_field_name("key") and child.type != "type_annotation":
            yield from _bindings(child)
