"""The structure of one Markdown version: front matter, headings, fences, tables; a line scanner.

Not a renderer: it reads block structure from the starts of lines, as CommonMark defines them, and
works on a version of which only some lines are known.
"""

from __future__ import annotations

import re

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.fences import Fence, Fences
from diff_insight.facts.pages.page_outline import Heading, Structure

#: Characters of a heading that are read.
_LONGEST_HEADING = 2_000
#: A hunk that starts further down is not taken for front matter.
_LATEST_FRONT_MATTER = 60
#: Characters that are searched for the end of the front matter.
_LONGEST_FRONT_MATTER = 20_000
_FRONT_CONTINUED = (" ", "\t", "-", "#", "")
#: Lines that can be a fence, a heading or an underline, found without cutting the text into lines.
#: Opened by a line feed instead of `^`, because the engine skips to a literal: seven times as fast on
#: a thousand pages; and one look at the sign behind it sorts most lines out.
_STARTER = re.compile(
    r"\n[ \t>]*+(?=[`~#=<-])(?:(?P<marks>`{3,}+|~{3,}+)(?P<info>[^\n]*+)"
    r"|(?P<level>#{1,6}+)(?P<heading>(?:[ \t\r][^\n]*+)?)(?=\n|\Z)"
    r"|(?P<underline>=+|-{2,})[ \t\r]*+(?=\n|\Z)"
    r"|<(?P<raw>(?i:pre|script|style|textarea))(?=[\s>]|\Z))"
)
_INFO, _HEADING, _RAW = (_STARTER.groupindex[name] for name in ("info", "heading", "raw"))
#: What ends a block of HTML in which every line is as it is written.
_RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
#: A line that, above a line of `=` or `-`, is something else than a heading's text.
_NO_TEXT = re.compile(r" {4}|\t| {0,3}(?:[#>|]|`{3}|~{3}|[-*+] |\d{1,9}[.)] |:::|<!--|-+$|=+$)")
_OPENING = re.compile(r"(?:---|\+\+\+)[^\S\n]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_FRONT_KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*)|\s*$)")
#: The same in TOML, which only whoever sees the first line can know for it.
_TOML_CLOSING = re.compile(r"\n\+\+\+[^\S\n]*$", re.MULTILINE)
_TOML_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*=[ \t]*(.*)")


def scan(version: TextVersion) -> Structure:
    """Scan the known lines of a version."""
    front, front_end = _front_matter(version)
    headings: list[Heading] = []
    fences: list[Fence] = []
    for start, text in version.texts:
        inside = Fences(start, text, partial=not version.complete and start > 1)
        own_headings = _headings(start, text, front_end, inside)
        fences += inside.finish()
        if inside.unseen_end:
            own_headings = [heading for heading in own_headings if heading.line > inside.unseen_end]
        headings += own_headings
    return Structure(tuple(headings), front, front_end, tuple(fences))


def _headings(start: int, text: str, front_end: int, inside: Fences) -> list[Heading]:
    """Return the headings of a run of lines, and show its fences to `inside`."""
    headings: list[Heading] = []
    number, last, opened, raw_end = start, 1, "\n" + text, 0
    for match in _STARTER.finditer(opened):
        at = match.start() + 1
        number += opened.count("\n", last, at)
        last = at
        if number <= front_end or at < raw_end:
            continue
        kind = match.lastindex
        if kind == _INFO:
            marks, info = match.group("marks", "info")
            inside.take(number, marks, info)
        elif inside.open or (opened[at] in " \t>" and _is_deep(match[0][1:])):
            continue
        elif kind == _RAW:
            end = _RAW_END.search(opened, at)
            raw_end = end.end() if end else raw_end
        elif kind == _HEADING:
            marks, source = match.group("level", "heading")
            headings.append(Heading(number, len(marks), _without_closing_marks(source.strip())))
        else:
            top = number - 2 == front_end > 0
            heading = _setext_heading(number, match["underline"][0], _above(opened, at), top=top)
            if heading:
                headings.append(heading)
    return headings


def _above(opened: str, at: int) -> str:
    """Return the two lines above the line that begins at a place."""
    top = opened.rfind("\n", 0, at - 1)
    return opened[max(0, opened.rfind("\n", 0, max(0, top))) : at - 1]


def _is_deep(line: str) -> bool:
    """Tell whether a line has too much before its mark to be a heading's."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) > 3 or bare[0] in "\t>"


def _without_closing_marks(text: str) -> str:
    """Return a heading's source without the marks behind it, as in `## Text ##`."""
    if text.endswith("#"):
        unclosed = text.rstrip("#")
        if not unclosed or unclosed[-1] in " \t":
            text = unclosed.rstrip()
    return text[:_LONGEST_HEADING]


def _setext_heading(number: int, mark: str, above: str, *, top: bool) -> Heading | None:
    """Return the heading that a line of `=` or `-` makes of the paragraph of one line above it.

    `top` tells that only front matter stands above the paragraph.
    """
    before, _, text = above.rpartition("\n")
    alone = top or not before.rpartition("\n")[2].strip()
    if not alone or not text.strip() or _NO_TEXT.match(text):
        return None
    return Heading(number - 1, 1 if mark == "=" else 2, text.strip()[:_LONGEST_HEADING], below=1)


def _front_matter(version: TextVersion) -> tuple[dict[int, tuple[str, str]], int]:
    """Read top-level scalar keys between the `---` lines at the top; also the last line of it.

    With only hunks known, the closing line may be missing: runs near the top that hold nothing but
    keys are taken then, as far as they go.
    """
    keys: dict[int, tuple[str, str]] = {}
    last = 0
    for start, text in version.texts:
        opened = start == 1 and _OPENING.match(text) is not None
        if start > _LATEST_FRONT_MATTER or not (opened or last or _may_continue(version, start)):
            break
        closed, key_lines, last_key = _front_lines(start, text, strict=not opened)
        if closed is None:
            break
        keys |= key_lines
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
    opened = "\n" + text[:_LONGEST_FRONT_MATTER].removesuffix("\n")
    toml = start == 1 and text.startswith("+++")
    closing = (_TOML_CLOSING if toml else _CLOSING).search(opened, 1 if start == 1 else 0)
    lines = opened[: closing.start() if closing else None].split("\n")[1:]
    for number, line in enumerate(lines, start):
        if number == 1:
            continue
        if toml and line.startswith("["):
            break  # what follows belongs to a table
        match = _TOML_KEY.match(line) if toml else _FRONT_KEY.match(line)
        if match:
            keys[number] = (match[1], _unquote(match[2] or ""))
        elif strict and line[:1] not in _FRONT_CONTINUED:
            return None, {}, 0
    last = start + len(lines)
    if not strict and not keys and any(line.strip() for line in lines[1:]):
        return None, {}, 0  # two rules with text between them
    if closing:
        return last, keys, last
    blank = strict and any(not line.strip() for line in lines)
    return (None if blank else 0), keys, last - 1


def _may_continue(version: TextVersion, start: int) -> bool:
    """Tell whether a run could be the inside of front matter whose beginning is not known."""
    return not version.complete and start > 1


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
