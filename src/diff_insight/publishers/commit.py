"""Publishes reports as one commit on a branch, again and again until nobody else was faster."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diff_insight.errors import DiffInsightError
from diff_insight.model.branches import BranchMovedError
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice, Value
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.ports import ReportBranch
from diff_insight.publishers.branch_content import BranchContent, CursorMovedError

NAME = "commit"
#: How often a commit is built anew because the branch has moved.
MOST_TRIES = 8


class CommitPublisher:
    """Commits the files of a run, which it names together with the cursor.

    Args:
        branch: Where to.
        content: The files.
        message: Message of the commit.
        address: Web address of the repository, for the commit's own.
        sleep: Waits before the next try.
        dry_run: Only say what would be published.
    """

    def __init__(
        self,
        branch: ReportBranch,
        content: BranchContent,
        message: str,
        *,
        address: str,
        sleep: Callable[[float], None],
        dry_run: bool = False,
    ) -> None:
        self._branch = branch
        self._content = content
        self._message = message
        self._address = address
        self._sleep = sleep
        self._dry_run = dry_run

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Commit the reports; nothing new means no commit."""
        if not insights and self._content.move is None:
            return _receipt(PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        if self._dry_run:
            return _receipt(PublishStatus.DRY_RUN, None)
        try:
            return self._committed()
        except CursorMovedError:
            move = self._content.move
            track = move.track if move is not None else ""
            return _receipt(PublishStatus.SKIPPED, Notice("cursor-moved", {"track": track}))
        except (DiffInsightError, OSError) as error:
            return _receipt(PublishStatus.FAILED, failed_notice(NAME, error))

    def _committed(self) -> Receipt:
        for attempt in range(MOST_TRIES):
            state = self._branch.read()
            files = self._content.changes(self._branch, state)
            if not files:
                return self._done(
                    state.head, Notice("commit-unchanged", {"branch": self._branch.name})
                )
            try:
                return self._done(self._branch.commit(state, files, self._message), None)
            except BranchMovedError:
                self._sleep(0.5 * (attempt + 1))
        busy: dict[str, Value] = {"branch": self._branch.name, "count": MOST_TRIES}
        return _receipt(PublishStatus.FAILED, Notice("branch-busy", busy))

    def _done(self, commit: str, reason: Notice | None) -> Receipt:
        return Receipt(
            publisher=NAME,
            status=PublishStatus.SKIPPED if reason else PublishStatus.PUBLISHED,
            place=f"{self._address}/commit/{commit}",
            reason=reason,
            outputs={"commit-sha": commit},
        )


def failed_notice(publisher: str, error: DiffInsightError | OSError) -> Notice:
    """Return the notice of a publisher that could not do its work, with cause and cure."""
    if isinstance(error, DiffInsightError):
        parts = [part for part in (error.what, error.cause, error.cure) if part]
        return Notice("publisher-failed", {"publisher": publisher, "why": "; ".join(parts)})
    return Notice("publisher-failed", {"publisher": publisher, "why": str(error)})


def _receipt(status: PublishStatus, reason: Notice | None) -> Receipt:
    return Receipt(publisher=NAME, status=status, reason=reason)
