"""Checks an insight document before it is read, and says where it is wrong.

Documents travel: what a report would show, follow or put into a path is checked, facts are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from diff_insight.errors import UsageError
from diff_insight.settings.settings import CategoryPaths


class ShapeError(ValueError):
    """A document is not of the shape of docs/insight.schema.json."""


#: Raises `ShapeError` unless the value, found at a place, is right.
Check = Callable[[object, str], None]


def text(value: object, where: str) -> None:
    """Accept text that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ShapeError(f"{where} is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ShapeError(f"{where} holds half a character") from error


_MOST = 10**15


def count(value: object, where: str) -> None:
    """Accept a whole number from 0 that anything can be counted to."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ShapeError(f"{where} is no count")


def flag(value: object, where: str) -> None:
    """Accept true or false."""
    if not isinstance(value, bool):
        raise ShapeError(f"{where} is neither true nor false")


def anything(value: object, where: str) -> None:
    """Accept every value."""


def matching(pattern: str) -> Check:
    """Accept text that matches a pattern as a whole."""
    expression = re.compile(pattern)

    def check(value: object, where: str) -> None:
        text(value, where)
        if not expression.fullmatch(str(value)):
            raise ShapeError(f"{where} is not of the form {pattern}")

    return check


def day(value: object, where: str) -> None:
    """Accept an ISO date."""
    text(value, where)
    try:
        date.fromisoformat(str(value))
    except ValueError as error:
        raise ShapeError(f"{where} is no date") from error


def optional(check: Check) -> Check:
    """Accept null too."""

    def unless_null(value: object, where: str) -> None:
        if value is not None:
            check(value, where)

    return unless_null


def listing(check: Check) -> Check:
    """Accept a list of values that are right."""

    def each(value: object, where: str) -> None:
        if not isinstance(value, list):
            raise ShapeError(f"{where} is no list")
        for index, item in enumerate(value):
            check(item, f"{where}[{index}]")

    return each


def members(checks: Mapping[str, Check], more: Mapping[str, Check] | None = None) -> Check:
    """Accept an object that has these members, and may have more; others are not looked at."""

    def each(value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise ShapeError(f"{where or 'the document'} is no object")
        for name, check in checks.items():
            inner = f"{where}.{name}" if where else name
            if name not in value:
                raise ShapeError(f"{inner} is missing")
            check(value[name], inner)
        for name, check in (more or {}).items():
            if name in value:
                check(value[name], f"{where}.{name}" if where else name)

    return each


def texts(value: object, where: str) -> None:
    """Accept an object of texts, whatever their names are."""
    if not isinstance(value, dict):
        raise ShapeError(f"{where} is no object")
    for name, item in value.items():
        text(item, f"{where}.{name}")


def _web(value: object, where: str) -> None:
    text(value, where)
    if value and not re.match(r"https?://", str(value)):
        raise ShapeError(f"{where} is no web address")


def _category(value: object, where: str) -> None:
    text(value, where)
    try:
        CategoryPaths(str(value), ())
    except UsageError as error:
        raise ShapeError(f"{where} cannot be part of a file name") from error


def check_document(document: Mapping[str, object], known_locales: tuple[str, ...]) -> None:
    """Check everything that rendering relies on.

    Raises:
        ShapeError: Naming the first member that is wrong.
    """
    members({"locales": listing(matching("|".join(known_locales)))})(document, "")
    locales = [str(locale) for locale in _items(document["locales"])]
    if not locales:
        raise ShapeError("locales is empty")
    localized = members(dict.fromkeys(locales, text))
    members(
        {**_DOCUMENT, **dict.fromkeys(("headline", "insights", "summary"), localized)},
        {"threads": _THREADS},
    )(document, "")
    members(dict.fromkeys(locales, _HIGHLIGHTS))(document.get("highlights"), "highlights")
    listing(members({**_FILE, "title": localized, "explanation": localized}))(
        document.get("files"), "files"
    )


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


_PLACES = listing(members({"path": text, "reason": text}))
_HIGHLIGHTS = members(
    dict.fromkeys(("new_features", "breaking_changes", "other_updates"), listing(text)),
    {"to_do": listing(text)},
)
_DOCUMENT: Mapping[str, Check] = {
    "tool": members({"version": text}),
    "date": day,
    "category": _category,
    **dict.fromkeys(("analyst", "fingerprint"), text),
    "range": members(
        {
            "server": _web,
            **dict.fromkeys(("repository", "base", "head", "merge_base", "source"), text),
            "diff_options": listing(text),
        },
        {
            "host": matching("github|gitlab|unknown"),
            **dict.fromkeys(("base_name", "head_name", "head_time"), text),
            **dict.fromkeys(("base_tags", "head_tags", "people"), listing(text)),
            "commits": count,
        },
    ),
    "coverage": members(
        {
            **dict.fromkeys(("changed", "reported", "in_category", "sent_to_model"), count),
            **dict.fromkeys(("excluded", "unreadable"), _PLACES),
            **dict.fromkeys(("unmatched", "patches_linked"), listing(text)),
        }
    ),
    "totals": members({"additions": count, "deletions": count}),
    "story": listing(anything),
    "notices": listing(members({"key": text})),
    "notice": texts,
}
_THREADS = listing(
    members(
        {
            **dict.fromkeys(("title", "action", "why", "number"), text),
            "files": listing(count),
            "commits": listing(text),
        }
    )
)
_FILE: Mapping[str, Check] = {
    **dict.fromkeys(("path", "name", "rule", "generated", "unreadable", "author"), text),
    "previous_path": optional(text),
    **dict.fromkeys(("additions", "deletions"), count),
    "binary": flag,
    "anchor": matching("item-[0-9a-f]{6,32}"),
    "facts": listing(anything),
    "patch": optional(text),
    "patch_url": _web,
}
