"""What a JavaScript or TypeScript module declares: functions, types with their members, variables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.item import Argument, Item, Passing
from diff_insight.facts.code.api.script_nodes import (
    access_of,
    argument_of,
    bases_of,
    generics_of,
    joined_types,
    literal_type,
    object_types,
    shown_signature,
    type_of,
)
from diff_insight.facts.code.api.syntax import Node, flat, has_token, head_span
from diff_insight.facts.code.parsing import text_of

#: Marks an alias whose members are all known by its object types and by the types that it joins.
JOINED = "joined"
_FUNCTIONS = ("arrow_function", "function_expression", "generator_function")
_DECLARED = {
    "function_declaration": "function", "generator_function_declaration": "function",
    "function_signature": "function", "class_declaration": "class",
    "abstract_class_declaration": "class", "interface_declaration": "interface",
    "enum_declaration": "enum", "type_alias_declaration": "type", "internal_module": "namespace",
    "class": "class", "function_expression": "function", "arrow_function": "function",
}  # fmt: skip
_VARIABLES = ("lexical_declaration", "variable_declaration")
_METHODS = ("method_definition", "method_signature", "abstract_method_signature")
_FIELDS = ("public_field_definition", "field_definition", "property_signature")
_WORDS = frozenset("static readonly abstract get set override_modifier ? async".split())
_INTERNAL = re.compile(r"@internal\b|@private\b|@hidden\b")
_DEPRECATED = re.compile(r"@deprecated\b")
_NAME = re.compile(r"[\w$]+")


class Declarations:
    """Collects the declarations of one module.

    Args:
        path: The module's file.
        source: Its text.
    """

    def __init__(self, path: str, source: bytes) -> None:
        self._path = path
        self._source = source
        self._items: dict[str, list[Item]] = defaultdict(list)

    def _declare(self, node: Node, outer: Node, owner: str, name: str = "") -> list[str]:
        """Read a declaration, and return the names that it declares."""
        if node.type == "ambient_declaration":  # `declare class …`
            return [
                item for part in node.named_children
                for item in self._declare(part, outer, owner)
            ]  # fmt: skip
        if node.type in _VARIABLES:
            return [
                item for part in node.named_children if part.type == "variable_declarator"
                for item in self._variable(part, outer, owner)
            ]  # fmt: skip
        sort = _DECLARED.get(node.type)
        if sort is None:
            return []
        named = node.child_by_field_name("name")
        key = name or (self._text(named) if named is not None else "default")
        key = f"{owner}.{key}" if owner else key
        if sort == "function":
            self._function(node, outer, key, sort)
        else:
            self._type(node, outer, key, sort)
        return [key]

    def _variable(self, node: Node, outer: Node, owner: str) -> Iterator[str]:
        named, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if named is None:
            return
        if named.type in ("object_pattern", "array_pattern"):
            for part in named.named_children:
                text = _NAME.search(self._text(part).rpartition(":")[2])
                if text is not None and part.type != "comment":
                    self._add(text[0], "variable", outer, outer)
                    yield text[0]
            return
        key = f"{owner}.{self._text(named)}" if owner else self._text(named)
        typed = node.child_by_field_name("type")
        if value is not None and value.type in _FUNCTIONS and typed is None:
            self._function(value, outer, key, "function")
        elif value is not None and value.type == "class":
            self._type(value, outer, key, "class")
        else:
            self._variable_item(key, value, outer, typed)
        yield key

    def _variable_item(
        self, key: str, value: Node | None, outer: Node, typed: Node | None = None
    ) -> None:
        text = "" if value is None else flat(value, self._source)
        same = value is not None and value.type == "identifier"
        self._add(
            key, "variable", outer, outer, shown=text[:200],
            type=type_of(typed, self._source) or literal_type(text),
            modifiers=frozenset(("alias",)) if same else frozenset(),
        )  # fmt: skip

    def _function(
        self, node: Node, outer: Node, key: str, sort: str, modifiers: frozenset[str] = frozenset()
    ) -> None:
        body = node.child_by_field_name("body")
        words = set(modifiers)
        if has_token(node, "async"):
            words.add("async")
        if body is None:
            words.add("signature")
        listed = node.child_by_field_name("parameters")
        single = node.child_by_field_name("parameter")
        arguments = [argument_of(argument, self._source) for argument in (listed.named_children if listed is not None else ())
                     if argument.type != "comment"]  # fmt: skip
        if single is not None:
            arguments = [Argument(self._text(single), Passing.POSITION)]
        signature = tuple(
            argument for argument in arguments if argument is not None and argument.name != "this"
        )
        self._add(
            key, sort, node, outer, body=body, signature=signature, modifiers=frozenset(words),
            type=type_of(node.child_by_field_name("return_type"), self._source),
            generics=generics_of(node, self._source), shown=shown_signature(signature),
        )  # fmt: skip

    def _type(self, node: Node, outer: Node, key: str, sort: str) -> None:
        body = node.child_by_field_name("body")
        value = node.child_by_field_name("value") if sort == "type" else None
        words = {"abstract"} if node.type == "abstract_class_declaration" else set[str]()
        if has_token(node, "const"):
            words.add("const")
        joined = joined_types(value, self._source)
        if joined is not None:
            words.add(JOINED)
        self._add(
            key, sort, node, outer, body=body or value, modifiers=frozenset(words),
            type=flat(value, self._source) if value is not None else "",
            generics=generics_of(node, self._source),
            bases=bases_of(node, self._source) | (joined or {}),
        )  # fmt: skip
        for part in [body] if body is not None else object_types(value):
            self._body(part, key, sort)

    def _body(self, body: Node, key: str, sort: str) -> None:
        if sort == "enum":
            self._enum(body, key)
            return
        for child in body.named_children:
            if sort != "namespace":
                self._member(child, key, sort)
            elif child.type == "export_statement" and (
                inner := child.child_by_field_name("declaration")
            ):
                self._declare(inner, child, key)

    def _enum(self, body: Node, owner: str) -> None:
        """Members with their values; the compiler counts on where none is given."""
        last: int | None = -1
        for child in body.named_children:
            if child.type not in ("enum_assignment", "property_identifier", "string"):
                continue
            value_node = child.child_by_field_name("value")
            named = child.child_by_field_name("name") if value_node is not None else child
            value = self._text(value_node)
            if value_node is None:
                last = None if last is None else last + 1
                value = "" if last is None else str(last)
            else:
                last = int(value) if value.isdecimal() else None
            name = self._text(named).strip("'\"")
            self._add(
                f"{owner}.{name}",
                "enum member",
                child,
                child,
                shown=value,
                provided=value_node is not None,
            )

    def _member(self, node: Node, owner: str, sort: str) -> None:
        if node.type == "index_signature":
            typed = next(
                (child for child in node.named_children if child.type == "type_annotation"), None
            )
            self._add(f"{owner}.[…]", "property", node, node, type=type_of(typed, self._source))
        if node.type not in (*_METHODS, *_FIELDS):
            return
        named = node.child_by_field_name("name") or node.child_by_field_name("property")
        name = self._text(named).strip("'\"")
        if not name or name.startswith(("#", "[")):
            return
        key, words = f"{owner}.{name}", self._words(node, sort)
        if node.type in _METHODS and not words & {"get", "set"}:
            self._function(node, node, key, "method", words)
            if name == "constructor":
                self._parameter_properties(node, owner)
        elif "set" in words:
            self._setter(node, key, words)
        else:
            self._field(node, key, words)

    def _words(self, node: Node, sort: str) -> frozenset[str]:
        words = {child.type for child in node.children if child.type in _WORDS}
        words |= {
            self._text(child) for child in node.children if child.type == "accessibility_modifier"
        }
        if "?" in words:
            words = (words - {"?"}) | {"optional"}
        if sort == "class":
            words |= {"inherited"} | (
                {"provided"} if node.child_by_field_name("body") is not None else set()
            )
        return frozenset(words)

    def _setter(self, node: Node, key: str, words: frozenset[str]) -> None:
        listed = node.child_by_field_name("parameters")
        first = (
            argument_of(listed.named_children[0], self._source)
            if listed and listed.named_children
            else None
        )
        written = first.type if first is not None else ""
        known = self._items.get(key)
        if known:
            known[-1] = replace(known[-1], modifiers=known[-1].modifiers | {"set"}, shown=written)
        else:
            self._add(key, "property", node, node, modifiers=words, shown=written)

    def _field(self, node: Node, key: str, words: frozenset[str]) -> None:
        typed = node.child_by_field_name("type") or node.child_by_field_name("return_type")
        value = node.child_by_field_name("value")
        if value is not None and value.type in _FUNCTIONS and typed is None:
            self._function(value, node, key, "method", words)
            return
        known = self._items.pop(key, [])
        words |= {"set"} if any("set" in item.modifiers for item in known) else set()
        self._add(
            key, "property", node, node, type=type_of(typed, self._source), modifiers=words,
            provided=value is not None, shown=known[-1].shown if known else "",
        )  # fmt: skip

    def _parameter_properties(self, node: Node, owner: str) -> None:
        """`constructor(public x: string)` declares a member."""
        listed = node.child_by_field_name("parameters")
        for parameter in listed.named_children if listed is not None else ():
            words = {
                self._text(child)
                for child in parameter.children
                if child.type == "accessibility_modifier"
            }
            words |= {"readonly"} if has_token(parameter, "readonly") else set()
            if words:
                argument = argument_of(parameter, self._source)
                if argument is not None:
                    self._add(f"{owner}.{argument.name}", "property", parameter, parameter, type=argument.type,
                              modifiers=frozenset(words))  # fmt: skip

    def _add(
        self,
        key: str,
        sort: str,
        node: Node,
        outer: Node,
        *,
        body: Node | None = None,
        **more: object,
    ) -> None:
        start, end = head_span(outer, body)
        comment = outer.prev_sibling
        near = self._text(comment) if comment is not None and comment.type == "comment" else ""
        name = key.rpartition(".")[2]
        modifiers = more.get("modifiers", frozenset())
        access = access_of(modifiers)
        self._items[key].append(Item(
            key=key, sort=sort, path=self._path, start=start, end=max(start, end),
            public=access != "private" and not name.startswith("_") and not _INTERNAL.search(near),
            heirs=access == "protected", deprecated=bool(_DEPRECATED.search(near)), **more,  # type: ignore[arg-type]
        ))  # fmt: skip

    def _text(self, node: Node | None) -> str:
        return text_of(node, self._source)
