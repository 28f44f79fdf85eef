"""Reads the names of the product: functions named by participles, variables without a noun, files called alike."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from pathlib import Path

from support.source_trees import modules, parts

#: Names that say nothing of what a variable holds.
HOLLOW = ("told", "found", "place", "one", "given")

#: Participles that do not end in "ed" and are no verb in the present as well, as `read` and `put` are.
_IRREGULAR = frozenset(
    "become begun bent born bought bound broken brought built caught chosen come dealt done drawn driven fallen fed"
    " felt forgotten found frozen given gone got grown held hidden kept known laid led left lent lit lost made meant"
    " met overridden paid retold rewritten risen said seen sent shown sold sought spent spoken stolen stood struck"
    " sung sunk swept taken taught thought thrown told torn understood undone withdrawn woken won worn wound written".split()
)
#: Words that end as participles do and are none.
_NO_PARTICIPLES = frozenset("bed embed exceed feed indeed need proceed red seed shed speed".split())
#: What follows a participle that stands for itself, as in `seen_by_all`; a noun makes it an adjective.
_PARTICLES = frozenset(
    "above alone at away back behind below between by for from here in into now of off on or out over there to"
    " together up with within without".split()
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_participle(name: str) -> bool:
    """Tell whether a function's name begins with a participle that no noun follows."""
    first, *rest = name.strip("_").split("_")
    return _is_past(first) and (not rest or rest[0] in _PARTICLES)


def participles() -> set[str]:
    """Return the functions that a participle names, with their modules."""
    return {
        f"{path}: {node.name}"
        for path, nodes in parts().items()
        for node in nodes
        if isinstance(node, Function) and is_participle(node.name)
    }


def hollow_variables() -> Counter[str]:
    """Return in how many functions each hollow name stands for a variable or parameter."""
    counts: Counter[str] = Counter()
    for nodes in parts().values():
        for node in nodes:
            if isinstance(node, Function):
                counts.update(_bound(node) & set(HOLLOW))
    return counts


def doubled_files() -> dict[str, list[str]]:
    """Return the names that several modules share, but for those that every package has."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in modules():
        if not path.endswith(("__init__.py", "__main__.py")):
            places[Path(path).name].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def doubled_classes() -> dict[str, list[str]]:
    """Return the names that several classes share."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, nodes in parts().items():
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def _is_past(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("ed") and word not in _NO_PARTICIPLES)


def _bound(function: Function) -> set[str]:
    """Return what a function binds itself, not those within it."""
    names: set[str] = set()
    waiting: list[ast.AST] = [function.args, *function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.add(node.name)
        waiting += ast.iter_child_nodes(node)
    return names
