"""Decides whether a model's texts come by its queue, and says why not to whoever asked for that."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.action.batch_collection import BatchRound
from diff_insight.bootstrap.batch_model import batch_model
from diff_insight.bootstrap.branch_publishers import KEEPERS
from diff_insight.bootstrap.own_code import ImpactPorts
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.continuation.lookup import track_of
from diff_insight.errors import UsageError
from diff_insight.github.events.trust import is_proposed
from diff_insight.model.messages import Notice
from diff_insight.ports import Progress


def batch_round(
    delivery: PublishContext,
    targets: Sequence[str],
    progress: Progress,
    impact: ImpactPorts | None,
    tracks: Sequence[str] = (),
) -> BatchRound | None:
    """Return the batches of a step; None when its questions are asked at once.

    Args:
        delivery: What the step was given, with the repository that it is about.
        targets: Where it publishes to.
        progress: Told why nothing waits where that was asked for.
        impact: Where uses of what changes are looked up; None for nowhere.
        tracks: Which handles are its own besides those of the repository and ref of the inputs.

    Raises:
        UsageError: A model is asked for, but neither a key nor an address is given.
    """
    settings = delivery.settings
    if settings.model_batch == "off" or settings.analyst != "model":
        return None
    why = _unfit(delivery, targets)
    if why:
        if settings.model_batch == "on":
            progress.notice(Notice("model-batch-unused", {"why": why}))
        return None
    model = batch_model(delivery.inputs, settings, progress)
    if model is None:
        return None
    inputs = delivery.inputs
    own = track_of(delivery.wanted.repository, inputs.head, inputs.config)
    return BatchRound(
        delivery=delivery, targets=targets, model=model, progress=progress, impact=impact,
        tracks=(own, *tracks),
    )  # fmt: skip


def nothing_to_collect() -> UsageError:
    """Return the error of a step that is to collect, where nothing can be handed over."""
    return UsageError(
        "mode: collect has no batches to collect",
        cause="texts come by a queue only with model-batch, a model, and publish: commit or pull-request",
        cure="set these as in the step that makes the reports",
    )


def _unfit(delivery: PublishContext, targets: Sequence[str]) -> str:
    """Return why the handle of a batch could not be kept or used; empty when it can."""
    if delivery.branch is None or not KEEPERS.intersection(targets):
        return "nothing is published to a branch, where their handle would be kept"
    if is_proposed(delivery.event):
        return "what people say of a proposal may change until a later run"
    if delivery.exposed:
        return "these reports may not be on the branch"
    return ""
