"""Leaves out what a replacement in many files says already: headings and lines in which only those words are others."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.kinds.catalogue import REPEATED
from diff_insight.model.story import Role, StoryItem

#: Files from which on a replacement is told once for all its places.
_LEAST_FILES = 5


def without_places(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return the items without those that are one more place of a replacement in many files."""
    sweeping = [
        (item, old, new)
        for item in items
        if item.kind.endswith(REPEATED) and len(item.files) >= _LEAST_FILES
        if (old := _text(item, "old")) and (new := _text(item, "new"))
    ]
    return [item for item in items if not any(_is_place(item, *wide) for wide in sweeping)]


def _is_place(item: StoryItem, wide: StoryItem, old: str, new: str) -> bool:
    """Tell whether an item says no more than that one text gave way to another, as in many files."""
    if item is wide or item.role is Role.BREAKING or len(item.files) >= len(wide.files):
        return False
    before, after = _text(item, "old"), _text(item, "new")
    return old in before and before.replace(old, new) == after


def _text(item: StoryItem, name: str) -> str:
    value = item.params.get(name)
    return value if isinstance(value, str) else ""
