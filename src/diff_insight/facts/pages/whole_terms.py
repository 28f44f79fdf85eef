"""Gives the words that an edit changed as a reader names them: a whole date, a number of something."""

from __future__ import annotations

import re

from diff_insight.facts.pages.dates import find_dates

#: Words that say nothing by themselves.
STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have how if in into is it "
    "its may might must no not of on or our shall should so than that the their them then there these they "
    "this those to under up upon use used using via was we were what when where which while who will with would "
    "you your also any all some such each per about above after again before below between both down during "
    "more most other out over same through too very just only own here".split()
)
_DIGITS = re.compile(r"\d{1,9}")
#: Words of a term that may stand for another one which says nothing.
_MOST_ALONE = 2
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
        word, other = _counted_word(before, old), _counted_word(after, new)
        if word and word.rstrip("s") == other.rstrip("s"):
            return f"{before} {word}", f"{after} {other}"
    return before, after


def _date(term: str, text: str) -> str:
    """Return the date of a text that a term is a part of, or an empty string."""
    dates = (text[near_date.start : near_date.end] for near_date in find_dates(text))
    return next((date for date in dates if term in date), "")


def _counted_word(number: str, text: str) -> str:
    """Return the word behind a number, which it counts or measures, or an empty string."""
    match = re.search(rf"(?<![\w.]){re.escape(number)} ([^\W\d_][\w-]{{1,30}})", text)
    return match[1] if match and match[1].lower() not in STOP_WORDS else ""


def says_something(before: str, after: str) -> bool:
    """Tell whether two terms say what changed without the sentence around them.

    Bare numbers do not, nor do words like `if` and `an`, alone or beside a whole phrase.
    """
    if before and after and all(map(_DIGITS.fullmatch, (before, after))):
        return False
    meaning = [
        [word for word in re.findall(r"\w[\w.'-]*", term) if word.lower() not in STOP_WORDS]
        for term in (before, after)
    ]
    if before and after:
        longest = max(len(term.split()) for term in (before, after))
        return all(meaning) or (any(meaning) and longest <= _MOST_ALONE)
    return bool(meaning[0] or meaning[1])


def _word(number: str, text: str) -> str:
    """Return the name before a number, or an empty string."""
    match = re.search(rf"(?<![\w.])([A-Z][\w+#.-]*) {re.escape(number)}(?![\w])", text)
    return match[1] if match and match[1] not in _COMMON else ""
