"""Publishes reports as one commit on a branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diff_insight.errors import DiffInsightError
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.model.web_links import WebRepository
from diff_insight.ports import ReportBranch
from diff_insight.publishers.branch_content import BranchContent, CursorMovedError
from diff_insight.publishers.commit_with_retry import commit_on, not_published

NAME = "commit"


class CommitPublisher:
    """Commits the files of a run, which it names together with the cursor.

    Args:
        branch: Where to.
        content: The files.
        address: Web address of the repository, for the commit's own.
        sleep: Waits before the next try.
        dry_run: Only say what would be published.
    """

    def __init__(
        self,
        branch: ReportBranch,
        content: BranchContent,
        *,
        web: WebRepository,
        sleep: Callable[[float], None],
        dry_run: bool = False,
    ) -> None:
        self._branch = branch
        self._content = content
        self._web = web
        self._sleep = sleep
        self._dry_run = dry_run

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Commit the reports; nothing new means no commit."""
        if not insights and self._content.move is None and self._content.batches is None:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        if self._dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            commit, made = commit_on(self._branch, self._content, self._sleep)
        except (CursorMovedError, DiffInsightError, OSError) as error:
            return not_published(NAME, error, self._content)
        unchanged = Notice("commit-unchanged", {"branch": self._branch.name})
        return Receipt(
            publisher=NAME,
            status=PublishStatus.PUBLISHED if made else PublishStatus.SKIPPED,
            place=self._web.commit(commit),
            reason=None if made else unchanged,
            outputs={"commit-sha": commit},
        )
