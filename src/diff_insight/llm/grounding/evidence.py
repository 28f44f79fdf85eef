"""What was compared, line by line: which side has a value, and what else stands on its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.dates import find_dates
from diff_insight.llm.grounding.folding import literal, lower, words
from diff_insight.llm.grounding.numbers import find_numbers
from diff_insight.model.facts import FileAnalysis

#: Lines around a value that its subject may stand on.
_NEAR = 3
#: Cells from which on a line with strokes is a row of a table.
_LEAST_CELLS = 2


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
        cells = self.text.strip().strip("|").split("|")
        return DiffLine(self.sign, cells[0], self.hunk) if len(cells) > _LEAST_CELLS else None

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


class DiffEvidence(Struct, frozen=True, dict=True):
    """What a text may rest on.

    Attributes:
        lines: All lines of the diff that it is about.
        said: What else is believed: facts, titles, what people said.
        analyses: The files.
    """

    lines: tuple[DiffLine, ...] = ()
    said: tuple[str, ...] = ()
    analyses: tuple[FileAnalysis, ...] = ()

    def counts(self, anchor: Anchor) -> tuple[int, int, int]:
        """Return on how many added, removed and unchanged lines a value stands."""
        signs = [self.lines[at].sign for at in self.places(anchor)]
        return signs.count("+"), signs.count("-"), len(signs) - signs.count("+") - signs.count("-")

    def places(self, anchor: Anchor) -> list[int]:
        """Return the indexes of the lines on which a value stands."""
        key = (anchor.kind, anchor.comparable, anchor.readings)
        if key not in self._known_places:
            lines = enumerate(self.lines)
            self._known_places[key] = [at for at, line in lines if line.has(anchor)]
        return self._known_places[key]

    def near(self, at: int, anchor: Anchor) -> bool:
        """Tell whether a value stands on a line, close to it, or in the header of its hunk."""
        hunk = self.lines[at].hunk
        around = range(max(0, at - _NEAR), min(len(self.lines), at + _NEAR + 1))
        if any(self.lines[each].hunk == hunk and self.lines[each].has(anchor) for each in around):
            return True
        return any(
            line.sign == "@" and line.hunk == hunk and line.has(anchor) for line in self.lines
        )

    def is_unchanged(self, anchor: Anchor) -> bool:
        """Tell whether each + line with a value is, but for spaces, a - line or one that did not change."""
        came, went, rest = self._texts(anchor)
        return bool(came) and came <= went | rest

    def is_moved(self, anchor: Anchor) -> bool:
        """Tell whether each - line with a value is, but for spaces, a + line too."""
        came, went, _ = self._texts(anchor)
        return bool(went) and went <= came

    def heads(self, anchor: Anchor) -> bool:
        """Tell whether a value stands in headings alone, as far as lines changed."""
        lines = [self.lines[at] for at in self.places(anchor)]
        return all(line.text.lstrip().startswith("#") for line in lines if line.sign in "+-")

    def _texts(self, anchor: Anchor) -> tuple[set[str], ...]:
        """Return the lines with a value, without spaces: added, removed and the others."""
        texts: dict[str, set[str]] = {"+": set(), "-": set(), " ": set()}
        for at in self.places(anchor):
            line = self.lines[at]
            sign = line.sign if line.sign in "+-" else " "
            texts[sign].add("".join(line.comparable.split()))
        return texts["+"], texts["-"], texts[" "]

    def has_said(self, anchor: Anchor) -> bool:
        """Tell whether a value stands in what is believed besides the diff."""
        return any(line.has(anchor) for line in self._said_lines)

    def has_said_together(self, value: Anchor, names: Sequence[Anchor]) -> bool:
        """Tell whether what is believed besides has a value and one of some names on one line."""
        return any(
            line.has(value) and any(line.has(name) for name in names) for line in self._said_lines
        )

    @cached_property
    def moves(self) -> frozenset[tuple[str, str]]:
        """Old and new values that facts state."""
        pairs = (
            (fact.params.get("old"), fact.params.get("new"))
            for file in self.analyses
            for fact in file.facts
        )
        return frozenset(
            (_plain(old), _plain(new))
            for old, new in pairs
            if isinstance(old, str) and isinstance(new, str) and old != new
        )

    @cached_property
    def changed_lines(self) -> tuple[DiffLine, ...]:
        """The lines that came and went."""
        return tuple(line for line in self.lines if line.sign in "+-")

    @cached_property
    def told_lines(self) -> tuple[DiffLine, ...]:
        """What came, what went, and what is believed besides."""
        return (*self.changed_lines, *self._said_lines)

    @cached_property
    def all_lines(self) -> tuple[DiffLine, ...]:
        """All lines, and what is believed besides."""
        return (*self.lines, *self._said_lines)

    @cached_property
    def text(self) -> str:
        """All of it in small letters."""
        return "\n".join(line.comparable for line in self.all_lines)

    @cached_property
    def _known_places(self) -> dict[tuple[str, str, tuple[str, ...]], list[int]]:
        return {}

    @cached_property
    def _said_lines(self) -> tuple[DiffLine, ...]:
        return tuple(DiffLine(" ", text, -1) for text in self.said)


def evidence_of(
    patches: Iterable[str], said: Iterable[str] = (), analyses: Sequence[FileAnalysis] = ()
) -> DiffEvidence:
    """Return the lines of some patches with what else is believed."""
    lines: list[DiffLine] = []
    hunk = 0
    for patch in patches:
        for line in patch.split("\n"):
            if line.startswith("@@ "):
                hunk += 1
                lines.append(DiffLine("@", line.split("@@", 2)[-1], hunk))
            elif line[:1] in ("+", "-", " "):
                lines.append(DiffLine(line[0], line[1:], hunk))
        hunk += 1
    return DiffEvidence(tuple(lines), tuple(said), tuple(analyses))


def _plain(value: str) -> str:
    return lower(literal(value)).strip()


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
    at = text.find(token) if token else -1
    while at >= 0:
        end = at + len(token)
        before, behind = text[max(0, at - 2) : at], text[end : end + 2]
        if not (_goes_on(before[::-1], token[0]) or _goes_on(behind, token[-1])):
            return True
        at = text.find(token, at + 1)
    return False


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
