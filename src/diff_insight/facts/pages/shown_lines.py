"""Blanks lines that are markup alone, and gives links by name and AsciiDoc's references and cells as the words that they show.

Lines keep their numbers. Sources: kramdown, inline attribute lists; AsciiDoc, block attributes, macros and
tables; docutils, simple tables.
"""

from __future__ import annotations

import re

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.named_links import names_defined, without_names
from diff_insight.markup.guarded import CODE_SPAN, Guarded

#: Attributes for the block above or below: `{: .note }`. A name in brackets behind one letter, with points within,
#: is an address for the rule below it.
_MARKDOWN_ALONE = re.compile(
    r"[ \t>]{0,12}(?:\{:[^{}\n]{0,200}\}|[a-z]?\[[a-z][\w-]*(?:[.:][\w-]+)+\]"
    r"|:{3,6}[ \t]*(?:(?:moniker|zone|row|column)(?:-end|[ \t][^\n]{0,200}|:{3})?|[a-z]{2,20}-end(?::{3})?))[ \t\r]*"
)
_MARKDOWN_SIGNS = ("{:", "[", ":::")
_FENCE = Guarded(re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n]*)"), "```", "~~~")
#: The lines above, between and below the rows of a simple table.
_RST_ALONE = re.compile(r"[ \t]*={2,}(?:[ \t]+={2,})+[ \t\r]*")
_RST_SIGNS = ("== ", "==\t", "]_")
#: The number or name of a footnote, which a page shows above the line.
_RST_FOOTNOTE = re.compile(r"(?<=\S) ?\[(?:\d{1,3}|#[\w-]{0,40}|\*)\]_(?!\w)")
#: A line of attributes or an address, a condition, what joins two blocks or stands around one.
_ASCIIDOC_ALONE = re.compile(
    r"\[[^\n]{0,300}\][ \t\r]*|(?:ifn?def|ifeval|endif)::[^\n]{0,300}|(?:\+|--|={4,60}|\*{4,60}|_{4,60})[ \t\r]*"
)
_DELIMITER = re.compile(r"(?P<code>-{4,60}|\.{4,60}|\+{4,60}|`{3,60}[\w-]{0,30})|\|={3,60}")
_MACRO = re.compile(
    r"(?<![\w`])(?:(?:xref|link|mailto):{1,2}(?P<target>[^\s\[\]]{1,300})|(?P<address>https?://[^\s\[\]<>`]{1,300}))"
    r"\[(?P<text>[^\[\]\n]{0,200})\]"
)
_REFERENCE = re.compile(r"<<(?P<id>[\w#./:-]{1,100})(?:,[ \t]{0,4}(?P<text>[^<>\n]{1,200}))?>>")
_ITEM = re.compile(r"[ \t]{0,20}(?:\*{2,5}|\.{1,5})[ \t]+(?=\S)")
_TITLE = re.compile(r"={2,6}[ \t]+(?=\S)")
#: What stands in front of a cell: how far it spans, how it stands, what it holds.
_CELL = re.compile(
    r"(?:^|(?<=\s))(?:\d{1,3})?(?:\.\d{1,3})?[+*]?[<^>]?(?:\.[<^>])?[adehlmsv]?(?<!\\)\|[ \t]{0,20}"
)
_LINE_END = re.compile(r"(?<=\S) \+\s*$")


def with_shown_lines(version: TextVersion, *, markup: str) -> TextVersion | None:
    """Return a version whose lines show what a reader sees of them; None when they do already.

    Args:
        version: One version of a page, without its comments.
        markup: `markdown`, `rst` or `asciidoc`.
    """
    show = {"markdown": _markdown, "rst": _rst, "asciidoc": _asciidoc}[markup]
    shown = [(start, show(text, partial=start > 1) or "\n") for start, text in version.texts]
    if all(text == before for (_, text), (_, before) in zip(shown, version.texts, strict=True)):
        return None
    return TextVersion(shown, complete=version.complete)


def _markdown(text: str, *, partial: bool) -> str:
    del partial
    if not any(sign in text for sign in _MARKDOWN_SIGNS):
        return text
    shown: list[str] = []
    fence = ""
    names = names_defined(text)
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match is not None and not fence:
            fence = match[1]
        elif match is not None and match[1].startswith(fence) and not match[2].strip():
            fence = ""
        if fence or not any(sign in line for sign in _MARKDOWN_SIGNS):
            shown.append(line)
        else:
            shown.append("" if _MARKDOWN_ALONE.fullmatch(line) else without_names(line, names))
    return "\n".join(shown)


def _rst(text: str, *, partial: bool) -> str:
    del partial
    if not any(sign in text for sign in _RST_SIGNS):
        return text
    return "\n".join(
        "" if _RST_ALONE.fullmatch(line) else _RST_FOOTNOTE.sub("", line)
        for line in text.split("\n")
    )


def _asciidoc(text: str, *, partial: bool) -> str:
    """Return text with the words of what is no code; a piece of a page may begin within code, and stays."""
    if partial:
        return text
    shown: list[str] = []
    code, table = "", False
    for line in text.split("\n"):
        delimiter = _DELIMITER.fullmatch(line.rstrip())
        if delimiter is not None and (not code or delimiter[0] == code or code.startswith("```")):
            mark = delimiter["code"] or ""
            table = table != (not mark and not code)
            code = "" if code else mark
            shown.append(line if mark else "")
        else:
            shown.append(line if code else _asciidoc_line(line, in_table=table))
    return "\n".join(shown)


def _asciidoc_line(line: str, *, in_table: bool) -> str:
    if _ASCIIDOC_ALONE.fullmatch(line):
        return ""
    if in_table and "|" in line:
        cells = [cell.strip() for cell in _CELL.split(line)]
        line = "* " + "; ".join(cell for cell in cells if cell)
    for opening, mark in ((_ITEM, "* "), (_TITLE, "# ")):
        start = opening.match(line)
        line = mark + line[start.end() :] if start is not None else line
    if "[" in line:
        line = _outside_code(_MACRO, line)
    if "<<" in line:
        line = _outside_code(_REFERENCE, line)
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
