"""The structure of one reStructuredText version: section titles, header fields, literal blocks.

Source: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html. Not a parser: it reads
what stands at the start of lines. Header fields are those of mail headers, as PEPs have them, and
of field lists at the top.
"""

from __future__ import annotations

import re

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.fences import Fence
from diff_insight.facts.pages.page_outline import Heading, Structure

_LONGEST_HEADING = 500
#: A title and the line of one mark below it.
_TITLE = re.compile(r"\n([^\s.][^\n]{0,499})\n(([!-/:-@\[-`{-~])\3{2,})[ \t\r]*(?=\n|\Z)")
_CODE = re.compile(
    r"\n([ \t]*+)(?:(\.\. (?:code-block|code|sourcecode))::[ \t]*+([^\s]*+)|(?!\.\. )[^\n]*::)[ \t\r]*(?=\n)"
)
_FIELD = re.compile(r":?([A-Za-z][\w-]*):[ \t]+(\S.*)$")
_LATEST_FIELD = 40


def scan(version: TextVersion) -> Structure:
    """Scan the known lines of a version."""
    front, front_end = _fields(version)
    headings: list[Heading] = []
    fences: list[Fence] = []
    levels: dict[tuple[str, bool], int] = {}
    for start, text in version.texts:
        opened = "\n" + text
        code = _code(start, opened)
        inside = {line for fence in code for line in range(fence.start, fence.end + 1)}
        fences += code
        headings += [
            heading
            for heading in _titles(start, opened, levels)
            if heading.line > front_end and heading.line not in inside
        ]
    return Structure(tuple(headings), front, front_end, tuple(fences))


def _titles(start: int, opened: str, levels: dict[tuple[str, bool], int]) -> list[Heading]:
    """Return section titles; styles get their levels in the order in which they come."""
    titles = []
    number, last, at = start, 1, 0
    while match := _TITLE.search(opened, at):
        at = match.start(2) - 1  # an underline may be the line above the next title
        title, underline, mark = match[1].rstrip(), match[2], match[3]
        above = opened[opened.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        over = above == underline
        if len(underline) < len(title) or (above and not over) or set(title) == {mark}:
            continue
        number += opened.count("\n", last, match.start(1))
        last = match.start(1)
        level = levels.setdefault((mark, over), len(levels) + 1)
        source = title[:_LONGEST_HEADING]
        titles.append(Heading(number, min(level, 6), source, above=int(over), below=1))
    return titles


def _code(start: int, opened: str) -> list[Fence]:
    """Return literal blocks and code directives with the indented lines that belong to them."""
    blocks: list[Fence] = []
    number, last, end = start, 1, 0
    for match in _CODE.finditer(opened):
        at = match.start(1)
        if at < end:
            continue
        number += opened.count("\n", last, at)
        last = at
        lines, end = _indented_extent(opened, match.end(), len(match[1].expandtabs()))
        if lines:
            # A directive belongs to its code; a paragraph that ends in two colons is text.
            first = number if match[2] else number + 1
            blocks.append(Fence(first, number + lines, (match[3] or "").lower()))
    return blocks


def _indented_extent(opened: str, at: int, indent: int) -> tuple[int, int]:
    """Return how many lines from a line feed on are indented deeper, blank ones within, and where."""
    lines = kept = 0
    end = at
    while 0 <= at < len(opened) - 1:
        following = opened.find("\n", at + 1)
        line = opened[at + 1 : following if following >= 0 else len(opened)]
        lines += 1
        if line.strip():
            shown = line.expandtabs()
            if len(shown) - len(shown.lstrip()) <= indent:
                break
            kept, end = lines, following if following >= 0 else len(opened)
        at = following
    return kept, end


def _fields(version: TextVersion) -> tuple[dict[int, tuple[str, str]], int]:
    """Read `Name: value` lines from the first line of the file to the first blank one."""
    if not version.texts or version.texts[0][0] != 1:
        return {}, 0
    fields: dict[int, tuple[str, str]] = {}
    last = 0
    for number, line in enumerate(version.texts[0][1].split("\n")[:_LATEST_FIELD], 1):
        match = _FIELD.match(line.rstrip())
        if match:
            fields[number] = match[1], match[2].rstrip()
        elif not line[:1].isspace() or not fields:
            break
        last = number
    return (fields, last) if len(fields) > 1 else ({}, 0)
