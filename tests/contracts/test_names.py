"""Names mean one thing: no two classes of the product are called alike."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import diff_insight

SOURCE = Path(diff_insight.__file__).parent


def test_no_two_classes_have_one_name() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(str(path.relative_to(SOURCE)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
