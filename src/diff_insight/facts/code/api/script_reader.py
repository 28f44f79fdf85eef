"""One JavaScript or TypeScript module as others see it: what it declares, imports and exports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.item import Argument, Item, Passing, TypeParameter
from diff_insight.facts.code.api.syntax import Node, damaged_lines, flat, has_token, head_span
from diff_insight.facts.code.grammars import JAVASCRIPT, TSX, TYPESCRIPT
from diff_insight.facts.code.parsing import parse, readable, text_of

#: Characters of a module above which it is not read.
LARGEST = 600_000
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
_WORDS = frozenset("static readonly abstract get set override ? async".split())
_ACCESS = re.compile(r"^(public|protected|private)$")
_INTERNAL = re.compile(r"@internal\b|@private\b|@hidden\b")
_DEPRECATED = re.compile(r"@deprecated\b")
_COMMON_JS = re.compile(r"^(?:module\.)?exports(?:\.([\w$]+))?$")
_NAME = re.compile(r"[\w$]+")


class Passed(Struct, frozen=True):
    """A name that comes from another module: empty for the module as a whole."""

    source: str
    name: str
    line: int = 1


class ScriptFile(Struct, frozen=True, kw_only=True):
    """What one module declares.

    Attributes:
        path: Its file.
        items: Key -> declarations of it, in order; several where it is overloaded or merged.
        imports: Local name -> where it comes from.
        exports: Exported name -> local name, or what another module has.
        stars: Modules all of whose names are passed on.
        damaged: Lines that could not be read.
        open_exports: Whether it exports what cannot be read.
    """

    path: str
    items: dict[str, list[Item]] = field(default_factory=dict)
    imports: dict[str, Passed] = field(default_factory=dict)
    exports: dict[str, str | Passed] = field(default_factory=dict)
    stars: list[Passed] = field(default_factory=list)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    open_exports: bool = False


def read_script(text: str, path: str) -> ScriptFile | None:
    """Return what a module declares; None when it is too large or no parser is here."""
    if not readable(text, most=LARGEST):
        return None
    suffix = path.rpartition(".")[2]
    grammar = (
        TSX if suffix == "tsx" else TYPESCRIPT if suffix in ("ts", "mts", "cts") else JAVASCRIPT
    )
    source = text.encode("utf-8", "replace")
    root = parse(grammar, source)
    return None if root is None else _Reader(path, source).read(root)


class _Reader:
    def __init__(self, path: str, source: bytes) -> None:
        self._path = path
        self._source = source
        self._items: dict[str, list[Item]] = defaultdict(list)
        self._imports: dict[str, Passed] = {}
        self._exports: dict[str, str | Passed] = {}
        self._stars: list[Passed] = []
        self._open = False

    def read(self, root: Node) -> ScriptFile:
        for node in root.named_children:
            self._top(node)
        return ScriptFile(
            path=self._path, items=dict(self._items), imports=self._imports, exports=self._exports,
            stars=self._stars, damaged=damaged_lines(root), open_exports=self._open,
        )  # fmt: skip

    def _top(self, node: Node) -> None:
        if node.type == "import_statement":
            self._import(node)
        elif node.type == "export_statement":
            self._export(node)
        elif node.type == "ambient_declaration":
            for child in node.named_children:
                self._declare(child, node, "")
        elif node.type == "expression_statement":
            self._common_js(node)
        else:
            self._declare(node, node, "")

    def _import(self, node: Node) -> None:
        source = _string(node.child_by_field_name("source"), self._source)
        for clause in node.named_children:
            if clause.type != "import_clause":
                continue
            for part in clause.named_children:
                if part.type == "identifier":
                    self._imports[self._text(part)] = Passed(source, "default")
                elif part.type == "namespace_import":
                    self._imports[self._text(part.named_children[-1])] = Passed(source, "")
                elif part.type == "named_imports":
                    for name, alias in self._specifiers(part, "import_specifier"):
                        self._imports[alias] = Passed(source, name)

    def _specifiers(self, node: Node, type_: str) -> Iterator[tuple[str, str]]:
        """Yield (name, alias) of `{ name as alias }`."""
        for one in node.named_children:
            if one.type == type_:
                name = self._text(one.child_by_field_name("name")).strip("'\"")
                alias = one.child_by_field_name("alias")
                yield name, self._text(alias).strip("'\"") if alias is not None else name

    def _export(self, node: Node) -> None:
        source_node = node.child_by_field_name("source")
        declaration = node.child_by_field_name("declaration")
        value = node.child_by_field_name("value")
        if declaration is not None:
            names = self._declare(declaration, node, "")
            if has_token(node, "default"):
                self._exports["default"] = names[0] if names else "default"
            else:
                self._exports |= {name: name for name in names}
        elif value is not None:
            self._default(value, node)
        elif source_node is None and has_token(node, "=") and node.named_children:
            self._default(node.named_children[-1], node)
        self._passed_on(node, source_node)

    def _passed_on(self, node: Node, source_node: Node | None) -> None:
        """`export * from`, `export * as name from`, `export { name as alias }` with or without a module."""
        source, line = _string(source_node, self._source), node.start_point[0] + 1
        if source_node is not None and has_token(node, "*"):
            self._stars.append(Passed(source, "*", line))
        for part in node.named_children:
            if part.type == "namespace_export":
                name = self._text(part.named_children[-1]).strip("'\"")
                self._exports[name] = Passed(source, "", line)
            elif part.type == "export_clause":
                for name, alias in self._specifiers(part, "export_specifier"):
                    here = source_node is None
                    self._exports[alias] = name if here else Passed(source, name, line)

    def _default(self, value: Node, statement: Node) -> None:
        if value.type == "identifier":
            self._exports["default"] = self._text(value)
            return
        names = self._declare(value, statement, "", name="default")
        self._exports["default"] = names[0] if names else "default"

    def _common_js(self, node: Node) -> None:
        """`module.exports = …`, `exports.name = …`."""
        inner = node.named_children[0] if node.named_children else None
        if inner is None or inner.type != "assignment_expression":
            return
        left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        match = _COMMON_JS.match(self._text(left))
        if match is None or right is None:
            return
        if match[1]:
            self._assigned(match[1], right, node)
        elif right.type == "object":
            for part in right.named_children:
                self._exported_part(part)
        else:
            self._assigned("default", right, node)

    def _exported_part(self, part: Node) -> None:
        """One property of the object that `module.exports` is."""
        if part.type == "shorthand_property_identifier":
            self._exports[self._text(part)] = self._text(part)
        elif part.type == "pair":
            key = self._text(part.child_by_field_name("key")).strip("'\"")
            self._assigned(key, part.child_by_field_name("value"), part)
        elif part.type == "method_definition":
            name = self._text(part.child_by_field_name("name"))
            self._function(part, part, name, "function")
            self._exports[name] = name
        else:
            self._open = True

    def _assigned(self, name: str, value: Node, statement: Node) -> None:
        if value.type == "identifier":
            self._exports[name] = self._text(value)
            return
        if (
            value.type == "call_expression"
            and self._text(value.child_by_field_name("function")) == "require"
        ):
            source = _string(value.child_by_field_name("arguments").named_children[0], self._source)
            self._exports[name] = Passed(
                source, "default" if name == "default" else "", statement.start_point[0] + 1
            )
            return
        self._declare(value, statement, "", name=name)
        self._exports[name] = name
        if name not in self._items:
            self._variable_item(name, value, statement)

    def _declare(self, node: Node, outer: Node, owner: str, name: str = "") -> list[str]:
        """Read a declaration, and return the names that it declares."""
        if node.type in _VARIABLES:
            return [
                one for part in node.named_children if part.type == "variable_declarator"
                for one in self._variable(part, outer, owner)
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
                if text is not None:
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
            type=_type(typed, self._source) or _literal_type(text),
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
        arguments = [_argument(one, self._source) for one in (listed.named_children if listed is not None else ())
                     if one.type != "comment"]  # fmt: skip
        if single is not None:
            arguments = [Argument(self._text(single), Passing.POSITION)]
        signature = tuple(one for one in arguments if one is not None and one.name != "this")
        self._add(
            key, sort, node, outer, body=body, signature=signature, modifiers=frozenset(words),
            type=_type(node.child_by_field_name("return_type"), self._source),
            generics=_generics(node, self._source), shown=_shown(signature),
        )  # fmt: skip

    def _type(self, node: Node, outer: Node, key: str, sort: str) -> None:
        body = node.child_by_field_name("body")
        value = node.child_by_field_name("value") if sort == "type" else None
        words = {"abstract"} if node.type == "abstract_class_declaration" else set[str]()
        if has_token(node, "const"):
            words.add("const")
        self._add(
            key, sort, node, outer, body=body or value, modifiers=frozenset(words),
            type=flat(value, self._source) if value is not None else "",
            generics=_generics(node, self._source), bases=_bases(node, self._source),
        )  # fmt: skip
        if value is not None and value.type == "object_type":
            body = value
        if body is not None:
            self._body(body, key, sort)

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
        for child in body.named_children:
            if child.type == "enum_assignment":
                name = self._text(child.child_by_field_name("name")).strip("'\"")
                self._add(f"{owner}.{name}", "enum member", child, child,
                          shown=self._text(child.child_by_field_name("value")))  # fmt: skip
            elif child.type in ("property_identifier", "string"):
                self._add(
                    f"{owner}.{self._text(child).strip(chr(39) + chr(34))}",
                    "enum member",
                    child,
                    child,
                )

    def _member(self, node: Node, owner: str, sort: str) -> None:
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
        if sort == "class" and node.child_by_field_name("body") is not None:
            words.add("provided")
        return frozenset(words)

    def _setter(self, node: Node, key: str, words: frozenset[str]) -> None:
        known = self._items.get(key)
        if known:
            known[-1] = replace(known[-1], modifiers=known[-1].modifiers | {"set"})
        else:
            self._add(key, "property", node, node, modifiers=words)

    def _field(self, node: Node, key: str, words: frozenset[str]) -> None:
        typed = node.child_by_field_name("type") or node.child_by_field_name("return_type")
        value = node.child_by_field_name("value")
        if value is not None and value.type in _FUNCTIONS and typed is None:
            self._function(value, node, key, "method", words)
            return
        known = self._items.pop(key, [])
        words |= {"set"} if any("set" in one.modifiers for one in known) else set()
        self._add(
            key, "property", node, node, type=_type(typed, self._source), modifiers=words,
            provided=value is not None,
        )  # fmt: skip

    def _parameter_properties(self, node: Node, owner: str) -> None:
        """`constructor(public x: string)` declares a member."""
        listed = node.child_by_field_name("parameters")
        for one in listed.named_children if listed is not None else ():
            words = {
                self._text(child)
                for child in one.children
                if child.type == "accessibility_modifier"
            }
            words |= {"readonly"} if has_token(one, "readonly") else set()
            if words:
                argument = _argument(one, self._source)
                if argument is not None:
                    self._add(f"{owner}.{argument.name}", "property", one, one, type=argument.type,
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
        access = _access_of(modifiers)
        self._items[key].append(Item(
            key=key, sort=sort, path=self._path, start=start, end=max(start, end),
            public=access != "private" and not name.startswith("_") and not _INTERNAL.search(near),
            heirs=access == "protected", deprecated=bool(_DEPRECATED.search(near)), **more,  # type: ignore[arg-type]
        ))  # fmt: skip

    def _text(self, node: Node | None) -> str:
        return text_of(node, self._source)


def _access_of(modifiers: object) -> str:
    words = modifiers if isinstance(modifiers, frozenset) else frozenset()
    return next((word for word in words if _ACCESS.match(word)), "")


def _string(node: Node | None, source: bytes) -> str:
    return text_of(node, source).strip("'\"`")


def _type(node: Node | None, source: bytes) -> str:
    return "" if node is None else flat(node, source).removeprefix(":").strip()


def _literal_type(text: str) -> str:
    """Return the type of a literal that a constant has without saying so."""
    if re.fullmatch(r"-?\d[\d_.]*", text):
        return "number"
    if text in ("true", "false"):
        return "boolean"
    return "string" if text[:1] in ("'", '"', "`") and text[-1:] == text[:1] else ""


def _argument(node: Node, source: bytes) -> Argument | None:
    pattern = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
    typed = node.child_by_field_name("type")
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    rest = pattern.type == "rest_pattern"
    if rest and pattern.named_children:
        pattern = pattern.named_children[0]
    simple = pattern.type in ("identifier", "this")
    default = flat(value, source) if value is not None else ""
    return Argument(
        text_of(pattern, source) if simple else "{}",
        Passing.REST if rest else Passing.POSITION, _type(typed, source), default,
        rest or value is not None or node.type == "optional_parameter",
    )  # fmt: skip


def _generics(node: Node, source: bytes) -> tuple[TypeParameter, ...]:
    listed = node.child_by_field_name("type_parameters")
    found = []
    for one in listed.named_children if listed is not None else ():
        if one.type != "type_parameter":
            continue
        constraint = one.child_by_field_name("constraint")
        bound = (
            flat(constraint, source).removeprefix("extends").strip()
            if constraint is not None
            else ""
        )
        found.append(TypeParameter(
            "type", text_of(one.child_by_field_name("name"), source), frozenset((bound,)) if bound else frozenset(),
            one.child_by_field_name("value") is not None,
        ))  # fmt: skip
    return tuple(found)


def _bases(node: Node, source: bytes) -> dict[str, str]:
    """Return what a class or interface extends: name -> as written, `implements` left out."""
    found: dict[str, str] = {}
    for part in node.named_children:
        clauses = part.named_children if part.type == "class_heritage" else [part]
        for clause in clauses:
            if clause.type in ("extends_clause", "extends_type_clause"):
                for one in clause.named_children:
                    if one.type != "type_arguments":
                        text = flat(one, source)
                        found[text.partition("<")[0]] = text
            elif part.type == "class_heritage" and clause.type in (
                "identifier",
                "member_expression",
                "call_expression",
            ):
                found[flat(clause, source)] = flat(clause, source)  # JavaScript has no clause
    return found


def _shown(signature: tuple[Argument, ...]) -> str:
    parts = []
    for one in signature:
        stars = "..." if one.passing is Passing.REST else ""
        mark = "?" if one.optional and not one.default and not stars else ""
        parts.append(f"{stars}{one.name}{mark}" + (f": {one.type}" if one.type else ""))
    return f"({', '.join(parts)})"
