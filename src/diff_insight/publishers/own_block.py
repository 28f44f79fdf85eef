"""Our block in a text of others: between two marks of our own, all around it as it was.

Each mark stands alone on its line, so that a title which quotes one is none. Two marks that are not
one pair mean that somebody has edited them: then nothing tells where our text ends.
"""

from __future__ import annotations

import re

_NAME = "diff-insight-block"
#: What begins a mark, shown as text where a report has it.
_OPENINGS = re.compile(rf"<!--(?=\s*+/?{_NAME})")


class BrokenMarksError(Exception):
    """The marks in a text are not one pair."""


def with_block(text: str, key: str, content: str) -> str:
    """Return a text with its block replaced, or with a block behind it.

    Args:
        text: The text of others, with or without a block.
        key: Hex digits that tell this block from those of others.
        content: What the block is to say.

    Raises:
        BrokenMarksError: Where the block is cannot be told.
    """
    begin, end = _mark(key), _mark(key, "/")
    block = f"{begin}\n{_OPENINGS.sub('&lt;!--', content).strip()}\n{end}"
    span = block_span(text, key)
    if span is not None:
        return text[: span[0]] + block + text[span[1] :]
    return f"{text}{_gap(text)}{block}\n"


def block_span(text: str, key: str) -> tuple[int, int] | None:
    """Return where the block stands, marks included; None when there is none.

    Raises:
        BrokenMarksError: The marks are not one pair.
    """
    begins, ends = (
        [match.span() for match in re.finditer(rf"^{re.escape(mark)}(?=\r?$)", text, re.MULTILINE)]
        for mark in (_mark(key), _mark(key, "/"))
    )
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0][0] < begins[0][1]:
        raise BrokenMarksError
    return begins[0][0], ends[0][1]


def _mark(key: str, slash: str = "") -> str:
    return f"<!-- {slash}{_NAME} {key} -->"


def _gap(text: str) -> str:
    """Return what keeps a block apart from the text before it."""
    if not text:
        return ""
    newline = "\r\n" if "\r\n" in text else "\n"
    return newline if text.endswith("\n") else newline * 2
