"""Prints the figures of the house: `cd tests && python -m support.figures`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from diff_insight.kinds.catalogue import KINDS
from support import names, rooms
from support.source_trees import SOURCE, modules


def kind_tables() -> list[str]:
    """Return the modules outside `kinds/` with a table at their top that names two kinds or more."""
    return [
        path
        for path, tree in modules().items()
        if not path.startswith("kinds/")
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and len(set(_kinds(node.value))) > 1
    ]


def _kinds(node: ast.AST | None) -> Iterator[str]:
    for inner in ast.walk(node) if node is not None else ():
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield from [inner.value] if "." in inner.value and inner.value in KINDS else []


def lines(path: str) -> int:
    """Return how many lines a module has."""
    return len((SOURCE / path).read_text("utf-8").splitlines())


def figures() -> dict[str, object]:
    """Return every figure by its name."""
    paths = list(modules())
    return {
        "modules": len(paths),
        "modules above 300 lines": sorted(path for path in paths if lines(path) > 300),
        "tables outside kinds/ that name kinds": len(kind_tables()),
        "classes of one name": len(names.doubled_classes()),
        "files of one name": len(names.doubled_files()),
        "functions named by participles": len(names.participles()),
        "variables without a noun": dict(names.hollow_variables()),
        "functions that get the environment": len(rooms.environ_signatures()),
        "functions that get raw inputs": len(rooms.raw_input_signatures()),
        "rooms": len(rooms.rooms()),
        "arrows": len(rooms.arrows()),
        "circles": len(rooms.circles()),
    }


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}: {value}\n" for name, value in figures().items())
