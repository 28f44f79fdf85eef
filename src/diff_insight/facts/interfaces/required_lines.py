"""The changed lines of lists of required properties: these are told by name, and so are their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from diff_insight.facts.file_view import FileView
from diff_insight.facts.trees.node import Node
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

#: Facts about what a list of required properties names.
_OF_LISTS = ("member.required", "member.optional")


def with_required_lines(
    view: FileView, both: Sequence[Node], facts: Iterable[Fact]
) -> Iterator[Fact]:
    """Yield facts, the first about a required property with the lines of all such lists."""
    lines = tuple(_changed_lists(view, both))
    for fact in facts:
        if lines and fact.kind in _OF_LISTS:
            yield replace(fact, evidence=tuple(dict.fromkeys((*fact.evidence, *lines))))
            lines = ()
        else:
            yield fact


def _changed_lists(view: FileView, both: Sequence[Node]) -> Iterator[Evidence]:
    changed = {
        (side, number) for block in view.blocks for side, number, _ in block.numbered_lines()
    }
    for side, tree in zip(Side, both, strict=True):
        for line in _lines_of_lists(tree):
            if (side, line) in changed:
                yield Evidence(side, line, line)


def _lines_of_lists(tree: Node) -> Iterator[int]:
    """Yield the lines that hold nothing but lists of required properties."""
    left = [tree]
    while left:
        node = left.pop()
        entries = node.entries()
        listed = entries.get("required")
        if listed is not None and listed.items():
            others = {
                line
                for name, entry in entries.items()
                if name != "required"
                for line in (entry.start, entry.end)
            }
            lines = range(listed.start, listed.end + 1)
            if others.isdisjoint(lines) and node.start not in lines:
                yield from lines
        left += entries.values()
        left += node.items()
