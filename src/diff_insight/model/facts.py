"""Facts: typed, language-free observations about one file, with the lines that prove them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.model.changes import FileChange, Side
from diff_insight.model.messages import Params
from diff_insight.model.uses import Certainty, Use
from diff_insight.runtime.kept_rows import keep_like

#: Groups of dependencies that whoever installs a package gets with it.
INSTALLED_GROUPS = ("dependency", "peer-dependency")
#: Parameters that change without the fact becoming another one.
_PASSING = frozenset(
    ("lines", "section", "section_count", "sections", "places", "count", "place", "end")
)


class ModificationType(StrEnum):
    """The four fixed machine values of a file's type, the same in every locale."""

    NEW_FEATURE = "new feature"
    BREAKING_CHANGE = "breaking change"
    BUG_FIX = "bug fix"
    MINOR_UPDATE = "minor update"


class Evidence(Struct, frozen=True):
    """Lines that prove a fact: 1-based and inclusive, on one side of the change."""

    side: Side
    start: int
    end: int


class Declared(Struct, frozen=True):
    """How people declared a breaking change: `commit`, `pull-request`, `label` or `changelog`.

    `quote` is what they wrote.
    """

    by: str
    quote: str


class Fact(Struct, frozen=True):
    """One observation.

    Attributes:
        kind: Names the message that words it, for example `deadline.moved`.
        params: Raw values; dates are ISO 8601 strings. Derived values carry their operands.
        evidence: Lines on either side; empty only for facts about a whole file.
        breaking: Whether this takes something away that others may rely on.
        certainty: `proved`, or `likely` where a part of the proof could not be had.
        surface: Key of why a breaking thing is public; empty when that is not said.
        uses: Where the reader's own code has its subject, when that was looked up.
        declared: Who declared a breaking fact; None when nobody did.
        accepted: Whether the settings accept a breaking fact.
    """

    kind: str
    params: Params = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    breaking: bool = False
    declared: Declared | None = None
    accepted: bool = False
    certainty: Certainty = "proved"
    surface: str = ""
    uses: tuple[Use, ...] = ()

    @property
    def is_proved_breaking(self) -> bool:
        """Tell whether this breaks something, and every part of the proof is there."""
        return self.breaking and self.certainty == "proved"

    @property
    def is_used(self) -> bool:
        """Tell whether the reader's own code certainly uses what this is about."""
        return any(use.certainty == "proved" for use in self.uses)

    @property
    def is_unexpected(self) -> bool:
        """Tell whether this certainly breaks what nobody declared and no setting accepts."""
        return self.is_proved_breaking and self.declared is None and not self.accepted

    def fingerprint(self, path: bytes) -> str:
        """Return 16 hex digits that stay the same while the fact about a file does.

        Lines are no part of it, so that it outlives edits elsewhere in the file.
        """
        lasting = {name: value for name, value in self.params.items() if name not in _PASSING}
        content = json.dumps([self.kind, lasting], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(path + b"\0" + content.encode()).hexdigest()[:16]


class LineCounts(Struct, frozen=True):
    """Where every changed line of a file went; the sum is its additions and deletions.

    Attributes:
        told: Lines of which at least one fact speaks.
        cosmetic: Lines that change only as white space, line ends or wrapping.
        untold: Lines that are counted only.
    """

    told: int = 0
    cosmetic: int = 0
    untold: int = 0


class FileAnalysis(Struct, frozen=True, kw_only=True):
    """One file with its facts and the type that the ordered rules gave it.

    `rule` names the rule that decided; `titles` holds what the file calls itself per side; `anchors`
    are those of the page that are gone, with the base line of their heading; `detected` tells
    whether a family of facts knew the format of the file. `lines` says where its changed lines
    went; `read_in_part` holds keys of why its format is known and it was not read whole.
    """

    change: FileChange
    facts: Sequence[Fact]
    type: ModificationType
    rule: str
    titles: Mapping[Side, str] = field(default_factory=dict)
    anchors: Mapping[str, int] = field(default_factory=dict)
    detected: bool = True
    lines: LineCounts = LineCounts()
    read_in_part: tuple[str, ...] = ()

    def with_facts(
        self, facts: Iterable[Fact], decided: tuple[ModificationType, str] | None = None
    ) -> FileAnalysis:
        """Return this file with other facts, and the type and rule that they give it, if another."""
        type_, rule = decided or (self.type, self.rule)
        return replace(self, facts=keep_like(self.facts, tuple(facts)), type=type_, rule=rule)


def files_by_unread_part(files: Iterable[FileAnalysis]) -> dict[str, list[int]]:
    """Return the numbers of the files that were read in part, by the reason."""
    numbers: dict[str, list[int]] = {}
    for number, file in enumerate(files):
        for reason in file.read_in_part:
            numbers.setdefault(reason, []).append(number)
    return numbers
