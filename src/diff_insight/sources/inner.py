"""What sources that stand before another one leave to it: everything but which range is compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import DiffSource


class DelegatingSource:
    """Hands the questions about a resolved range on.

    Args:
        source: The source that answers them.
    """

    def __init__(self, source: DiffSource) -> None:
        self._source = source

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range."""
        return self._source.diff(commits)

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Announce versions that will be read."""
        self._source.expect(wanted)

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file."""
        return self._source.read(side, path)

    def commit_time(self, commit: str) -> datetime | None:
        """Return when a commit was made."""
        return self._source.commit_time(commit)

    def history(self, commits: CommitRange) -> History:
        """Return the commits of the range."""
        return self._source.history(commits)

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Return all files of one side."""
        return self._source.tree(commits, side)

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """Return what each commit of the range did to the files."""
        return self._source.commit_lines(commits, paths)

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Return what the head holds and mentions."""
        return self._source.mentions(commits, words, suffixes)
