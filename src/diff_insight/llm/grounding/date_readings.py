"""Reads calendar dates in the long, short and numeric forms of the locales, as ISO readings.

A reading is a day (`2025-06-11`), a month (`2025-06`), a day without year (`--06-11`) or a month
alone (`--06`). Numeric dates whose order is open have both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel.core import Locale
from msgspec import Struct

#: Languages whose months have names; Japanese, Chinese and Korean number them.
NAMED = ("en", "de", "fr", "es", "pt")
_OF = r"(?:de |del |of )?"
_NUMERIC = (
    re.compile(
        r"(?<![\d.])(?P<year>\d{4})(?:(?P<s>[-/]|\. ?)(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})"
        r"|[-/](?P<only>\d{2}))(?!\d)"
    ),
    re.compile(
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일号號])?"
    ),
    re.compile(r"(?<![\d年년])(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일号號])?"),
)
_SLASHED = re.compile(
    r"(?<![\d./-])(?P<one>\d{1,2})(?P<s>[/.-])(?P<two>\d{1,2})(?P=s)(?P<year>\d{4})(?!\d)"
)
_NEEDLE = re.compile(r"\d")


class DateReading(Struct, frozen=True):
    """Where a date stands, and what it may mean."""

    start: int
    end: int
    readings: tuple[str, ...]


def find_dates(text: str, languages: tuple[str, ...] = NAMED) -> Iterator[DateReading]:
    """Yield the dates of a text that is folded and in small letters; they may overlap."""
    if not _NEEDLE.search(text):
        return
    for match in _SLASHED.finditer(text):
        first, two, year = match["one"], match["two"], match["year"]
        yield from _date_readings(match, _reading(year, first, two), _reading(year, two, first))
    for expression in _NUMERIC:
        for match in expression.finditer(text):
            groups = match.groupdict()
            month = groups["month"] or groups["only"]
            yield from _date_readings(match, _reading(groups.get("year"), month, groups["day"]))
    for match in _named_dates(languages).finditer(text):
        if match.start() and text[match.start() - 1].isalpha():
            continue
        yield from _date_readings(match, *_named_readings(match, languages))


def _named_readings(match: re.Match[str], languages: tuple[str, ...]) -> Iterator[str]:
    name = match["name"] or match["name2"]
    year = match["year"] or match["year2"] or match["year3"]
    day = match["day"] or match["day2"]
    # “may 5” without a year can be a verb and a number; so can other short names.
    if year or len(name) > 3:
        for month in _months(languages)[name]:
            yield _reading(year, str(month), day)


def _date_readings(match: re.Match[str], *readings: str) -> Iterator[DateReading]:
    known = tuple(dict.fromkeys(filter(None, readings)))
    if known:
        yield DateReading(match.start(), match.end(), known)


def _reading(year: str | None, month: str | None, day: str | None) -> str:
    try:
        # A leap year stands for an unknown one.
        day_of = date(int(year or 2024), int(month or 0), int(day or 1))
    except ValueError:
        return ""
    iso = day_of.isoformat() if day else day_of.isoformat()[:7]
    return iso if year else f"-{iso[4:]}"


@cache
def _months(languages: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Return what the names of months mean; a few mean different months in two languages."""
    meanings: dict[str, set[int]] = {}
    for language in languages:
        for context in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context.get(width, {}).items():
                    meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: tuple(sorted(numbers)) for name, numbers in meanings.items()}


@cache
def _named_dates(languages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_months(languages), key=len, reverse=True)))
    return re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)? ?{_OF}(?P<name>{names})\b\.?"
        rf"(?:,? ?{_OF}(?P<year>\d{{4}})(?!\d))?"
        rf"|(?P<name2>{names})\b\.?(?: (?P<day2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
        rf"(?:(?:,| de)? ?(?P<year2>\d{{4}})(?!\d))?|,? ?{_OF}(?P<year3>\d{{4}})(?!\d))"
    )
