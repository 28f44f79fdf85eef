"""The one escaper of untrusted text for the runner's log: no line of it is a command.

The runner takes `::name ...::data` for a command where only white space stands before it, and the
old `##[name ...]data` anywhere in a line (actions/runner, `ActionCommand.cs`). Its searches follow
the culture's collation, which does not see characters without width, so neither do these.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, takewhile

from diff_insight.markup.escape import visible
from diff_insight.markup.text_size import utf16_units

#: Characters that a collation ignores (Unicode's Default_Ignorable_Code_Point).
_IGNORED = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_LEGACY = re.compile(f"#[{_IGNORED}]*#[{_IGNORED}]*(?=\\[)")
_OPENING = re.compile(f"[\\s{_IGNORED}]*:[{_IGNORED}]*:")
_ELLIPSIS = "…"
#: Characters that continue the one before them, and how many of them a cut steps over at the most.
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_LONGEST_CLUSTER = 16


def safe_line(text: str) -> str:
    """Return text as one line that the runner takes for text, whatever it holds."""
    shown = _LEGACY.sub(r"\g<0>\\", visible(text))
    return "\\" + shown if _OPENING.match(shown) else shown


def safe_lines(text: str) -> list[str]:
    """Return each line of a text, safe; lines end at line feeds, with or without a return."""
    return [safe_line(line.removesuffix("\r")) for line in text.split("\n")]


def fit(text: str, limit: int) -> str:
    """Cut a text to `limit` UTF-16 units, between characters, and mark the cut with an ellipsis."""
    if utf16_units(text) <= limit:
        return text
    room = limit - len(_ELLIPSIS)
    lengths = accumulate(1 + (character > "\uffff") for character in text)
    end = sum(1 for _ in takewhile(lambda length: length <= room, lengths))
    for back in range(min(end, _LONGEST_CLUSTER)):
        if not _continues(text, end - back):
            end -= back
            break
    return text[:end].rstrip() + _ELLIPSIS


def _continues(text: str, at: int) -> bool:
    """Tell whether the character at a place belongs to the one before it."""
    character = text[at]
    return (
        character == _JOINER
        or text[at - 1 : at] == _JOINER
        or unicodedata.category(character).startswith("M")
        or ord(character) in _SKIN_TONES
    )
