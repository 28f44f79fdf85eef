"""The table of publishers: who makes each of them, in which order, and who is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from diff_insight.bootstrap.branch_publishers import (
    KEEPERS,
    commit_publisher,
    pull_request_publisher,
)
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.bootstrap.run_publishers import (
    artifact_publisher,
    comment_publisher,
    release_publisher,
    summary_publisher,
)
from diff_insight.github.events.trust import of_stranger
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.ports import Publisher
from diff_insight.publishers import artifact, comment, commit, pull_request, release, summary
from diff_insight.publishers.refused import RefusedPublisher

#: Makes a publisher; it is given the context, what is published, and where the whole report is.
Factory = Callable[[PublishContext, RangeResult, str], Publisher]

#: Every publisher in its turn: whole reports first, so that what is short can link to them.
FACTORIES: Mapping[str, Factory] = {
    artifact.NAME: artifact_publisher,
    commit.NAME: commit_publisher,
    pull_request.NAME: pull_request_publisher,
    summary.NAME: summary_publisher,
    comment.NAME: comment_publisher,
    release.NAME: release_publisher,
}
PUBLISHERS = tuple(FACTORIES)
#: Publishers whose place holds the whole report, the best first.
_WHOLE = (artifact.NAME, commit.NAME, pull_request.NAME)
#: Publishers that change what belongs to everybody here: a stranger's proposal has no say in that.
_OURS = KEEPERS | {release.NAME}


def publisher(
    name: str, context: PublishContext, result: RangeResult, before: Sequence[Receipt]
) -> Publisher:
    """Return the publisher of a name.

    Args:
        name: As in `publish`.
        context: What publishers need to know of the step.
        result: What is published.
        before: What the publishers before it did, because it may link to that.
    """
    if context.exposed and name in KEEPERS:
        return RefusedPublisher(name, Notice("private-source", {"publisher": name}))
    if name in _OURS and of_stranger(context.event):
        # Such a token only reads, and what a stranger proposes is not for this repository's own pages.
        only_reads = Notice("fork-only-reads", {"publisher": name})
        return RefusedPublisher(name, only_reads, PublishStatus.SKIPPED)
    # An artifact is gone after some weeks, and has another address after each run: notes stay.
    places = _WHOLE if name != release.NAME else _WHOLE[1:]
    return FACTORIES[name](context, result, whole_report(before, places))


def whole_report(before: Sequence[Receipt], among: Sequence[str] = _WHOLE) -> str:
    """Return where the whole report was put before; empty when nowhere."""
    places = {
        receipt.publisher: receipt.place
        for receipt in before
        if receipt.status is PublishStatus.PUBLISHED and receipt.place
    }
    return next((places[name] for name in among if name in places), "")
