"""Publishes reports as the files of one pull request, which is changed until it is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from diff_insight.errors import DiffInsightError
from diff_insight.model.branches import ReportPullRequest
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.ports import ReportBranch
from diff_insight.publishers.branch_content import BranchContent, CursorMovedError
from diff_insight.publishers.commit_with_retry import commit_on, not_published
from diff_insight.publishers.fitting import LevelRenderer
from diff_insight.publishers.summary import SummaryPublisher

NAME = "pull-request"
#: Bytes; GitHub takes 65,536 characters.
BODY = 60_000
_TITLE = 200


class Proposals(Protocol):
    """The one pull request."""

    def put(self, title: str, body: str) -> ReportPullRequest:
        """Open a pull request, or give the open one this text."""
        ...


class PullRequestPublisher:
    """Commits the files of a run to the branch of a pull request, and keeps that open.

    Args:
        branch: Its branch.
        proposals: The pull request.
        content: The files.
        render: Gives a report at a level, for the text of the pull request.
        sleep: Waits before the next try.
    """

    def __init__(
        self,
        branch: ReportBranch,
        proposals: Proposals,
        content: BranchContent,
        *,
        render: LevelRenderer,
        sleep: Callable[[float], None],
        dry_run: bool = False,
    ) -> None:
        self._branch = branch
        self._proposals = proposals
        self._content = content
        self._render = render
        self._sleep = sleep
        self._dry_run = dry_run

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Commit the reports, and open the pull request or change its text.

        Without a report there is nothing to propose; the cursor waits for the next one.
        """
        if not insights:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        if self._dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            commit, made = commit_on(self._branch, self._content, self._sleep)
            if not made and not commit:
                unchanged = Notice("commit-unchanged", {"branch": self._branch.name})
                return receipt(NAME, PublishStatus.SKIPPED, unchanged)
            proposal = self._proposals.put(_title(insights[0]), self._body(insights))
            commit = self._keep_commit() if made else commit
        except (CursorMovedError, DiffInsightError, OSError) as error:
            return not_published(NAME, error, self._content)
        return Receipt(
            publisher=NAME,
            status=PublishStatus.PUBLISHED,
            place=proposal.url,
            outputs={"commit-sha": commit, "pull-request-url": proposal.url},
        )

    def _keep_commit(self) -> str:
        """Return the commit that holds the reports now that the pull request is open.

        Until then the branch looked like one that was left over, and another run may have begun
        anew from the base: what it left out is committed again.
        """
        with suppress(CursorMovedError):  # another run went on from these reports
            return commit_on(self._branch, self._content, self._sleep)[0]
        return self._branch.read().head

    def _body(self, insights: Sequence[Insight]) -> str:
        texts: list[str] = []
        SummaryPublisher(texts.append, self._render, limit=BODY).publish(insights)
        return "".join(texts)


def _title(insight: Insight) -> str:
    headline = " ".join(insight.headline[insight.locales[0]].split())
    return (
        headline if len(headline) <= _TITLE else headline[: _TITLE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    )
