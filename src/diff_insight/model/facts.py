"""Facts: typed, language-free observations about one file, with the lines that prove them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from diff_insight.model.changes import FileChange, Side
from diff_insight.model.messages import Params


class ModificationType(StrEnum):
    """The four fixed machine values of a file's type, the same in every locale."""

    NEW_FEATURE = "new feature"
    BREAKING_CHANGE = "breaking change"
    BUG_FIX = "bug fix"
    MINOR_UPDATE = "minor update"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lines that prove a fact: 1-based and inclusive, on one side of the change."""

    side: Side
    start: int
    end: int

    def __reduce__(self) -> tuple[type[Evidence], tuple[Side, int, int]]:
        # Thousands come back from helper processes; the generated form looks every field up by name.
        return Evidence, (self.side, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Fact:
    """One observation.

    Attributes:
        kind: Names the message that words it, for example `deadline.moved`.
        params: Raw values; dates are ISO 8601 strings. Derived values carry their operands.
        evidence: Lines on either side; empty only for facts about a whole file.
        breaking: Whether this takes something away that others may rely on.
    """

    kind: str
    params: Params = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    breaking: bool = False

    def __reduce__(self) -> tuple[type[Fact], tuple[str, Params, tuple[Evidence, ...], bool]]:
        return Fact, (self.kind, self.params, self.evidence, self.breaking)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnalysis:
    """One file with its facts and the type that the ordered rules gave it.

    `rule` names the rule that decided; `titles` holds what the file calls itself per side.
    """

    change: FileChange
    facts: tuple[Fact, ...]
    type: ModificationType
    rule: str
    titles: Mapping[Side, str] = field(default_factory=dict)
