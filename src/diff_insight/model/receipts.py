"""What a publisher did: where, and why not when it did not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from diff_insight.model.messages import Notice


class PublishStatus(StrEnum):
    """How a publisher ended."""

    PUBLISHED = "published"
    SKIPPED = "skipped"
    FAILED = "failed"
    DRY_RUN = "dry-run"


class Receipt(Struct, frozen=True, kw_only=True):
    """One publisher's account.

    Attributes:
        publisher: Its name, as in `publish`.
        status: How it ended.
        place: Where readers find what was published; empty when there is no address.
        reason: Why it was skipped or failed, or what was left out.
        outputs: Outputs of the step that this publisher sets, by name.
    """

    publisher: str
    status: PublishStatus
    place: str = ""
    reason: Notice | None = None
    outputs: Mapping[str, str] = field(default_factory=dict)


def receipt(publisher: str, status: PublishStatus, reason: Notice | None = None) -> Receipt:
    """Return the account of a publisher that has no place to show."""
    return Receipt(publisher=publisher, status=status, reason=reason)
