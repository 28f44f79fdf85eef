"""`mode: join`: publishes what the jobs of a plan have written, in order, and moves the mark of how far was reported."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from diff_insight.action.job_mode import ConfiguredSettings, planned_work
from diff_insight.action.joined_ranges import documents_in, handles_of, joined_outcome
from diff_insight.action.outcomes import join_outcomes
from diff_insight.action.plan_file import plan_in_workspace
from diff_insight.action.planned_place import delivery_for
from diff_insight.action.publishing import publish_all
from diff_insight.action.told_already import has_texts
from diff_insight.bootstrap.branch_publishers import KEEPERS
from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.planned_runs import PlannedWork, finish_ranges
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.continuation.cursors import STATE_PATH, Cursor, CursorMove
from diff_insight.continuation.lookup import track_of
from diff_insight.continuation.state_file import read_cursors
from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.model.messages import Notice
from diff_insight.model.model_batches import BatchMove, ModelBatch
from diff_insight.model.ranges import SHORT
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.pipeline import Outcome
from diff_insight.plan.batches import (
    Publishable,
    after_commit,
    batches,
    publishable_ranges,
    stretches,
)
from diff_insight.plan.finished import record_of
from diff_insight.plan.history_plan import HistoryPlan, PlannedCursor
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import Progress


class JoinedRanges(Struct, frozen=True, kw_only=True):
    """What was published.

    Attributes:
        outcome: The reports as if they were of one range; None when there are none.
        receipts: What the publishers said, batch by batch.
        waiting: Number of ranges that wait for one before them, which no job has finished.
    """

    outcome: Outcome | None
    receipts: tuple[Receipt, ...]
    waiting: int


def join_step(
    delivery: PublishContext,
    targets: Sequence[str],
    settings: ConfiguredSettings,
    progress: Progress,
) -> JoinedRanges:
    """Publish every range up to the first that is not done, for each repository.

    What comes later must not be on the branch without what comes before it; what waits is planned
    again by the next run, because the cursor stands before it.

    Raises:
        UsageError: There is no plan, or nothing is published to a branch.
        EnvironmentFailure: The branch cannot be read.
    """
    kept = [name for name in targets if name in KEEPERS]
    if delivery.branch is None or not kept:
        raise UsageError(
            "mode: join publishes to a branch, and none is asked for",
            cure="set publish to commit or pull-request",
        )
    plan = plan_in_workspace(delivery.inputs)
    work = planned_work(plan, delivery, settings, progress)
    outcomes: list[Outcome] = []
    receipts: list[Receipt] = []
    waiting = 0
    for repository, group in groupby(plan.ranges, lambda each: each.repository):
        ranges = list(group)
        try:
            narrowed = delivery_for(delivery, repository, settings.of(repository), progress)
            joined = _RepositoryJoin(narrowed, kept, work, _cursor_of(plan, repository))
        except DiffInsightError as error:
            # A repository that is gone meanwhile holds up no other.
            receipts.append(_failure(kept[0], f"{repository}: {error.in_one_line}"))
            waiting += len(ranges)
            continue
        waiting += joined.publish(ranges)
        outcomes += joined.outcomes
        receipts += joined.receipts
    return JoinedRanges(
        outcome=join_outcomes(outcomes) if outcomes else None,
        receipts=tuple(receipts),
        waiting=waiting,
    )


def _failure(publisher: str, why: str) -> Receipt:
    notice = Notice("publisher-failed", {"publisher": publisher, "why": why})
    return receipt(publisher, PublishStatus.FAILED, notice)


def _cursor_of(plan: HistoryPlan, repository: str) -> PlannedCursor | None:
    return next((each for each in plan.cursors if each.repository == repository), None)


class _RepositoryJoin:
    """Publishes the ranges of one repository, batch by batch."""

    def __init__(
        self,
        delivery: PublishContext,
        targets: Sequence[str],
        work: PlannedWork,
        planned: PlannedCursor | None,
    ) -> None:
        self._delivery, self._targets, self._planned = delivery, targets, planned
        self._work = work
        self.outcomes: list[Outcome] = []
        self.receipts: list[Receipt] = []

    def publish(self, ranges: Sequence[PlannedRange]) -> int:
        """Publish what is done, and return how many ranges wait.

        The parts of a range are joined when all ranges before it are published: whatever ends that
        work, they stay published.
        """
        cursor = self._cursor()
        begun = self._planned.head if self._planned else ""
        left = after_commit(ranges, cursor.head if cursor else "", begun)
        if left is None:
            self._tell("cursor-elsewhere", head=cursor.head[:SHORT] if cursor else "")
            return 0
        count = 0
        for stretch in stretches(left):
            if not self._join_parts(stretch):
                break
            done = list(publishable_ranges(Path(), stretch))
            count += len(done)
            is_published, cursor = self._publish_batches(done, cursor)
            if not is_published or len(done) < len(stretch):
                break
        waiting = len(left) - count
        if waiting:
            label = left[count].label
            self._tell("ranges-wait", label=label, count=waiting)
        return waiting

    def _tell(self, key: str, **params: str | int) -> None:
        repository = self._delivery.wanted.repository
        self._work.progress.notice(Notice(key, {"repository": repository, **params}))

    def _publish_batches(
        self, done: Sequence[Publishable], cursor: Cursor | None
    ) -> tuple[bool, Cursor | None]:
        """Publish ranges; return whether all are, and where the cursor stands."""
        for batch in batches(each for each in done if not self._is_told(each)):
            outcome = joined_outcome(batch, self._delivery)
            after = self._next_cursor(cursor, batch[-1])
            move = None
            if self._planned is not None:
                move = CursorMove(track=self._planned.track, before=cursor, after=after)
            waits = self._handles(batch, outcome)
            result = RangeResult(
                outcome=outcome, move=move, batches=BatchMove(submitted=waits) if waits else None
            )
            made = publish_all(self._targets, self._delivery, result)
            self.receipts += made
            self.outcomes.append(outcome)
            if any(receipt.status is PublishStatus.FAILED for receipt in made):
                return False, cursor
            cursor = after
        return True, cursor

    def _join_parts(self, stretch: Sequence[PlannedRange]) -> bool:
        """Make the documents of the ranges whose files were shared out; tell whether that was possible."""
        parted = [each for each in stretch if each.parts]
        if not parted:
            return True
        try:
            done = finish_ranges(parted, self._work)
            made = [path for outcome in done for path in outcome.paths]
        except DiffInsightError as error:
            self.receipts.append(
                _failure(self._targets[0], f"{parted[0].label}: {error.in_one_line}")
            )
            return False
        self._delivery.host.give_to_workspace_owner([*made, *map(record_of, parted)])
        return True

    def _is_told(self, done: Publishable) -> bool:
        """Tell whether the reports of a range are there with the texts that these wait for."""
        branch, template = self._delivery.branch, self._delivery.settings.output
        if branch is None or self._planned is not None or done.record.waits is None:
            return False
        return has_texts(branch, template, documents_in(done.record))

    def _handles(self, batch: Sequence[Publishable], outcome: Outcome) -> tuple[ModelBatch, ...]:
        """Return the handles of the batches that ranges wait for."""
        inputs = self._delivery.inputs
        own = track_of(self._delivery.wanted.repository, inputs.head, inputs.config)
        track = self._planned.track if self._planned else own
        return handles_of(batch, outcome.insights, track, SystemClock().now())

    def _cursor(self) -> Cursor | None:
        branch = self._delivery.branch
        if self._planned is None or branch is None:
            return None
        return read_cursors(branch.content(branch.read(), STATE_PATH)).get(self._planned.track)

    def _next_cursor(self, cursor: Cursor | None, last: Publishable) -> Cursor:
        trails = cursor.trails if cursor else {}
        return Cursor(head=last.planned.head, committed=last.record.committed, trails=trails)
