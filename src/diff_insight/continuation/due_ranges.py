"""From where the last report ended to the ranges that are due: none, one, or one per day or week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.continuation.boundaries import NEVER, boundaries
from diff_insight.model.events import WantedRange
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.ports import DiffSource

#: How far a first run goes back from the last commit, until it finds changes.
_SPANS = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=365))


class Cut(Struct, frozen=True):
    """How a range of many days is told: `never`, `day` or `week`, in a time zone, until now."""

    split: str
    zone: tzinfo
    now: datetime


def due_ranges(source: DiffSource, wanted: WantedRange, cut: Cut) -> tuple[CommitRange, ...]:
    """Return the ranges to report on, the oldest first; none when nothing is new."""
    commits = source.resolve(wanted.request)
    if wanted.widen:
        commits = _widen(source, wanted, commits)
    # A head that the cursor has passed already is an older run that was late.
    if commits.head in {commits.start, commits.merge_base}:
        return ()
    return _parts(source, commits, cut)


def is_rewritten(commits: CommitRange) -> bool:
    """Tell whether the commit that a range begins at is not in the history of its head."""
    return bool(commits.merge_base) and commits.merge_base != commits.base


def _widen(source: DiffSource, wanted: WantedRange, commits: CommitRange) -> CommitRange:
    """Return the last range that has changes, from no further back than needed."""
    if commits.start != commits.head and source.diff(commits).files:
        return commits
    last = source.commit_time(commits.head)
    if last is None:
        return commits
    for span in _SPANS:
        request = replace(wanted.request, base=None, since=_iso(last - span))
        commits = source.resolve(request)
        if source.diff(commits).files:
            break
    return commits


def _parts(source: DiffSource, commits: CommitRange, cut: Cut) -> tuple[CommitRange, ...]:
    if cut.split == NEVER:
        return (commits,)
    times = source.commit_time(commits.start), source.commit_time(commits.head)
    if times[0] is None or times[1] is None or is_rewritten(commits):
        return (commits,)
    ends: list[str] = [commits.start]
    # A clock that was wrong may have dated the head into the future.
    for moment in boundaries(times[0], min(times[1], cut.now), cut.split, cut.zone):
        request = RangeRequest(since=_iso(moment), head=commits.head)
        end = source.resolve(request).start
        if end not in {*ends, commits.head}:
            ends.append(end)
    return _chain(commits, (*ends, commits.head))


def _chain(commits: CommitRange, ends: Sequence[str]) -> tuple[CommitRange, ...]:
    if len(ends) == 2:
        return (commits,)
    return tuple(
        replace(commits, base=base, head=head, merge_base=base, comparison=Comparison.DIRECT)
        for base, head in pairwise(ends)
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
