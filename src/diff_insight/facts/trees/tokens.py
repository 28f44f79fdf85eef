"""Cuts the text of schema languages into tokens with their lines, without their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Characters of a text that is read; whoever reads one says so when it is longer.
LARGEST = 2_000_000
_HASH = r"#[^\n]*+"
_SLASHES = r"//[^\n]*+|/\*.*?(?:\*/|\Z)"
_PIECE = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|\'[^\'\\\n]*+(?:\\.[^\'\\\n]*+)*+\''
    r"|[\w.$@-]++|[^\s\w]"
)


class SchemaToken(NamedTuple):
    """A word, a quoted text or a mark, and its line."""

    text: str
    line: int


def tokens(text: str, *, hashes: bool, slashes: bool) -> Iterator[SchemaToken]:
    """Yield tokens; a text that is too large has none.

    Args:
        text: The text.
        hashes: Whether `#` begins a comment.
        slashes: Whether `//` and `/*` do.
    """
    if len(text) > LARGEST:
        return
    comments = "|".join([_HASH] * hashes + [_SLASHES] * slashes)
    pattern = re.compile(f"(?P<comment>{comments})|(?:{_PIECE})", re.DOTALL)
    line, last = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match["comment"] is None:
            yield SchemaToken(match[0], line)
