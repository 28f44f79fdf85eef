"""Commits to a branch that others commit to as well: built anew until nobody was faster."""

from __future__ import annotations

from collections.abc import Callable

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.model.branches import BranchMovedError
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.ports import ReportBranch
from diff_insight.publishers.branch_content import BranchContent, CursorMovedError

#: How often a commit is built anew because the branch has moved.
MOST_TRIES = 8
#: Seconds to wait before the second try; each later one waits as much longer.
PAUSE = 0.5


def commit_on(
    branch: ReportBranch, content: BranchContent, sleep: Callable[[float], None]
) -> tuple[str, bool]:
    """Commit what a branch does not hold yet; return its tip, and whether it has moved for that.

    The tip is empty when nothing was committed because a base, not the branch, holds everything.

    Raises:
        CursorMovedError: Another run has reported on the same changes.
        EnvironmentFailure: The branch cannot be read or written, or moved each time.
    """
    for attempt in range(1, MOST_TRIES + 1):
        state = branch.read()
        files = content.changes(branch, state)
        if not files:
            return "" if state.parents else state.head, False
        try:
            return branch.commit(state, files, content.message), True
        except BranchMovedError:
            sleep(PAUSE * attempt)
    raise EnvironmentFailure(
        f"the branch {branch.name!r} has moved {MOST_TRIES} times meanwhile",
        cause="many runs commit to it at once",
        cure="run again; let fewer jobs run at a time (max-parallel, concurrency)",
    )


def not_published(
    publisher: str, error: Exception, content: BranchContent | None = None
) -> Receipt:
    """Return the receipt of a publisher that could not do its work."""
    if isinstance(error, CursorMovedError):
        track = content.move.track if content and content.move else ""
        reason = Notice("cursor-moved", {"track": track})
        return Receipt(publisher=publisher, status=PublishStatus.SKIPPED, reason=reason)
    why = error.in_one_line if isinstance(error, DiffInsightError) else str(error)
    reason = Notice("publisher-failed", {"publisher": publisher, "why": why})
    return Receipt(publisher=publisher, status=PublishStatus.FAILED, reason=reason)
