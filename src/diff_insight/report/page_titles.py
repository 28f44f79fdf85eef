"""What readers call a page: its own title, where no other page of the report has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from diff_insight.file_types import is_page
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side
from diff_insight.model.facts import FileAnalysis

#: Characters of a title that still reads as a name.
_LONGEST = 70
#: What a site puts behind every title.
_SITE = re.compile(r"(?<!\s)\s++[|·]\s++[^|·]{2,40}$")
#: Titles that every site has, where the name of the file says more.
_COMMON = frozenset(
    "overview introduction index home readme summary contents table of contents changelog release notes untitled "
    "概要 はじめに 目次 概述 简介 目录".split()
) | {"table of contents", "release notes"}  # fmt: skip


def page_titles(files: Sequence[FileAnalysis]) -> list[str]:
    """Return the title of each page that has one of its own; empty for all other files."""
    titles = [_title(file) for file in files]
    counts = Counter(titles)
    return [title if counts[title] == 1 else "" for title in titles]


def _title(file: FileAnalysis) -> str:
    if not is_page(file.change.path):
        return ""
    title = _SITE.sub("", words_of(file.titles.get(Side.HEAD) or file.titles.get(Side.BASE) or ""))
    fits = title and len(title) <= _LONGEST and title.casefold() not in _COMMON
    return title if fits else ""
