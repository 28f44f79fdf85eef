"""`mode: join`: publishes what the jobs of a plan have written, in order, and moves the mark of how far was reported."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.action.job_mode import ConfiguredSettings
from diff_insight.action.outcomes import join_outcomes
from diff_insight.action.plan_file import plan_in_workspace
from diff_insight.action.planned_place import range_wish
from diff_insight.action.publishing import publish_all
from diff_insight.bootstrap import engine
from diff_insight.bootstrap.branch_publishers import KEEPERS
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
from diff_insight.plan.batches import Publishable, after_commit, batches, publishable_ranges
from diff_insight.plan.finished import FinishedRange
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
            why = {"publisher": kept[0], "why": f"{repository}: {error.in_one_line}"}
            receipts.append(receipt(kept[0], PublishStatus.FAILED, Notice("publisher-failed", why)))
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
        self.outcomes: list[Outcome] = []
        self.receipts: list[Receipt] = []

    def publish(self, ranges: Sequence[PlannedRange]) -> int:
        """Publish what is done, and return how many ranges wait."""
        cursor = self._cursor()
        left = after_commit(ranges, cursor.head if cursor else "")
        done = list(publishable_ranges(Path(), left))
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
                break
            cursor = after
        waiting = len(left) - len(done)
        if waiting:
            label = left[len(done)].label
            self._progress.notice(Notice("ranges-wait", {"label": label, "count": waiting}))
        return waiting

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
    return [read_insight(Path(name).read_text("utf-8"), repr(name)) for name in record.documents]
