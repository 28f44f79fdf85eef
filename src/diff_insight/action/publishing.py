"""Runs the publishers one after the other: none ends another, and each leaves a receipt."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

from diff_insight.bootstrap.publisher_factories import PUBLISHERS, publisher
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.errors import DiffInsightError
from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.notices import tell_notice


def publish_all(
    targets: Sequence[str], delivery: PublishContext, parcel: RangeResult
) -> list[Receipt]:
    """Publish to every target and return the receipts."""
    receipts: list[Receipt] = []
    for name in sorted(targets, key=PUBLISHERS.index):
        receipts.append(_publish_under(name, delivery, parcel, receipts))
    return receipts


def _publish_under(
    name: str, delivery: PublishContext, parcel: RangeResult, before: Sequence[Receipt]
) -> Receipt:
    try:
        return publisher(name, delivery, parcel, before).publish(parcel.outcome.insights)
    except DiffInsightError as error:
        why = error.in_one_line
    except Exception as error:  # noqa: BLE001 - a boundary: the other publishers go on
        sys.stderr.writelines(traceback.format_exception(error))
        why = f"an unexpected {type(error).__name__}"
    reason = Notice("publisher-failed", {"publisher": name, "why": why})
    return Receipt(publisher=name, status=PublishStatus.FAILED, reason=reason)


def tell_receipts(host: RunnerHost, progress: ActionsProgress, receipts: Sequence[Receipt]) -> None:
    """Write what each publisher did into the log; what failed is an error of the step."""
    for receipt in receipts:
        destination = f" at {receipt.place}" if receipt.place else ""
        progress.say(f"{receipt.publisher}: {receipt.status}{destination}")
        if receipt.reason is None:
            continue
        if receipt.status is PublishStatus.FAILED:
            host.annotate("error", tell_notice(receipt.reason))
        else:
            progress.notice(receipt.reason)
