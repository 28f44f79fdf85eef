"""Whole values of front matter, lists and all, as a reader of the settings sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from diff_insight.facts.file_view import FileView
from diff_insight.facts.identity.page_address import read_address
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.model.changes import Side

if TYPE_CHECKING:
    from diff_insight.facts.trees.node import Node

Values = Mapping[Side, Mapping[str, str]]
#: What the line above front matter says of its format.
_FORMS = {"---": "yaml", "+++": "toml"}


def front_values(view: FileView) -> Values:
    """Return the values of the keys of both sides; none of a side that is not known whole.

    Nothing is read where the front matter is the same.
    """
    if not any(_is_touched(view, side) for side in Side):
        return {side: {} for side in Side}
    return {side: {key: text for key, (text, _, _) in _read(view, side).items()} for side in Side}


def changed_lines_of(view: FileView, side: Side, key: str) -> list[int]:
    """Return the changed lines of the value of a key, and of the key itself."""
    _, start, end = _read(view, side)[key]
    return [
        number
        for block in view.blocks
        for of_side, number, _ in block.numbered_lines()
        if of_side is side and start <= number <= end
    ]


def lost_addresses(old: str, new: str) -> tuple[str, ...]:
    """Return those of a list of addresses that another list has not, whatever their form."""
    kept = {read_address(name) for name in _names(new)}
    return tuple(name for name in _names(old) if read_address(name) not in kept)


def _is_touched(view: FileView, side: Side) -> bool:
    """Tell whether a line of the front matter of a side changed."""
    first = view.blocks[0] if view.blocks else None
    if first is None:
        return False
    start = first.old_start if side is Side.BASE else first.new_start
    return start <= structure(view, side).front_end


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _read(view: FileView, side: Side) -> Mapping[str, tuple[str, int, int]]:
    """Return text, first and last line of the value of each key, read once per view."""
    name = f"front-values.{side}"
    values = view.cache.get(name)
    if not isinstance(values, dict):
        values = _parse(view, side)
        view.cache[name] = values
    return values


def _parse(view: FileView, side: Side) -> dict[str, tuple[str, int, int]]:
    end = structure(view, side).front_end
    version = view.version(side)
    lines = [version.line(number) for number in range(2, end)]
    form = _FORMS.get((version.line(1) or "").rstrip())
    if not lines or form is None:
        return {}
    # The reader of trees is loaded only where front matter changed.
    from diff_insight.facts.trees.read import read_tree  # noqa: PLC0415

    tree = read_tree(f"front.{form}", "\n".join(line or "" for line in lines))
    if tree is None or None in lines:
        return {}
    return {
        key: (_flat_text(node), node.start + 1, node.end + 1)
        for key, node in tree.entries().items()
    }


def _flat_text(node: Node) -> str:
    """Return a value on one line: a list with commas, a map with its keys."""
    if node.items():
        return ", ".join(map(_flat_text, node.items()))
    if node.entries():
        return ", ".join(f"{key}: {_flat_text(value)}" for key, value in node.entries().items())
    return node.text()
