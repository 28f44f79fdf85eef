"""Stands for a publisher that must not publish, and says why."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt


class RefusedPublisher:
    """Publishes nothing.

    Args:
        name: The publisher that it stands for.
        reason: Why.
        status: Whether that is a failure.
    """

    def __init__(
        self, name: str, reason: Notice, status: PublishStatus = PublishStatus.FAILED
    ) -> None:
        self._name = name
        self._reason = reason
        self._status = status

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Tell why not."""
        return Receipt(publisher=self._name, status=self._status, reason=self._reason)
