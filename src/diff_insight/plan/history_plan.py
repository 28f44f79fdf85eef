"""The JSON form of a plan: written by `plan`, read by every job and by what joins them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.model.ranges import is_full_id
from diff_insight.plan.jobs import MOST_JOBS
from diff_insight.plan.planned_range import PlannedRange, RangePart

#: Where a plan is written and looked for.
PLAN_PATH = "diff-insight-plan.json"
_VERSION = 1
#: Largest plan that is read, in bytes: two hundred thousand ranges.
LARGEST_PLAN = 64_000_000


class PlannedCursor(Struct, frozen=True, kw_only=True):
    """Where the report of a followed repository went on from when the plan was made.

    Attributes:
        track: Which cursor moves when the ranges are published.
        repository: `OWNER/NAME` whose ranges these are; as in the ranges.
        head: Commit where it stood; empty when there was none.
    """

    track: str
    repository: str = ""
    head: str = ""


class HistoryPlan(Struct, frozen=True, kw_only=True):
    """Ranges to report on, in the order in which they are published.

    Attributes:
        ranges: Of one repository the oldest first.
        cursors: Those that move with the reports.
        existing: Number of ranges left out because a report on them is there.
        by: `day`, `week`, `month` or `release`.
        queued: How many of the ranges, from the first on, may leave their questions in a model's queue.
    """

    ranges: tuple[PlannedRange, ...]
    by: str
    cursors: tuple[PlannedCursor, ...] = ()
    existing: int = 0
    queued: int = 0
    schema_version: int = _VERSION

    @property
    def jobs(self) -> int:
        """Number of jobs that the ranges are shared out over."""
        return max((job for each in self.ranges for job in (each.job, *each.parts)), default=0)

    def ranges_of(self, job: int | None) -> list[PlannedRange]:
        """Return the ranges that one job does as a whole, or all of them.

        Raises:
            UsageError: The plan has no such job.
        """
        self._check_job(job)
        return [each for each in self.ranges if job in (None, each.job)]

    def parts_of(self, job: int | None) -> list[RangePart]:
        """Return the parts of large ranges that one job analyses; none when no job is named.

        Raises:
            UsageError: The plan has no such job.
        """
        self._check_job(job)
        return [part for each in self.ranges for part in each.all_parts if part.job == job]

    def may_wait(self, planned: PlannedRange) -> bool:
        """Tell whether the questions of a range may wait in a model's queue."""
        return planned in self.ranges[: self.queued]

    def _check_job(self, job: int | None) -> None:
        if job is not None and not 1 <= job <= self.jobs:
            raise UsageError(
                f"the plan has no job {job}",
                cause=f"it has {self.jobs} of them" if self.jobs else "nothing is left to do in it",
                cure=f"write a number from 1 to {self.jobs}" if self.jobs else "make a new plan",
            )


def write_plan(plan: HistoryPlan) -> bytes:
    """Return a plan as JSON, the same bytes for the same plan."""
    return msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n"


def read_plan(content: bytes, name: str) -> HistoryPlan:
    """Return the plan that JSON holds.

    Args:
        content: The JSON.
        name: What the user calls it, for errors.

    Raises:
        UsageError: It is no plan of this version.
    """
    try:
        plan = msgspec.json.decode(content, type=HistoryPlan)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_plan(name, str(error)) from error
    if plan.schema_version != _VERSION:
        raise _no_plan(name, f"its schema_version is {plan.schema_version}, not {_VERSION}")
    ids = (commit for each in plan.ranges for commit in (each.base, each.head))
    if not all(is_full_id(commit) for commit in ids):
        raise _no_plan(name, "a commit in it is no whole id")
    numbers = [each.parts or (each.job,) for each in plan.ranges]
    if not all(len(of) <= MOST_JOBS and 1 <= min(of) <= max(of) <= MOST_JOBS for of in numbers):
        raise _no_plan(name, f"a job in it has no number from 1 to {MOST_JOBS}")
    return plan


def matrix_of(plan: HistoryPlan) -> str:
    """Return the jobs as the matrix of a workflow, in JSON on one line."""
    rows = []
    for number in range(1, plan.jobs + 1):
        labels = [each.label for each in plan.ranges_of(number)]
        labels += [part.label for part in plan.parts_of(number)]
        rows.append({"job": number, "ranges": len(labels), "name": _span(labels)})
    return json.dumps({"include": rows}, ensure_ascii=False)


def _span(labels: Sequence[str]) -> str:
    first, last = labels[0], labels[-1]
    return first if first == last else f"{first} to {last}"


def _no_plan(name: str, cause: str) -> UsageError:
    return UsageError(
        f"{name} is no plan", cause=cause, cure="name a file that diff-insight plan has written"
    )
