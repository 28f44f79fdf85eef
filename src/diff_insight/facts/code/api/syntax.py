"""Questions to syntax nodes that the readers of all languages ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from diff_insight.facts.code.parsing import parse, text_of

Node = Any
#: Characters of a file above which it is not read.
LARGEST = 3_000_000
#: Bodies of functions.
_BODIES = frozenset("block statement_block function_body constructor_body compound_statement token_tree "
                    "arrow_expression_clause accessor_list".split())  # fmt: skip
#: Lines of a declaration's head that are shown as evidence.
_LONGEST_HEAD = 10


def children_of(node: Node, *types: str) -> Iterator[Node]:
    """Yield the named children of some types."""
    return (child for child in node.named_children if child.type in types)


def first_child(node: Node, *types: str) -> Node | None:
    """Return the first named child of some types, or None."""
    return next(children_of(node, *types), None)


def flat(node: Node | None, source: bytes) -> str:
    """Return the text of a node on one line."""
    return " ".join(text_of(node, source).split())


def has_token(node: Node, *words: str) -> bool:
    """Tell whether a node has one of some words as a direct child."""
    return any(child.type in words for child in node.children)


def head_span(node: Node, body: Node | None) -> tuple[int, int]:
    """Return the 1-based lines of a declaration up to where its body begins."""
    start = node.start_point[0] + 1
    end = node.end_point[0] + 1 if body is None else body.start_point[0] + 1
    return start, min(max(start, end), start + _LONGEST_HEAD - 1)


def damaged_lines(root: Node) -> list[tuple[int, int]]:
    """Return the lines of every part of a tree that the parser could not read, outside of bodies.

    What it did not understand within the body of a function declares nothing that others can name.
    """
    spans: list[tuple[int, int]] = []
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            spans.append((node.start_point[0] + 1, node.end_point[0] + 1))
        elif node.has_error and node.type not in _BODIES:
            waiting += node.children
    return sorted(spans)


__all__ = [
    "LARGEST",
    "Node",
    "children_of",
    "damaged_lines",
    "first_child",
    "flat",
    "has_token",
    "head_span",
    "parse",
    "text_of",
]
