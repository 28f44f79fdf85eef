"""The story: what the facts of a category add up to, before any language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.model.messages import Params
from diff_insight.model.threads import FactRef, Thread


class Role(StrEnum):
    """Where an item belongs in a report, most consequential first."""

    BREAKING = "breaking"
    DEADLINE = "deadline"
    NEW = "new"
    CHANGE = "change"
    HOUSEKEEPING = "housekeeping"


class Relation(StrEnum):
    """How an item relates to the one told before it; each locale words the link."""

    NONE = "none"
    CONTRAST = "contrast"
    SAME_DAY = "same-day"
    REMAINDER = "remainder"
    BOUND = "bound"
    DETAIL = "detail"
    QUOTE = "quote"
    DECLARED = "declared"


class StoryItem(Struct, frozen=True, kw_only=True):
    """One thing worth saying, backed by facts.

    `count` picks the plural form; `files` are the indexes of the files it speaks of. `proofs` are
    the items that show what people say with a thread; they stand in its bullet.
    `rules` names the rules that gave it its salience, and what it weighed after each.
    """

    kind: str
    role: Role
    salience: int
    params: Params
    facts: tuple[FactRef, ...]
    files: tuple[int, ...]
    relation: Relation = Relation.NONE
    count: int = 1
    proofs: tuple[StoryItem, ...] = ()
    rules: tuple[tuple[str, int], ...] = ()

    def with_salience(self, salience: int, role: Role | None = None) -> StoryItem:
        """Return this item with another salience, and perhaps another role."""
        return replace(self, salience=salience, role=role or self.role)

    def with_rules(self, steps: Iterable[tuple[str, int]]) -> StoryItem:
        """Return this item with further rules that changed its salience."""
        return replace(self, rules=(*self.rules, *steps))


class Story(Struct, frozen=True, kw_only=True):
    """All items of one category: about the range, and about each of its files.

    `threads` are the causes behind them, the most consequential first; `actions` what the range asks
    of its readers, `theme` the words that what is new in several files has in common.
    """

    items: tuple[StoryItem, ...]
    by_file: tuple[Sequence[StoryItem], ...]
    threads: tuple[Thread, ...] = ()
    actions: tuple[StoryItem, ...] = ()
    theme: StoryItem | None = None
