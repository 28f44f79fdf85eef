"""Which statements of a Python module or class run when it is imported: dead branches, platforms, types alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.code.api.python_nodes import source_of

_PLATFORM = re.compile(r"\b(?:sys\.platform|os\.name|platform\.system\(\))")
_TYPES_ALONE = ("TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING")


class Running(Struct, frozen=True):
    """A statement and how it comes to run.

    Attributes:
        node: The statement.
        always: Whether it runs whenever the module is imported.
        condition: The test of a platform without which it does not run, where nothing else does.
        types_alone: Whether only programs that check types read it.
    """

    node: ast.stmt
    always: bool = False
    condition: str = ""
    types_alone: bool = False


def running(body: Sequence[ast.stmt]) -> Iterator[Running]:
    """Yield statements with those of `if`, `try` and `with`, except where they never run."""
    waiting = [Running(node, always=True) for node in reversed(body)]
    while waiting:
        step = waiting.pop()
        node = step.node
        if isinstance(node, ast.If):
            waiting += reversed(list(_branches(step, node)))
        elif isinstance(node, ast.Try | ast.TryStar):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            inner = [*node.body, *handlers, *node.orelse, *node.finalbody]
            waiting += reversed([_within(step, statement) for statement in inner])
        elif isinstance(node, ast.With | ast.For | ast.While):
            waiting += reversed([_within(step, statement) for statement in node.body])
        else:
            yield step


def _within(step: Running, node: ast.stmt) -> Running:
    return Running(node, condition=step.condition, types_alone=step.types_alone)


def _branches(step: Running, node: ast.If) -> Iterator[Running]:
    truth, test = _truth(node.test), source_of(node.test)
    alone = test in _TYPES_ALONE and not node.orelse
    only = step.condition or (test if not node.orelse and _PLATFORM.search(test) else "")
    for statements, dead in ((node.body, truth is False), (node.orelse, truth is True)):
        for statement in statements if not dead else ():
            if truth is not None:
                yield Running(statement, step.always, step.condition, step.types_alone)
            else:
                types_alone = step.types_alone or alone
                yield Running(statement, condition=only, types_alone=types_alone)


def _truth(test: ast.expr) -> bool | None:
    """Return what a test always is: `False`, `0`, `not True`; None where that cannot be said."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _truth(test.operand)
        return None if inner is None else not inner
    return None


def answers_late(tree: ast.Module) -> bool:
    """Tell whether a module may answer to names that it does not bind when it is imported."""
    for node in ast.walk(tree):
        name = getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "attr", "")
        if name in ("__getattr__", "globals", "setattr", "modules", "vars", "exec"):
            return True
    return False


def names_of_functions(tree: ast.Module) -> frozenset[str]:
    """Return names of a module that its functions bind anew."""
    return frozenset(
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    )


def deleted_names(node: ast.stmt) -> Iterator[str]:
    """Yield the plain names that a `del` takes away."""
    if isinstance(node, ast.Delete):
        for target in node.targets:
            for element in target.elts if isinstance(target, ast.Tuple | ast.List) else (target,):
                if isinstance(element, ast.Name):
                    yield element.id
