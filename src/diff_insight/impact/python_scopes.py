"""Names in a Python module: what is imported under which name, and what hides it, scope by scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

#: Stands between an outside class and the member of an object of it, where the class is inferred.
INFERRED = ">"
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


class Binding(NamedTuple):
    """What a name stands for: an outside name that is imported, or an object of an outside class."""

    imported: str = ""
    typed: str = ""


class NameScope:
    """The names of one module, class or function, and the scope around it.

    Args:
        outer: The scope in which names are looked for next.
    """

    def __init__(self, outer: NameScope | None = None) -> None:
        self.outer = outer
        self.names: dict[str, Binding] = {}
        #: Outside classes that the class around extends, and names that it declares by itself.
        self.bases: tuple[str, ...] = outer.bases if outer else ()
        self.own: frozenset[str] = outer.own if outer else frozenset()
        #: Types of `self.name`, shared by the methods of a class.
        self.attributes: dict[str, str] = outer.attributes if outer else {}
        self.first: str = outer.first if outer else ""
        self.is_class = False

    def find(self, name: str) -> Binding:
        """Return what a name stands for; nothing where it is one of the module's own."""
        scope: NameScope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return Binding()

    def resolve(self, node: ast.expr) -> str:
        """Return the dotted outside name that an expression is; empty for anything else."""
        if isinstance(node, ast.Name):
            return self.find(node.id).imported
        if isinstance(node, ast.Attribute):
            above = self.resolve(node.value)
            if above:
                return f"{above}.{node.attr}"
            owner = self.type_of(node.value)
            is_own = self._is_self(node.value) and node.attr in self.own
            return f"{owner}{INFERRED}{node.attr}" if owner and not is_own else ""
        return ""

    def type_of(self, node: ast.expr) -> str:
        """Return the outside class, or what makes it, of the object that an expression gives."""
        if isinstance(node, ast.Name):
            if self._is_self(node) and self.bases:
                return self.bases[0]
            return self.find(node.id).typed
        if isinstance(node, ast.Attribute) and self._is_self(node.value):
            return self.attributes.get(node.attr, "")
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id == "super" and self.bases:
                return self.bases[0]
            return self.resolve(node.func)
        return ""

    def annotation_type(self, node: ast.expr | None) -> str:
        """Return the outside class that an annotation names, also as `X | None` and `Optional[X]`."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                node = ast.parse(node.value, mode="eval").body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return ""
        if isinstance(node, ast.BinOp):
            return self.annotation_type(node.left) or self.annotation_type(node.right)
        if isinstance(node, ast.Subscript):
            last = node.value.attr if isinstance(node.value, ast.Attribute) else ""
            named = node.value.id if isinstance(node.value, ast.Name) else last
            return self.annotation_type(node.slice) if named in {"Optional", "Annotated"} else ""
        return self.resolve(node) if node is not None else ""

    def _is_self(self, node: ast.expr) -> bool:
        return bool(self.first) and isinstance(node, ast.Name) and node.id == self.first


def bind(scope: NameScope, body: list[ast.stmt], is_outside: frozenset[str]) -> None:
    """Fill a scope with what its statements bind; imports first, so that types can name them.

    Args:
        scope: To be filled.
        body: The statements, with those in branches.
        is_outside: Names of packages whose names are followed.
    """
    statements = list(_own_statements(body))
    for node in statements:
        for name, dotted in imported_names(node):
            top = dotted.partition(".")[0]
            scope.names[name] = Binding(imported=dotted if top in is_outside else "")
    for node in statements:
        for target, typed in _learn_assignment(node, scope):
            for name in _names_in(target):
                known = scope.names.get(name)
                if known is None or not known.imported:
                    scope.names[name] = Binding(typed=typed)
            if isinstance(target, ast.Attribute) and scope.resolve(target.value) == "" and typed:
                scope.attributes[target.attr] = typed


def imported_names(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that an import binds, with the dotted name that it stands for."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.asname:
                yield alias.asname, alias.name
            else:
                top = alias.name.partition(".")[0]
                yield top, top
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _own_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a scope, with those in branches and loops, without inner scopes."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, _SCOPES):
            continue
        for child in reversed(list(ast.iter_child_nodes(node))):
            if isinstance(child, ast.stmt):
                waiting.append(child)
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                waiting += reversed(child.body)


def _learn_assignment(node: ast.stmt, scope: NameScope) -> Iterator[tuple[ast.expr, str]]:
    """Yield the targets of a statement with the outside class of what they get."""
    match node:
        case ast.Assign():
            yield from ((target, scope.type_of(node.value)) for target in node.targets)
        case ast.AnnAssign():
            value = scope.type_of(node.value) if node.value is not None else ""
            yield node.target, scope.annotation_type(node.annotation) or value
        case ast.AugAssign() | ast.For() | ast.AsyncFor():
            yield node.target, ""
        case ast.With() | ast.AsyncWith():
            for item in node.items:
                if item.optional_vars is not None:
                    yield item.optional_vars, scope.type_of(item.context_expr)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield ast.Name(node.name), ""
        case _:
            return


def _names_in(target: ast.expr) -> Iterator[str]:
    """Yield the names that a target binds."""
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Starred):
        yield from _names_in(target.value)
    elif isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            yield from _names_in(each)
