"""Lines that bring another file into a page: they are no text and no link, and what they show stands elsewhere.

The forms: Microsoft's `[!INCLUDE [name](path)]`, AsciiDoc's `include::path[]`, reStructuredText's `.. include::`,
MkDocs' `--8<-- "path"`, `<Include src="path" />` of components, `{{% readfile "path" %}}` and `{% include path %}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.changed_lines import changed_text, code_lines
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_SIGNS = ("!INCLUDE", "include", "Include", "--8<--", "readfile")
_INCLUDE = re.compile(
    r"[ \t>*-]{0,20}(?:\[!INCLUDE[ \t]{0,4}(?:-\b)?\[[^\[\]\n]{0,200}\]\([^()\n]{1,300}\)[ \t]{0,4}\]|include::[^\s\[\]]{1,300}\[[^\[\]\n]{0,200}\]"
    r"|\.\. include::[ \t]{1,4}\S{1,300}|-{1,3}8<-{1,3}[ \t]{1,4}[\"'][^\"'\n]{1,300}[\"']|<Include\b[^<>\n]{1,300}/>"
    r"|\{\{[<%][ \t]{0,4}(?:readfile|include)\b[^{}\n]{1,300}[>%]\}\}|\{%-?[ \t]{0,4}include\b[^{}%\n]{1,300}%\})[ \t\r]*"
)


def is_include(line: str) -> bool:
    """Tell whether a line does no more than bring in a file."""
    return any(sign in line for sign in _SIGNS) and _INCLUDE.fullmatch(line) is not None


def applies(view: FileView) -> bool:
    """Pages with two versions."""
    return view.has_page_structure and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact about lines that bring in a file and came or went, and claim them.

    Of those that took the place of others the words are told, as of any line.
    """
    if not any(sign in changed_text(view, side) for side in Side for sign in _SIGNS):
        return
    evidence = []
    for block in view.blocks:
        lines = [
            (side, number)
            for side, number, line in block.numbered_lines()
            if is_include(line) and number not in code_lines(view, side)
        ]
        if len({side for side, _ in lines}) == 1:
            evidence += [
                base_line(number) if side is Side.BASE else head_line(number)
                for side, number in lines
            ]
    if evidence:
        view.claim(*evidence)
        yield Fact("text.includes", {}, tuple(evidence))
