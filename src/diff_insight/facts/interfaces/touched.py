"""Tells which parts of a document have changed lines, so that the others need not be compared."""

from __future__ import annotations

from bisect import bisect_left

from diff_insight.facts.file_view import FileView
from diff_insight.facts.trees.node import Node
from diff_insight.model.changes import Side


class Touched:
    """The changed lines of both versions of a file.

    Args:
        view: The file.
    """

    def __init__(self, view: FileView) -> None:
        self._lines: dict[Side, list[int]] = {side: [] for side in Side}
        for block in view.blocks:
            for side, number, _ in block.numbered_lines():
                self._lines[side].append(number)
        for lines in self._lines.values():
            lines.sort()

    def any(self, old: Node, new: Node) -> bool:
        """Tell whether a changed line stands in either version of a part."""
        return self._in(Side.BASE, old) or self._in(Side.HEAD, new)

    def _in(self, side: Side, node: Node) -> bool:
        lines = self._lines[side]
        at = bisect_left(lines, node.start)
        return at < len(lines) and lines[at] <= node.end


class Everything(Touched):
    """Stands for a document of which nobody knows the changed lines."""

    def __init__(self) -> None:
        self._lines = {}

    def any(self, old: Node, new: Node) -> bool:
        """Take every part for one that may have changed."""
        del old, new
        return True
