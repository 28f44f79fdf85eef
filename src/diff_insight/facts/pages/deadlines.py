"""Decides whether a moved date is a deadline, and of what it is one."""

from __future__ import annotations

import re

from diff_insight.facts.pages.dates import (
    FoundDate,
    days_between,
    find_dates,
    without_qualifier,
)
from diff_insight.model.facts import Fact

#: Characters of a text above which its date is not what a reader would see.
LONGEST_TEXT = 2000
_END_OF_SUPPORT = (
    r"end[ -]of[ -](?:support|life|service|sale)|\beol\b|unsupported|サポート終了|"
    r"\bsupport\b(?:[^.\n]|\.(?=\w)){0,60}?\bends?\b|\bsupport(?:ed)? until\b"
)
#: What a deadline ends -> the words that say so, in the languages that documentation uses.
_TERMS = (
    ("retirement", r"retir|提供終了|退役|停用"),
    ("deprecation", r"deprecat|非推奨|弃用"),
    ("end-of-support", _END_OF_SUPPORT),
    ("shutdown", r"sunset|shut ?down|discontinu|turn(?:ed)? off|removal|will be removed"),
    ("expiry", r"expir|valid (?:until|through)|有効期限"),
    ("deadline", r"deadline|due date|migrate (?:by|before)"),
)
#: What ends a statement, and characters that it has at least before its date.
_END = re.compile(r"[.!?]\s+|[。！？]")
_SHORTEST_LEAD = 8
_WORDS = tuple((term, re.compile(pattern, re.IGNORECASE)) for term, pattern in _TERMS)


#: Statements that name what ends, as far as English puts the name before the verb.
_SUPPORTED = re.compile(
    r"\bsupport (?:for|of) (?P<name>[^!?,:;]{1,60}?) (?:(?:will )?ends?|is dropped)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^\s*+|[.!?]\s++)(?P<name>[^\s.!?,:;][^.!?,:;]{0,58}?[^\s.!?,:;])\s++"
    r"(?:(?:will be|is|are|will|to be|is to be)\s++)?"
    r"(?:retire[sd]?|expires?|deprecated|discontinued|shuts? down|turned off|removed)\b",
    re.IGNORECASE,
)
#: Words that begin or make up what is no name.
_NO_NAME = re.compile(
    r"(?i)(?:we|you|they|it|this|that|these|there|which|who|support|note|if|when|please|and|or|but)\b"
)


def ending(text: str, date: FoundDate) -> str:
    """Return what a statement says to end at a date, or an empty string."""
    lead = _lead(text, date)
    named = _SUPPORTED.search(lead) or _NAMED.search(lead)
    return named["name"] if named and not _NO_NAME.match(named["name"]) else ""


def deadline_term(text: str) -> str:
    """Return what kind of deadline a text speaks of, or an empty string."""
    return next((term for term, words in _WORDS if words.search(text)), "")


def moved_date(old: str, new: str, *, context: str, subject: str) -> Fact | None:
    """Return the fact that the only date of a text moved; None when anything else changed too.

    Args:
        old: The text before.
        new: The text after.
        context: Words near it that may say what the date means (column, heading, line).
        subject: What the date belongs to.
    """
    if max(len(old), len(new)) > LONGEST_TEXT:
        return None
    before = list(find_dates(old))
    after = list(find_dates(new)) if len(before) == 1 else []
    if len(after) != 1:
        return None
    first, second = before[0], after[0]
    if (first.value, first.qualifier) == (second.value, second.qualifier):
        return None
    # Other words, another tense: the same date of something else, or no longer a deadline.
    if _rest(old, first) != _rest(new, second):
        return None
    term = deadline_term(context) or deadline_term(old)
    return _move(first, second, term, ending(new, second) or subject)


def moved_deadline(old: str, new: str, *, subject: str) -> tuple[Fact, str] | None:
    """Return the fact that a deadline moved in a statement, and the old text with the date of now.

    Other words may have changed too, but none of the statement's up to its date, and both say what
    the date ends: `A retires on June 1.` and `A retires on May 1, and its data go.`
    """
    if max(len(old), len(new)) > LONGEST_TEXT:
        return None
    led = {_lead(new, date): date for date in find_dates(new)}
    for before in find_dates(old):
        lead = _lead(old, before)
        after = led.get(lead)
        if after is None or after.value == before.value or len(lead) < _SHORTEST_LEAD:
            continue
        term = deadline_term(_statement(old, before))
        if term and term == deadline_term(_statement(new, after)):
            text = old[: before.start] + new[after.start : after.end] + old[before.end :]
            return _move(before, after, term, ending(new, after) or subject), text
    return None


def _lead(text: str, date: FoundDate) -> str:
    """Return the words of a statement before its date."""
    start = max((end.end() for end in _END.finditer(text, 0, date.start)), default=0)
    return " ".join(text[start : date.start].split())


def _statement(text: str, date: FoundDate) -> str:
    end = _END.search(text, date.end)
    return f"{_lead(text, date)} {text[date.start : end.start() if end else None]}"


def _move(first: FoundDate, second: FoundDate, term: str, subject: str) -> Fact:
    days = days_between(first.value, second.value)
    later, earlier = second.value > first.value, second.value < first.value
    params = {
        "subject": subject,
        "what": term or "date",
        "old": {"date": first.value, "qualifier": first.qualifier},
        "new": {"date": second.value, "qualifier": second.qualifier},
        "days": abs(days) if days is not None else None,
        "direction": "later" if later else "earlier" if earlier else "same",
    }
    return Fact("deadline.moved" if term else "date.moved", params)


def _rest(text: str, date: FoundDate) -> str:
    """Return a text without its date and the qualifier before it, white space folded."""
    lead = without_qualifier(text[: date.start])
    return " ".join(f"{lead} \0{text[date.end :]}".split())
