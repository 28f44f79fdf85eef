"""Decides whether a moved date is a deadline, and of what it is one."""

from __future__ import annotations

import re

from diff_insight.facts.dates import days_between, find_dates
from diff_insight.model.facts import Fact

#: Characters of a text above which its date is not what a reader would see.
LONGEST_TEXT = 2000
_END_OF_SUPPORT = (
    r"end[ -]of[ -](?:support|life|service|sale)|\beol\b|unsupported|サポート終了|"
    r"\bsupport\b[^.\n]{0,60}?\bends?\b|\bsupport(?:ed)? until\b"
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
_WORDS = tuple((term, re.compile(pattern, re.IGNORECASE)) for term, pattern in _TERMS)


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
    same_rest = _rest(old, first.start, first.end) == _rest(new, second.start, second.end)
    if (first.value, first.qualifier) == (second.value, second.qualifier):
        return None
    if not same_rest and first.qualifier == second.qualifier:
        return None
    days = days_between(first.value, second.value)
    later, earlier = second.value > first.value, second.value < first.value
    term = deadline_term(context) or deadline_term(old)
    params = {
        "subject": subject,
        "what": term or "date",
        "old": {"date": first.value, "qualifier": first.qualifier},
        "new": {"date": second.value, "qualifier": second.qualifier},
        "days": abs(days) if days is not None else None,
        "direction": "later" if later else "earlier" if earlier else "same",
    }
    return Fact("deadline.moved" if term else "date.moved", params)


def _rest(text: str, start: int, end: int) -> str:
    """Return a text without its date, white space folded."""
    return " ".join((text[:start] + "\0" + text[end:]).split())
