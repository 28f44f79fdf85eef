"""A comparison that git begins before it is asked for, while this process loads what comes after it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from diff_insight.diffs.store import FilePatchStore
from diff_insight.git.diffing import RunningDiff
from diff_insight.git.repository import Repository
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ranges.resolve import resolve_range


class PrefetchedDiff(Struct, frozen=True):
    """What git is comparing, and the store that it prints to."""

    request: RangeRequest
    commits: CommitRange
    running: RunningDiff
    store: FilePatchStore


def begin(repository: Repository, request: RangeRequest, now: datetime) -> PrefetchedDiff:
    """Let git compare what a request names, from the moment that both commits are known.

    Raises:
        UsageError: The request names nothing that can be compared.
        EnvironmentFailure: The clone does not hold it.
    """
    store = FilePatchStore()
    started: list[RunningDiff] = []

    def start(base: str, head: str) -> None:
        started.append(RunningDiff(repository.git, base, head, output=store.file))

    try:
        commits = resolve_range(request, repository, now, known=start)
    except BaseException:
        for running in started:
            running.abandon()
        store.close()
        raise
    return PrefetchedDiff(request, commits, started[0], store)
