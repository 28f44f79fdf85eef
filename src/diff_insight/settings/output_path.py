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
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SUFFIX = re.compile(r"(?<=[^/.])\.[A-Za-z0-9]{1,8}$")
_KNOWN = ("locale", "category")
_UNSAFE = re.compile(r"[/\\\0]|^\.+$")


def expand(template: str, *, day: date, locale: str, category: str, format_name: str) -> PurePath:
    """Return the path of one report; its suffix is that of the format."""
    name = ALL_LOCALES if format_name == "json" else locale
    filled = {"locale": _UNSAFE.sub("-", name), "category": _UNSAFE.sub("-", category)}
    # strftime first, so that nothing that is filled in is read as a directive or a suffix.
    dated = day.strftime(_SUFFIX.sub("", template))
    path = _PLACEHOLDER.sub(lambda match: filled[match[1]], dated)
    return PurePath(path + SUFFIXES[format_name])


def check_template(
    template: str, *, locales: Sequence[str], categories: Sequence[str], formats: Sequence[str]
) -> None:
    """Refuse a template that is empty, has unknown placeholders, or gives two reports one path.

    Raises:
        UsageError: With the placeholder that is wrong or missing.
    """
    reports = len(categories) * sum(1 if name == "json" else len(locales) for name in formats)
    if template == "-":
        if reports != 1:
            raise UsageError(
                f"--output - prints exactly one report, and this run makes {reports}",
                cure="ask for one locale, one category and one format",
            )
        return
    for placeholder in _PLACEHOLDER.findall(template):
        if placeholder not in _KNOWN:
            raise UsageError(
                f"output: unknown placeholder {{{placeholder}}}",
                cure="use {locale}, {category} and strftime directives such as %Y%m%d",
            )
    if not template or template.endswith("/"):
        raise UsageError("output: the template names no file", cure="end it with a file name")
    for placeholder, values in (("locale", locales), ("category", categories)):
        only_json = placeholder == "locale" and set(formats) == {"json"}
        if len(values) > 1 and not only_json and f"{{{placeholder}}}" not in template:
            raise UsageError(
                f"output: reports of {', '.join(values)} would share one path",
                cure=f"put {{{placeholder}}} into the template",
            )
