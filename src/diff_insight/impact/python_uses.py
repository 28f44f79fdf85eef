"""How Python code uses another package: imports are followed to names, objects to their classes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from diff_insight.facts.code.api.item import Item, Passing
from diff_insight.facts.code.api.python_package import ModulePlace, PythonPackage, dotted_name
from diff_insight.facts.code.api.python_parsing import parse_python
from diff_insight.facts.code.api.python_project import PythonProject
from diff_insight.impact.python_scopes import INFERRED, Binding, NameScope, bind
from diff_insight.impact.reference import CallShape, Meant, OutsideName
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import OwnCode

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_INIT = "__init__"


class PythonUses:
    """Uses of the packages of a repository in Python files; see `LanguageUses`."""

    suffixes = (".py", ".pyi", ".pyw")
    declares_in = (".py", ".pyi")

    def __init__(self, base: SourceTree, paths: Iterable[str]) -> None:
        project = PythonProject(base)
        self._packages: dict[str, PythonPackage] = {}
        for path in paths:
            root = project.root_of(path)
            top = dotted_name(path, root).partition(".")[0]
            if top and top not in self._packages:
                self._packages[top] = PythonPackage(base, root)

    def words(self) -> Iterable[str]:
        """The names of the packages."""
        return tuple(self._packages)

    def is_own(self, own: OwnCode) -> bool:
        """Tell whether one's own modules have the name of one of the packages."""
        places = ("{}/__init__.py", "{}.py", "src/{}/__init__.py")
        return any(
            own.read(location.format(top)) is not None
            for top in self._packages
            for location in places
        )

    def references(self, path: str, text: str) -> Iterable[OutsideName]:
        """Return the mentions of the packages; of a file with a package of that name below none."""
        tops = frozenset(self._packages)
        tree = parse_python(text)
        if tree is None:
            return ()
        reader = _PythonMentions(tops)
        try:
            reader.module(tree)
        except RecursionError:
            return ()
        return reader.matches

    def leads_to(self, reference: OutsideName) -> Iterator[Meant]:
        """Yield the declarations that a dotted name goes through, and the one that it ends at."""
        package = self._packages.get(reference.parts[0])
        if package is None:
            return
        parts = reference.parts
        depth = next(
            (n for n in range(len(parts), 0, -1) if package.module(".".join(parts[:n]))), 0
        )
        module = package.module(".".join(parts[:depth])) if depth else None
        if module is None or depth == len(parts):
            return
        if depth >= reference.inferred:
            yield Meant(module, parts[depth], whole=depth + 1 == len(parts))
        location = package.lookup(module, parts[depth])
        for at, name in enumerate((*parts[depth + 1 :], ""), depth + 1):
            if not isinstance(location, ModulePlace):
                return
            is_written = at > reference.inferred
            yield from self._declarations(package, location, reference, at, is_written=is_written)
            if name:
                location = (
                    package.member(location, name)
                    if location.key
                    else package.lookup(location.path, name)
                )

    def _declarations(
        self, package: PythonPackage, location: ModulePlace, reference: OutsideName, at: int, *,
        is_written: bool,
    ) -> Iterator[Meant]:  # fmt: skip
        """Yield what stands at a place: of an object its class alone."""
        whole = at == len(reference.parts)
        for item in package.items(location):
            if not is_written:
                if item.sort == "class":
                    yield Meant(
                        item.path,
                        item.key,
                        item.start,
                        whole=False,
                        is_written=False,
                        certain=False,
                    )
                continue
            made = whole and reference.call is not None and item.sort == "class"
            for each in (item, *(self._constructors(package, location) if made else ())):
                yield Meant(each.path, each.key, each.start, _places(each), whole=whole)

    def _constructors(self, package: PythonPackage, location: ModulePlace) -> list[Item]:
        matches = package.member(location, _INIT)
        return package.items(matches) if isinstance(matches, ModulePlace) else []


def _places(item: Item) -> tuple[str, ...]:
    """Return the parameters that a call may pass by their place, without that of the object."""
    names = tuple(
        argument.name
        for argument in item.signature or ()
        if argument.passing in (Passing.POSITION, Passing.EITHER)
    )
    is_bound = "." in item.key and "staticmethod" not in item.modifiers
    return names[1:] if is_bound and names[:1] in (("self",), ("cls",)) else names


class _PythonMentions:
    """Walks one module and collects mentions."""

    def __init__(self, tops: frozenset[str]) -> None:
        self._tops = tops
        self.matches: list[OutsideName] = []

    def module(self, tree: ast.Module) -> None:
        scope = NameScope()
        bind(scope, tree.body, self._tops)
        self._walk(tree.body, scope)

    def _walk(self, nodes: Iterable[ast.AST], scope: NameScope) -> None:
        for node in nodes:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._function(node, scope)
                case ast.ClassDef():
                    self._class(node, scope)
                case ast.Import() | ast.ImportFrom():
                    self._imports(node)
                case ast.Call():
                    self._mention(node.func, scope, _shape(node))
                    self._walk([*node.args, *node.keywords], scope)
                case ast.Attribute() | ast.Name():
                    self._mention(node, scope, None)
                case ast.Constant():
                    self._string(node)
                case _:
                    self._walk(ast.iter_child_nodes(node), _inner_scope(node, scope))

    def _imports(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom) and (node.level or not node.module):
            return
        module = node.module if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            dotted = f"{module}.{alias.name}" if module else alias.name
            self._add(dotted.removesuffix(".*"), alias.lineno, None)

    def _mention(self, node: ast.expr, scope: NameScope, call: CallShape | None) -> None:
        dotted = scope.resolve(node)
        if dotted:
            is_local = isinstance(node, ast.Name)
            self._add(dotted, node.end_lineno or node.lineno, call, is_local=is_local)
        elif isinstance(node, ast.Attribute):
            self._walk([node.value], scope)
        elif not isinstance(node, ast.Name):
            self._walk([node], scope)
        if dotted and isinstance(node, ast.Attribute) and not scope.resolve(node.value):
            self._walk([node.value], scope)  # the call that made the object

    def _string(self, node: ast.Constant) -> None:
        """A quoted dotted name, as `patch` takes it."""
        if isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            self._add(node.value, node.lineno, None)

    def _add(
        self, dotted: str, line: int, call: CallShape | None, *,
        is_local: bool = False, certain: bool = True,
    ) -> None:  # fmt: skip
        known, _, _ = dotted.rpartition(INFERRED)
        parts = tuple(re.split(r"[.>]", dotted))
        if parts[0] in self._tops:
            inferred = len(re.split(r"[.>]", known)) if known else 0
            self.matches.append(
                OutsideName(
                    parts=parts,
                    line=line,
                    call=call,
                    inferred=inferred,
                    is_local=is_local,
                    certain=certain,
                )
            )

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: NameScope) -> None:
        self._walk(node.decorator_list, scope)
        arguments = node.args
        self._walk([*arguments.defaults, *(each for each in arguments.kw_defaults if each)], scope)
        notes = [each.annotation for each in _arguments(arguments) if each.annotation is not None]
        self._walk([*notes, *([node.returns] if node.returns else [])], scope)
        inner = NameScope(scope)
        if scope.is_class:
            every = _arguments(arguments)
            inner.first = every[0].arg if every else ""
        _bind_arguments(inner, arguments)
        bind(inner, node.body, self._tops)
        self._walk(node.body, inner)

    def _class(self, node: ast.ClassDef, scope: NameScope) -> None:
        self._walk([*node.decorator_list, *node.bases, *node.keywords], scope)
        inner = NameScope(scope)
        inner.bases = tuple(dotted for base in node.bases if (dotted := scope.resolve(base)))
        inner.attributes = {}
        inner.is_class = True
        inner.own = frozenset(
            each.name
            for each in node.body
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        bind(inner, node.body, self._tops)
        for method in node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                _learn_attributes(method, inner, self._tops)
                if inner.bases and method.name != _INIT:
                    dotted = f"{inner.bases[0]}{INFERRED}{method.name}"
                    self._add(dotted, method.lineno, None, certain=False)
        inner.names = {}  # methods do not see the names of their class
        self._walk(node.body, inner)


def _learn_attributes(
    method: ast.FunctionDef | ast.AsyncFunctionDef, scope: NameScope, tops: frozenset[str]
) -> None:
    """Fill in the types of `self.name` that a method assigns."""
    inner = NameScope(scope)
    every = _arguments(method.args)
    inner.first = every[0].arg if every else ""
    _bind_arguments(inner, method.args)
    bind(inner, method.body, tops)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    more = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *more]


def _bind_arguments(scope: NameScope, arguments: ast.arguments) -> None:
    for each in _arguments(arguments):
        scope.names[each.arg] = Binding(typed=scope.annotation_type(each.annotation))


def _inner_scope(node: ast.AST, scope: NameScope) -> NameScope:
    """Return the scope of a lambda or comprehension, or the same one for all else."""
    loops = getattr(node, "generators", ())
    if not isinstance(node, ast.Lambda) and not loops:
        return scope
    inner = NameScope(scope)
    if isinstance(node, ast.Lambda):
        _bind_arguments(inner, node.args)
    for each in (name for loop in loops for name in ast.walk(loop.target)):
        if isinstance(each, ast.Name):
            inner.names[each.id] = Binding()
    return inner


def _shape(node: ast.Call) -> CallShape:
    starred = any(isinstance(each, ast.Starred) for each in node.args)
    names = {each.arg: each.lineno for each in node.keywords if each.arg}
    is_open = starred or any(each.arg is None for each in node.keywords)
    count = len(node.args)
    return CallShape(names, count, is_open)
