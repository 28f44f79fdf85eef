"""Takes the hunks of a file back: the text before a change, made of the text after it."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.model.changes import Hunk


def undo_hunks(text: str, hunks: Sequence[Hunk]) -> str | None:
    """Return the whole text that hunks were made to, or None where they do not fit.

    Args:
        text: The whole text after the change.
        hunks: All of its hunks, in order.
    """
    pieces: list[str] = []
    at, old_line, new_line = 0, 1, 1
    for hunk in hunks:
        untouched = hunk.new_start - new_line
        lines = _join(hunk.new_lines, final_newline=hunk.new_final_newline)
        start = text.find(lines, at) if untouched else at
        if not lines or start < 0 or hunk.old_start - old_line != untouched:
            return None
        end = start + len(lines)
        # The same lines may stand elsewhere too, or a part of them at the end of another line.
        if not _stands(text, lines, start, end) or text.count("\n", at, start) != untouched:
            return None
        before = _join(hunk.old_lines, final_newline=hunk.old_final_newline)
        pieces += (text[at:start], before)
        at = end
        old_line = hunk.old_start + len(hunk.old_lines)
        new_line = hunk.new_start + len(hunk.new_lines)
    pieces.append(text[at:])
    return "".join(pieces)


def _stands(text: str, lines: str, start: int, end: int) -> bool:
    """Tell whether lines stand at a place of a text as whole lines."""
    begins = start == 0 or text[start - 1] == "\n"
    ends = end == len(text) or lines.endswith("\n")
    return begins and ends and text.startswith(lines, start)


def _join(lines: Sequence[str], *, final_newline: bool) -> str:
    return "\n".join((*lines, "")) if final_newline else "\n".join(lines)
