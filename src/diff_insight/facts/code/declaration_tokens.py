"""The words of a declaration as the parser cut them, without comments and without its members."""

from __future__ import annotations

from typing import Any

from diff_insight.facts.code.model import Symbol, SymbolKind
from diff_insight.facts.code.parsing import raw

Tokens = list[bytes]


def tokens_of(symbol: Symbol, members: frozenset[tuple[int, int]]) -> tuple[Tokens, Tokens, Tokens]:
    """Return (head, body, comments): the head without its parameters, the body without members.

    Args:
        symbol: The declaration.
        members: (start, end) bytes of declarations that are told by themselves.
    """
    head: Tokens = []
    body: Tokens = []
    comments: Tokens = []
    skipped = members - {(symbol.node.start_byte, symbol.node.end_byte)}
    body_span = _span(symbol.body)
    listed = _span(_parameter_list(symbol))
    cursor = symbol.node.walk()
    while True:
        node = cursor.node
        span = (node.start_byte, node.end_byte)
        inside = body_span is not None and body_span[0] <= span[0] and span[1] <= body_span[1]
        leaf = span in skipped or span == listed
        if "comment" in node.type or _is_docstring(node, symbol):
            comments.append(b" ".join(raw(node, symbol.source).split()))
            leaf = True
        elif not leaf and (node.child_count == 0 or "string" in node.type):
            (body if inside else head).append(raw(node, symbol.source))
            leaf = True
        if not leaf and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return head, body, comments


def _parameter_list(symbol: Symbol) -> Any | None:  # noqa: ANN401 - the library is optional
    """Return the parameter list when it has been taken apart, so that it is told by itself."""
    if symbol.what is not SymbolKind.CALLABLE or symbol.parameters is None:
        return None
    return symbol.listed


def _is_docstring(node: Any, symbol: Symbol) -> bool:  # noqa: ANN401
    """Tell whether a node is the text with which a Python body begins."""
    if node.type != "expression_statement" or symbol.body is None or node.named_child_count != 1:
        return False
    return bool(node.named_child(0).type == "string" and node.start_byte == symbol.body.start_byte)


def _span(node: Any | None) -> tuple[int, int] | None:  # noqa: ANN401
    return None if node is None else (node.start_byte, node.end_byte)
