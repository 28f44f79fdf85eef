"""Gives the words that an edit changed as a reader names them: a whole date, a number of something."""

from __future__ import annotations

import re

from diff_insight.facts.pages.dates import find_dates

_NUMBER = re.compile(r"\d[\d.,]*")
#: Capitalised words that name nothing.
_COMMON = frozenset(
    "The In On At To Of For By With From Until Since After Before About Over Under Up All Only This "
    "These Those".split()
)


def in_full(before: str, after: str, old: str, new: str) -> tuple[str, str]:
    """Return both terms of an edit, with what belongs to them in two texts of words.

    Args:
        before: What went.
        after: What came.
        old: The words around what went.
        new: The words around what came.
    """
    if not before or not after or old.count(before) != 1 or new.count(after) != 1:
        return before, after  # or nobody knows which of them it is
    first, second = _date(before, old), _date(after, new)
    if first and second:
        return first, second
    if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(after):
        word, other = _word(before, old), _word(after, new)
        if word and word == other:
            return f"{word} {before}", f"{word} {after}"
    return before, after


def _date(term: str, text: str) -> str:
    """Return the date of a text that a term is a part of, or an empty string."""
    dates = (text[found.start : found.end] for found in find_dates(text))
    return next((date for date in dates if term in date), "")


def _word(number: str, text: str) -> str:
    """Return the name before a number, or an empty string."""
    found = re.search(rf"(?<![\w.])([A-Z][\w+#.-]*) {re.escape(number)}(?![\w])", text)
    return found[1] if found and found[1] not in _COMMON else ""
