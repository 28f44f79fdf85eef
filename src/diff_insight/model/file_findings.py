"""What one file gave: an analysis without the change itself, which whoever asks for it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from diff_insight.model.changes import FileChange, Side
from diff_insight.model.facts import Fact, FileAnalysis, LineCounts, ModificationType


class FileFindings(Struct, frozen=True, kw_only=True):
    """The members of a `FileAnalysis`, which another process may have found.

    Attributes:
        facts: As in the analysis, and so are the others.
    """

    facts: Sequence[Fact]
    type: ModificationType
    rule: str
    titles: Mapping[Side, str] = field(default_factory=dict)
    anchors: Mapping[str, int] = field(default_factory=dict)
    detected: bool = True
    lines: LineCounts = LineCounts()
    read_in_part: tuple[str, ...] = ()

    def about(self, change: FileChange) -> FileAnalysis:
        """Return the analysis of the change that these were found for."""
        return FileAnalysis(
            change=change, facts=self.facts, type=self.type, rule=self.rule, titles=self.titles,
            anchors=self.anchors, detected=self.detected, lines=self.lines,
            read_in_part=self.read_in_part,
        )  # fmt: skip

    @classmethod
    def of(cls, analysis: FileAnalysis) -> FileFindings:
        """Return what an analysis holds besides its change."""
        return cls(
            facts=analysis.facts, type=analysis.type, rule=analysis.rule, titles=analysis.titles,
            anchors=analysis.anchors, detected=analysis.detected, lines=analysis.lines,
            read_in_part=analysis.read_in_part,
        )  # fmt: skip
