"""Pairs the values that a diff puts in place of others: what went on a − line, and what came at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from diff_insight.llm.grounding.diff_lines import DiffLine

_TOKEN = re.compile(r"[\w][\w.+/-]*\w|\w|[^\w\s]")
#: Tokens that one replacement has at most; more are another text.
_LONGEST = 8
#: How alike two lines are at least.
_ALIKE = 0.5
_MOST_LINES = 40


class Replacement(Struct, frozen=True):
    """What went and what came at its place, in small letters, and the lines on which they stand."""

    old: str
    new: str
    old_line: DiffLine
    new_line: DiffLine


def read_replacements(lines: Iterable[DiffLine]) -> tuple[Replacement, ...]:
    """Return the replacements within lines that were reworded."""
    return tuple(each for old, new in paired_lines(lines) for each in _replacements(old, new))


def paired_lines(lines: Iterable[DiffLine]) -> Iterator[tuple[DiffLine, DiffLine]]:
    """Yield each - line with the + line of its block that rewords it."""
    went: list[DiffLine] = []
    came: list[DiffLine] = []
    for line in (*lines, DiffLine("@", "", -1)):
        if line.sign == "-" and came:
            yield from _pairs(went, came)
            went, came = [], []
        if line.sign == "-":
            went.append(line)
        elif line.sign == "+":
            came.append(line)
        else:
            yield from _pairs(went, came)
            went, came = [], []


def _pairs(
    went: Sequence[DiffLine], came: Sequence[DiffLine]
) -> Iterator[tuple[DiffLine, DiffLine]]:
    if len(went) > _MOST_LINES or len(came) > _MOST_LINES:
        return
    if len(went) == len(came):
        candidates = list(zip(went, came, strict=True))
    else:
        candidates = (
            [(old, max(came, key=lambda new: _ratio(old, new))) for old in went] if came else []
        )
    yield from (pair for pair in candidates if _ratio(*pair) >= _ALIKE)


def _ratio(old: DiffLine, new: DiffLine) -> float:
    first, second = set(_tokens(old)), set(_tokens(new))
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _tokens(line: DiffLine) -> list[str]:
    return _TOKEN.findall(line.comparable)


def _replacements(old: DiffLine, new: DiffLine) -> Iterator[Replacement]:
    before, after = _tokens(old), _tokens(new)
    for kind, start, end, begin, stop in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "replace" or end - start > _LONGEST or stop - begin > _LONGEST:
            continue
        gone, come = before[start:end], after[begin:stop]
        for first in (*_words(gone), " ".join(gone)):
            for second in (*_words(come), " ".join(come)):
                yield Replacement(first, second, old, new)


def _words(tokens: Sequence[str]) -> list[str]:
    return [each for each in tokens if each[0].isalnum() or each[0] == "_"]
