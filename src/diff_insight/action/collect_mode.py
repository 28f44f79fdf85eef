"""`mode: collect`: puts what a model's queue has answered into reports on the branch, of every repository that is followed."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.action.batch_choice import batch_round, nothing_to_collect
from diff_insight.action.batch_collection import Collected
from diff_insight.action.job_mode import ConfiguredSettings
from diff_insight.action.planned_place import delivery_for, repositories_to_plan
from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.own_code import action_impact
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.continuation.lookup import track_of
from diff_insight.errors import DiffInsightError
from diff_insight.model.messages import Notice
from diff_insight.model.model_batches import ModelBatch
from diff_insight.model.receipts import Receipt
from diff_insight.pipeline import Outcome
from diff_insight.ports import Progress
from diff_insight.runtime.run_limits import run_limits


def collect_step(
    delivery: PublishContext,
    targets: Sequence[str],
    settings: ConfiguredSettings,
    progress: Progress,
) -> Collected:
    """Collect the batches that wait, one repository after the other.

    Raises:
        UsageError: Nothing can wait, as the step is set up.
        EnvironmentFailure: The branch cannot be read.
    """
    outcomes: list[Outcome] = []
    receipts: list[Receipt] = []
    waiting: Sequence[ModelBatch] | None = None
    for entry in repositories_to_plan(delivery):
        try:
            there = delivery_for(
                delivery, entry.repository, settings.of(entry.repository), progress
            )
        except DiffInsightError as error:
            # A repository that is gone meanwhile holds up no other.
            failure = {"repository": entry.repository, "why": error.in_one_line}
            progress.notice(Notice("not-collected", failure))
            continue
        track = track_of(entry.repository, entry.head, delivery.inputs.config)
        chosen, wanted = there.settings, there.wanted
        with run_limits(chosen.run_deadline, chosen.max_memory):
            impact = action_impact(
                there.event, wanted, chosen, there.inputs, there.environ, progress
            )
            round_ = batch_round(there, targets, progress, impact, [track])
            if round_ is None:
                raise nothing_to_collect()
            waiting = round_.waiting() if waiting is None else waiting
            if not chosen.dry_run:
                texts = round_.collect(waiting, SystemClock())
                outcomes += texts.outcomes
                receipts += texts.receipts
                waiting = texts.left
    return Collected(tuple(outcomes), tuple(receipts))
