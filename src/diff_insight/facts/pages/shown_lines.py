"""Blanks lines that are markup alone, and gives links by name as the words that they show.

Lines keep their numbers. Sources: kramdown, inline attribute lists; docutils, simple tables.
"""

from __future__ import annotations

import re

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.asciidoc_lines import shown_asciidoc
from diff_insight.facts.pages.named_links import names_defined, without_names
from diff_insight.markup.guarded import Guarded

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
_RST_SIGNS = ("== ", "==\t", "]_", "toctree::")
#: A list of the pages below one, which shows their titles.
_RST_MENU = re.compile(r"[ \t]*\.\. toctree::")
#: The number or name of a footnote, which a page shows above the line.
_RST_FOOTNOTE = re.compile(r"(?<=\S) ?\[(?:\d{1,3}|#[\w-]{0,40}|\*)\]_(?!\w)")


def with_shown_lines(version: TextVersion, *, markup: str) -> TextVersion | None:
    """Return a version whose lines show what a reader sees of them; None when they do already.

    Args:
        version: One version of a page, without its comments.
        markup: `markdown`, `rst` or `asciidoc`.
    """
    show = {"markdown": _markdown, "rst": _rst, "asciidoc": shown_asciidoc}[markup]
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
    shown: list[str] = []
    menu = -1  # how deep the directive stands whose entries are pages of a menu
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip())
        if menu >= 0 and line.strip() and depth <= menu:
            menu = -1
        hidden = menu >= 0 or _RST_ALONE.fullmatch(line)
        shown.append("" if hidden else _RST_FOOTNOTE.sub("", line))
        menu = depth if _RST_MENU.match(line) else menu
    return "\n".join(shown)
