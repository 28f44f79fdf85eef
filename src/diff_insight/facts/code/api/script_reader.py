"""One JavaScript or TypeScript module as others see it: what it declares, imports and exports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.script_declarations import Declarations
from diff_insight.facts.code.api.script_nodes import string_of
from diff_insight.facts.code.api.syntax import Node, damaged_lines, has_token
from diff_insight.facts.code.grammars import JAVASCRIPT, TSX, TYPESCRIPT
from diff_insight.facts.code.parsing import parse

#: Characters of a module above which it is not read.
LARGEST = 1_000_000
_COMMON_JS = re.compile(r"^(?:module\.)?exports(?:\.([\w$]+))?$")


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
        lines: Exported name -> line of the statement that exports what stands in the module.
        stars: Modules all of whose names are passed on.
        damaged: Lines that could not be read.
        open_exports: Whether it exports what cannot be read.
    """

    path: str
    items: dict[str, list[Item]] = field(default_factory=dict)
    imports: dict[str, Passed] = field(default_factory=dict)
    exports: dict[str, str | Passed] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    stars: list[Passed] = field(default_factory=list)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    open_exports: bool = False


def read_script(text: str, path: str) -> ScriptFile | None:
    """Return what a module declares; None when it is too large or no parser is here."""
    if len(text) > LARGEST:
        return None
    suffix = path.rpartition(".")[2]
    grammar = (
        TSX if suffix == "tsx" else TYPESCRIPT if suffix in ("ts", "mts", "cts") else JAVASCRIPT
    )
    # No grammar knows the character, and editors show nothing there.
    source = text.replace("\0", " ").encode("utf-8", "replace")
    root = parse(grammar, source)
    return None if root is None else _ScriptReader(path, source).read(root)


class _ScriptReader(Declarations):
    def __init__(self, path: str, source: bytes) -> None:
        super().__init__(path, source)
        self._imports: dict[str, Passed] = {}
        self._exports: dict[str, str | Passed] = {}
        self._lines: dict[str, int] = {}
        self._stars: list[Passed] = []
        self._open = False

    def read(self, root: Node) -> ScriptFile:
        for node in root.named_children:
            self._top(node)
        return ScriptFile(
            path=self._path, items=dict(self._items), imports=self._imports, exports=self._exports, lines=self._lines,
            stars=self._stars, damaged=damaged_lines(root), open_exports=self._open,
        )  # fmt: skip

    def _top(self, node: Node) -> None:
        if node.type == "import_statement":
            self._import(node)
        elif node.type == "export_statement":
            self._export(node)
        elif node.type == "expression_statement":
            self._common_js(node)
        else:
            self._declare(node, node, "")

    def _import(self, node: Node) -> None:
        source = string_of(node.child_by_field_name("source"), self._source)
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
        for child in node.named_children:
            if child.type == type_:
                name = self._text(child.child_by_field_name("name")).strip("'\"")
                alias = child.child_by_field_name("alias")
                yield name, self._text(alias).strip("'\"") if alias is not None else name

    def _export(self, node: Node) -> None:
        before = set(self._exports)
        self._read_export(node)
        line = node.start_point[0] + 1
        self._lines |= dict.fromkeys(self._exports.keys() - before, line)

    def _read_export(self, node: Node) -> None:
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
        self._reexport(node, source_node)

    def _reexport(self, node: Node, source_node: Node | None) -> None:
        """`export * from`, `export * as name from`, `export { name as alias }` with or without a module."""
        source, line = string_of(source_node, self._source), node.start_point[0] + 1
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
            self._assign(match[1], right, node)
        elif right.type == "object":
            for part in right.named_children:
                self._exported_part(part)
        else:
            self._assign("default", right, node)

    def _exported_part(self, part: Node) -> None:
        """One property of the object that `module.exports` is."""
        if part.type == "shorthand_property_identifier":
            self._exports[self._text(part)] = self._text(part)
        elif part.type == "pair":
            key = self._text(part.child_by_field_name("key")).strip("'\"")
            self._assign(key, part.child_by_field_name("value"), part)
        elif part.type == "method_definition":
            name = self._text(part.child_by_field_name("name"))
            self._function(part, part, name, "function")
            self._exports[name] = name
        else:
            self._open = True

    def _assign(self, name: str, value: Node, statement: Node) -> None:
        if value.type == "identifier":
            self._exports[name] = self._text(value)
            return
        if (
            value.type == "call_expression"
            and self._text(value.child_by_field_name("function")) == "require"
        ):
            source = string_of(
                value.child_by_field_name("arguments").named_children[0], self._source
            )
            self._exports[name] = Passed(
                source, "default" if name == "default" else "", statement.start_point[0] + 1
            )
            return
        self._declare(value, statement, "", name=name)
        self._exports[name] = name
        if name not in self._items:
            self._variable_item(name, value, statement)
