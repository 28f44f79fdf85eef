"""A diff source for commits that are known already: nothing is resolved again."""

from __future__ import annotations

from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import DiffSource
from diff_insight.sources.inner import DelegatingSource


class ChosenSource(DelegatingSource):
    """Answers every request with one range, and leaves the rest to another source.

    Args:
        source: Where the diff comes from; whoever made it closes it.
        commits: The range.
    """

    def __init__(self, source: DiffSource, commits: CommitRange) -> None:
        super().__init__(source)
        self._commits = commits

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the range."""
        return self._commits

    def close(self) -> None:
        """Nothing: the source is not ours."""
