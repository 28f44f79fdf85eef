"""`mode: join`: publishes what the jobs of a plan have written, in order, and moves the mark of how far was reported."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.action.job_mode import ConfiguredSettings, planned_work
from diff_insight.action.outcomes import join_outcomes
from diff_insight.action.plan_file import plan_in_workspace
from diff_insight.action.planned_place import range_wish
from diff_insight.action.publishing import publish_all
from diff_insight.bootstrap import engine
from diff_insight.bootstrap.branch_publishers import KEEPERS
from diff_insight.bootstrap.planned_runs import finish_ranges
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.bootstrap.source_repository import describe_compared
from diff_insight.continuation.cursors import STATE_PATH, Cursor, CursorMove
from diff_insight.continuation.state_file import read_cursors
from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.pipeline import Outcome
from diff_insight.plan.batches import (
    Publishable,
    after_commit,
    batches,
    publishable_ranges,
    stretches,
)
from diff_insight.plan.finished import FinishedRange, read_document, record_of
from diff_insight.plan.history_plan import HistoryPlan, PlannedCursor
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import Progress
from diff_insight.render.json_reader import read_insight
from diff_insight.selection.select import Selection


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
    outcomes: list[Outcome] = []
    receipts: list[Receipt] = []
    waiting = 0
    for repository, group in groupby(plan.ranges, lambda each: each.repository):
        ranges = list(group)
        try:
            joined = _RepositoryJoin(
                delivery, kept, settings, progress, repository, _cursor_of(plan, repository)
            )
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
        settings: ConfiguredSettings,
        progress: Progress,
        repository: str,
        planned: PlannedCursor | None,
    ) -> None:
        wanted, exposed = range_wish(delivery, repository), False
        if wanted.foreign:
            known = describe_compared(
                delivery.event, wanted, delivery.inputs, delivery.environ, progress.notice
            )
            exposed = known.exposed and not delivery.inputs.allow_private_source
        self._delivery = replace(
            delivery, wanted=wanted, exposed=exposed, settings=settings.of(repository)
        )
        self._targets, self._progress, self._planned = targets, progress, planned
        self._settings = settings
        self.outcomes: list[Outcome] = []
        self.receipts: list[Receipt] = []

    def publish(self, ranges: Sequence[PlannedRange]) -> int:
        """Publish what is done, and return how many ranges wait.

        The parts of a range are joined when all ranges before it are published: whatever ends that
        work, they stay published.
        """
        cursor = self._cursor()
        left = after_commit(ranges, cursor.head if cursor else "")
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
            self._progress.notice(Notice("ranges-wait", {"label": label, "count": waiting}))
        return waiting

    def _publish_batches(
        self, done: Sequence[Publishable], cursor: Cursor | None
    ) -> tuple[bool, Cursor | None]:
        """Publish ranges; return whether all are, and where the cursor stands."""
        for batch in batches(done):
            outcome = self._outcome(batch)
            after = self._next_cursor(cursor, batch[-1])
            move = None
            if self._planned is not None:
                move = CursorMove(track=self._planned.track, before=cursor, after=after)
            made = publish_all(
                self._targets, self._delivery, RangeResult(outcome=outcome, move=move)
            )
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
            work = planned_work(self._delivery, self._settings, self._progress)
            made = [path for outcome in finish_ranges(parted, work) for path in outcome.paths]
        except DiffInsightError as error:
            self.receipts.append(
                _failure(self._targets[0], f"{parted[0].label}: {error.in_one_line}")
            )
            return False
        self._delivery.host.give_to_workspace_owner([*made, *map(record_of, parted)])
        return True

    def _cursor(self) -> Cursor | None:
        branch = self._delivery.branch
        if self._planned is None or branch is None:
            return None
        return read_cursors(branch.content(branch.read(), STATE_PATH)).get(self._planned.track)

    def _next_cursor(self, cursor: Cursor | None, last: Publishable) -> Cursor:
        trails = cursor.trails if cursor else {}
        return Cursor(head=last.planned.head, committed=last.record.committed, trails=trails)

    def _outcome(self, batch: Sequence[Publishable]) -> Outcome:
        """Render the documents of a batch into the workspace."""
        settings = self._delivery.settings
        insights = [insight for done in batch for insight in _documents(done.record)]
        paths = engine.writer(settings).write(insights)
        first, last = batch[0].planned, batch[-1].planned
        commits = insights[-1].range if insights else self._range(last)
        return Outcome(
            commits=replace(commits, base=first.base, merge_base=first.base, head=last.head),
            insights=tuple(insights),
            paths=tuple(paths),
            selection=Selection(
                categories={}, excluded=(), unmatched=(), unreadable=(),
                changed=sum(insight.coverage.changed for insight in insights),
            ),
        )  # fmt: skip

    def _range(self, planned: PlannedRange) -> CommitRange:
        return CommitRange(
            base=planned.base, head=planned.head, merge_base=planned.base,
            comparison=planned.comparison, repository=self._delivery.wanted.repository,
            server=self._delivery.event.server,
        )  # fmt: skip


def _documents(record: FinishedRange) -> list[Insight]:
    return [read_insight(read_document(Path(), name), repr(name)) for name in record.documents]
