"""Parses Python of strangers: nothing that is too large or too deep, and whatever fails is no module."""

from __future__ import annotations

import ast
import re
import warnings

#: Characters of a module, and brackets within brackets, above which it is not read.
LARGEST = 1_000_000
_DEEPEST = 60
_BRACKETS = re.compile(r"[()\[\]{}]")


def parse_python(text: str) -> ast.Module | None:
    """Return the tree of a module; None when Python cannot read it or it is too large.

    Args:
        text: The module.
    """
    if len(text) > LARGEST or not _is_shallow(text):
        return None
    # Python itself reads no such character; what stands around it is read all the same.
    text = text.replace("\0", " ")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_shallow(text: str) -> bool:
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "([{" else -1
        if depth > _DEEPEST:
            return False
    return True
