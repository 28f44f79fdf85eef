"""Makes the publishers that keep reports on a branch, directly or through a pull request."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.bootstrap.run_publishers import renderer
from diff_insight.errors import UsageError
from diff_insight.git.network import Network
from diff_insight.git.pushed_branch import PushedBranch
from diff_insight.github.api.client import GitHubClient
from diff_insight.github.api.proposals import ProposalBranch, PullRequests
from diff_insight.github.api.report_branch import GitHubBranch
from diff_insight.github.api.repositories import describe
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import SHORT
from diff_insight.ports import Publisher, ReportBranch
from diff_insight.publishers import commit, pull_request
from diff_insight.publishers.branch_content import BranchContent, MoreFiles, PlacedReport
from diff_insight.publishers.branch_index import BranchIndex
from diff_insight.publishers.feed import Feeds
from diff_insight.publishers.report_files import planned_reports
from diff_insight.settings.settings import Settings

#: Publishers that keep the cursor beside the reports.
KEEPERS = frozenset({commit.NAME, pull_request.NAME})
DEFAULT_BRANCH = "diff-insight-reports"


@contextmanager
def releasing(branch: ReportBranch | None) -> Iterator[ReportBranch | None]:
    """Give a branch, and give back what it took for a push."""
    try:
        yield branch
    finally:
        if isinstance(branch, PushedBranch):
            branch.close()


def report_branch(
    targets: Sequence[str],
    event: Event,
    inputs: StepInputs,
    environ: Mapping[str, str],
    settings: Settings,
    client: GitHubClient,
) -> ReportBranch | None:
    """Return the branch that reports are published to, None when no publisher does that.

    Raises:
        UsageError: Two publishers would move the cursor.
    """
    kept = [name for name in targets if name in KEEPERS]
    if len(kept) > 1:
        raise UsageError(
            f"publish: {' and '.join(kept)} are both asked for",
            cause="each of them keeps its own account of what was reported last",
            cure="choose one of them, or make two steps with a branch each",
        )
    name = inputs.branch or DEFAULT_BRANCH
    if kept == [commit.NAME] and settings.commit_method == "git":
        network = Network(f"{event.server}/{event.repository}.git", inputs.github_token)
        return PushedBranch(environ, network, name, settings.commit_author)
    branch = GitHubBranch(client, event.repository, name)
    if pull_request.NAME in kept:
        return ProposalBranch(branch, *_pulls(name, event, client))
    return branch if kept else None


def _pulls(
    branch: str, event: Event, client: GitHubClient
) -> tuple[Callable[[], str], PullRequests]:
    """Return what names the base of the pull request, and how it is opened.

    Nothing is asked here: what cannot be had is the failure of the publisher, not of the step.
    """

    @cache
    def base() -> str:
        return event.default_branch or describe(client, event.repository).default_branch

    return base, PullRequests(client, event.repository, branch, base)


def commit_publisher(delivery: PublishContext, parcel: RangeResult, path: str) -> Publisher:
    """Return the publisher that commits to the branch."""
    event, branch = delivery.event, _branch(delivery)
    feeds = Feeds(
        server=event.server,
        repository=event.repository,
        branch=branch.name,
        template=delivery.settings.output,
        content=_first_screen,
    )
    index = BranchIndex(
        template=delivery.settings.output,
        locales=delivery.settings.locales,
        at_root=branch.name != event.default_branch,
    )

    def more(
        placed: Sequence[PlacedReport], read: Callable[[str], bytes | None]
    ) -> dict[str, bytes]:
        return {**feeds.files(placed, read), **index.files(placed, read)}

    return commit.CommitPublisher(
        branch,
        _content(delivery, parcel, more),
        web=event.web,
        sleep=time.sleep,
        dry_run=delivery.settings.dry_run,
    )


def _first_screen(insight: Insight, locale: str) -> str:
    from diff_insight.render.first_screen import first_screen  # noqa: PLC0415 - loads Jinja

    return first_screen(insight, locale)


def pull_request_publisher(delivery: PublishContext, parcel: RangeResult, path: str) -> Publisher:
    """Return the publisher that keeps a pull request open."""
    branch = _branch(delivery)
    return pull_request.PullRequestPublisher(
        branch,
        _pulls(branch.name, delivery.event, delivery.client)[1],
        _content(delivery, parcel),
        render=renderer(delivery.settings, path),
        sleep=time.sleep,
        dry_run=delivery.settings.dry_run,
    )


def _branch(delivery: PublishContext) -> ReportBranch:
    if delivery.branch is None:
        raise UsageError("no branch was chosen for the reports", cure="set the input branch")
    return delivery.branch


def _content(
    delivery: PublishContext, parcel: RangeResult, more: MoreFiles | None = None
) -> BranchContent:
    settings, outcome = delivery.settings, parcel.outcome
    return BranchContent(
        reports=tuple(planned_reports(settings.output, settings.formats, outcome.insights)),
        written=outcome.paths,
        message=_message(delivery, parcel),
        move=parcel.move,
        more=more,
        batches=parcel.batches,
    )


def _message(delivery: PublishContext, parcel: RangeResult) -> str:
    commits = parcel.outcome.commits
    params = {
        "repository": commits.repository,
        "base": commits.start[:SHORT],
        "head": commits.head[:SHORT],
    }
    return re.sub(r"\{(\w+)\}", lambda match: params[match[1]], delivery.settings.commit_message)
