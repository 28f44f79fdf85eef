"""A diff source for commits that are known already: nothing is resolved again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.history import History, Mentions
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import DiffSource


class ChosenSource:
    """Answers every request with one range, and leaves the rest to another source.

    Args:
        source: Where the diff comes from; whoever made it closes it.
        commits: The range.
    """

    def __init__(self, source: DiffSource, commits: CommitRange) -> None:
        self._source = source
        self._commits = commits

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the range."""
        return self._commits

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of a range."""
        return self._source.diff(commits)

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file."""
        return self._source.read(side, path)

    def committed_at(self, commit: str) -> datetime | None:
        """Return when a commit was made."""
        return self._source.committed_at(commit)

    def history(self, commits: CommitRange) -> History:
        """Return the commits of a range."""
        return self._source.history(commits)

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Search the head of a range."""
        return self._source.mentions(commits, words, suffixes)

    def close(self) -> None:
        """Nothing: the source is not ours."""
