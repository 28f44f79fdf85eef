"""Blanks the comments of a page, which readers never see: of HTML, MDX, Liquid and reStructuredText.

Lines keep their numbers. What stands in code is shown and stays. Source: CommonMark 0.31, HTML
blocks of the second kind; docutils, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.file_view import TextVersion
from diff_insight.markup.guarded import CODE_SPAN, Guarded

_OPEN = re.compile(r"<!--|\{/\*|\{%-?\s{0,4}comment\s{0,4}-?%\}")
_CLOSE = {"<!--": "-->", "{/*": "*/}"}
_LIQUID_END = "endcomment"
_SIGNS = ("<!--", "{/*", "comment %}", "comment -%}", "]: #")
#: What stands in a comment behind a heading and is its address; readers see it where a link ends.
_ADDRESS = re.compile(r"\{/\*[ \t]{0,4}[\w:.-]{1,200}[ \t]{0,4}\*/\}$")
_FENCE = Guarded(re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n]*)"), "```", "~~~")
#: A link by a name that nobody uses, which is how Markdown's own comments are written.
_UNUSED = re.compile(r" {0,3}\[(?://|comment|#)\]:\s{1,4}(?:#|<>)(?:\s|$)", re.IGNORECASE)
#: What opens and closes a block of AsciiDoc in which lines are as they are written, or are a comment.
_DELIMITER = re.compile(r"/{4,60}|-{4,60}|\.{4,60}|\+{4,60}")
#: Explicit markup of reStructuredText that is a comment: no directive, target, note or substitution.
_RST = re.compile(r"(\s*)\.\.(?:\s+(?!\[|_|\||[\w:+.-]{1,60}::)\S.*|\s*)$")


def without_comments(version: TextVersion, *, markup: str) -> TextVersion | None:
    """Return a version with blanks for its comments; None when it has none.

    Args:
        version: One version of a page.
        markup: `markdown`, `rst` or `asciidoc`.
    """
    blank = {"markdown": _markdown, "rst": _rst, "asciidoc": _asciidoc}[markup]
    masked = [
        (start, _with_last_line(text, blank(text, partial=start > 1)))
        for start, text in version.texts
    ]
    if all(text == before for (_, text), (_, before) in zip(masked, version.texts, strict=True)):
        return None
    return TextVersion(masked, complete=version.complete)


def _with_last_line(text: str, shown: str) -> str:
    """Return a text whose last line is one even where nothing of it is shown."""
    gone = not text.endswith("\n") and (not shown or shown.endswith("\n"))
    return f"{shown}\n" if gone or not shown else shown


def _markdown(text: str, *, partial: bool) -> str:
    if not any(sign in text for sign in _SIGNS) and not (partial and "-->" in text):
        return text
    return "\n".join(_CommentReader(text, partial=partial).lines())


class _CommentReader:
    """Reads lines in order; knows the fence or the comment that is open."""

    def __init__(self, text: str, *, partial: bool) -> None:
        self._text = text
        self._partial = partial
        self._end = ""
        self._fence = ""
        self._never: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Yield the lines without comments."""
        at = 0
        first_end = self._text.find("-->") if self._partial else -1
        if first_end >= 0 and self._stands_alone(first_end):
            self._end = "-->"  # it began out of sight
        for line in self._text.split("\n"):
            yield self._visible_text(line, at)
            at += len(line) + 1

    def _stands_alone(self, end: int) -> bool:
        begins = self._text.rfind("\n", 0, end) + 1
        opened = self._text.find("<!--", 0, end)
        return opened < 0 and not self._text[begins:end].strip()

    def _visible_text(self, line: str, at: int) -> str:
        if not self._end:
            if self._in_code(line):
                return line
            if _UNUSED.match(line):
                return ""
            if not _OPEN.search(line) or _is_addressed_heading(line):
                return line
        return self._without_comments(line, at)

    def _in_code(self, line: str) -> bool:
        """Tell whether a line belongs to fenced code, and follow the fences."""
        match = _FENCE.match(line)
        if match is None:
            return bool(self._fence)
        marks, info = match[1], match[2].strip()
        if not self._fence:
            if "`" not in info or marks[0] != "`":
                self._fence = marks
        elif not info and marks.startswith(self._fence):
            self._fence = ""
        return True

    def _without_comments(self, line: str, at: int) -> str:
        kept: list[str] = []
        position = 0
        spans = [match.span() for match in CODE_SPAN.finditer(line)]
        while position < len(line):
            if self._end:
                end = line.find(self._end, position)
                if end < 0:
                    position = len(line)
                    break
                position = end + len(self._end)
                if self._end == _LIQUID_END:
                    position = max(line.find("%}", end) + 2, position)
                self._end = ""
                continue
            match = _OPEN.search(line, position)
            if match is None:
                break
            kept.append(line[position : match.start()])
            position = match.end()
            if any(a < match.start() < b for a, b in spans) or not self._opens(match, line, at):
                kept.append(match[0])
        kept.append(line[position:])
        shown = "".join(kept)
        return shown.rstrip() if shown.strip() else ""

    def _opens(self, match: re.Match[str], line: str, at: int) -> bool:
        """Tell whether a comment opens here, and remember what closes it."""
        end = _CLOSE.get(match[0], _LIQUID_END)
        closed = end not in self._never and self._text.find(end, at + match.end()) >= 0
        if not closed:
            self._never.add(end)
            # HTML hides what follows a comment that nothing closes, if it opens a block.
            alone = match[0] == "<!--" and not line[: match.start()].strip()
            if not alone or self._partial:
                return False
        self._end = end
        return True


def _is_addressed_heading(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("#") and bare.count("{/*") == 1 and _ADDRESS.search(bare) is not None


def _asciidoc(text: str, *, partial: bool) -> str:
    """Blank the blocks between lines of slashes, and lines that begin with two of them."""
    if "//" not in text or partial:
        return text
    shown: list[str] = []
    block = ""
    for line in text.split("\n"):
        mark = line.rstrip()
        ends = block and mark == block
        if ends:
            block = ""
        elif not block and _DELIMITER.fullmatch(mark):
            block = mark
        comment = block.startswith("/") or (ends and mark.startswith("/"))
        alone = not block and line.startswith("//") and not line.startswith("///")
        shown.append("" if comment or alone else line)
    return "\n".join(shown)


def _rst(text: str, *, partial: bool) -> str:
    del partial
    if ".." not in text:
        return text
    shown: list[str] = []
    indent = -1
    waiting: list[str] = []
    for line in text.split("\n"):
        width = len(line) - len(line.lstrip())
        if indent >= 0 and not line.strip():
            waiting.append("")
            continue
        inside = indent >= 0 and width > indent
        shown += waiting
        waiting = []
        match = None if inside else _RST.match(line)
        if match is not None:
            indent = len(match[1])
        elif not inside:
            indent = -1
        shown.append("" if inside or match else line)
    return "\n".join([*shown, *waiting])
