"""The narrow interfaces between the pipeline and the world; adapters are chosen in `bootstrap`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Protocol, TypeVar

from msgspec import Struct

from diff_insight.model.branches import BranchState
from diff_insight.model.changes import ChangeSet, FileChange, Side
from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.model.earlier import EarlierReport
from diff_insight.model.file_findings import FileFindings
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.model.receipts import Receipt
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.telling import Told
from diff_insight.model.upstream_range import UpstreamRange
from diff_insight.model.uses import CodeHits


class StepReading(Struct, frozen=True):
    """A range of a dependency: what it says to everybody, the files before it, and what puts them away."""

    published: UpstreamRange
    base: SourceTree
    close: Callable[[], None]


Item = TypeVar("Item")
Result = TypeVar("Result")


class DiffSource(Protocol):
    """Where a complete diff and both versions of its files come from."""

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the two commits that the request names."""
        ...

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range."""
        ...

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Take notice of versions that will most likely be read next, in this order."""
        ...

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file; None when it cannot be had."""
        ...

    def commit_time(self, commit: str) -> datetime | None:
        """Return when a commit was made, or None when the source does not know."""
        ...

    def history(self, commits: CommitRange) -> History:
        """Return the commits of a range whose diff was asked for."""
        ...

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """Return the lines of the commits of a range, the newest first, for some files."""
        ...

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Return the files of the head, and those with one of the suffixes that hold a word."""
        ...

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Return all files of one side of the range; None when only the changed ones can be had."""
        ...

    def close(self) -> None:
        """Give back processes and temporary files."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment with its time zone."""
        ...


class Workers(Protocol):
    """Does pure work, on as many cores as there are."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        advance: Callable[[int], None] = ...,
    ) -> list[Result]:
        """Return the results in the order of the items; `advance` is told of more that are done."""
        ...


class StoredFindings(Protocol):
    """What other processes have found of some files of the range."""

    def take(self, change: FileChange) -> FileFindings | None:
        """Return, once, what was found of a file; None when it has to be read here."""
        ...


class Analyst(Protocol):
    """Writes texts in place of the rules' own, as far as they can be believed."""

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Return what is believed of each document, which is complete already.

        The source gives what stands around the changed lines.

        An interrupted analyst returns what it has and says so with `is_interrupted`.
        """
        ...

    @property
    def is_interrupted(self) -> bool:
        """Whether somebody ended the run meanwhile."""
        ...


class OwnCode(Protocol):
    """The reader's own code, in which the subjects of findings are looked up."""

    @property
    def is_named(self) -> bool:
        """Whether somebody named it, and wants to know what was looked up and not found as well."""
        ...

    def search(self, words: Sequence[bytes]) -> CodeHits:
        """Return the lines that hold one of some fixed strings, in one pass over the tree."""
        ...

    def read(self, path: str) -> str | None:
        """Return a file as text; None when it is not there, too large, or leads elsewhere."""
        ...


class Upstream(Protocol):
    """Reads what a dependency changes between two of its versions."""

    def read(self, move: DependencyMove) -> StepReading | Notice | None:
        """Return the range between both versions, why it could not be read, or None where nobody knows its code."""
        ...


class EarlierReports(Protocol):
    """What reports of the same kind have told before."""

    def read(self, repository: str, category: str) -> Sequence[EarlierReport]:
        """Return the newest reports of a category of a repository, the newest first; few of them."""
        ...


class ReportWriter(Protocol):
    """Puts reports where they belong and says where that was."""

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        """Write every report of every category and return their places, in order."""
        ...


class Publisher(Protocol):
    """Puts the reports of a run where people look; never ends the run of another publisher."""

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Publish and say what was done."""
        ...


class Progress(Protocol):
    """Tells a waiting person how far a run is."""

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a stage of `total` steps; 0 means unknown."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Move on within the stage."""
        ...

    def notice(self, notice: Notice) -> None:
        """Say something the user has to know."""
        ...

    def say(self, text: str) -> None:
        """Tell a person who watches, in English."""
        ...


class ReportBranch(Protocol):
    """A branch that takes report files; two of them never overwrite each other's commits."""

    name: str

    def read(self) -> BranchState:
        """Return the tip and the files of the branch; nothing when it is not there."""
        ...

    def content(self, state: BranchState, path: str) -> bytes | None:
        """Return a file of the branch as it was read; None when it has none of that name."""
        ...

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        """Commit files on top of the branch as it was read, and return the commit.

        Raises `BranchMovedError` when the branch is not as it was read any more.
        """
        ...
