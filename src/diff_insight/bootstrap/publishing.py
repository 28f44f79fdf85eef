"""Chooses the publishers of a step, and what each of them works with."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from diff_insight.actions.host import Host
from diff_insight.bootstrap.action import github_renderer
from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.git.network import Network
from diff_insight.git.pushed_branch import PushedBranch
from diff_insight.githubapi.branches import GitHubBranch
from diff_insight.githubapi.client import DEFAULT_API, ApiSettings, GitHubClient
from diff_insight.githubapi.pacing import WritePace
from diff_insight.githubapi.proposals import ProposalBranch, PullRequests
from diff_insight.githubapi.repositories import describe
from diff_insight.model.cursors import CursorMove
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import SHORT
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.pipeline import Outcome
from diff_insight.ports import ReportBranch
from diff_insight.publishers import commit, pull_request
from diff_insight.publishers.branch_content import BranchContent, MoreFiles
from diff_insight.publishers.feed import Feeds
from diff_insight.publishers.files import planned_reports
from diff_insight.publishers.refused import RefusedPublisher
from diff_insight.publishers.replay import not_published
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.settings.settings import Settings

#: Publishers that keep the cursor beside the reports.
KEEPERS = frozenset({commit.NAME, pull_request.NAME})
DEFAULT_BRANCH = "diff-insight-reports"


class Publisher(Protocol):
    """Puts the reports of a run where people look."""

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Publish, and tell how that went; a failure is told, not raised."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What publishers need to know of the step.

    Attributes:
        client: Speaks to the API for the workflow's own repository.
        branch: The branch of the reports; None when no publisher asks for one.
        exposed: A commit would show everybody what only some may see.
    """

    host: Host
    event: Event
    given: Mapping[str, str]
    environ: Mapping[str, str]
    settings: Settings
    wanted: WantedRange
    client: GitHubClient
    branch: ReportBranch | None = None
    exposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The reports of one range, with the step of the cursor that follows them."""

    outcome: Outcome
    move: CursorMove | None = None


def own_client(given: Mapping[str, str], environ: Mapping[str, str]) -> GitHubClient:
    """Return a client for the workflow's own repository, which may write as fast as is allowed."""
    api = environ.get("GITHUB_API_URL") or DEFAULT_API
    settings = ApiSettings(url=api, token=given.get("github-token", ""))
    return GitHubClient(settings, time.sleep, WritePace(time.monotonic, time.sleep))


@contextmanager
def report_branch(
    targets: Sequence[str],
    event: Event,
    given: Mapping[str, str],
    environ: Mapping[str, str],
    settings: Settings,
) -> Iterator[ReportBranch | None]:
    """Give the branch that reports are published to, None when no publisher does that.

    Raises:
        UsageError: Two publishers would move the cursor.
    """
    branch = _report_branch(targets, event, given, environ, settings)
    try:
        yield branch
    finally:
        if isinstance(branch, PushedBranch):
            branch.close()


def _report_branch(
    targets: Sequence[str],
    event: Event,
    given: Mapping[str, str],
    environ: Mapping[str, str],
    settings: Settings,
) -> ReportBranch | None:
    kept = [name for name in targets if name in KEEPERS]
    if len(kept) > 1:
        raise UsageError(
            f"publish: {' and '.join(kept)} are both asked for",
            cause="each of them keeps its own account of what was reported last",
            cure="choose one of them, or make two steps with a branch each",
        )
    name = given.get("branch") or DEFAULT_BRANCH
    if kept == [commit.NAME] and settings.commit_method == "git":
        network = Network(f"{event.server}/{event.repository}.git", given.get("github-token", ""))
        return PushedBranch(environ, network, name, settings.commit_author)
    client = own_client(given, environ)
    branch = GitHubBranch(client, event.repository, name)
    if pull_request.NAME in kept:
        return ProposalBranch(branch, *_pulls(name, event, client))
    return branch if kept else None


def _pulls(branch: str, event: Event, client: GitHubClient) -> tuple[str, PullRequests]:
    """Return the base of the pull request, and how it is opened."""
    base = event.default_branch or describe(client, event.repository).default_branch
    return base, PullRequests(client, event.repository, branch, base)


def publish(name: str, delivery: Delivery, parcel: Parcel) -> Receipt:
    """Publish with the publisher of a name; whatever happens, the others have their turn."""
    try:
        return _publisher(name, delivery, parcel).publish(parcel.outcome.insights)
    except (DiffInsightError, OSError) as error:
        return not_published(name, error)
    except Exception as error:  # noqa: BLE001 - a defect of one publisher is no reason to lose others
        return not_published(name, RuntimeError(f"unexpected {type(error).__name__}: {error}"))


def _publisher(name: str, delivery: Delivery, parcel: Parcel) -> Publisher:
    if delivery.exposed and name in KEEPERS:
        return RefusedPublisher(name, Notice("private-source", {"publisher": name}))
    pull = delivery.event.pull_request
    if pull is not None and pull.is_fork and name in KEEPERS:
        # Its token only reads, and what a stranger proposes is not for this repository's branches.
        only_reads = Notice("fork-only-reads", {"publisher": name})
        return RefusedPublisher(name, only_reads, PublishStatus.SKIPPED)
    return _MAKERS[name](delivery, parcel)


def _summary(delivery: Delivery, parcel: Parcel) -> Publisher:
    host, dry_run = delivery.host, delivery.settings.dry_run
    limit = min(BUDGET, host.summary_room()) if not dry_run else BUDGET
    return SummaryPublisher(
        host.append_summary, github_renderer(delivery.settings), limit=limit, dry_run=dry_run
    )


def _commit(delivery: Delivery, parcel: Parcel) -> Publisher:
    event, branch = delivery.event, _branch(delivery)
    feeds = Feeds(
        server=event.server,
        repository=event.repository,
        branch=branch.name,
        template=delivery.settings.output,
    )
    return commit.CommitPublisher(
        branch,
        _content(delivery, parcel, feeds.files),
        address=f"{event.server}/{event.repository}",
        sleep=time.sleep,
        dry_run=delivery.settings.dry_run,
    )


def _pull_request(delivery: Delivery, parcel: Parcel) -> Publisher:
    branch = _branch(delivery)
    return pull_request.PullRequestPublisher(
        branch,
        _pulls(branch.name, delivery.event, delivery.client)[1],
        _content(delivery, parcel),
        render=github_renderer(delivery.settings),
        sleep=time.sleep,
        dry_run=delivery.settings.dry_run,
    )


def _branch(delivery: Delivery) -> ReportBranch:
    if delivery.branch is None:
        raise UsageError("no branch was chosen for the reports", cure="set the input branch")
    return delivery.branch


def _content(delivery: Delivery, parcel: Parcel, more: MoreFiles | None = None) -> BranchContent:
    settings, outcome = delivery.settings, parcel.outcome
    return BranchContent(
        reports=tuple(planned_reports(settings.output, settings.formats, outcome.insights)),
        written=outcome.paths,
        message=_message(delivery, parcel),
        move=parcel.move,
        more=more,
    )


def _message(delivery: Delivery, parcel: Parcel) -> str:
    commits = parcel.outcome.commits
    told = {
        "repository": commits.repository,
        "base": commits.start[:SHORT],
        "head": commits.head[:SHORT],
    }
    return re.sub(r"\{(\w+)\}", lambda match: told[match[1]], delivery.settings.commit_message)


_MAKERS = {"summary": _summary, "commit": _commit, "pull-request": _pull_request}
