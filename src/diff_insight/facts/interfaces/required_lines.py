"""The lines of a schema that hold nothing but lists of required properties: these are told by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.facts.file_view import FileView
from diff_insight.facts.trees.node import Node
from diff_insight.model.changes import Side


def claim_required(view: FileView, both: Sequence[Node]) -> None:
    """Claim these lines in both versions of a file."""
    for side, tree in zip(Side, both, strict=True):
        view.claimed.update((side, line) for line in _lines(tree))


def _lines(tree: Node) -> Iterator[int]:
    left = [tree]
    while left:
        node = left.pop()
        entries = node.entries()
        listed = entries.get("required")
        if listed is not None and listed.items():
            others = {
                line
                for name, one in entries.items()
                if name != "required"
                for line in (one.start, one.end)
            }
            lines = range(listed.start, listed.end + 1)
            if others.isdisjoint(lines) and node.start not in lines:
                yield from lines
        left += entries.values()
        left += node.items()
