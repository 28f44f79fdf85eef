"""What several families ask of the changed lines of a page, found once: their text and their code."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat
from operator import attrgetter

from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.model.changes import Block, Hunk, Side

_TEXTS = {side: f"changed.text.{side}" for side in Side}
_LINES = {Side.BASE: attrgetter("old_lines"), Side.HEAD: attrgetter("new_lines")}
_CODE = {side: f"changed.code.{side}" for side in Side}


def lines_of(run: Block | Hunk, side: Side) -> tuple[int, tuple[str, ...]]:
    """Return the number of the first line of one side of a block or hunk, and the lines."""
    if side is Side.BASE:
        return run.old_start, run.old_lines
    return run.new_start, run.new_lines


def changed_text(view: FileView, side: Side) -> str:
    """Return the changed lines of one side, each behind a line feed.

    One look at it tells for most files that nothing a family reads is in any line.
    """
    text = view.cache.get(_TEXTS[side])
    if not isinstance(text, str):
        lines = chain.from_iterable(map(_LINES[side], view.blocks))
        text = "\n".join(chain(("",), lines))
        view.cache[_TEXTS[side]] = text
    return text


def code_lines(view: FileView, side: Side) -> Mapping[int, str]:
    """Return the lines of one side, as far as hunks show them, that stand in code: -> language."""
    lines = view.cache.get(_CODE[side])
    if not isinstance(lines, dict):
        lines = _code_lines(view, side) if view.has_page_structure else {}
        view.cache[_CODE[side]] = lines
    return lines


def _code_lines(view: FileView, side: Side) -> dict[int, str]:
    language_by_line: dict[int, str] = {}
    fences = structure(view, side).fences
    at = 0
    for start, lines in sorted([lines_of(hunk, side) for hunk in view.hunks]) if fences else ():
        end = start + len(lines)
        while at < len(fences) and fences[at].end < start:
            at += 1
        number = at
        while number < len(fences) and (fence := fences[number]).start < end:
            inside = range(max(start, fence.start), min(end, fence.end + 1))
            language_by_line.update(zip(inside, repeat(fence.language), strict=False))
            number += 1
    return language_by_line
