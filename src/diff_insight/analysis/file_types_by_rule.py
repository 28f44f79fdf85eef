"""The ordered rules that give each file its type; docs/types.md explains every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diff_insight.file_types import is_image, is_test
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import FileChange, Status
from diff_insight.model.facts import Fact, ModificationType

Rule = Callable[[FileChange, Sequence[Fact]], bool]


def _unreadable(change: FileChange, facts: Sequence[Fact]) -> bool:
    return bool(change.unreadable)


def _breaking(change: FileChange, facts: Sequence[Fact]) -> bool:
    return any(fact.is_proved_breaking for fact in facts)


def _supporting(change: FileChange, facts: Sequence[Fact]) -> bool:
    return bool(change.generated) or is_image(change.path) or is_test(change.path)


def _is_addition(change: FileChange, facts: Sequence[Fact]) -> bool:
    return change.status is Status.ADDED


def _is_fix(change: FileChange, facts: Sequence[Fact]) -> bool:
    return any(kind_of(fact.kind).has(Trait.FIX) for fact in facts)


def _otherwise(change: FileChange, facts: Sequence[Fact]) -> bool:
    return True


#: The first rule that holds decides. Names are public: they stand in docs/types.md.
RULES: tuple[tuple[str, Rule, ModificationType], ...] = (
    ("unreadable", _unreadable, ModificationType.MINOR_UPDATE),
    ("breaking-fact", _breaking, ModificationType.BREAKING_CHANGE),
    ("supporting-file", _supporting, ModificationType.MINOR_UPDATE),
    ("added-file", _is_addition, ModificationType.NEW_FEATURE),
    ("fix-commits", _is_fix, ModificationType.BUG_FIX),
    ("otherwise", _otherwise, ModificationType.MINOR_UPDATE),
)


def decide_type(change: FileChange, facts: Sequence[Fact]) -> tuple[ModificationType, str]:
    """Return the type of a file and the name of the rule that gave it."""
    return next((type_, name) for name, rule, type_ in RULES if rule(change, facts))
