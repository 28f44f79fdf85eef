"""A model whose texts come by its provider's queue of batches: the queue, and analysts that use it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from diff_insight.bootstrap.analyst import action_door, endpoint_address_of, model_analyst
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.ports import Progress
from diff_insight.settings.settings import Settings

if TYPE_CHECKING:
    from diff_insight.llm.client.batch_analyst import BatchAnalyst, BatchDesk
    from diff_insight.llm.client.batch_queue import BatchReport


class BatchModel(Struct, frozen=True, kw_only=True):
    """The queue of a step's model.

    Attributes:
        place: Digest of the endpoint's address: what is kept on a branch names no server of ours.
        desk: Visits the queue.
        first: Makes the analyst of new reports, which may hand over for so many of them.
        second: Makes the analyst of a report whose batch is there, handed over so many times.
    """

    place: str
    desk: BatchDesk
    first: Callable[[int], BatchAnalyst]
    second: Callable[[BatchReport, int], BatchAnalyst]


def batch_model(inputs: StepInputs, settings: Settings, progress: Progress) -> BatchModel | None:
    """Return the queue of a step's model; None for the rules alone.

    Raises:
        UsageError: As for `action_analyst`.
    """
    door = action_door(inputs, settings)
    if door is None:
        return None
    from diff_insight.llm.client.batch_analyst import (  # noqa: PLC0415 - like all of these, only with a model
        BatchAnalyst,
        BatchDesk,
    )
    from diff_insight.llm.client.endpoint_address import shown_url  # noqa: PLC0415
    from diff_insight.llm.client.openai_batches import OpenAIBatches  # noqa: PLC0415

    address = endpoint_address_of(settings, *door)
    desk = BatchDesk(lambda: OpenAIBatches(address))

    def first(room: int) -> BatchAnalyst:
        return BatchAnalyst(model_analyst(settings, *door, progress), desk, progress, room=room)

    def second(report: BatchReport, attempt: int) -> BatchAnalyst:
        model = model_analyst(settings, *door, progress)
        return BatchAnalyst(model, desk, progress, report, attempt=attempt)

    digest = hashlib.sha256(shown_url(address.url).encode()).hexdigest()[:16]
    return BatchModel(place=digest, desk=desk, first=first, second=second)
