"""Finds what differs between two versions of one line, as runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress, count
from operator import ne

_TOKEN = re.compile(r"(?:[.$/#@+-]{0,16}+\w++)++|[^\w\s]|\s+")
_WORD = re.compile(r"\w")
#: Where a run of tokens begins in two lists, and how many tokens it has.
_Match = tuple[int, int, int]


def word_edits(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield (before, after) of each run of words that differs; close runs are joined.

    Args:
        old: Words with one space between them.
        new: The same of the other version.
    """
    first, second = map(_TOKEN.findall, _without_common_words(old, new))
    runs: list[list[int]] = []
    for a1, a2, b1, b2 in differing_runs(first, second):
        gap = "".join(first[runs[-1][1] : a1]) if runs else "x" * 9
        if runs and len(gap.strip()) <= 3:
            runs[-1][1], runs[-1][3] = a2, b2
        else:
            runs.append([a1, a2, b1, b2])
    for a1, a2, b1, b2 in runs:
        before, after = "".join(first[a1:a2]).strip(), "".join(second[b1:b2]).strip()
        if before or after:
            yield before, after


def has_words(text: str) -> bool:
    """Tell whether a text holds anything but punctuation."""
    return _WORD.search(text) is not None


def _without_common_words(old: str, new: str) -> tuple[str, str]:
    """Return two texts without the words that both begin with, and then those both end with.

    Most edits are one word in a long line. The first words that differ stay even where they are the
    last ones, because a part of them may be the same.
    """
    first, second = old.split(" "), new.split(" ")
    start = _common(first, second)
    del first[:start], second[:start]
    end = _common(first[:0:-1], second[:0:-1])
    return " ".join(first[: len(first) - end]), " ".join(second[: len(second) - end])


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many elements two sequences begin with in common."""
    most = min(len(first), len(second))
    return next(compress(count(), map(ne, first, second)), most)


def differing_runs(first: list[str], second: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (a1, a2, b1, b2) of the runs of tokens that differ."""
    start = _common(first, second)
    old, new = first[start:], second[start:]
    end = _common(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    a1 = b1 = start
    for a, b, size in [*_matches(old, new), (len(old), len(new), 0)]:
        a2, b2 = a + start, b + start
        if a1 < a2 or b1 < b2:
            yield a1, a2, b1, b2
        a1, b1 = a2 + size, b2 + size


def _matches(first: list[str], second: list[str]) -> list[_Match]:
    """Return the runs of tokens that two lists share, in order, as `difflib` finds them.

    That is the longest one, and then again those before and behind it. Each token becomes one
    character, so that runs are found as pieces of a text, which takes a third of the time.
    """
    if set(first).isdisjoint(second):
        return []
    marks: dict[str, str] = {}
    old, new = (
        "".join([marks.setdefault(token, chr(len(marks))) for token in tokens])
        for tokens in (first, second)
    )
    matches: list[_Match] = []
    left = [(0, len(old), 0, len(new))]
    while left:
        a1, a2, b1, b2 = left.pop()
        a, b, size = _longest(old, (a1, a2), new, (b1, b2))
        if size:
            matches.append((a, b, size))
            left += (a1, a, b1, b), (a + size, a2, b + size, b2)
    return sorted(matches)


def _longest(old: str, within: tuple[int, int], new: str, among: tuple[int, int]) -> _Match:
    """Return the first of the longest pieces that a part of one text shares with one of another."""
    start, end = within
    best = (start, among[0], 0)
    while start + best[2] < end:
        size = best[2] + 1
        position = new.find(old[start : start + size], *among)
        if position < 0:
            start += 1
        else:
            best = (start, position, size)
    return best
