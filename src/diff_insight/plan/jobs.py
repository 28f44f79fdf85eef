"""Shares planned ranges out over jobs, so that none works much longer than the others."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.plan.planned_range import PlannedRange
from diff_insight.plan.work import part_seconds_of, seconds_of

#: Jobs of one matrix that GitHub runs at most.
MOST_JOBS = 256
#: Below this many seconds of work a job of its own takes longer to start than to do.
LEAST_SECONDS = 30.0


def share_out(
    ranges: Sequence[PlannedRange],
    jobs: int,
    *,
    most_files: int = 0,
    least: float = LEAST_SECONDS,
) -> list[PlannedRange]:
    """Return the ranges with their jobs, in the same order.

    A job gets ranges that follow each other, so that it reads one stretch of history; its length is
    the smallest with which the jobs are enough (binary search over the length of the longest).

    Args:
        ranges: In order.
        jobs: Most jobs that are wanted, 1 to 256.
        most_files: Files of one range that one job analyses; those of a larger range are shared out
            over several. 0 is no limit.
        least: Seconds of work that are worth a job.
    """
    parts = [_parts_of(each, most_files, jobs) for each in ranges]
    # In whole milliseconds: sums of them do not depend on the order, nor on how a Python adds.
    works = [
        round(work * 1000)
        for each, count in zip(ranges, parts, strict=True)
        for work in ([seconds_of(each)] if count == 1 else [part_seconds_of(each, count)] * count)
    ]
    numbers = iter(_jobs_of(works, jobs, round(least * 1000)))
    shared = []
    for each, count in zip(ranges, parts, strict=True):
        of_parts = tuple(next(numbers) for _ in range(count))
        # Parts that one job would do one after the other are no parts.
        whole = len(set(of_parts)) == 1
        shared.append(
            replace(each, job=of_parts[0] if whole else 0, parts=() if whole else of_parts)
        )
    return shared


def _parts_of(planned: PlannedRange, most_files: int, jobs: int) -> int:
    if not most_files or planned.files <= most_files:
        return 1
    return min(jobs, -(-planned.files // most_files))


def _jobs_of(works: Sequence[int], jobs: int, least: int) -> list[int]:
    """Return the number of the job for each piece of work."""
    if not works:
        return []
    low, high = max(*works, min(least, sum(works))), sum(works)
    while low < high:
        middle = (low + high) // 2
        if _jobs_with(works, middle) <= jobs:
            high = middle
        else:
            low = middle + 1
    numbers, job, load = [], 1, 0
    for work in works:
        if load and load + work > high and job < jobs:
            job, load = job + 1, 0
        load += work
        numbers.append(job)
    return numbers


def _jobs_with(works: Sequence[int], longest: int) -> int:
    jobs, load = 1, 0
    for work in works:
        if load and load + work > longest:
            jobs, load = jobs + 1, 0
        load += work
    return jobs
