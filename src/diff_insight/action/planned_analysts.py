"""Who writes the texts of a plan's ranges: the rules, a model at once, or a model by its queue."""

from __future__ import annotations

from diff_insight.bootstrap.analyst import action_analyst
from diff_insight.bootstrap.batch_model import BatchModel, batch_model
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.continuation.state_file import MOST_BATCHES
from diff_insight.github.events.trust import is_proposed
from diff_insight.model.messages import Notice
from diff_insight.model.model_batches import HandedOver
from diff_insight.plan.history_plan import HistoryPlan
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import Analyst, Progress

#: Of the batches that there is room for, what one plan may fill; schedules go on meanwhile.
_SHARE = 0.75


def room_for_plan(waiting: int) -> int:
    """Return how many ranges of a plan may leave their questions in a queue.

    Args:
        waiting: Number of batches that are kept on the branch when the plan is made.
    """
    return int(max(0, MOST_BATCHES - waiting) * _SHARE)


class PlannedAnalysts:
    """The analysts of a job: one for ranges that the plan has room for in the queue, one for all others.

    Args:
        plan: Says which ranges may wait.
        delivery: What the step was given.
        progress: Told why nothing goes to the queue where that was asked for.
    """

    def __init__(self, plan: HistoryPlan, delivery: PublishContext, progress: Progress) -> None:
        self._plan, self._progress = plan, progress
        self._at_once = action_analyst(delivery.inputs, delivery.settings, progress)
        self._queue = self._open_queue(delivery)
        self._batching = self._queue.first(len(plan.ranges)) if self._queue else None

    def of(self, planned: PlannedRange) -> Analyst | None:
        """Return the analyst of a range; None for the rules alone."""
        may_wait = self._batching is not None and self._plan.may_wait(planned)
        return self._batching if may_wait else self._at_once

    def take_handed_over(self) -> HandedOver | None:
        """Return the batch that the last reports wait for, once; None when they wait for none."""
        if self._queue is None or self._batching is None:
            return None
        why = self._batching.take_refusal()
        if why:
            self._progress.notice(Notice("model-batch-refused", {"why": why}))
        batch = self._batching.take_submitted()
        return HandedOver(batch=batch, place=self._queue.place) if batch else None

    def _open_queue(self, delivery: PublishContext) -> BatchModel | None:
        settings = delivery.settings
        if settings.model_batch == "off" or settings.analyst != "model":
            return None
        why = self._unfit(delivery)
        if not why:
            return batch_model(delivery.inputs, settings, self._progress)
        if settings.model_batch == "on":
            self._progress.notice(Notice("model-batch-unused", {"why": why}))
        return None

    def _unfit(self, delivery: PublishContext) -> str:
        """Return why no question of the plan may wait; empty when some may."""
        if is_proposed(delivery.event):
            return "what people say of a proposal may change until a later run"
        if not self._plan.queued:
            return "the plan has no room for batches: it was made without a branch, or too many wait there"
        return ""
