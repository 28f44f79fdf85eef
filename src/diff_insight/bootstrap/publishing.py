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
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import SHORT
from diff_insight.model.receipts import Receipt
from diff_insight.pipeline import Outcome
from diff_insight.ports import ReportBranch
from diff_insight.publishers import commit
from diff_insight.publishers.branch_content import BranchContent
from diff_insight.publishers.files import planned_reports
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.settings.settings import Settings

#: Publishers that keep the cursor beside the reports.
KEEPERS = frozenset({commit.NAME})
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
    """

    host: Host
    event: Event
    given: Mapping[str, str]
    environ: Mapping[str, str]
    settings: Settings
    wanted: WantedRange
    client: GitHubClient


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


def report_branch(
    targets: Sequence[str], event: Event, given: Mapping[str, str], client: GitHubClient
) -> ReportBranch | None:
    """Return the branch that reports are published to; None when no publisher does that."""
    name = given.get("branch") or DEFAULT_BRANCH
    return GitHubBranch(client, event.repository, name) if commit.NAME in targets else None


def publisher(name: str, delivery: Delivery, parcel: Parcel) -> Publisher:
    """Return the publisher of a name."""
    return _MAKERS[name](delivery, parcel)


def _summary(delivery: Delivery, parcel: Parcel) -> Publisher:
    from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

    host, dry_run = delivery.host, delivery.settings.dry_run
    limit = min(BUDGET, host.summary_room()) if not dry_run else BUDGET
    return SummaryPublisher(host.append_summary, render_github, limit=limit, dry_run=dry_run)


def _commit(delivery: Delivery, parcel: Parcel) -> Publisher:
    event = delivery.event
    name = delivery.given.get("branch") or DEFAULT_BRANCH
    return commit.CommitPublisher(
        GitHubBranch(delivery.client, event.repository, name),
        _content(delivery, parcel),
        _message(delivery, parcel),
        address=f"{event.server}/{event.repository}",
        sleep=time.sleep,
        dry_run=delivery.settings.dry_run,
    )


def _content(delivery: Delivery, parcel: Parcel) -> BranchContent:
    settings, outcome = delivery.settings, parcel.outcome
    return BranchContent(
        reports=tuple(planned_reports(settings.output, settings.formats, outcome.insights)),
        written=outcome.paths,
        move=parcel.move,
    )


def _message(delivery: Delivery, parcel: Parcel) -> str:
    commits = parcel.outcome.commits
    return delivery.settings.commit_message.format(
        repository=commits.repository, base=commits.start[:SHORT], head=commits.head[:SHORT]
    )


_MAKERS = {"summary": _summary, "commit": _commit}
