"""Reads how the product is laid out: its rooms, the arrows between them, and what signatures are handed raw."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from support.names import Function
from support.source_trees import modules, parts

PACKAGE = "diff_insight"


@cache
def imports() -> dict[str, set[str]]:
    """Return what each module imports of the product, wherever in the file that stands."""
    names = {_dotted(path): nodes for path, nodes in parts().items()}
    return {name: set(_imported(nodes, names)) - {name} for name, nodes in names.items()}


def rooms() -> set[str]:
    """Return the packages and modules that lie side by side in the product."""
    return {_room(name) for name in imports()} - {""}


def arrows() -> set[tuple[str, str]]:
    """Return which room imports which other one."""
    pairs = {(_room(name), _room(other)) for name, others in imports().items() for other in others}
    return {(one, other) for one, other in pairs if one != other and one and other}


def circles() -> list[set[str]]:
    """Return the modules that import each other, directly or through others, as they are loaded."""
    graph = _loaded()
    reached = {name: _reachable(name, graph) for name in graph}
    groups = {
        frozenset(other for other in reached[name] if name in reached.get(other, ())) | {name}
        for name in reached
        if name in reached[name]
    }
    return [set(group) for group in groups]


def environ_signatures() -> list[str]:
    """Return the functions that are handed the environment of the process."""
    return [
        f"{path}: {function.name}"
        for path, function in _functions()
        if {"environ", "environment"} & {arg.arg for arg in _arguments(function)}
    ]


def raw_input_signatures() -> list[str]:
    """Return the functions that are handed inputs as a map of texts instead of typed ones."""
    return [
        f"{path}: {function.name}"
        for path, function in _functions()
        for arg in _arguments(function)
        if arg.arg == "inputs" and arg.annotation and "str" in ast.unparse(arg.annotation)
    ]


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, nodes in parts().items():
        for node in nodes:
            if isinstance(node, Function):
                yield path, node


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _dotted(path: str) -> str:
    return f"{PACKAGE}.{path[:-3].replace('/', '.')}".removesuffix(".__init__")


def _room(name: str) -> str:
    return name.removeprefix(PACKAGE).lstrip(".").partition(".")[0]


def _imported(nodes: Iterable[ast.AST], names: Collection[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in inner if name in names)
            if node.module in names and not all(name in names for name in inner):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)


def _loaded() -> dict[str, set[str]]:
    """Return what each module imports when it is loaded."""
    names = {_dotted(path): tree for path, tree in modules().items()}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, tree in names.items():
        graph[name] |= set(_imported(ast.iter_child_nodes(tree), names)) - {name}
    return graph


def _reachable(name: str, graph: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [name]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
