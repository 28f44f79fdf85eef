"""Expands output templates into paths, and refuses those that could not work before any work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from diff_insight.errors import UsageError

SUFFIXES = {"markdown": ".md", "html": ".html", "json": ".json"}
#: What `{locale}` becomes for JSON, which holds all locales in one document.
ALL_LOCALES = "all"
_KNOWN = ("locale", "category")
#: The strftime directives that a day can answer without adding a slash or a line end.
_DIRECTIVES = "YmdyjBbAaGVuUWwF%"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_DIRECTIVE = re.compile(r"%-?(.?)", re.DOTALL)
_MARK = re.compile(rf"{_PLACEHOLDER.pattern}|{_DIRECTIVE.pattern}", re.DOTALL)
_SUFFIX = re.compile(r"(?<=[^/.])\.[A-Za-z0-9]{1,8}$")
_UNSAFE = re.compile(r"[/\\\0]|^\.+$")


def expand(template: str, *, day: date, locale: str, category: str, format_name: str) -> PurePath:
    """Return the path of one report; its suffix is that of the format."""
    name = ALL_LOCALES if format_name == "json" else locale
    filled = {"locale": _UNSAFE.sub("-", name), "category": _UNSAFE.sub("-", category)}

    def value(match: re.Match[str]) -> str:
        # One pass, so that nothing that is filled in is read as a directive or a suffix.
        return _day_part(day, match[0]) if match[1] is None else filled[match[1]]

    return PurePath(_MARK.sub(value, _SUFFIX.sub("", template)) + SUFFIXES[format_name])


def _day_part(day: date, directive: str) -> str:
    """Return what a directive says; a year has four digits everywhere, and not where libc likes."""
    if directive == "%F":
        return day.isoformat()
    text = day.strftime(directive)
    return text.zfill(4) if directive in ("%Y", "%G") else text


def fixed_folder(template: str) -> PurePath:
    """Return the folders of a template that are the same for all reports."""
    parts = PurePath(template).parts[:-1]
    fixed = next((number for number, part in enumerate(parts) if _MARK.search(part)), len(parts))
    return PurePath(*parts[:fixed])


def check_template(
    template: str, *, locales: Sequence[str], categories: Sequence[str], formats: Sequence[str]
) -> None:
    """Refuse a template that names no file or no place below, or gives two reports one path.

    Raises:
        UsageError: With the part that is wrong or missing.
    """
    if template == "-":
        _check_single(len(categories), len(locales), formats)
        return
    _check_marks(template)
    _check_place(template)
    for placeholder, values in (("locale", locales), ("category", categories)):
        only_json = placeholder == "locale" and set(formats) == {"json"}
        if len(values) > 1 and not only_json and f"{{{placeholder}}}" not in template:
            raise UsageError(
                f"output: reports of {', '.join(values)} would share one path",
                cause=f"the template is the same for every {placeholder}",
                cure=f"put {{{placeholder}}} into the template",
            )


def _check_single(categories: int, locales: int, formats: Sequence[str]) -> None:
    reports = categories * sum(1 if name == "json" else locales for name in formats)
    if reports != 1:
        raise UsageError(
            f"--output - prints exactly one report, and this run may make {reports}",
            cause="each locale, category and format is a report of its own",
            cure="ask for one locale, one category and one format",
        )


def _check_marks(template: str) -> None:
    if re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        raise UsageError(
            f"output: {template!r} has a brace alone",
            cause="a placeholder has two of them",
            cure="write {locale} and {category}",
        )
    for match in _MARK.finditer(template):
        if match[1] is not None and match[1] not in _KNOWN:
            raise UsageError(
                f"output: unknown placeholder {match[0]}",
                cause="a template knows the locale, the category and the day",
                cure="use {locale}, {category} and strftime directives such as %Y%m%d",
            )
        if match[1] is None and (not match[2] or match[2] not in _DIRECTIVES):
            raise UsageError(
                f"output: {match[0]!r} says nothing about a day",
                cause="% begins a directive of strftime",
                cure=f"use one of {' '.join('%' + letter for letter in _DIRECTIVES)}",
            )


def _check_place(template: str) -> None:
    path = PurePath(template)
    if template.rpartition("/")[2] in {"", ".", ".."}:
        raise UsageError(
            "output: the template names no file",
            cause="nothing stands behind its last slash",
            cure="end it with a file name, such as report.md",
        )
    if template.startswith("~"):
        raise UsageError(
            f"output: {template!r} begins with ~",
            cause="only a shell replaces it by your folder, and not behind --output=",
            cure="write the whole path, or --output ~/NAME without quotes",
        )
    if any(ord(character) < 32 for character in template):
        raise UsageError(
            f"output: {template!r} has control characters", cure="leave them out of the template"
        )
    if not path.is_absolute() and ".." in path.parts[:-1]:
        raise UsageError(
            f"output: {template!r} leaves the current directory",
            cause="a relative template stays below the current directory",
            cure="give an absolute path",
        )
