"""The one interface that every fact family implements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from diff_insight.facts.file_view import FileView
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact


class FactFamily(Protocol):
    """Reads facts of one kind. A plain module with these two functions is a family.

    A family is pure: it looks at the view and yields facts. It never raises on any content.
    """

    def applies(self, view: FileView) -> bool:
        """Tell whether the family has anything to say about this kind of file."""
        ...

    def facts(self, view: FileView) -> Iterable[Fact]:
        """Yield facts in the order of their lines."""
        ...


def base_line(number: int, count: int = 1) -> Evidence:
    """Return evidence of `count` lines in the base version."""
    return Evidence(Side.BASE, number, number + count - 1)


def head_line(number: int, count: int = 1) -> Evidence:
    """Return evidence of `count` lines in the head version."""
    return Evidence(Side.HEAD, number, number + count - 1)


def speaks_of_one_side(fact: Fact) -> bool:
    """Tell whether a fact says what came or what went, and nothing of what stands in its place."""
    return kind_of(fact.kind).has(Trait.ONE_SIDE)
