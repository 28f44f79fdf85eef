"""Names that a Python module offers without declaring them: what it imports for others only, and what it answers to."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from diff_insight.facts.code.api.python_nodes import Function, is_name


def answered_names(function: Function) -> dict[str, int] | None:
    """Return the names that a module's `__getattr__` answers to, with their lines; None where it may answer to any.

    It is read as long as it compares its parameter with fixed names, and raises for all others.

    Args:
        function: The declaration of `__getattr__`.
    """
    arguments = [*function.args.posonlyargs, *function.args.args]
    if not arguments or not isinstance(function.body[-1], ast.Raise):
        return None
    names: dict[str, int] = {}
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If):
            compared = _compared_names(node.test, arguments[0].arg)
            if compared is None:
                return None
            if any(isinstance(inner, ast.Return) for each in node.body for inner in ast.walk(each)):
                names.update(dict.fromkeys(compared, node.lineno))
            waiting += node.orelse
        elif not isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.Expr):
            return None
    return names


def _compared_names(test: ast.expr, parameter: str) -> frozenset[str] | None:
    """Return the fixed names of `name == "a"` and `name in ("a", "b")`; None for any other test."""
    if not isinstance(test, ast.Compare) or not is_name(test.left, parameter):
        return None
    other = test.comparators[0]
    if len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq | ast.In):
        return None
    if isinstance(test.ops[0], ast.Eq):
        parts = [other]
    elif isinstance(other, ast.Tuple | ast.List | ast.Set):
        parts = other.elts
    else:
        return None
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    names = frozenset(text for text in texts if isinstance(text, str))
    return names if len(texts) == len(parts) else None


def names_passed_on(tree: ast.Module) -> Iterator[str]:
    """Yield what a module takes from other packages and does nothing with: it is there for others.

    Args:
        tree: The `__init__` of a package.
    """
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom) or node.level or not node.module:
            continue
        if node.module.partition(".")[0] in sys.stdlib_module_names:
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if name not in read and not name.startswith("_") and name != "*":
                yield name
