"""Asks griffe which changes of a Python module break those who use it; nothing is imported or run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from diff_insight.facts.code.libraries import load_library

#: Nested brackets or blocks above which a module is not given to a parser that recurses.
_DEEPEST = 90
_BRACKETS = re.compile(r"[()\[\]{}]")
#: What griffe finds and a caller may do without.
_HARMLESS = frozenset(
    "PARAMETER_CHANGED_DEFAULT RETURN_CHANGED_TYPE ATTRIBUTE_CHANGED_TYPE "
    "ATTRIBUTE_CHANGED_VALUE CLASS_REMOVED_BASE".split()
)


def breakages(old: str, new: str, path: str) -> Mapping[str, set[str]] | None:
    """Return the names of what breaks with the kinds of breakage; None when griffe cannot tell.

    Args:
        old: The module before.
        new: The module after.
        path: Its path, by which griffe knows a package's `__init__`.

    Raises:
        EnvironmentFailure: griffe cannot be loaded.
    """
    if not (_is_shallow(old) and _is_shallow(new)):
        return None
    griffe = load_library("griffe")  # heavy, and only here for a few files
    try:
        name = "module"
        place = Path(Path(path).name)
        versions = [
            griffe.visit(
                name, filepath=place, code=text, modules_collection=griffe.ModulesCollection()
            )
            for text in (old, new)
        ]
        found: dict[str, set[str]] = {}
        for breakage in griffe.find_breaking_changes(*versions):
            if breakage.kind.name not in _HARMLESS:
                key = breakage.obj.path.partition(".")[2]
                found.setdefault(key, set()).add(breakage.kind.name)
    except Exception:  # noqa: BLE001 - a library on hostile text; without it the common rules decide
        return None
    return found


def _is_shallow(text: str) -> bool:
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "([{" else -1
        if depth > _DEEPEST:
            return False
    return True
