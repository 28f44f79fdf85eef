"""The structure of one Markdown version: front matter, headings, fences, tables; a line scanner.

Not a renderer: it reads block structure from the starts of lines, as CommonMark defines them, and
works on a version of which only some lines are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from diff_insight.facts.versions import FileView, TextVersion
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*([^`\s]*)")
_ANCHOR = re.compile(r"\s*(\{#[\w-]+\}|<a [^>]*></a>)\s*")
#: A hunk that starts further down is not taken for front matter.
_LATEST_FRONT_MATTER = 60
_FRONT_CONTINUED = (" ", "\t", "-", "#", "")
#: First characters of lines that can be a heading or a fence.
_STARTERS = frozenset("#`~")
_FRONT_KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1-based line, level 1 to 6, text without markup."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Structure:
    """What the scanner found.

    Attributes:
        headings: In order.
        front_matter: Line number -> (key, value) of top-level scalar keys.
        front_end: Last line of the front matter; 0 when there is none.
        code: Line -> language of every line inside a fence, fence lines included.
    """

    headings: tuple[Heading, ...] = ()
    front_matter: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    front_end: int = 0
    code: Mapping[int, str] = field(default_factory=dict)

    def section_at(self, line: int) -> str:
        """Return the heading that a line stands under, or an empty string."""
        found = ""
        for heading in self.headings:
            if heading.line > line:
                break
            found = heading.text
        return found

    def title(self) -> str:
        """Return the page's own title: front matter first, then the first level-1 heading."""
        named = (value for key, value in self.front_matter.values() if key == "title")
        first = next((heading.text for heading in self.headings if heading.level == 1), "")
        return next(named, "") or first


def structure(view: FileView, side: Side) -> Structure:
    """Return the structure of one side, computed once per view."""
    key = f"markdown.{side}"
    found = view.cache.get(key)
    if not isinstance(found, Structure):
        found = scan(view.version(side))
        view.cache[key] = found
    return found


def scan(version: TextVersion) -> Structure:
    """Scan the known lines of a version."""
    front, front_end = _front_matter(version)
    headings: list[Heading] = []
    code: dict[int, str] = {}
    for start, lines in version.runs:
        fences = _Fences()
        for number, line in enumerate(lines, start):
            mark = line.lstrip(" \t>")[:1]
            if number <= front_end or not (mark in _STARTERS or fences.open):
                continue
            if fences.holds(line, mark):
                code[number] = fences.language
            elif mark == "#" and (match := _HEADING.match(line)):
                text = words_of(_ANCHOR.sub(" ", match[2] or ""))
                headings.append(Heading(number, len(match[1]), text))
    return Structure(tuple(headings), front, front_end, code)


class _Fences:
    """Tells which lines stand in fenced code while a version is read line by line."""

    def __init__(self) -> None:
        self.open = ""
        self.language = ""

    def holds(self, line: str, mark: str) -> bool:
        """Tell whether a line is code or a fence, and remember what it opens or closes."""
        match = _FENCE.match(line) if mark in ("`", "~") and mark else None
        if match and not self.open:
            self.open, self.language = match[1], match[2].lower()
            return True
        if match and match[1].startswith(self.open) and not match[2]:
            self.open = ""
            return True
        return bool(self.open)


def _front_matter(version: TextVersion) -> tuple[dict[int, tuple[str, str]], int]:
    """Read top-level scalar keys between the `---` lines at the top; also the last line of it.

    With only hunks known, a first run near the top that holds nothing but keys is taken too, as
    far as its closing line or its end.
    """
    if not version.runs:
        return {}, 0
    start, lines = version.runs[0]
    opened = start == 1 and lines[0].rstrip() == "---"
    if not opened and (start == 1 or start > _LATEST_FRONT_MATTER or version.complete):
        return {}, 0
    keys: dict[int, tuple[str, str]] = {}
    blank = False
    for number, line in enumerate(lines, start):
        if number == 1:
            continue
        if line.rstrip() in ("---", "..."):
            return (keys, number) if keys or opened else ({}, 0)
        match = _FRONT_KEY.match(line)
        if match:
            keys[number] = (match[1], _unquoted(match[2] or ""))
        elif not opened and line[:1] not in _FRONT_CONTINUED:
            return {}, 0
        blank = blank or not line.strip()
    unclosed = not opened and not blank and len(keys) > 1
    return (keys, start + len(lines) - 1) if unclosed else ({}, 0)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
