"""What one commit of a join holds: the reports of several ranges, rendered, and the batches that they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from diff_insight.action.batch_handles import handle_of
from diff_insight.bootstrap import engine
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.model.insight import Insight
from diff_insight.model.model_batches import ModelBatch
from diff_insight.model.ranges import CommitRange
from diff_insight.pipeline import Outcome
from diff_insight.plan.batches import Publishable
from diff_insight.plan.finished import FinishedRange, read_document
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.render.json_reader import read_insight
from diff_insight.selection.select import Selection


def joined_outcome(batch: Sequence[Publishable], delivery: PublishContext) -> Outcome:
    """Render the documents of ranges that follow each other into the workspace.

    Raises:
        EnvironmentFailure: A document cannot be read, or a report not be written.
    """
    insights = [insight for done in batch for insight in documents_in(done.record)]
    paths = engine.writer(delivery.settings).write(insights)
    first, last = batch[0].planned, batch[-1].planned
    commits = insights[-1].range if insights else _range(last, delivery)
    return Outcome(
        commits=replace(commits, base=first.base, merge_base=first.base, head=last.head),
        insights=tuple(insights),
        paths=tuple(paths),
        selection=Selection(
            categories={}, excluded=(), unmatched=(), unreadable=(),
            changed=sum(insight.coverage.changed for insight in insights),
        ),
    )  # fmt: skip


def handles_of(
    batch: Sequence[Publishable], insights: Sequence[Insight], track: str, now: datetime
) -> tuple[ModelBatch, ...]:
    """Return the handles of the batches that ranges wait for.

    Patience is counted from now, not from what an artifact says.

    Args:
        batch: The ranges with their records.
        insights: Their documents.
        track: Which runs collect them.
        now: The present moment.
    """
    documents = {(each.range.base, each.range.head): each for each in insights}
    ranges = (
        (done.record.waits, documents.get((done.planned.base, done.planned.head))) for done in batch
    )
    return tuple(
        handle_of(waits, document, track, now) for waits, document in ranges if waits and document
    )


def _range(planned: PlannedRange, delivery: PublishContext) -> CommitRange:
    return CommitRange(
        base=planned.base, head=planned.head, merge_base=planned.base,
        comparison=planned.comparison, repository=delivery.wanted.repository,
        server=delivery.event.server,
    )  # fmt: skip


def documents_in(record: FinishedRange) -> list[Insight]:
    """Return the documents of a range that is done.

    Raises:
        EnvironmentFailure: One cannot be read.
    """
    return [read_insight(read_document(Path(), name), repr(name)) for name in record.documents]
