"""What a range of a dependency says to everybody who uses it, whoever that is: nothing of a reader is in it."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.model.facts import FileAnalysis
from diff_insight.model.ranges import CommitRange


class UpstreamFile(Struct, frozen=True, kw_only=True):
    """A file of a dependency, with what it takes away.

    Attributes:
        name: Enough of its path to tell it apart within the range.
        analysis: With those of its facts that code elsewhere may feel.
        names: For each of them the names that stand in text; none where its declaration is looked for.
    """

    name: str
    analysis: FileAnalysis
    names: tuple[tuple[str, ...], ...]


class UpstreamRange(Struct, frozen=True, kw_only=True):
    """A range of a dependency: its commits, what its published code takes away, what its changelog says.

    Attributes:
        files: Those that take something away.
        said: Sentences about what breaks, is deprecated or concerns security.
        is_lasting: Whether another run would find the same: no limit and no server kept anything out.
    """

    commits: CommitRange
    files: tuple[UpstreamFile, ...] = ()
    said: tuple[str, ...] = ()
    is_lasting: bool = True
