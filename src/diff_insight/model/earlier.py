"""What earlier reports have said, as far as a later one goes on from it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from diff_insight.model.threads import ThreadKind


class EarlierThread(Struct, frozen=True, kw_only=True):
    """A thread of an earlier report; attributes as in `Thread`."""

    title: str
    kind: ThreadKind
    number: str = ""
    commits: tuple[str, ...] = ()
    by_changelog: bool = False


class EarlierReport(Struct, frozen=True, kw_only=True):
    """An earlier report of the same category.

    Attributes:
        date: Its day, in ISO form.
        head: The commit that it ends at.
        threads: What it told.
        pages: Paths of the files that it was about.
        deadlines: Subjects with the day that it told for each.
    """

    date: str
    head: str
    threads: tuple[EarlierThread, ...] = ()
    pages: frozenset[str] = frozenset()
    deadlines: frozenset[tuple[str, str]] = frozenset()


class Continues(StrEnum):
    """How something goes on from what was told."""

    #: It is the same once more.
    TOLD = "told"
    #: It takes back what was told.
    REVERTED = "reverted"
    #: It was told that it would come.
    ANNOUNCED = "announced"
    #: It is the translation of pages that were told.
    TRANSLATED = "translated"


class Continuation(Struct, frozen=True):
    """How something goes on, and the day of the report that told it."""

    how: Continues
    date: str
