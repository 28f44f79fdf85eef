"""What several families ask of the changed lines of a page, found once: their text and their code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from diff_insight.facts.structure import structure
from diff_insight.facts.versions import FileView
from diff_insight.model.changes import Block, Hunk, Side

_TEXTS = {side: f"changed.text.{side}" for side in Side}
_CODE = {side: f"changed.code.{side}" for side in Side}


def lines_of(run: Block | Hunk, side: Side) -> tuple[int, tuple[str, ...]]:
    """Return the number of the first line of one side of a block or hunk, and the lines."""
    if side is Side.BASE:
        return run.old_start, run.old_lines
    return run.new_start, run.new_lines


def changed_text(view: FileView, side: Side) -> str:
    """Return the changed lines of one side with line feeds between them.

    One look at it tells for most files that nothing a family reads is in any line.
    """
    text = view.cache.get(_TEXTS[side])
    if not isinstance(text, str):
        text = "\n".join([line for block in view.blocks for line in lines_of(block, side)[1]])
        view.cache[_TEXTS[side]] = text
    return text


def code_lines(view: FileView, side: Side) -> Mapping[int, str]:
    """Return the lines of one side, as far as hunks show them, that stand in code: -> language."""
    found = view.cache.get(_CODE[side])
    if not isinstance(found, dict):
        found = _code_lines(view, side) if view.structured else {}
        view.cache[_CODE[side]] = found
    return found


def _code_lines(view: FileView, side: Side) -> dict[int, str]:
    fences = structure(view, side).fences
    starts = [fence.start for fence in fences]
    found: dict[int, str] = {}
    for hunk in view.hunks if fences else ():
        start, lines = lines_of(hunk, side)
        end = start + len(lines)
        first = max(0, bisect_right(starts, start) - 1)
        for fence in fences[first : bisect_right(starts, end - 1)]:
            inside = range(max(start, fence.start), min(end, fence.end + 1))
            found.update(dict.fromkeys(inside, fence.language))
    return found
