"""One line of a diff, asked for the values that stand on it."""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.folding import literal, lower, words
from diff_insight.llm.grounding.numbers import find_numbers

#: Cells from which on a line with strokes is a row of a table.
_LEAST_CELLS = 2


#: A list item about something, and a setting with a value.
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+((?:\*\*|`)[^`*]+(?:\*\*|`))\s*(?:[-–—:=→(]|\bis\b)")
_SETTING = re.compile(r"\s*(?:-\s+)?[\"']?([\w.-]+)[\"']?\s*[:=]\s*[^\s:=]")


class DiffLine(Struct, frozen=True, dict=True):
    """One line of a diff: `+`, `-`, a blank, or `@` for what stands behind a hunk's header."""

    sign: str
    text: str
    hunk: int

    @cached_property
    def comparable(self) -> str:
        """The line as it is compared."""
        return f" {lower(literal(self.text))} "

    @cached_property
    def reader_text(self) -> str:
        """The line as a reader sees it, without escapes and entities."""
        return f" {lower(words(self.text))} "

    @cached_property
    def dates(self) -> frozenset[str]:
        """The readings of its dates."""
        return frozenset(each for date in find_dates(self.comparable) for each in date.readings)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The readings of its numbers."""
        return frozenset(
            each for number in find_numbers(self.comparable) for each in number.readings
        )

    @cached_property
    def key(self) -> DiffLine | None:
        """The first cell of a row of a table; None for other lines."""
        cells = [] if self.sign == "@" else self.text.strip().strip("|").split("|")
        return DiffLine(self.sign, cells[0], self.hunk) if len(cells) > _LEAST_CELLS else None

    @cached_property
    def item_key(self) -> DiffLine | None:
        """What a row, a list item or a setting is about: its first cell, its first code or name, its key."""
        if self.key is not None or self.sign == "@":
            return self.key
        item = _ITEM.match(self.text) or _SETTING.match(self.text)
        return DiffLine(self.sign, item[1], self.hunk) if item else None

    def count(self, anchor: Anchor) -> int:
        """Return how often a value stands on this line, and not as the beginning of a longer name."""
        longer = re.compile(rf"(?<![\w.]){re.escape(anchor.comparable)}[.-][a-z_]")
        times = _times(self.comparable, anchor.comparable)
        return max(0, (times or int(self.has(anchor))) - len(longer.findall(self.comparable)))

    def has(self, anchor: Anchor) -> bool:
        """Tell whether a value stands on this line."""
        if anchor.kind is AnchorKind.DATE:
            return any(
                _same_day(reading, other) for reading in anchor.readings for other in self.dates
            )
        if anchor.kind is AnchorKind.NUMBER:
            return not self.numbers.isdisjoint(anchor.readings)
        return _whole(self.comparable, anchor.comparable) or _whole(
            self.reader_text, anchor.comparable
        )


def _same_day(reading: str, other: str) -> bool:
    """Tell whether two readings agree as far as both say something."""
    if reading == other:
        return True
    if reading.startswith("-") or other.startswith("-"):
        day, other_day = reading.lstrip("-")[-5:], other.lstrip("-")[-5:]
        return day == other_day
    return reading.startswith(other) or other.startswith(reading)


def _whole(text: str, token: str) -> bool:
    """Tell whether a token stands in a text, and no word or name goes on at its ends."""
    return _times(text, token) > 0


def _times(text: str, token: str) -> int:
    at = text.find(token) if token else -1
    times = 0
    while at >= 0:
        end = at + len(token)
        before, behind = text[max(0, at - 2) : at], text[end : end + 2]
        times += not (_goes_on(before[::-1], token[0]) or _goes_on(behind, token[-1]))
        at = text.find(token, at + 1)
    return times


def _goes_on(beside: str, edge: str) -> bool:
    """Tell whether a word goes on beyond an edge: with a letter, or a mark and a letter."""
    if not (edge.isascii() and (edge.isalnum() or edge == "_")) or not beside:
        return False
    first, second = beside[0], beside[1:2]
    if first.isascii() and (first.isalnum() or first == "_"):
        return True
    if first == ".":
        return second.isascii() and second.isdigit()
    return first == "-" and second.isascii() and second.isalnum()
