"""Finds what differs between two versions of one line, as runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import compress, count
from operator import ne

_TOKEN = re.compile(r"[\w.$/#@+-]*\w|[^\w\s]|\s+")
_WORD = re.compile(r"\w")


def word_edits(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield (before, after) of each run of words that differs; close runs are joined.

    Args:
        old: Words with one space between them.
        new: The same of the other version.
    """
    first, second = map(_TOKEN.findall, _without_common_words(old, new))
    runs: list[list[int]] = []
    for a1, a2, b1, b2 in _different(first, second):
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


def _different(first: list[str], second: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (a1, a2, b1, b2) of the runs of tokens that differ."""
    start = _common(first, second)
    old, new = first[start:], second[start:]
    end = _common(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    if set(old).isdisjoint(new):
        yield start, start + len(old), start, start + len(new)
        return
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a1 + start, a2 + start, b1 + start, b2 + start
