"""Says behind each hunk's header where on a page it stands: the headings above, the head of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diff_insight.markup.plain import clip

_HEADER = re.compile(r"(?m)^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$")
_HEADING = re.compile(r"\A {0,3}(#{1,6})\s++(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r"\A\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*$")
#: Lines above a hunk that are searched for the head of its table, and characters of what is shown.
_LONGEST_TABLE, _LONGEST_SHOWN = 400, 160


def with_places(patch: str, path: str, head: str) -> str:
    """Return a patch whose headers name the headings above them, and the head of the table they cut.

    Args:
        patch: The hunks of a file.
        path: Its path; only Markdown pages have headings that are read here.
        head: Its new version; empty when that is not known.
    """
    if not head or not path.lower().endswith((".md", ".mdx", ".markdown")):
        return patch
    lines = head.split("\n")
    trails = _trails(lines)

    def header_with_place(match: re.Match[str]) -> str:
        start = min(int(match[1]), len(lines)) - 1
        if start <= 0:
            return match[0]
        trail, table = trails[start - 1], _table_head(lines, start)
        shown = [
            part for part in (trail or match[2].strip(), table and f"in table {table}") if part
        ]
        header = match[0][: len(match[0]) - len(match[2])]
        return f"{header} {' '.join(shown)}" if shown else header

    return _HEADER.sub(header_with_place, patch)


def _trails(lines: Sequence[str]) -> list[str]:
    """Return for each line the headings that it stands under, from the second level on."""
    trails: list[str] = []
    stack: list[tuple[int, str]] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip(f" {fence[0]}\r"):
            fence = ""
        heading = _HEADING.match(line) if not fence else None
        if heading:
            level = len(heading[1])
            stack = [each for each in stack if each[0] < level]
            title = heading[2].rstrip().rstrip("#").rstrip()
            stack.append((level, clip(title, _LONGEST_SHOWN // 2)))
        trails.append(" > ".join(f"{'#' * level} {text}" for level, text in stack[-2:]))
    return trails


def _table_head(lines: Sequence[str], start: int) -> str:
    """Return the head of the table that a line stands in, when it is above the line."""
    if "|" not in lines[start]:
        return ""
    for at in range(start - 1, max(0, start - _LONGEST_TABLE), -1):
        if "|" not in lines[at]:
            return ""
        if _RULE.fullmatch(lines[at]):
            return clip(" ".join(lines[at - 1].split()), _LONGEST_SHOWN)
    return ""
