"""The handle of a batch, made of the report that waits for it."""

from __future__ import annotations

from datetime import datetime

from diff_insight.model.insight import Insight
from diff_insight.model.model_batches import HandedOver, ModelBatch


def handle_of(
    waits: HandedOver, insight: Insight, track: str, now: datetime, attempt: int = 1
) -> ModelBatch:
    """Return what is kept beside the reports until a run collects the batch.

    Args:
        waits: The batch.
        insight: A document of the range that waits for it.
        track: Which runs collect it.
        now: The present moment, from which patience is counted.
        attempt: How often its questions have been handed over.
    """
    commits, origin = insight.range, insight.origin
    return ModelBatch(
        batch=waits.batch, place=waits.place, track=track,
        base=commits.base, head=commits.head, comparison=commits.comparison,
        date=insight.date, submitted=now.isoformat(timespec="seconds"), attempt=attempt,
        base_name=origin.base_name, head_name=origin.head_name,
    )  # fmt: skip
