"""The structure of one Markdown version: front matter, headings, fences, tables; a line scanner.

Not a renderer: it reads block structure from the starts of lines, as CommonMark defines them, and
works on a version of which only some lines are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from diff_insight.facts.fences import Fence, Fences
from diff_insight.facts.versions import FileView, TextVersion
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side

_ANCHOR = re.compile(r"\s*(\{[ \t]{0,4}#[\w:.-]+[^{}\n]{0,200}\}|<a [^<>\n]{0,200}></a>)\s*")
#: Characters of a heading that are read.
_LONGEST_HEADING = 500
#: A hunk that starts further down is not taken for front matter.
_LATEST_FRONT_MATTER = 60
#: Characters that are searched for the end of the front matter.
_LONGEST_FRONT_MATTER = 20_000
_FRONT_CONTINUED = (" ", "\t", "-", "#", "")
#: Lines that can be a heading or a fence, found without cutting the text into lines. Opened by a
#: line feed instead of `^`, because the engine skips to a literal four times as fast.
_STARTER = re.compile(r"\n([ \t>]*+(?:#|`{3}|~{3})[^\n]*+)")
_FRONT_KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?$")


@dataclass(frozen=True)
class Heading:
    """A heading: 1-based line, level 1 to 6, and its source."""

    line: int
    level: int
    source: str

    @cached_property
    def text(self) -> str:
        """The heading's words without markup."""
        return words_of(_ANCHOR.sub(" ", self.source))


@dataclass(frozen=True, slots=True)
class Structure:
    """What the scanner found.

    Attributes:
        headings: In order.
        front_matter: Line number -> (key, value) of top-level scalar keys.
        front_end: Last line of the front matter; 0 when there is none.
        fences: Fenced code, in order.
    """

    headings: tuple[Heading, ...] = ()
    front_matter: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    front_end: int = 0
    fences: tuple[Fence, ...] = ()

    def code_at(self, line: int) -> str | None:
        """Return the language of the fenced code that a line stands in, or None outside code."""
        index = bisect_right(self.fences, line, key=lambda fence: fence.start) - 1
        if index < 0 or self.fences[index].end < line:
            return None
        return self.fences[index].language

    def section_at(self, line: int) -> str:
        """Return the heading that a line stands under, or an empty string."""
        index = bisect_right(self.headings, line, key=lambda heading: heading.line)
        return self.headings[index - 1].text if index else ""

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
    fences: list[Fence] = []
    for start, text in version.texts:
        starters = [entry for entry in _starters(start, text) if entry[0] > front_end]
        inside = Fences(start, text, partial=not version.complete and start > 1)
        for number, line in starters:
            if line.lstrip(" \t>")[0] != "#":
                inside.take(number, line)
            elif not inside.open and (heading := heading_of(number, line)):
                headings.append(heading)
        fences += inside.finish()
        headings = [
            heading for heading in headings if not start <= heading.line <= inside.unseen_end
        ]
    return Structure(tuple(headings), front, front_end, tuple(fences))


def heading_of(number: int, line: str) -> Heading | None:
    """Return the heading of a line of the form `## Text ##`, or None for other lines."""
    bare = line.lstrip(" ")
    after = bare.lstrip("#")
    level = len(bare) - len(after)
    if len(line) - len(bare) > 3 or not 1 <= level <= 6 or after[:1] not in ("", " ", "\t", "\r"):
        return None
    text = after.strip()
    unclosed = text.rstrip("#")
    if not unclosed or unclosed[-1] in " \t":
        text = unclosed.rstrip()
    return Heading(number, level, text[:_LONGEST_HEADING])


def _starters(start: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that can be a heading or a fence, with their numbers."""
    number, last, opened = start, 1, "\n" + text
    for match in _STARTER.finditer(opened):
        at = match.start(1)
        number += opened.count("\n", last, at)
        last = at
        yield number, match[1]


def _front_matter(version: TextVersion) -> tuple[dict[int, tuple[str, str]], int]:
    """Read top-level scalar keys between the `---` lines at the top; also the last line of it.

    With only hunks known, the closing line may be missing: runs near the top that hold nothing but
    keys are taken then, as far as they go.
    """
    keys: dict[int, tuple[str, str]] = {}
    last = 0
    for start, text in version.texts:
        opened = start == 1 and _first_line(text).rstrip() == "---"
        if start > _LATEST_FRONT_MATTER or not (opened or last or _may_continue(version, start)):
            break
        closed, found, last_key = _front_lines(start, text, strict=not opened)
        if closed is None:
            break
        keys |= found
        if closed:
            return keys, closed
        last = last_key
    known = not version.complete and len(keys) > 1
    return (keys, last) if known else ({}, 0)


def _front_lines(
    start: int, text: str, *, strict: bool
) -> tuple[int | None, dict[int, tuple[str, str]], int]:
    """Read keys from a run: (closing line, keys, last line).

    The closing line is 0 when the run ends before it, None when the run is no front matter.
    """
    keys: dict[int, tuple[str, str]] = {}
    lines = text[:_LONGEST_FRONT_MATTER].removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start):
        if number == 1:
            continue
        if line.rstrip() in ("---", "..."):
            return number, keys, number
        match = _FRONT_KEY.match(line.rstrip())
        if match:
            keys[number] = (match[1], _unquoted(match[2] or ""))
        elif strict and line[:1] not in _FRONT_CONTINUED:
            return None, {}, 0
    blank = strict and any(not line.strip() for line in lines)
    return (None if blank else 0), keys, start + len(lines) - 1


def _may_continue(version: TextVersion, start: int) -> bool:
    """Tell whether a run could be the inside of front matter whose beginning is not known."""
    return not version.complete and start > 1


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
