"""The JSON form of a plan: written by `plan`, read by every job and by what joins them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.model.ranges import is_full_id
from diff_insight.plan.planned_range import PlannedRange

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
    """

    ranges: tuple[PlannedRange, ...]
    by: str
    cursors: tuple[PlannedCursor, ...] = ()
    existing: int = 0
    schema_version: int = _VERSION

    @property
    def jobs(self) -> int:
        """Number of jobs that the ranges are shared out over."""
        return max((each.job for each in self.ranges), default=0)

    def ranges_of(self, job: int | None) -> list[PlannedRange]:
        """Return the ranges of one job, or all of them.

        Raises:
            UsageError: The plan has no such job.
        """
        if job is not None and not 1 <= job <= self.jobs:
            raise UsageError(
                f"the plan has no job {job}",
                cause=f"it has {self.jobs} of them" if self.jobs else "nothing is left to do in it",
                cure=f"write a number from 1 to {self.jobs}" if self.jobs else "make a new plan",
            )
        return [each for each in self.ranges if job in (None, each.job)]


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
    return plan


def matrix_of(plan: HistoryPlan) -> str:
    """Return the jobs as the matrix of a workflow, in JSON on one line."""
    rows = []
    for number in range(1, plan.jobs + 1):
        ranges = plan.ranges_of(number)
        rows.append({"job": number, "ranges": len(ranges), "name": _span(ranges)})
    return json.dumps({"include": rows}, ensure_ascii=False)


def _span(ranges: Sequence[PlannedRange]) -> str:
    first, last = ranges[0].label, ranges[-1].label
    return first if first == last else f"{first} to {last}"


def _no_plan(name: str, cause: str) -> UsageError:
    return UsageError(
        f"{name} is no plan", cause=cause, cure="name a file that diff-insight plan has written"
    )
