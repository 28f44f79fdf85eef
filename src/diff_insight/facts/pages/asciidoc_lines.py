"""Gives the lines of AsciiDoc as Markdown of the same words: titles, code, notes, items, cells, references.

Lines keep their numbers. Source: AsciiDoc, section titles, block attributes, delimited blocks, macros and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.markup.guarded import CODE_SPAN

#: A line of attributes or an address, a condition, what joins two blocks or stands around one.
_ALONE = re.compile(
    r"\[[^\n]{0,300}\][ \t\r]*|(?:ifn?def|ifeval|endif)::[^\n]{0,300}|(?:\+|--|={4,60}|\*{4,60}|_{4,60})[ \t\r]*"
)
_DELIMITER = re.compile(r"(?P<code>-{4,60}|\.{4,60}|\+{4,60}|`{3,60}[\w-]{0,30})|\|={3,60}")
#: What code is fenced with: no line of an example opens with so many marks.
_FENCE = "`````"
_SOURCE = re.compile(r"\[(?:source|listing)?(?:%[\w-]{1,30})?,[ \t]{0,4}([\w+#.-]{1,30})")
#: What stands above a note, and what stands around its text.
_NOTE = re.compile(r"\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)(?:[,.#%][^\[\]\n]{0,200})?\][ \t\r]*")
_AROUND_NOTE = re.compile(r"={4,60}|\*{4,60}|--")
_MACRO = re.compile(
    r"(?<![\w`])(?:(?:xref|link|mailto):{1,2}(?P<target>[^\s\[\]]{1,300})|(?P<address>https?://[^\s\[\]<>`]{1,300}))"
    r"\[(?P<text>[^\[\]\n]{0,200})\]"
)
#: One whose words go on in the next line, and where those end.
_OPEN_MACRO = re.compile(r"(?<![\w`])(?:xref|link):{1,2}[^\s\[\]]{1,300}\[([^\[\]\n]{1,200})$")
_OPEN_END = re.compile(r"^[^\[\]\n]{0,200}\]")
#: What keeps an address or a macro from being a link, and is not shown.
_ESCAPED = re.compile(r"(?<![\\\w])\\(?=(?:https?|ftp|file|irc|mailto|link|xref|image|include):)")
_REFERENCE = re.compile(r"<<(?P<id>[\w#./:-]{1,100})(?:,[ \t]{0,4}(?P<text>[^<>\n]{1,200}))?>>")
_ITEM = re.compile(r"[ \t]{0,20}(?:\*{2,5}|\.{1,5})[ \t]+(?=\S)")
_TITLE = re.compile(r"(={1,6})[ \t]+(?=\S)")
#: What stands in front of a cell: how far it spans, how it stands, what it holds.
_CELL = re.compile(
    r"(?:^|(?<=\s))(?:\d{1,3})?(?:\.\d{1,3})?[+*]?[<^>]?(?:\.[<^>])?[adehlmsv]?(?<!\\)\|[ \t]{0,20}"
)
_LINE_END = re.compile(r"(?<=\S) \+\s*$")


def shown_asciidoc(text: str, *, partial: bool) -> str:
    """Return a text as Markdown of the same words; of a piece of a page, which may begin within code, titles and code alone."""
    reader = _LineReader(partial=partial)
    return "\n".join(reader.line(line) for line in text.split("\n"))


def links_led_elsewhere(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield words, old and new target of the references of a line that have the same words and lead elsewhere."""
    for before, after in zip(_MACRO.finditer(old), _MACRO.finditer(new), strict=False):
        targets = [match["target"] or match["address"] for match in (before, after)]
        if targets[0] != targets[1] and before["text"] == after["text"]:
            yield after["text"].removesuffix("^") or targets[1], targets[0], targets[1]


class _LineReader:
    """Takes the lines of a page in order; knows the code, the table and the note that are open."""

    def __init__(self, *, partial: bool) -> None:
        self._partial = partial
        self._code = ""
        self._table = False
        self._language = ""
        #: What closes the note that is open: its delimiter, or an empty line; None when none is.
        self._note: str | None = None
        self._note_opens = False
        self._macro = False

    def line(self, line: str) -> str:
        """Return the next line as it is shown."""
        bare = line.rstrip()
        if not self._code and not self._partial and (note := self._of_note(bare)) is not None:
            return note
        shown = self._shown_text(line, bare)
        return f"> {shown}".rstrip() if self._note is not None else shown

    def _of_note(self, bare: str) -> str | None:
        """Return what a line that opens or closes a note is shown as; None for all others."""
        opening = _NOTE.fullmatch(bare)
        if opening is not None and self._note is None:
            self._note, self._note_opens = "", True
            return f"> [!{opening[1]}]"
        if self._note is None:
            return None
        if self._note_opens:
            self._note_opens = False
            if _AROUND_NOTE.fullmatch(bare):
                self._note = bare
                return ">"
        if bare == self._note:
            self._note = None
            return ""
        return None

    def _shown_text(self, line: str, bare: str) -> str:
        delimiter = _DELIMITER.fullmatch(bare)
        if delimiter is not None and (
            not self._code or delimiter[0] == self._code or self._code.startswith("```")
        ):
            return self._delimiter_line(delimiter["code"] or "")
        if self._code:
            return line
        if source := _SOURCE.match(line):
            self._language = source[1]
        elif bare and not _ALONE.fullmatch(line) and not line.startswith("."):
            self._language = ""
        if title := _TITLE.match(line):
            line = f"{'#' * len(title[1])} {line[title.end() :]}"
        return line if self._partial else _shown_line(self._joined_line(line), in_table=self._table)

    def _joined_line(self, line: str) -> str:
        """Return a line without the ends of a reference whose words stand on two lines."""
        if self._macro and (end := _OPEN_END.match(line)):
            line = f"{end[0][:-1]}{line[end.end() :]}"
        opened = _OPEN_MACRO.search(line)
        self._macro = opened is not None
        return f"{line[: opened.start()]}{opened[1]}" if opened else line

    def _delimiter_line(self, mark: str) -> str:
        """Return what opens or closes code, or a table, of which only the cells are shown."""
        self._table = self._table != (not mark and not self._code)
        if not mark:
            self._code = ""
            return ""
        opens = not self._code
        language = mark.strip("`") if mark.startswith("`") else self._language
        self._code, self._language = (mark if opens else ""), ""
        return f"{_FENCE}{language}" if opens else _FENCE


def _shown_line(line: str, *, in_table: bool) -> str:
    if _ALONE.fullmatch(line):
        return ""
    if in_table and "|" in line:
        cells = [cell.strip() for cell in _CELL.split(line)]
        line = "* " + "; ".join(cell for cell in cells if cell)
    item = _ITEM.match(line)
    line = f"* {line[item.end() :]}" if item is not None else line
    if "[" in line:
        line = _outside_code(_MACRO, line)
    if "<<" in line:
        line = _outside_code(_REFERENCE, line)
    line = _ESCAPED.sub("", line) if "\\" in line else line
    line = _LINE_END.sub("", line) if line.rstrip().endswith(" +") else line
    return "" if line.strip() in ("*", "-") else line


def _outside_code(expression: re.Pattern[str], line: str) -> str:
    """Return a line with the words of its references; an entry of a menu without words shows none."""
    spans = [match.span() for match in CODE_SPAN.finditer(line)]

    def words(match: re.Match[str]) -> str:
        if any(start <= match.start() and match.end() <= end for start, end in spans):
            return match[0]
        groups = match.groupdict()
        text = (groups["text"] or "").removesuffix("^").strip()
        alone = not line[: match.start()].strip(" *-.") and not line[match.end() :].strip()
        if text or (alone and groups.get("target")):
            return text
        return groups.get("address") or groups.get("id") or groups.get("target") or ""

    return expression.sub(words, line)
