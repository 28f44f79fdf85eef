"""A diff source that takes the second best range when the first cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.events import WantedRange
from diff_insight.model.history import History, Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import DiffSource
from diff_insight.ranges.fallback import resolve_either


class FallbackSource:
    """Resolves a wanted range with its fallback; everything else is the inner source's.

    Args:
        source: Where diffs come from.
        wanted: The range with its fallback.
        tell: Told when the fallback is taken.
    """

    def __init__(
        self, source: DiffSource, wanted: WantedRange, tell: Callable[[Notice], None]
    ) -> None:
        self._source = source
        self._wanted = wanted
        self._tell = tell
        self._changes: dict[CommitRange, ChangeSet] = {}

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the commits of the request, or of the fallback.

        That a commit is gone may only show when its diff is asked for, so it is asked for here.
        """
        if request != self._wanted.request:
            return self._source.resolve(request)
        fallback = self._wanted.fallback
        resolve = self._source.resolve if fallback is None else self._with_diff
        commits, second = resolve_either(request, fallback, resolve)
        if second and self._wanted.fallback_notice is not None:
            self._tell(self._wanted.fallback_notice)
        return commits

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range."""
        found = self._changes.get(commits)
        return self._source.diff(commits) if found is None else found

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file."""
        return self._source.read(side, path)

    def committed_at(self, commit: str) -> datetime | None:
        """Return when a commit was made."""
        return self._source.committed_at(commit)

    def history(self, commits: CommitRange) -> History:
        """Return the commits of the range."""
        return self._source.history(commits)

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Return what the head holds and mentions."""
        return self._source.mentions(commits, words, suffixes)

    def close(self) -> None:
        """Put the inner source away."""
        self._source.close()

    def _with_diff(self, request: RangeRequest) -> CommitRange:
        commits = self._source.resolve(request)
        self._changes[commits] = self._source.diff(commits)
        return commits
