"""One Python module as others see it: what it declares, imports and exports; read by Python's own parser."""

from __future__ import annotations

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct, field

from diff_insight.facts.code.api.item import Argument, Item, Passing

#: Characters of a module, and brackets within brackets, above which it is not read.
LARGEST = 1_000_000
_DEEPEST = 60
_BRACKETS = re.compile(r"[()\[\]{}]")
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Imported(Struct, frozen=True):
    """A name that a module takes from another: `name` is empty for the module itself, `*` for all."""

    module: str
    level: int
    name: str
    line: int
    public: bool = False


class PythonFile(Struct, frozen=True, kw_only=True):
    """What one module declares.

    Attributes:
        path: Its file.
        items: Key -> declarations of it, in order; several where they are conditional or overloaded.
        imports: Name in the module -> where it comes from.
        stars: Modules all of whose names are taken.
        exports: What `__all__` lists; None where there is none.
        exports_line: The line of `__all__`.
        open_exports: Whether `__all__` holds what cannot be read.
        dynamic: Names of classes, or an empty string for the module, that answer to any name.
    """

    path: str
    items: dict[str, list[Item]] = field(default_factory=dict)
    imports: dict[str, Imported] = field(default_factory=dict)
    stars: list[Imported] = field(default_factory=list)
    exports: tuple[str, ...] | None = None
    exports_line: int = 1
    open_exports: bool = False
    dynamic: frozenset[str] = frozenset()

    def public_name(self, name: str) -> bool:
        """Tell whether a name at the top of the module is one for others to use."""
        if self.exports is not None and (name in self.exports or not self.open_exports):
            return name in self.exports
        if name.startswith("_"):
            return name.startswith("__") and name.endswith("__") and name in self.items
        imported = self.imports.get(name)
        return name in self.items or (imported is not None and imported.public)


def read_python(text: str, path: str) -> PythonFile | None:
    """Return what a module declares; None when Python cannot read it or it is too large.

    Args:
        text: The module.
        path: Its file; what a package's `__init__` imports is offered to others.
    """
    if len(text) > LARGEST or not _is_shallow(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _Reader(path).read(tree)


def _is_shallow(text: str) -> bool:
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "([{" else -1
        if depth > _DEEPEST:
            return False
    return True


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._init = path.endswith(("__init__.py", "__init__.pyi"))
        self._items: dict[str, list[Item]] = defaultdict(list)
        self._imports: dict[str, Imported] = {}
        self._stars: list[Imported] = []
        self._exports: list[str] | None = None
        self._exports_line = 1
        self._open = False
        self._dynamic: set[str] = set()

    def read(self, tree: ast.Module) -> PythonFile:
        for node in _statements(tree.body):
            self._top(node)
        return PythonFile(
            path=self._path, items=dict(self._items), imports=self._imports, stars=self._stars,
            exports=None if self._exports is None else tuple(self._exports),
            exports_line=self._exports_line, open_exports=self._open, dynamic=frozenset(self._dynamic),
        )  # fmt: skip

    def _top(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ImportFrom):
            self._import_from(node)
        elif isinstance(node, ast.Import):
            for one in node.names:
                name = one.asname or one.name.partition(".")[0]
                module = one.name if one.asname else name
                self._imports[name] = Imported(module, 0, "", node.lineno)
        elif isinstance(node, ast.AugAssign) and _is_name(node.target, "__all__"):
            self._list(node.value, node.lineno)
        elif isinstance(node, ast.Expr):
            self._call(node.value)
        else:
            self._declare(node, "")

    def _import_from(self, node: ast.ImportFrom) -> None:
        for one in node.names:
            found = Imported(
                node.module or "", node.level, one.name, node.lineno,
                public=self._init or one.asname == one.name,
            )  # fmt: skip
            if one.name == "*":
                self._stars.append(found)
            else:
                self._imports[one.asname or one.name] = found

    def _call(self, value: ast.expr) -> None:
        """`__all__.extend([...])` and `__all__.append("x")`; `globals().update` and the like are open."""
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return
        if _is_name(value.func.value, "__all__") and value.args:
            if value.func.attr == "extend":
                self._list(value.args[0], value.lineno)
            elif value.func.attr == "append" and isinstance(value.args[0], ast.Constant):
                self._exports = [*(self._exports or ()), str(value.args[0].value)]

    def _list(self, value: ast.expr, line: int) -> None:
        self._exports = self._exports if self._exports is not None else []
        self._exports_line = line
        parts = [value]
        while parts:
            part = parts.pop()
            if isinstance(part, ast.BinOp):
                parts += (part.left, part.right)
            elif isinstance(part, ast.List | ast.Tuple | ast.Set):
                for one in part.elts:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        self._exports.append(one.value)
                    else:
                        self._open = True
            else:
                self._open = True

    def _declare(self, node: ast.stmt, owner: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._function(node, owner)
        elif isinstance(node, ast.ClassDef):
            self._class(node, owner)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value, node, owner)
        elif isinstance(node, ast.AnnAssign):
            self._assign(node.target, node.value, node, owner, node.annotation)
        elif node.__class__.__name__ == "TypeAlias":
            self._assign(node.name, None, node, owner)  # type: ignore[attr-defined]

    def _assign(
        self, target: ast.expr, value: ast.expr | None, node: ast.stmt, owner: str,
        annotation: ast.expr | None = None,
    ) -> None:  # fmt: skip
        if isinstance(target, ast.Tuple | ast.List):
            for one in target.elts:
                self._assign(one, None, node, owner)
            return
        if not isinstance(target, ast.Name):
            return
        if target.id == "__all__" and not owner and value is not None:
            self._exports, self._open = [], False
            self._list(value, node.lineno)
            return
        if target.id == "__slots__":
            return
        type_ = "" if annotation is None else _text(annotation)
        called = isinstance(value, ast.Lambda)
        self._add(Item(
            key=_key(owner, target.id), sort="attribute" if owner else "variable",
            path=self._path, start=node.lineno, end=_last_line(node), type=type_,
            shown="" if value is None else _text(value), public=_is_public(target.id),
            modifiers=frozenset(("alias",)) if _is_reference(value) else frozenset(),
            signature=_arguments(value.args) if called and isinstance(value, ast.Lambda) else None,
            provided=value is not None,
        ))  # fmt: skip

    def _function(self, node: Function, owner: str) -> None:
        marks = {_text(one.func if isinstance(one, ast.Call) else one): _text(one)
                 for one in node.decorator_list}  # fmt: skip
        words = {name.rpartition(".")[2] for name in marks}
        is_property = bool(owner) and bool(words & {"property", "cached_property"})
        modifiers = words & {
            "staticmethod",
            "classmethod",
            "abstractmethod",
            "overload",
            "setter",
            "deleter",
        }
        if isinstance(node, ast.AsyncFunctionDef):
            modifiers.add("async")
        if words & {"asynccontextmanager", "contextmanager"}:
            modifiers.add("contextmanager")
        skipped = bool(owner) and "staticmethod" not in words
        if node.name == "__getattr__":
            self._dynamic.add(owner)
        opaque = _opaque(marks)
        text = (ast.get_docstring(node, clean=False) or "") if node.body else ""
        self._add(Item(
            key=_key(owner, node.name),
            sort="property" if is_property else "method" if owner else "function",
            path=self._path, start=_first_line(node), end=_head_end(node),
            signature=None if is_property or opaque or modifiers & {"setter", "deleter"}
            else _arguments(node.args, skip_first=skipped),
            modifiers=frozenset(modifiers), marks=marks, public=_is_public(node.name),
            type="" if node.returns is None else _text(node.returns),
            deprecated=any("deprecated" in name for name in words)
            or ".. deprecated::" in text,
        ))  # fmt: skip
        if owner:
            self._attributes(node, owner)

    def _class(self, node: ast.ClassDef, owner: str) -> None:
        key = _key(owner, node.name)
        marks = {_text(one.func if isinstance(one, ast.Call) else one): _text(one)
                 for one in node.decorator_list}  # fmt: skip
        bases = {_text(_unsubscripted(base)): _text(base) for base in node.bases}
        if any(isinstance(base, ast.Starred) for base in node.bases):
            bases["*"] = "*"
        docstring = ast.get_docstring(node, clean=False) or ""
        self._add(Item(
            key=key, sort="class", path=self._path, start=_first_line(node), end=_head_end(node),
            bases=bases, marks=marks, public=_is_public(node.name),
            modifiers=frozenset(("metaclass",)) if any(one.arg == "metaclass" for one in node.keywords) else frozenset(),
            deprecated=any("deprecated" in name for name in marks) or ".. deprecated::" in docstring,
        ))  # fmt: skip
        for child in _statements(node.body):
            self._declare(child, key)

    def _attributes(self, node: Function, owner: str) -> None:
        """`self.name = …` in a method is an attribute of the class."""
        first = [*node.args.posonlyargs, *node.args.args][:1]
        if not first:
            return
        for statement in _inside(node.body):
            for target, annotation in _targets(statement):
                if isinstance(target, ast.Attribute) and _is_name(target.value, first[0].arg):
                    self._attribute(statement, _key(owner, target.attr), annotation)

    def _attribute(self, statement: ast.stmt, key: str, annotation: ast.expr | None) -> None:
        if key not in self._items:
            self._add(Item(
                key=key, sort="attribute", path=self._path, start=statement.lineno,
                end=_last_line(statement), public=_is_public(key.rpartition(".")[2]),
                type="" if annotation is None else _text(annotation),
                modifiers=frozenset(("instance",)),
            ))  # fmt: skip

    def _add(self, item: Item) -> None:
        self._items[item.key].append(item)


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements with those of `if`, `try` and `with`, whichever way these go."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If):
            waiting += reversed([*node.body, *node.orelse])
        elif isinstance(node, ast.Try | ast.TryStar):
            handlers = [one for handler in node.handlers for one in handler.body]
            waiting += reversed([*node.body, *handlers, *node.orelse, *node.finalbody])
        elif isinstance(node, ast.With | ast.For | ast.While):
            waiting += reversed(node.body)
        else:
            yield node


def _inside(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield every statement of a function, not those of functions and classes within."""
    waiting: list[ast.stmt] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for name in ("finalbody", "orelse", "body"):
            waiting += reversed(getattr(node, name, None) or ())
        for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            waiting += reversed(handler.body)


def _targets(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Yield what a statement assigns to, with its annotation."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            for one in target.elts if isinstance(target, ast.Tuple) else (target,):
                yield one, None
    elif isinstance(statement, ast.AnnAssign):
        yield statement.target, statement.annotation


def _arguments(args: ast.arguments, *, skip_first: bool = False) -> tuple[Argument, ...]:
    placed = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(placed) - len(args.defaults)) + list(
        args.defaults
    )
    found = [
        _argument(one, Passing.POSITION if index < len(args.posonlyargs) or _is_private_argument(one)
                  else Passing.EITHER, default)
        for index, (one, default) in enumerate(zip(placed, defaults, strict=True))
    ][1 if skip_first and placed else 0 :]  # fmt: skip
    if args.vararg is not None:
        found.append(_argument(args.vararg, Passing.REST, None, optional=True))
    found += [
        _argument(one, Passing.NAME, default)
        for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
    ]
    if args.kwarg is not None:
        found.append(_argument(args.kwarg, Passing.NAMED_REST, None, optional=True))
    return tuple(found)


def _is_private_argument(one: ast.arg) -> bool:
    """`__x` is positional-only by an older convention (PEP 484)."""
    return one.arg.startswith("__") and not one.arg.endswith("__")


def _argument(
    one: ast.arg, passing: Passing, default: ast.expr | None, *, optional: bool = False
) -> Argument:
    return Argument(
        one.arg, passing, "" if one.annotation is None else _text(one.annotation),
        "" if default is None else _text(default), optional or default is not None,
    )  # fmt: skip


def _opaque(marks: dict[str, str]) -> bool:
    """Tell whether a decorator makes another signature, as those of command lines and test fixtures do."""
    return any(
        name.rpartition(".")[2]
        in ("command", "group", "option", "argument", "fixture", "task", "pass_context")
        for name in marks
    )


def _unsubscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def _is_reference(value: ast.expr | None) -> bool:
    """Tell whether a value is another name, so that an assignment is an alias."""
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name)


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _text(node: ast.expr) -> str:
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError):
        return ""


def _key(owner: str, name: str) -> str:
    return f"{owner}.{name}" if owner else name


def _first_line(node: Function | ast.ClassDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _head_end(node: Function | ast.ClassDef) -> int:
    """Return the last line before the body."""
    return max(
        node.lineno, min(node.body[0].lineno - 1, node.lineno + 40) if node.body else node.lineno
    )


def _last_line(node: ast.stmt) -> int:
    return min(node.end_lineno or node.lineno, node.lineno + 10)
