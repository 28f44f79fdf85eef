"""Publishes reports as the summary of a workflow step: one write, below the limit, as much as fits.

A summary above 1 MiB is dropped whole by the runner, so the budget stays clear of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diff_insight.errors import DiffInsightError
from diff_insight.markup.text_size import utf8_size
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.publishers.fitting import Fitting, LevelRenderer

NAME = "summary"
#: Bytes; the runner's own limit is 1,048,576.
BUDGET = 1_000_000


class SummaryPublisher:
    """Appends the reports of a run to the step's summary.

    Args:
        append: Writes a text to the summary, whole or not at all.
        render: Gives a report at a level.
        limit: Bytes of the summary in all.
        dry_run: Only say what would be published.
    """

    def __init__(
        self,
        append: Callable[[str], None],
        render: LevelRenderer,
        *,
        limit: int = BUDGET,
        dry_run: bool = False,
    ) -> None:
        self._append = append
        self._fitting = Fitting(render, limit, utf8_size)
        self._dry_run = dry_run

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Publish every category in every locale; the first locale stands open."""
        if not insights:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        fitted = self._fitting.fit(insights)
        if not fitted.text:
            return receipt(NAME, PublishStatus.FAILED, Notice("summary-too-large"))
        if self._dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            self._append(fitted.text)
        except (DiffInsightError, OSError) as error:
            said = error.in_one_line if isinstance(error, DiffInsightError) else str(error)
            return receipt(NAME, PublishStatus.FAILED, Notice("summary-not-written", {"why": said}))
        short = fitted.shortened
        reason = Notice("summary-shortened", {"count": short}) if short else None
        return receipt(NAME, PublishStatus.PUBLISHED, reason)
