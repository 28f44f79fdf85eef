"""The structure of one version of a page of AsciiDoc: titles and code as Markdown has them, attributes at the top.

Source: AsciiDoc, document header. The lines are those that `asciidoc_lines` gives.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages import markdown
from diff_insight.facts.pages.asciidoc_lines import shown_asciidoc
from diff_insight.facts.pages.page_outline import Structure

_ATTRIBUTE = re.compile(r":(!?[A-Za-z_][\w-]{0,60}!?):(?:[ \t]+(\S.*))?$")
#: Lines that may stand between the attributes of a header: comments, options, the title, who wrote it.
_BETWEEN = re.compile(r"//|\[|#\s|=\s|$")
_LATEST = 60


def scan(version: TextVersion) -> Structure:
    """Scan the known lines of a version."""
    shown = TextVersion(
        [(start, shown_asciidoc(text, partial=True)) for start, text in version.texts],
        complete=version.complete,
    )
    page = markdown.scan(shown)
    if page.front_end or not version.texts or version.texts[0][0] != 1:
        return page
    keys, last = _attributes(version.texts[0][1])
    return replace(page, front_matter=keys, front_end=last) if keys else page


def _attributes(text: str) -> tuple[dict[int, tuple[str, str]], int]:
    """Return the attributes above the first text of a page, by their lines, and the last line that holds one."""
    keys: dict[int, tuple[str, str]] = {}
    last = 0
    for number, line in enumerate(text.split("\n", _LATEST)[:_LATEST], 1):
        attribute = _ATTRIBUTE.match(line.rstrip())
        if attribute:
            keys[number] = attribute[1], (attribute[2] or "").rstrip()
            last = number
        elif not _BETWEEN.match(line.strip()):
            break
    return keys, last
