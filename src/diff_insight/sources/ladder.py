"""Tries sources in order, says which one failed and why, and never mixes two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from diff_insight.errors import DiffInsightError, EnvironmentFailure, UsageError
from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import DiffSource

Result = TypeVar("Result")

#: Name of the rung that is the workspace's own clone.
CHECKOUT = "checkout"


class FirstWorkingSource:
    """The first source that gives a complete diff; else the one that leaves out the least.

    Args:
        rungs: Name and source, the preferred one first.
    """

    def __init__(self, rungs: Sequence[tuple[str, DiffSource]]) -> None:
        self._rungs = tuple(rungs)
        self._failed: dict[str, DiffInsightError] = {}
        self._notices: list[Notice] = []
        self._chosen: DiffSource | None = None

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the two commits, from the first source that knows them.

        Raises:
            UsageError: Every source says that what was asked for does not exist.
            EnvironmentFailure: No source could tell.
        """
        # Another request is another question: a source may know the answer to this one.
        self._failed.clear()
        self._notices.clear()
        _, result = self._first(lambda source: source.resolve(request), "the range")
        return result

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range.

        Raises:
            EnvironmentFailure: No source gave a diff.
        """
        best: tuple[int, DiffSource, ChangeSet] | None = None
        for name, source in self._remaining():
            changes = self._try(name, source, lambda each: each.diff(commits))
            if changes is None:
                continue
            missing = sum(bool(change.unreadable) for change in changes.files)
            if best is None or missing < best[0]:
                best = (missing, source, changes)
            if not missing:
                break
            self._notices.append(Notice("rung-incomplete", {"rung": name, "count": missing}))
        if best is None:
            raise self._nothing("the diff")
        self._chosen = best[1]
        return replace(best[2], notices=(*self._notices, *best[2].notices))

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Announce versions that will be read to the source that gave the diff."""
        if self._chosen:
            self._chosen.expect(wanted)

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file, from the source that gave the diff."""
        return self._chosen.read(side, path) if self._chosen else None

    def commit_time(self, commit: str) -> datetime | None:
        """Return when a commit was made, from the first source that knows."""
        sources = ([self._chosen] if self._chosen else []) + [source for _, source in self._rungs]
        return next((moment for each in sources if (moment := each.commit_time(commit))), None)

    def history(self, commits: CommitRange) -> History:
        """Return the commits, from the source that gave the diff."""
        return self._chosen.history(commits) if self._chosen else History()

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Return all files of one side, from the source that gave the diff."""
        return self._chosen.tree(commits, side) if self._chosen else None

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """Return what each commit did, from the source that gave the diff."""
        return self._chosen.commit_lines(commits, paths) if self._chosen else LineHistory()

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Search the head where the diff came from."""
        return self._chosen.mentions(commits, words, suffixes) if self._chosen else Mentions()

    def close(self) -> None:
        """Close every source."""
        for _, source in self._rungs:
            source.close()

    def _remaining(self) -> list[tuple[str, DiffSource]]:
        return [rung for rung in self._rungs if rung[0] not in self._failed]

    def _first(self, ask: Callable[[DiffSource], Result], what: str) -> tuple[DiffSource, Result]:
        for name, source in self._remaining():
            answer = self._try(name, source, ask)
            if answer is not None:
                return source, answer
        raise self._nothing(what)

    def _try(
        self, name: str, source: DiffSource, ask: Callable[[DiffSource], Result]
    ) -> Result | None:
        """Return what a source answers; None, and a notice, when it fails."""
        try:
            return ask(source)
        except DiffInsightError as error:
            self._failed[name] = error
            reason = error.with_cause
            self._notices.append(Notice("rung-failed", {"rung": name, "why": reason}))
            return None

    def _nothing(self, what: str) -> DiffInsightError:
        """Return the error for when no source is left."""
        errors = list(self._failed.values())
        if len(errors) == 1:
            return errors[0]
        # What a server says does not exist does not; a checkout may only be cut off before it.
        certain = [error for name, error in self._failed.items() if name != CHECKOUT] or errors
        denied = any(isinstance(error, UsageError) for error in certain)
        kind = UsageError if denied else EnvironmentFailure
        reasons = [str(notice.params["why"]) for notice in self._notices if "why" in notice.params]
        names = ", ".join(self._failed)
        return kind(
            f"{what} could not be had from any source ({names})",
            cause="; ".join(reasons),
            cure=errors[-1].cure if errors else "",
        )
