"""One Python module as others see it: what it declares, imports and exports; read by Python's own parser."""

from __future__ import annotations

import ast
from collections import defaultdict

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.python_exports import ExportList
from diff_insight.facts.code.api.python_flow import (
    Running,
    answers_late,
    deleted_names,
    names_of_functions,
    running,
)
from diff_insight.facts.code.api.python_nodes import (
    Function,
    arguments_of,
    first_line,
    head_end,
    is_name,
    is_opaque,
    is_public_name,
    is_reference,
    key_of,
    last_line,
    source_of,
    statements_within,
    targets_of,
    warns_always,
    without_subscript,
)
from diff_insight.facts.code.api.python_parsing import parse_python
from diff_insight.facts.code.api.python_passing import answered_names, names_passed_on


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
        answers: Names that the module answers to when it is asked, and to no others, with their lines.
        passed_on: Names of other packages that it imports for others only.
    """

    path: str
    items: dict[str, list[Item]] = field(default_factory=dict)
    imports: dict[str, Imported] = field(default_factory=dict)
    stars: list[Imported] = field(default_factory=list)
    exports: tuple[str, ...] | None = None
    exports_line: int = 1
    open_exports: bool = False
    dynamic: frozenset[str] = frozenset()
    answers: dict[str, int] = field(default_factory=dict)
    passed_on: frozenset[str] = frozenset()

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
    tree = parse_python(text)
    return _PythonReader(path).read(tree) if tree is not None else None


class _PythonReader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._init = path.endswith(("__init__.py", "__init__.pyi"))
        self._stub = path.endswith(".pyi")
        self._rebound: frozenset[str] = frozenset()
        self._step = Running(ast.Pass())
        self._items: dict[str, list[Item]] = defaultdict(list)
        self._imports: dict[str, Imported] = {}
        self._stars: list[Imported] = []
        self._export_list = ExportList()
        self._dynamic: set[str] = set()
        self._answers: dict[str, int] = {}

    def read(self, tree: ast.Module) -> PythonFile:
        self._rebound = names_of_functions(tree)
        steps = list(running(tree.body))
        late = any(step.types_alone for step in steps) and answers_late(tree)
        for step in steps:
            if late or self._stub or not (step.types_alone and _takes(step.node)):
                self._step = step
                self._top(step.node)
        self._forget_substitutes()
        return PythonFile(
            path=self._path, items=dict(self._items), imports=self._imports, stars=self._stars,
            exports=None if self._export_list.names is None else tuple(self._export_list.names),
            exports_line=self._export_list.line, open_exports=self._export_list.is_open, dynamic=frozenset(self._dynamic),
            answers=self._answers,
            passed_on=frozenset(names_passed_on(tree)) if self._init else frozenset(),
        )  # fmt: skip

    def _forget_substitutes(self) -> None:
        """Take an import that may fail for an import: `None` in its place declares nothing."""
        for name in self._imports:
            items = self._items.get(name, ())
            if items and all(item.sort == "variable" and item.shown == "None" for item in items):
                del self._items[name]

    def _top(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ImportFrom):
            self._import_from(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                module = alias.name if alias.asname else name
                self._imports[name] = Imported(module, 0, "", node.lineno)
        elif isinstance(node, ast.AugAssign) and is_name(node.target, "__all__"):
            self._export_list.extend(node.value, node.lineno)
        elif isinstance(node, ast.Expr):
            self._export_list.call(node.value)
        else:
            self._declare(node, "")

    def _import_from(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            imported = Imported(
                node.module or "", node.level, alias.name, node.lineno,
                public=self._init or alias.asname == alias.name,
            )  # fmt: skip
            if alias.name == "*":
                self._stars.append(imported)
            else:
                self._imports[alias.asname or alias.name] = imported

    def _declare(self, node: ast.stmt, owner: str) -> None:
        for name in deleted_names(node) if self._step.always else ():
            self._unbind(key_of(owner, name))
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
            for element in target.elts:
                self._assign(element, None, node, owner)
            return
        if not isinstance(target, ast.Name):
            return
        if target.id == "__all__" and not owner and value is not None:
            self._export_list.begin(value, node.lineno)
            return
        if target.id == "__slots__":
            return
        type_ = "" if annotation is None else source_of(annotation)
        called = isinstance(value, ast.Lambda)
        modifiers = {"alias"} if is_reference(value) else set[str]()
        if self._is_last_word(value, target.id):
            known = self._unbind(key_of(owner, target.id))
            modifiers |= {"disabled"} if known or not owner else set()
        self._add(Item(
            key=key_of(owner, target.id), sort="attribute" if owner else "variable",
            path=self._path, start=node.lineno, end=last_line(node), type=type_,
            shown="" if value is None else source_of(value), public=is_public_name(target.id),
            modifiers=frozenset(modifiers),
            signature=arguments_of(value.args) if called and isinstance(value, ast.Lambda) else None,
            provided=value is not None,
        ))  # fmt: skip

    def _is_last_word(self, value: ast.expr | None, name: str) -> bool:
        """Tell whether nothing but this constant is bound to a name from here on, as far as can be seen."""
        constant = isinstance(value, ast.Constant)
        return constant and self._step.always and name not in self._rebound

    def _unbind(self, key: str) -> bool:
        """Forget a name with all that it holds, and tell whether it was a function, a class or an import."""
        known = any(item.sort not in ("variable", "attribute") for item in self._items.pop(key, ()))
        for inner in [inner for inner in self._items if inner.startswith(f"{key}.")]:
            del self._items[inner]
        return (self._imports.pop(key, None) is not None) or known

    def _function(self, node: Function, owner: str) -> None:
        marks = {source_of(decorator.func if isinstance(decorator, ast.Call) else decorator): source_of(decorator)
                 for decorator in node.decorator_list}  # fmt: skip
        words = {name.rpartition(".")[2] for name in marks}
        is_property = bool(owner) and any(word.endswith("property") for word in words)
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
            answers = None if owner else answered_names(node)
            self._answers |= answers or {}
            if answers is None:
                self._dynamic.add(owner)
        opaque = is_opaque(marks)
        text = (ast.get_docstring(node, clean=False) or "") if node.body else ""
        self._add(Item(
            key=key_of(owner, node.name),
            sort="property" if is_property else "method" if owner else "function",
            path=self._path, start=first_line(node), end=head_end(node),
            signature=None if is_property or opaque or modifiers & {"setter", "deleter"}
            else arguments_of(node.args, skip_first=skipped),
            modifiers=frozenset(modifiers), marks=marks, public=is_public_name(node.name),
            type="" if node.returns is None else source_of(node.returns),
            deprecated=any("deprecated" in name for name in words)
            or ".. deprecated::" in text
            or warns_always(node),
        ))  # fmt: skip
        if owner:
            self._attributes(node, owner)

    def _class(self, node: ast.ClassDef, owner: str) -> None:
        key = key_of(owner, node.name)
        marks = {source_of(decorator.func if isinstance(decorator, ast.Call) else decorator): source_of(decorator)
                 for decorator in node.decorator_list}  # fmt: skip
        bases = {source_of(without_subscript(base)): source_of(base) for base in node.bases}
        if any(isinstance(base, ast.Starred) for base in node.bases):
            bases["*"] = "*"
        docstring = ast.get_docstring(node, clean=False) or ""
        self._add(Item(
            key=key, sort="class", path=self._path, start=first_line(node), end=head_end(node),
            bases=bases, marks=marks, public=is_public_name(node.name),
            modifiers=frozenset(("metaclass",)) if any(decorator.arg == "metaclass" for decorator in node.keywords) else frozenset(),
            deprecated=any("deprecated" in name for name in marks) or ".. deprecated::" in docstring,
        ))  # fmt: skip
        for step in running(node.body):
            self._step = step
            self._declare(step.node, key)

    def _attributes(self, node: Function, owner: str) -> None:
        """`self.name = …` in a method is an attribute of the class."""
        first = [*node.args.posonlyargs, *node.args.args][:1]
        if not first:
            return
        for statement in statements_within(node.body):
            for target, annotation in targets_of(statement):
                if isinstance(target, ast.Attribute) and is_name(target.value, first[0].arg):
                    self._attribute(statement, key_of(owner, target.attr), annotation)

    def _attribute(self, statement: ast.stmt, key: str, annotation: ast.expr | None) -> None:
        if key not in self._items:
            self._add(Item(
                key=key, sort="attribute", path=self._path, start=statement.lineno,
                end=last_line(statement), public=is_public_name(key.rpartition(".")[2]),
                type="" if annotation is None else source_of(annotation),
                modifiers=frozenset(("instance",)),
            ))  # fmt: skip

    def _add(self, item: Item) -> None:
        if self._step.condition:
            item = replace(item, conditions=frozenset((self._step.condition,)))
        self._items[item.key].append(item)


def _takes(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)
