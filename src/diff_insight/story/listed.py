"""Which items of a story stand in the highlights, and which files are left for the part behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from diff_insight.model.story import Relation, Role, StoryItem

#: Bullets of a section.
MOST_BULLETS = 10
#: Roles and most bullets. Breaking findings are never folded: each one is named.
_SECTIONS: tuple[tuple[tuple[Role, ...], int | None], ...] = (
    ((Role.NEW,), MOST_BULLETS),
    ((Role.BREAKING,), None),
    ((Role.DEADLINE, Role.CHANGE), MOST_BULLETS),
)


class HighlightSection(Struct, frozen=True):
    """One section of the highlights.

    Attributes:
        items: Those that get a bullet.
        hidden: Those without one.
        below: How many files are in no bullet of any section and are counted in this one.
    """

    items: tuple[StoryItem, ...]
    below: int
    hidden: tuple[StoryItem, ...] = ()


def sections(items: Sequence[StoryItem]) -> list[HighlightSection]:
    """Return the sections: new features, breaking changes, other updates."""
    left = files_without_bullet(items)
    sections = []
    for shown, hidden in _split_sections(items):
        below = left & _files(hidden)
        left -= below
        sections.append(HighlightSection(tuple(shown), len(below), tuple(hidden)))
    return sections


def files_without_bullet(items: Sequence[StoryItem]) -> set[int]:
    """Return the files that no bullet of the highlights is about: what is counted as the rest."""
    cut = _split_sections(items)
    listed = {file for shown, _ in cut for file in _files(shown)}
    return {file for _, hidden in cut for file in _files(hidden)} - listed


def standing(items: Iterable[StoryItem], roles: Sequence[Role]) -> list[StoryItem]:
    """Return the items of some roles that stand for themselves."""
    return [
        item
        for item in items
        if item.relation is Relation.NONE and item.role in roles and not item.params.get("headline")
    ]


def _leading(items: Iterable[StoryItem], roles: Sequence[Role]) -> list[StoryItem]:
    """Return the items of some roles that stand in the headline alone."""
    return [item for item in items if item.role in roles and item.params.get("headline")]


def _split_sections(items: Sequence[StoryItem]) -> list[tuple[list[StoryItem], list[StoryItem]]]:
    """Return what each section shows and what it hides."""
    cut = []
    # A headline is said again only where there is nothing else to say.
    alone = not any(standing(items, roles) for roles, _ in _SECTIONS)
    for roles, most in _SECTIONS:
        standing_items = _leading(items, roles) if alone else standing(items, roles)
        at = len(standing_items) if most is None else most
        cut.append((standing_items[:at], standing_items[at:]))
    return cut


def _files(items: Iterable[StoryItem]) -> set[int]:
    return {file for item in items for file in item.files}
