"""Reads what a PHP file declares: types with their members, functions and constants, by namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.item import Argument, Item, Passing
from diff_insight.facts.code.api.php_types import PhpNames, type_atoms
from diff_insight.facts.code.api.syntax import (
    Node,
    children_of,
    first_child,
    flat,
    head_span,
    text_of,
)
from diff_insight.facts.code.api.unit_reader import read_units
from diff_insight.facts.code.grammars import PHP

_TYPES = {"class_declaration": "class", "interface_declaration": "interface", "trait_declaration": "trait",
          "enum_declaration": "enum"}  # fmt: skip
_WORDS = {"abstract_modifier": "abstract", "final_modifier": "final", "static_modifier": "static",
          "readonly_modifier": "readonly"}  # fmt: skip
_PARAMETERS = ("simple_parameter", "variadic_parameter", "property_promotion_parameter")
_INTERNAL = re.compile(r"@internal\b")
_FINAL = re.compile(r"@final\b")
_ALIAS = re.compile(r"class_alias\s*\(")
#: What is declared outside of types stands in a unit of this name behind the namespace.
LOOSE = "*"
_DEEPEST = 12


class _PhpScope(Struct):
    names: PhpNames
    loose: dict[str, Item] = field(default_factory=dict)


def read_php(text: str, path: str) -> list[ApiUnit]:
    """Return the types of a file, and a unit of what it declares outside of types."""
    return read_units(text, path, PHP, _PhpReader)


class _PhpReader:
    def __init__(self, source: bytes, path: str, *, complete: bool) -> None:
        self._source = source
        self._path = path
        self._complete = complete
        self._scopes: dict[str, _PhpScope] = {}
        #: Types that nobody extends.
        self._closed: set[str] = set()

    def units(self, root: Node) -> Iterator[ApiUnit]:
        """Yield what the file declares."""
        yield from self._within(root, self._scope(""), 0)
        for namespace, scope in self._scopes.items():
            if scope.loose:
                key = f"{namespace}\\{LOOSE}" if namespace else LOOSE
                item = Item(key=key, sort="namespace", path=self._path)
                yield ApiUnit(item, scope.loose, complete=self._complete)

    def _scope(self, namespace: str) -> _PhpScope:
        return self._scopes.setdefault(namespace, _PhpScope(PhpNames(namespace, {})))

    def _within(self, node: Node, scope: _PhpScope, depth: int) -> Iterator[ApiUnit]:
        for child in node.named_children if depth < _DEEPEST else ():
            if child.type == "namespace_definition":
                inner = self._scope(flat(child.child_by_field_name("name"), self._source))
                body = child.child_by_field_name("body")
                if body is None:
                    scope = inner
                else:
                    yield from self._within(body, inner, depth + 1)
            elif child.type in _TYPES:
                yield self._type(child, scope)
            elif child.type in ("if_statement", "compound_statement", "else_clause"):
                yield from self._within(child, scope, depth + 1)
            elif child.type == "expression_statement":
                yield from self._alias(child, scope)
            else:
                self._outside(child, scope)

    def _outside(self, node: Node, scope: _PhpScope) -> None:
        """What is declared outside of types, and the names that the file imports."""
        if node.type == "namespace_use_declaration":
            scope.names.aliases.update(self._uses(node))
        elif node.type == "function_definition":
            item = self._callable(node, scope, "", "function")
            scope.loose[item.name.rpartition("\\")[2] + "("] = item
        elif node.type == "const_declaration":
            items = self._constants(node, scope, "")
            scope.loose |= {item.name.rpartition("\\")[2]: item for item in items}

    def _uses(self, node: Node) -> Iterator[tuple[str, str]]:
        group = node.child_by_field_name("body")
        start = flat(first_child(node, "namespace_name"), self._source) if group is not None else ""
        for clause in children_of(group if group is not None else node, "namespace_use_clause"):
            alias = clause.child_by_field_name("alias")
            name = first_child(clause, "qualified_name", "name", "namespace_name")
            full = "\\".join(part for part in (start, flat(name, self._source).strip("\\")) if part)
            yield (
                (text_of(alias, self._source) if alias is not None else full.rpartition("\\")[2]),
                full,
            )

    def _alias(self, node: Node, scope: _PhpScope) -> Iterator[ApiUnit]:
        """A second name of a class, under which it can still be had."""
        text = flat(node, self._source)
        if _ALIAS.match(text):
            name = re.search(r",\s*(?:['\"]\\?([\w\\]+)['\"]|([\w\\]+)::class)", text)
            if name is not None:
                full = name[1].replace("\\\\", "\\") if name[1] else scope.names.full(name[2])
                yield ApiUnit(
                    Item(key=full, sort="extension", path=self._path), {}, (), complete=False
                )

    def _type(self, node: Node, scope: _PhpScope) -> ApiUnit:
        key = scope.names.own(text_of(node.child_by_field_name("name"), self._source))
        body = node.child_by_field_name("body")
        start, end = head_span(node, body)
        words, docs = self._words(node), self._docs(node)
        words |= {"final"} if _FINAL.search(docs) else frozenset()
        bases = dict(self._bases(node, scope))
        item = Item(
            key=key, sort=_TYPES[node.type], path=self._path, start=start, end=end,
            public=not _INTERNAL.search(docs), modifiers=words, bases=bases,
            deprecated="@deprecated" in docs or "Deprecated" in docs,
        )  # fmt: skip
        if "final" in words or item.sort == "enum":
            self._closed.add(key)
        members, traits = self._members(body, scope, item) if body is not None else ({}, [])
        interfaces = frozenset(dict(self._bases(node, scope, "class_interface_clause")))
        return ApiUnit(item, members, (*traits, *bases), self._complete, interfaces)

    def _bases(self, node: Node, scope: _PhpScope, *clauses: str) -> Iterator[tuple[str, str]]:
        for clause in children_of(node, *(clauses or ("base_clause", "class_interface_clause"))):
            for name in children_of(clause, "name", "qualified_name"):
                shown = flat(name, self._source)
                yield scope.names.full(shown), shown.rpartition("\\")[2]

    def _members(
        self, body: Node, scope: _PhpScope, owner: Item
    ) -> tuple[dict[str, Item], list[str]]:
        members: dict[str, Item] = {}
        traits: list[str] = []
        for child in body.named_children:
            if child.type == "use_declaration":
                traits += [
                    scope.names.full(flat(element, self._source))
                    for element in children_of(child, "name", "qualified_name")
                ]
                # Members under other names, which are not looked up.
                traits += ["?"] if first_child(child, "use_list") is not None else []
            elif child.type == "method_declaration":
                item = self._callable(child, scope, owner.key, "method", owner)
                members[item.name + "("] = item
                if item.sort == "constructor":
                    members |= {
                        element.name: element for element in self._promotions(child, scope, owner)
                    }
            elif child.type == "property_declaration":
                members |= {
                    element.name: element for element in self._properties(child, scope, owner)
                }
            elif child.type == "const_declaration":
                members |= {
                    element.name: element for element in self._constants(child, scope, owner.key)
                }
            elif child.type == "enum_case":
                name = text_of(child.child_by_field_name("name"), self._source)
                value = flat(child.child_by_field_name("value"), self._source)
                members[name] = self._item(child, f"{owner.key}.{name}", "case", shown=value)
        return members, traits

    def _callable(
        self, node: Node, scope: _PhpScope, owner: str, sort: str, holder: Item | None = None
    ) -> Item:
        name = text_of(node.child_by_field_name("name"), self._source)
        listed = node.child_by_field_name("parameters")
        arguments = tuple(self._arguments(listed, scope, owner)) if listed is not None else ()
        result = node.child_by_field_name("return_type")
        body = node.child_by_field_name("body")
        key = f"{owner}.{name}" if owner else scope.names.own(name)
        sort = "constructor" if name.lower() == "__construct" and owner else sort
        item = self._item(node, key, sort, body)
        words = set(item.modifiers)
        if first_child(node, "reference_modifier") is not None:
            words.add("&")
        if holder is not None and holder.sort == "interface":
            words.add("abstract")
        return Item(
            key=key, sort=sort, path=self._path, start=item.start, end=item.end, public=item.public, heirs=item.heirs,
            modifiers=frozenset(words), parameters=tuple(element.type for element in arguments), signature=arguments,
            type=type_atoms(result, scope.names, owner, self._source), deprecated=item.deprecated,
            shown=flat(listed, self._source) + (f": {flat(result, self._source)}" if result is not None else ""),
            provided=body is not None,
        )  # fmt: skip

    def _arguments(self, listed: Node, scope: _PhpScope, owner: str) -> Iterator[Argument]:
        for node in children_of(listed, *_PARAMETERS):
            name = flat(node.child_by_field_name("name"), self._source)
            default = node.child_by_field_name("default_value")
            type_ = type_atoms(node.child_by_field_name("type"), scope.names, owner, self._source)
            rest = node.type == "variadic_parameter"
            if default is not None and default.type == "null" and type_:
                type_ = "|".join(sorted({*type_.split("|"), "null"}))
            reference = any(child.type == "reference_modifier" for child in node.children)
            yield Argument(
                name=name, passing=Passing.REST if rest else Passing.EITHER, type=("&" if reference else "") + type_,
                default=flat(default, self._source), optional=rest or default is not None,
            )  # fmt: skip

    def _promotions(self, node: Node, scope: _PhpScope, owner: Item) -> Iterator[Item]:
        for element in children_of(
            node.child_by_field_name("parameters"), "property_promotion_parameter"
        ):
            name = flat(element.child_by_field_name("name"), self._source)
            type_ = type_atoms(
                element.child_by_field_name("type"), scope.names, owner.key, self._source
            )
            yield self._item(element, f"{owner.key}.{name}", "property", type_=type_)

    def _properties(self, node: Node, scope: _PhpScope, owner: Item) -> Iterator[Item]:
        type_ = type_atoms(node.child_by_field_name("type"), scope.names, owner.key, self._source)
        for element in children_of(node, "property_element"):
            name = flat(element.child_by_field_name("name"), self._source)
            yield self._item(node, f"{owner.key}.{name}", "property", type_=type_)

    def _constants(self, node: Node, scope: _PhpScope, owner: str) -> Iterator[Item]:
        for element in children_of(node, "const_element"):
            name = text_of(first_child(element, "name"), self._source)
            key = f"{owner}.{name}" if owner else scope.names.own(name)
            yield self._item(
                node, key, "constant", shown=flat(element, self._source).partition("=")[2].strip()
            )

    def _item(
        self, node: Node, key: str, sort: str, body: Node | None = None, *, type_: str = "", shown: str = "",
    ) -> Item:  # fmt: skip
        start, end = head_span(node, body)
        words, docs = self._words(node), self._docs(node)
        closed = key.rpartition(".")[0] in self._closed
        return Item(
            key=key, sort=sort, path=self._path, start=start, end=end, modifiers=words, type=type_, shown=shown or type_,
            public=not (_INTERNAL.search(docs) or "private" in words or ("protected" in words and closed)),
            heirs="protected" in words,
            deprecated="@deprecated" in docs,
        )  # fmt: skip

    def _words(self, node: Node) -> frozenset[str]:
        words = {_WORDS[child.type] for child in node.children if child.type in _WORDS}
        words |= {
            text_of(child, self._source)
            for child in node.children
            if child.type == "visibility_modifier"
        }
        return frozenset(words)

    def _docs(self, node: Node) -> str:
        before = node.prev_sibling
        comment = (
            text_of(before, self._source) if before is not None and before.type == "comment" else ""
        )
        return comment + flat(node.child_by_field_name("attributes"), self._source)
