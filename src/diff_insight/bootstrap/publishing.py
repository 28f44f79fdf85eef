"""Chooses the publishers of a step, and what each of them works with."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from diff_insight.actions.host import Host
from diff_insight.githubapi.branches import GitHubBranch
from diff_insight.githubapi.client import DEFAULT_API, ApiSettings, GitHubClient
from diff_insight.githubapi.pacing import WritePace
from diff_insight.model.cursors import CursorMove
from diff_insight.model.events import Event
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import SHORT
from diff_insight.model.receipts import Receipt
from diff_insight.pipeline import Outcome
from diff_insight.publishers import commit
from diff_insight.publishers.branch_content import BranchContent
from diff_insight.publishers.files import planned_reports
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.settings.settings import Settings

DEFAULT_BRANCH = "diff-insight-reports"


class Publisher(Protocol):
    """Puts the reports of a run where people look."""

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Publish, and tell how that went; a failure is told, not raised."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A run's reports, and what publishers need to know of the step.

    Attributes:
        client: Speaks to the API as the workflow's own repository.
        move: The step of the cursor that follows these reports.
    """

    host: Host
    event: Event
    given: Mapping[str, str]
    settings: Settings
    outcome: Outcome
    client: GitHubClient
    move: CursorMove | None = None


def own_client(given: Mapping[str, str], environ: Mapping[str, str]) -> GitHubClient:
    """Return a client for the workflow's own repository, which may write as fast as is allowed."""
    api = environ.get("GITHUB_API_URL") or DEFAULT_API
    settings = ApiSettings(url=api, token=given.get("github-token", ""))
    return GitHubClient(settings, time.sleep, WritePace(time.monotonic, time.sleep))


def publisher(name: str, delivery: Delivery) -> Publisher:
    """Return the publisher of a name."""
    return _MAKERS[name](delivery)


def _summary(delivery: Delivery) -> Publisher:
    from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

    host, dry_run = delivery.host, delivery.settings.dry_run
    limit = min(BUDGET, host.summary_room()) if not dry_run else BUDGET
    return SummaryPublisher(host.append_summary, render_github, limit=limit, dry_run=dry_run)


def _commit(delivery: Delivery) -> Publisher:
    event, settings = delivery.event, delivery.settings
    name = delivery.given.get("branch") or DEFAULT_BRANCH
    return commit.CommitPublisher(
        GitHubBranch(delivery.client, event.repository, name),
        _content(delivery),
        message_of(delivery),
        address=f"{event.server}/{event.repository}",
        sleep=time.sleep,
        dry_run=settings.dry_run,
    )


def _content(delivery: Delivery) -> BranchContent:
    settings, outcome = delivery.settings, delivery.outcome
    return BranchContent(
        reports=tuple(planned_reports(settings.output, settings.formats, outcome.insights)),
        written=outcome.paths,
        move=delivery.move,
    )


def message_of(delivery: Delivery) -> str:
    """Return the message of a commit with reports."""
    commits = delivery.outcome.commits
    return delivery.settings.commit_message.format(
        repository=commits.repository, base=commits.start[:SHORT], head=commits.head[:SHORT]
    )


_MAKERS = {"summary": _summary, "commit": _commit}
