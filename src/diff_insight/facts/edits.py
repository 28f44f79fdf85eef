"""Finds what differs between two versions of one line, as runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[\w.$/#@+-]*\w|[^\w\s]|\s+")
_WORD = re.compile(r"\w")


def word_edits(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield (before, after) of each run of words that differs; close runs are joined."""
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
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


def _different(first: list[str], second: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (a1, a2, b1, b2) of the runs of tokens that differ.

    What both begin and end with is set aside first: most edits are one word in a long line.
    """
    shorter = min(len(first), len(second))
    start = next((i for i in range(shorter) if first[i] != second[i]), shorter)
    most = shorter - start
    end = next((i for i in range(most) if first[-1 - i] != second[-1 - i]), most)
    inner = first[start : len(first) - end], second[start : len(second) - end]
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, *inner, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a1 + start, a2 + start, b1 + start, b2 + start
