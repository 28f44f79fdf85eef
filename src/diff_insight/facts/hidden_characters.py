"""Names characters that came into a text and that nobody sees: they can disguise words and code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from diff_insight.facts.file_view import FileView
from diff_insight.facts.protocol import head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Overrides and isolates of direction, tags, fillers, and spaces and joiners without width that
#: spell no word. Joiners between letters and marks of direction beside right-to-left text do.
_HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u180e\u3164\uffa0\u115f\u1160\u2060-\u2064\U000e0000-\U000e007f]"
    "|\u200b|\ufeff|[\u200e\u200f\u061c]"
)
#: Scripts that are written with spaces without width, or from right to left.
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BESIDE_LETTERS = "\u200e\u200f\u061c"
#: Lines whose characters are named, and names of one file.
_MOST_LINES, _MOST_NAMES = 20, 8


def applies(view: FileView) -> bool:
    """Text that gained lines."""
    return any(block.new_lines for block in view.blocks)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact about all that came; what the same run had before is no news."""
    names: dict[str, None] = {}
    lines = []
    for block in view.blocks:
        text = "\n".join(block.new_lines)
        if text.isascii():
            continue
        before = set(_hidden_characters("\n".join(block.old_lines)))
        for side, number, line in block.numbered_lines():
            # A byte order mark is no part of the first line.
            text = line.removeprefix("\ufeff") if number == 1 else line
            come = (
                []
                if side is Side.BASE
                else [
                    character for character in _hidden_characters(text) if character not in before
                ]
            )
            if come:
                names.update(dict.fromkeys(map(_name, come)))
                lines.append(head_line(number))
    if lines:
        listed: dict[str, Value] = {"items": tuple(names)[:_MOST_NAMES], "total": len(names)}
        yield Fact("hidden.characters", {"names": listed}, tuple(lines[:_MOST_LINES]))


def _hidden_characters(text: str) -> Iterator[str]:
    """Yield the characters of a line that nobody sees and that spell nothing."""
    if text.isascii():
        return
    for match in _HIDDEN.finditer(text):
        character = match[0]
        around = text[max(0, match.start() - 2) : match.end() + 2]
        spells = (character == "\u200b" and _SPACELESS.search(around)) or (
            character in _BESIDE_LETTERS and _RIGHT_TO_LEFT.search(text)
        )
        if not spells:
            yield character


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
