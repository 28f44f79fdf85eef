"""A diff source that takes the second best range when the first cannot be had."""

from __future__ import annotations

from collections.abc import Callable

from diff_insight.model.changes import ChangeSet
from diff_insight.model.events import WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import DiffSource
from diff_insight.ranges.fallback import resolve_either
from diff_insight.sources.inner import DelegatingSource


class FallbackSource(DelegatingSource):
    """Resolves a wanted range with its fallback; everything else is the inner source's.

    Args:
        source: Where diffs come from.
        wanted: The range with its fallback.
        tell: Told when the fallback is taken.
    """

    def __init__(
        self, source: DiffSource, wanted: WantedRange, tell: Callable[[Notice], None]
    ) -> None:
        super().__init__(source)
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
        changes = self._changes.get(commits)
        return super().diff(commits) if changes is None else changes

    def close(self) -> None:
        """Put the inner source away."""
        self._source.close()

    def _with_diff(self, request: RangeRequest) -> CommitRange:
        commits = self._source.resolve(request)
        self._changes[commits] = self._source.diff(commits)
        return commits
