"""Threads: the changes of a range that have one cause, with the words that people found for it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FactRef(Struct, frozen=True, gc=False):
    """Points at one fact: index of the file in the category, index of the fact in the file."""

    file: int
    fact: int


class SaidBy(StrEnum):
    """Who named the cause of a thread; `rules` when nobody did."""

    PULL_REQUEST = "pull_request"
    COMMIT = "commit"
    CHANGELOG = "changelog"
    RULES = "rules"


class ThreadKind(StrEnum):
    """What a thread means for a reader, most consequential first."""

    SECURITY = "security"
    DEADLINE = "deadline"
    BREAKING = "breaking"
    DEPRECATED = "deprecated"
    FEATURE = "feature"
    FIX = "fix"
    DOCS = "docs"
    MAINTENANCE = "maintenance"


class Audience(StrEnum):
    """Whom a thread concerns: users of the product, people who work on it, or only its machinery."""

    READERS = "readers"
    CONTRIBUTORS = "contributors"
    PLUMBING = "plumbing"


class Source(Struct, frozen=True):
    """Where in the head people wrote the title of a thread: first and last line of a file."""

    path: bytes
    start: int
    end: int


class Thread(Struct, frozen=True, kw_only=True):
    """One cause and everything that the report knows of it.

    Attributes:
        id: Stays the same while the cause does: `pull-request-42`, `commit-` and 12 digits,
            `entry-` and a digest, `substitution-` and a digest, `translations`.
        title: The words of people, without marks and references; of rules, `old → new` or nothing.
        facts: The facts that it explains, by lines.
        files: Indexes of the files that it changes.
        commits: Ids of its commits.
        action: The sentence that tells a reader what to do; empty when it asks nothing.
        why: The sentence that people put behind the title; empty when there is none.
        since: The product version it is about; empty when it names none.
        number: Number of the pull request; empty when unknown.
        scope: What part of the product people say it is about, such as a package.
        source: Where a changelog says it.
        contradicted: What the title claims and the diff denies, such as a version.
        reverts: Whether it takes an earlier change back.
        new: Whether people call it something new.
    """

    id: str
    title: str
    said_by: SaidBy
    kind: ThreadKind
    audience: Audience = Audience.READERS
    facts: tuple[FactRef, ...] = ()
    files: tuple[int, ...] = ()
    commits: tuple[str, ...] = ()
    action: str = ""
    why: str = ""
    since: str = ""
    number: str = ""
    scope: str = ""
    source: Source | None = None
    contradicted: str = ""
    reverts: bool = False
    new: bool = False
