"""What is planned: ranges of commits with the dates of their reports, and the jobs that do them."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.model.ranges import Comparison


class DatedCommit(Struct, frozen=True):
    """A commit of the line that is planned, with its committer date in seconds since 1970."""

    id: str
    seconds: int


class PlannedRange(Struct, frozen=True, kw_only=True):
    """One report to be.

    Attributes:
        base: Commit that it begins at, 40 or 64 hex digits; the id of the empty tree at the
            beginning of history.
        head: Commit that it ends with.
        comparison: How the two are compared.
        date: ISO date of the report.
        label: What a person calls the range: a day, `2025-W23`, `2025-06`, or a tag.
        repository: `OWNER/NAME` when several are planned together; else empty.
        files: Number of files that differ; -1 when that was not counted.
        lines: Number of lines that differ; -1 when that was not counted.
        job: Number of the job that does it, from 1; 0 when its files are shared out over jobs.
        parts: Number of the job that analyses each part of the files, in order; none for a range
            that one job does. What joins the jobs makes the report.
    """

    base: str
    head: str
    date: str
    label: str
    comparison: Comparison = Comparison.DIRECT
    repository: str = ""
    files: int = -1
    lines: int = -1
    job: int = 1
    parts: tuple[int, ...] = ()

    @property
    def all_parts(self) -> tuple[RangePart, ...]:
        """The parts of the files that jobs analyse."""
        count = len(self.parts)
        return tuple(RangePart(self, number, count) for number in range(1, count + 1))

    @property
    def key(self) -> str:
        """What tells the range from all others: its repository and its two commits."""
        return f"{self.repository} {self.base}..{self.head}"


class RangePart(Struct, frozen=True):
    """One part of the files of a planned range: which one, from 1, of how many."""

    planned: PlannedRange
    number: int
    count: int

    @property
    def job(self) -> int:
        """Number of the job that analyses it."""
        return self.planned.parts[self.number - 1]

    @property
    def label(self) -> str:
        """What a person calls it."""
        return f"{self.planned.label} ({self.number}/{self.count})"
