"""Collects what a model's queue has answered since, and puts the texts into the reports on the branch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.action.batch_handles import handle_of
from diff_insight.action.publishing import publish_all
from diff_insight.bootstrap import action as wiring
from diff_insight.bootstrap import branch_publishers, engine
from diff_insight.bootstrap.batch_model import BatchModel
from diff_insight.bootstrap.own_code import ImpactPorts
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.continuation.category_history import alarms
from diff_insight.continuation.cursors import STATE_PATH
from diff_insight.continuation.state_file import MOST_BATCHES, read_state
from diff_insight.errors import DiffInsightError
from diff_insight.llm.client.batch_queue import LOST, BatchReport, BatchState
from diff_insight.markup.escape import visible
from diff_insight.model.messages import Notice
from diff_insight.model.model_batches import BatchMove, HandedOver, ModelBatch
from diff_insight.model.ranges import RangeRequest
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.pipeline import Outcome, run
from diff_insight.ports import Clock, DiffSource, Progress
from diff_insight.publishers import summary
from diff_insight.sources.chosen import ChosenSource

#: Batches that one run collects; what is left waits for the next.
_MOST_COLLECTED = 40
#: A batch takes a day at the most; one that says nothing for so long is lost.
_PATIENCE = timedelta(days=8)


class Collected(Struct, frozen=True):
    """Reports that were on the branch already, with what came of their batches.

    Attributes:
        outcomes: The reports.
        receipts: What the publishers said.
        left: The handles that were given and wait still.
    """

    outcomes: tuple[Outcome, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    left: tuple[ModelBatch, ...] = ()


class BatchRound(Struct, frozen=True, kw_only=True):
    """The batches of a step: how their handles are made, and how they are collected.

    Attributes:
        delivery: What publishers need to know of the step.
        targets: Where the step publishes to.
        model: The queue.
        progress: Told what happens.
        tracks: Which handles are those of runs like this one; the first is that of new ones.
        impact: Where uses of what changes are looked up; None for nowhere.
    """

    delivery: PublishContext
    targets: Sequence[str]
    model: BatchModel
    progress: Progress
    tracks: Sequence[str]
    impact: ImpactPorts | None = None

    def waiting(self) -> tuple[ModelBatch, ...]:
        """Return every handle on the branch.

        Raises:
            EnvironmentFailure: The branch cannot be read.
        """
        branch = self.delivery.branch
        if branch is None:
            return ()
        return read_state(branch.content(branch.read(), STATE_PATH)).batches

    def room(self) -> int:
        """Return how many more handles there is room for."""
        return MOST_BATCHES - len(self.waiting())

    def handle(self, batch: str, outcome: Outcome, now: datetime, attempt: int = 1) -> ModelBatch:
        """Return the handle of the batch that a report waits for.

        Args:
            batch: The provider's id of it.
            outcome: The report.
            now: The present moment.
            attempt: How often its questions have been handed over.
        """
        waits = HandedOver(batch=batch, place=self.model.place)
        return handle_of(waits, outcome.insights[0], self.tracks[0], now, attempt)

    def collect(self, batches: Sequence[ModelBatch], clock: Clock) -> Collected:
        """Put what is there into the reports that wait for it, as far as there is time for a model.

        Args:
            batches: Handles as they were before this run.
            clock: Tells the time.
        """
        begun = clock.now()
        patience = timedelta(seconds=self.delivery.settings.model_deadline)
        outcomes: list[Outcome] = []
        receipts: list[Receipt] = []
        waiting = list(batches)
        ours = [
            each for each in batches if each.track in self.tracks and each.place == self.model.place
        ]
        for number, batch in enumerate(ours[:_MOST_COLLECTED]):
            now = clock.now() if number else begun
            if now - begun >= patience:  # an endpoint may let every question wait
                left = f"{len(ours) - number} batches are left to the next run"
                self.progress.say(left)
                break
            try:
                report = self._report(batch, now)
                line = f"the batch {batch.batch} is {report.status}"
                self.progress.say(line + (f": {visible(report.detail)}" if report.detail else ""))
                if report.state is BatchState.WAITING:
                    continue
                outcome, made = self._replace(batch, report, now)
                waiting.remove(batch)
                # The same questions of two ranges are one batch.
                shared = any(each.batch == batch.batch for each in waiting)
                if any(_is_kept(receipt) for receipt in made) and not shared:
                    self.model.desk.forget(report)
            except DiffInsightError as error:
                params = {"head": batch.head[:7], "why": error.in_one_line}
                self.progress.notice(Notice("model-batch-uncollected", params))
                continue
            outcomes.append(outcome)
            receipts += made
        return Collected(tuple(outcomes), tuple(receipts), tuple(waiting))

    def _report(self, batch: ModelBatch, now: datetime) -> BatchReport:
        """Return how far a batch is; one that has waited too long is over, whatever it says.

        Raises:
            EnvironmentFailure: The provider cannot be asked.
        """
        old = now - datetime.fromisoformat(batch.submitted) > _PATIENCE
        try:
            report = self.model.desk.look_up(batch.batch)
        except DiffInsightError:
            if not old:
                raise
            report = LOST
        return LOST if old and report.state is BatchState.WAITING else report

    def _replace(
        self, batch: ModelBatch, report: BatchReport, now: datetime
    ) -> tuple[Outcome, list[Receipt]]:
        """Make a report anew with what has come of its batch, and publish it in place of the one that waits."""
        settings = replace(self.delivery.settings, date=batch.date)
        analyst = self.model.second(report, batch.attempt)
        with engine.ports(
            self._source(batch), settings, self.progress, analyst, impact=self.impact
        ) as ports:
            request = replace(
                _request(batch),
                base=batch.base_name or batch.base,
                head=batch.head_name or batch.head,
            )
            commits = ports.source.resolve(_request(batch))
            chosen = replace(
                ports,
                source=ChosenSource(ports.source, commits),
                is_foreign=self.delivery.wanted.foreign,
            )
            outcome = run(request, settings, chosen, alarms=lambda selected: alarms({}, selected))
            again = analyst.take_submitted()
            handle = self.handle(again, outcome, now, batch.attempt + 1) if again else None
            submitted = (replace(handle, track=batch.track),) if handle else ()
            move = BatchMove(collected=batch, submitted=submitted)
            return outcome, self._publish(RangeResult(outcome=outcome, batches=move))

    def _publish(self, result: RangeResult) -> list[Receipt]:
        """Put reports where they are already, and into the summary of this run."""
        places = {*branch_publishers.KEEPERS, summary.NAME}
        targets = [name for name in self.targets if name in places]
        return publish_all(targets, self.delivery, result)

    def _source(self, batch: ModelBatch) -> DiffSource:
        delivery = self.delivery
        wanted = replace(delivery.wanted, request=_request(batch), fallback=None, widen=False)
        return wiring.action_source(
            delivery.event, wanted, delivery.inputs, delivery.environ, self.progress,
            most_files=delivery.settings.max_files,
        )  # fmt: skip


def _request(batch: ModelBatch) -> RangeRequest:
    return RangeRequest(base=batch.base, head=batch.head, comparison=batch.comparison)


def _is_kept(receipt: Receipt) -> bool:
    """Tell whether texts are on the branch, so that nobody needs the answers any more."""
    kept = receipt.publisher in branch_publishers.KEEPERS
    return kept and receipt.status is PublishStatus.PUBLISHED
