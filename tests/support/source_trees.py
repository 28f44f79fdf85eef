"""The modules of the product as trees, parsed once in a process: what several tests read about them costs seconds."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import diff_insight

SOURCE = Path(diff_insight.__file__).parent


@cache
def modules() -> Mapping[str, ast.Module]:
    """Return every module of the product by its path."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


@cache
def parts() -> Mapping[str, tuple[ast.AST, ...]]:
    """Return every node of each module, in the order of `ast.walk`."""
    return {path: tuple(ast.walk(tree)) for path, tree in modules().items()}


def called(call: ast.Call) -> str:
    """Return the name that a call calls, without what it belongs to; empty when it has none."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""
