"""Reads the symbols of one version: walks declarations, never into the bodies of functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from diff_insight.facts.code.access import access_of, section_of
from diff_insight.facts.code.internal_marks import (
    is_internal_scope,
    is_not_offered,
    is_of_tests,
    without_namespaces,
)
from diff_insight.facts.code.model import (
    Access,
    Defaults,
    Grammar,
    Symbol,
    SymbolKind,
    SymbolOutline,
)
from diff_insight.facts.code.nesting import Nest, members_nest, unconditional
from diff_insight.facts.code.nodes import (
    DEEPEST,
    SeveralDeclared,
    function_declarator,
    is_name,
    list_of,
    parameter_texts,
    result_of,
    value_of,
)
from diff_insight.facts.code.parameter_list import parameters_of
from diff_insight.facts.code.parsing import (
    LARGEST_SOURCE,
    PartlyReadError,
    is_python,
    parse_whole,
    raw,
    text_of,
)

#: Symbols of a version that are read; a file with more is data.
MOST_SYMBOLS = 20_000
_NAMES = frozenset("identifier name simple_identifier type_identifier constant field_identifier "
                   "property_identifier private_property_identifier variable_name word "
                   "namespace_identifier word qualified_identifier destructor_name "
                   "operator_name".split())  # fmt: skip
#: Statements around one declaration or several.
_STATEMENTS = frozenset("decorated_definition template_declaration export_statement "
                        "ambient_declaration lexical_declaration variable_declaration "
                        "field_declaration const_declaration var_declaration type_declaration "
                        "property_declaration event_field_declaration constant_declaration "
                        "expression_statement declaration_command".split())  # fmt: skip
_FUNCTIONS = frozenset("arrow_function function_expression generator_function lambda "
                       "lambda_literal anonymous_function func_literal".split())  # fmt: skip
_DEPRECATED = re.compile(
    r"@(?:\w++\.)*+deprecated\b|@Deprecated\b|\bDeprecated:|\[Obsolete\b|#\[deprecated\b|\.\. deprecated::"
    r"|@available\([^)]*deprecated|\bDeprecationWarning\b|\bDEPRECATED\b|\[\[deprecated"
)
#: Characters of a receiver that are read, from its end.
_LONGEST_RECEIVER = 300
_LAST_NAME = re.compile(r"(?<!\w)(\w++)\s*+(?:\[[^\[\]]*+\])?+\s*+\)?+$")
_WORDS = re.compile(rb"\w+")
#: `exports.a = b`, `module.exports = a`, `module.exports = { a, b }`.
_ASSIGNED_EXPORT = re.compile(
    rb"(?m)^(?:module\.)?exports\.(\w++)[ \t]*+=(?:[ \t]*+(\w++)[ \t]*+;?[ \t]*+$)?"
    rb"|^module\.exports[ \t]*+=[ \t]*+(?:(\w++)[ \t]*+;?[ \t]*+$|\{([\w\s,]{0,4000}+)\})"
)
_MACROS = frozenset(("macro_invocation", "expression_statement"))
_IN_MACRO = re.compile(rb"\b(?:pub|fn|struct|enum|trait|type|const)\s")
#: Comments before a declaration that are read, each of which may be one line.
_MOST_COMMENTS = 60
#: Characters around a declaration that are searched for its deprecation.
_NEAR = 1500


def outline_of(text: str, grammar: Grammar) -> SymbolOutline:
    """Return the symbols of a version.

    Raises:
        PartlyReadError: It cannot be read for symbols.
    """
    python = grammar.package == "tree_sitter_python"
    if len(text) > LARGEST_SOURCE:
        raise PartlyReadError("limit")
    # No grammar knows the character, and editors show nothing there.
    text = text.replace("\0", " ")
    if python and not is_python(text):
        raise PartlyReadError("syntax-error")
    source = text.encode("utf-8", "replace")
    root = parse_whole(grammar, source)
    lines = text.count("\n") + (not text.endswith("\n"))
    outline = _DeclarationWalk(grammar, source, lines).run(root)
    return replace(outline, broken=True) if root.has_error else outline


class _DeclarationWalk:
    """One walk over one tree; a list of places to visit instead of recursion."""

    def __init__(self, grammar: Grammar, source: bytes, lines: int) -> None:
        self._grammar = grammar
        self._source = source
        self._lines = lines
        self._symbols: list[Symbol] = []
        self._exports: set[str] = set()
        self._imported: set[str] = set()
        self._several = SeveralDeclared(self._grammar.declares)
        self._comments: list[tuple[int, int]] = []
        self._imports: list[tuple[int, int]] = []
        self._macros: list[tuple[int, int]] = []

    def run(self, root: Any) -> SymbolOutline:  # noqa: ANN401
        assigned = self._assigned_exports()
        self._exports |= assigned
        waiting: list[tuple[Any, Nest, int]] = [(root, Nest(), 0)]
        while waiting and len(self._symbols) < MOST_SYMBOLS:
            node, nest, depth = waiting.pop()
            if depth > DEEPEST:
                continue
            children = list(self._children(node, nest, depth))
            waiting += reversed(children)
        if waiting:
            raise PartlyReadError("limit")
        declared = {symbol.key for symbol in self._symbols}
        symbols = [
            replace(symbol, access=Access.PUBLIC)
            if not symbol.owner and symbol.key in self._exports else symbol
            for symbol in self._symbols
        ]  # fmt: skip
        if self._grammar.package == "tree_sitter_ruby":
            symbols = without_namespaces(symbols)
        symbols.sort(key=lambda symbol: (symbol.start, -symbol.end))
        return SymbolOutline(
            tuple(symbols), frozenset(self._imported), (*self._imports, *self._comments), max(1, self._lines),
            macros=tuple(self._macros), assigned=frozenset(assigned - declared), imports=tuple(self._imports),
        )  # fmt: skip

    def _children(self, node: Any, nest: Nest, depth: int) -> Iterator[tuple[Any, Nest, int]]:  # noqa: ANN401
        grammar = self._grammar
        for child in node.children:
            kind = child.type
            if kind in grammar.declares:
                yield from self._declare(child, nest, depth)
            elif kind in grammar.through:
                yield child, self._inside(child, nest), depth + 1
            elif kind in grammar.imports:
                self._imported.update(
                    word.decode("utf-8", "replace")
                    for word in _WORDS.findall(raw(child, self._source))
                )
                self._imports.append(self._span(child))
            elif "comment" in kind:
                self._comments.append(self._span(child))
            elif kind in _MACROS and (self._declares_inside(child)):
                self._macros.append(self._span(child))
            elif (section := section_of(child, self._source)) is not None:
                nest = replace(nest, section=section)

    def _declares_inside(self, node: Any) -> bool:  # noqa: ANN401
        """Tell whether a macro of Rust seems to hold declarations."""
        text = raw(node, self._source) if self._grammar.package == "tree_sitter_rust" else b""
        return b"!" in text and _IN_MACRO.search(text) is not None

    def _inside(self, child: Any, nest: Nest) -> Nest:  # noqa: ANN401
        """Keep the outermost statement around a declaration: it carries decorators and modifiers."""
        exported = nest.exported or child.type in ("export_statement", "ambient_declaration")
        outer = (nest.outer or child) if child.type in _STATEMENTS else None
        internal = nest.internal or is_internal_scope(child, self._source)
        return replace(nest, exported=exported, outer=outer, internal=internal)

    def _declare(self, node: Any, nest: Nest, depth: int) -> Iterator[tuple[Any, Nest, int]]:  # noqa: ANN401
        what = self._meaning(node)
        inner = node.child_by_field_name("type") if node.type == "type_definition" else None
        if inner is not None and inner.type in self._grammar.declares:
            yield from self._declare(inner, replace(nest, outer=node), depth)
            return
        if what is SymbolKind.EXPORT:
            self._export(node)
        if what is None or what is SymbolKind.EXPORT:
            return
        for key in self._name(node):
            known = not nest.owner and key in self._exports
            symbol = self._symbol(node, key, what, replace(nest, exported=True) if known else nest)
            if is_of_tests(symbol.core, self._source, self._grammar):
                # What tests within a file are made of concerns nobody who uses it.
                self._symbols.append(replace(symbol, access=Access.PRIVATE, of_tests=True))
                continue
            if what is not SymbolKind.OWNER:
                self._symbols.append(symbol)
            if symbol.what in (SymbolKind.TYPE, SymbolKind.OWNER):
                yield node, members_nest(symbol, node), depth + 1

    def _meaning(self, node: Any) -> SymbolKind | None:  # noqa: ANN401
        """Return what a node declares, or None for a C type that is only named."""
        what = self._grammar.declares[node.type]
        if node.type == "class_declaration" and self._grammar.package == "tree_sitter_swift":
            named = node.child_by_field_name("name")
            return SymbolKind.OWNER if named is not None and named.type == "user_type" else what
        named_only = node.type.endswith("_specifier") and not node.child_by_field_name("body")
        if what is SymbolKind.TYPE and named_only:
            return None
        return what

    def _export(self, node: Any) -> None:  # noqa: ANN401
        names = [text_of(child, self._source) for child in node.named_children]
        if not names:
            return
        self._exports.add(names[0])
        statement = node.parent.parent if node.parent is not None else None
        if statement is not None and statement.child_by_field_name("source") is not None:
            start, end = self._span(node)
            self._symbols.append(
                Symbol(
                    names[-1],
                    SymbolKind.EXPORT,
                    Access.PUBLIC,
                    start,
                    end,
                    "",
                    self._source,
                    node,
                    node,
                )
            )
            self._imported.add(names[-1])

    def _assigned_exports(self) -> frozenset[str]:
        """Return what CommonJS exports by assignments: names of the file, or of values that have no other."""
        if self._grammar.access is not Defaults.EXPORTED:
            return frozenset()
        matches = _ASSIGNED_EXPORT.finditer(self._source)
        names = b" ".join(each for match in matches for each in match.groups() if each is not None)
        return frozenset(word.decode() for word in _WORDS.findall(names))

    def _symbol(self, core: Any, name: str, what: SymbolKind, nest: Nest) -> Symbol:  # noqa: ANN401
        outer = nest.outer if nest.outer is not None else core
        if what is SymbolKind.VALUE and self._several(outer, core):
            outer = core
        owner, reached = nest.owner, name
        assigned = value_of(core) if what is SymbolKind.VALUE else None
        called = assigned if assigned is not None and assigned.type in _FUNCTIONS else core
        if called is not core or (
            what is SymbolKind.VALUE and function_declarator(core) is not None
        ):
            what = SymbolKind.CALLABLE
        if core.type == "method_declaration" and (receiver := core.child_by_field_name("receiver")):
            match = _LAST_NAME.search(text_of(receiver, self._source)[-_LONGEST_RECEIVER:])
            owner = match[1] if match else owner
            reached = f"{owner}.{name}"
        start, end = self._span(outer)
        listed = list_of(called)
        parameters = None
        if what is SymbolKind.CALLABLE:
            text = (
                text_of(listed, self._source)
                if listed is not None
                else parameter_texts(core, self._source)
            )
            parameters = parameters_of(text, self._grammar)
        access = access_of(self._grammar, reached, (core, outer), nest, self._source)
        return Symbol(
            source=self._source, key=f"{owner}.{name}" if owner and what is not SymbolKind.OWNER else name,
            what=what, access=access, start=start, end=end, owner=owner, node=outer, core=core,
            body=called.child_by_field_name("body"), listed=listed, parameters=parameters,
            value=text_of(assigned, self._source) if assigned and what is SymbolKind.VALUE else None,
            result=result_of(called, self._grammar, self._source) if what is SymbolKind.CALLABLE else None,
            deprecation=self._deprecation(outer, core),
            internal=nest.internal or is_not_offered(name, (core, outer), self._source, self._grammar),
        )  # fmt: skip

    def _name(self, node: Any) -> list[str]:  # noqa: ANN401
        """Return the names that a node declares; several where a language lists them."""
        if node.type == "impl_item":
            named = node.child_by_field_name("type")
            return [text_of(named, self._source).partition("<")[0]] if named is not None else []
        declarator = node.child_by_field_name("declarator") or node.child_by_field_name("left")
        if declarator is None:
            fields = node.children_by_field_name("name")
            if node.type not in ("const_spec", "var_spec", "field_declaration", "enum_entry"):
                fields = fields[:1]
            names = [text_of(child, self._source) for child in fields if "user_type" not in child.type or
                     node.type == "class_declaration"]  # fmt: skip
            names = (
                names
                or [
                    text_of(child, self._source)
                    for child in node.named_children
                    if child.type in _NAMES
                ][:1]
            )
            return [name for name in names if is_name(name)]
        for _ in range(DEEPEST):
            if declarator is None or declarator.type in _NAMES:
                break
            inner = declarator.child_by_field_name("declarator")
            declarator = inner or next(
                (child for child in declarator.named_children if child.type in _NAMES), None
            )
        name = (
            text_of(declarator, self._source).replace("::", ".") if declarator is not None else ""
        )
        return [name] if is_name(name) else []

    def _deprecation(self, outer: Any, core: Any) -> str:  # noqa: ANN401
        """Return what calls a declaration deprecated: the comment before it, its decorators, where its body begins."""
        near = self._text_before(outer)
        listed, body = list_of(core), core.child_by_field_name("body")
        within: list[Any] = []
        if self._grammar.declares.get(core.type) is SymbolKind.TYPE:
            # Members have comments of their own.
            within = [core.child_by_field_name(name) for name in ("value", "type")]
            within += [child for child in core.children if child.type == "comment"][:1]
        ends = [part.start_byte for part in (listed, body, *within) if part is not None]
        head_end = min([*ends, core.end_byte, outer.start_byte + _NEAR])
        head = self._source[outer.start_byte : head_end]
        start = b""
        if body is not None and self._grammar.declares.get(core.type) is SymbolKind.CALLABLE:
            start = self._source[body.start_byte : min(body.end_byte, body.start_byte + _NEAR)]
            start = unconditional(start, body.start_point[1])
        text = near + (head + b" " + start).decode("utf-8", "replace")
        return text if _DEPRECATED.search(text) is not None else ""

    def _text_before(self, outer: Any) -> str:  # noqa: ANN401
        """Return the comments and attributes on the lines right before a declaration."""
        first, parts = outer, list[str]()
        before = outer.prev_sibling
        if before is None and outer.parent is not None:
            before = outer.parent.prev_sibling  # a comment before the first member of a body
        while (
            before is not None
            and len(parts) < _MOST_COMMENTS
            and ("comment" in before.type or before.type == "attribute_item")
            and before.end_point[0] >= first.start_point[0] - 1
        ):
            parts.append(text_of(before, self._source))
            first, before = before, before.prev_sibling
        return "\n".join(reversed(parts))

    def _span(self, node: Any) -> tuple[int, int]:  # noqa: ANN401
        """Return 1-based first and last line, which exist whatever the parser made up."""
        start = min(node.start_point[0] + 1, max(1, self._lines))
        end_row, end_column = node.end_point[0], node.end_point[1]
        end = end_row + (1 if end_column else 0)
        return start, max(start, min(end, self._lines))
