"""Shares planned ranges out over jobs, so that none works much longer than the others."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.plan.planned_range import PlannedRange
from diff_insight.plan.work import seconds_of

#: Jobs of one matrix that GitHub runs at most.
MOST_JOBS = 256
#: Below this many seconds of work a job of its own takes longer to start than to do.
LEAST_SECONDS = 30.0


def share_out(
    ranges: Sequence[PlannedRange], jobs: int, least: float = LEAST_SECONDS
) -> list[PlannedRange]:
    """Return the ranges with their jobs, in the same order.

    A job gets ranges that follow each other, so that it reads one stretch of history; its length is
    the smallest with which the jobs are enough (binary search over the length of the longest).

    Args:
        ranges: In order.
        jobs: Most jobs that are wanted, 1 to 256.
        least: Seconds of work that are worth a job.
    """
    works = [seconds_of(each) for each in ranges]
    if not works:
        return []
    low, high = max(*works, min(least, sum(works))), sum(works)
    for _ in range(50):
        middle = (low + high) / 2
        if _jobs_with(works, middle) <= jobs:
            high = middle
        else:
            low = middle
    numbered, job, load = [], 1, 0.0
    for each, work in zip(ranges, works, strict=True):
        if load and load + work > high and job < jobs:
            job, load = job + 1, 0.0
        load += work
        numbered.append(replace(each, job=job))
    return numbered


def _jobs_with(works: Sequence[float], longest: float) -> int:
    jobs, load = 1, 0.0
    for work in works:
        if load and load + work > longest:
            jobs, load = jobs + 1, 0.0
        load += work
    return jobs
