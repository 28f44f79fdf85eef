"""Reads calendar dates and their qualifiers from text, and tells how far one has moved.

A date is kept as an ISO 8601 string of day (`2025-06-11`) or month (`2025-06`) precision. Slashed
dates whose order is ambiguous are not read, except where a key fixes the order (`ms.date`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from diff_insight.markup.guarded import Guarded

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sept sep|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_NAME = "(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
# Letters around a date are told apart in ASCII only: Japanese and Chinese write without spaces.
_DATE = Guarded(re.compile(
    r"(?<![A-Za-z0-9_/.-])(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?![A-Za-z0-9_-])"
    r"|(?P<iso_month>\d{4}-\d{2})(?![A-Za-z0-9_-])"
    r"|" + _NAME.format("m1") + r"\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+" + _NAME.format("m2") + r",?\s+(?P<y2>\d{4})"
    r"|" + _NAME.format("m3") + r",?\s+(?P<y3>\d{4})"
    r"|(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<s3>\d{4})"
    r"|(?P<cy>\d{4})年(?P<cm>\d{1,2})月(?:(?P<cd>\d{1,2})日)?"
    r")(?![A-Za-z0-9_])",
    re.IGNORECASE,
), hint=re.compile(r"\d{4}"))  # fmt: skip
_QUALIFIERS = (
    (
        "not-before",
        re.compile(r"(?i)(no (?:earlier|sooner) than|not before|earliest|早くとも|不早于)\W*$"),
    ),
    (
        "not-after",
        re.compile(r"(?i)(no later than|not later than|at the latest|遅くとも|不晚于)\W*$"),
    ),
    ("by", re.compile(r"(?i)\b(by|until|before|through)\W*$")),
    ("after", re.compile(r"(?i)\b(after|from|since|starting|as of|beginning)\W*$")),
)


_ON = re.compile(r"(?i)\b(?:on|at|in)\W*$")


class FoundDate(Struct, frozen=True):
    """One date in a text: ISO value, qualifier (may be empty), and where it stands."""

    value: str
    qualifier: str
    start: int
    end: int


def find_dates(text: str, *, month_first: bool = False) -> Iterator[FoundDate]:
    """Yield the dates of a text in order; `month_first` reads 06/11/2025 as June 11."""
    for match in _DATE.finditer(text):
        value = _iso(match, month_first=month_first)
        if value:
            before = text[max(0, match.start() - 40) : match.start()]
            qualifier = next((name for name, words in _QUALIFIERS if words.search(before)), "")
            yield FoundDate(value, qualifier, match.start(), match.end())


def without_qualifier(lead: str) -> str:
    """Return the text before a date without the words that qualify it: `on`, `no earlier than`."""
    for _, words in _QUALIFIERS:
        lead = words.sub("", lead)
    return _ON.sub("", lead)


def days_between(old: str, new: str) -> int | None:
    """Return days from one ISO day to another; None when either is only a month."""
    if len(old) != 10 or len(new) != 10:
        return None
    return (date.fromisoformat(new) - date.fromisoformat(old)).days


def _iso(match: re.Match[str], *, month_first: bool) -> str:
    """Return the ISO form of a match, or an empty string when it is no calendar date."""
    if match["iso_month"]:
        return _valid_date(match["iso_month"][:4], match["iso_month"][5:], "")
    if match["iso"]:
        return _valid_date(*match["iso"].split("-"))
    if match["s1"]:
        return _slash_date(int(match["s1"]), int(match["s2"]), match["s3"], month_first=month_first)
    if match["cy"]:
        return _valid_date(match["cy"], match["cm"], match["cd"] or "")
    month = match["m1"] or match["m2"] or match["m3"]
    year = match["y1"] or match["y2"] or match["y3"]
    return _valid_date(year, str(_MONTHS[month.lower()]), match["d1"] or match["d2"] or "")


def _slash_date(first: int, second: int, year: str, *, month_first: bool) -> str:
    if month_first or (second > 12 and first <= 12):
        return _valid_date(year, str(first), str(second))
    if first > 12 and second <= 12:
        return _valid_date(year, str(second), str(first))
    return _valid_date(year, str(first), str(second)) if first == second else ""


def _valid_date(year: str, month: str, day: str) -> str:
    try:
        day_of = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return day_of.isoformat() if day else day_of.isoformat()[:7]
