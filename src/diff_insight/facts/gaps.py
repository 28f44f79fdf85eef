"""Asks of the changed lines of a file whether white space alone differs, where they stand."""

from __future__ import annotations

from diff_insight.facts.data.data_trees import whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.changed_lines import code_lines
from diff_insight.facts.white_space import (
    STRICT,
    GapChange,
    Layout,
    difference,
    layout_of,
    shows_white_space,
)
from diff_insight.file_types import extension
from diff_insight.model.changes import Block, Side

_LAYOUT = "white-space.layout"
_PAGES_OF_TAGS = ("html", "htm", "xml", "svg")


def gaps_of(view: FileView, block: Block) -> GapChange:
    """Return what a run of changed lines differs in; content, where it is more than white space."""
    if _squeeze(block.old_lines) != _squeeze(block.new_lines):
        return GapChange.CONTENT
    layout = view.cache.get(_LAYOUT)
    if not isinstance(layout, Layout):
        layout = view.cache[_LAYOUT] = _layout(view)
    within = layout.prose and _is_in_code(view, block)
    return difference(block.old_lines, block.new_lines, STRICT if within else layout)


def is_white_space(view: FileView, block: Block) -> bool:
    """Tell whether a run of changed lines says the same but for white space that decides nothing."""
    return gaps_of(view, block) is not GapChange.CONTENT


def _squeeze(lines: tuple[str, ...]) -> str:
    return "".join("".join(line.split()) for line in lines)


def _layout(view: FileView) -> Layout:
    if extension(view.change.path) in _PAGES_OF_TAGS:
        texts = (whole_text(view, side) for side in Side)
        if any(text is None or shows_white_space(text) for text in texts):
            return STRICT
    return layout_of(view.change.path)


def _is_in_code(view: FileView, block: Block) -> bool:
    """Tell whether a run of lines of a page has some that stand in code."""
    return any(
        number in code_lines(view, side)
        for side, start, lines in (
            (Side.BASE, block.old_start, block.old_lines),
            (Side.HEAD, block.new_start, block.new_lines),
        )
        for number in range(start, start + len(lines))
    )
