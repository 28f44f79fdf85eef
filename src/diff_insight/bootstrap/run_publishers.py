"""Makes the publishers that show reports with the run, on its pull request and its release."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from functools import partial
from pathlib import PurePath
from urllib.parse import urlsplit

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.artifacts import ArtifactService, ResultsSettings
from diff_insight.github.api.conversation import PullConversation
from diff_insight.github.api.release_pages import ReleasePages
from diff_insight.github.events.release_tag import release_tag
from diff_insight.github.events.trust import of_stranger
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus
from diff_insight.ports import Publisher
from diff_insight.publishers import release
from diff_insight.publishers.artifact import ArtifactPublisher, ArtifactStore, ArtifactWish
from diff_insight.publishers.comment import NAME, CommentPublisher, CommentTexts, CommentWish
from diff_insight.publishers.fitting import LevelRenderer
from diff_insight.publishers.refused import RefusedPublisher
from diff_insight.publishers.report_files import pages_beside, planned_reports
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.settings.settings import Settings


def summary_publisher(delivery: PublishContext, parcel: RangeResult, path: str) -> Publisher:
    """Return the publisher of the step's summary."""
    host, dry_run = delivery.host, delivery.settings.dry_run
    limit = min(BUDGET, host.summary_room()) if not dry_run else BUDGET
    render = renderer(delivery.settings, path)
    return SummaryPublisher(host.append_summary, render, limit=limit, dry_run=dry_run)


def artifact_publisher(delivery: PublishContext, parcel: RangeResult, path: str) -> Publisher:
    """Return the publisher of the run's artifact."""
    settings, environ = delivery.settings, delivery.environ
    days = environ.get("GITHUB_RETENTION_DAYS", "")
    wish = ArtifactWish(
        name=settings.artifact_name,
        retention_days=settings.retention_days,
        most_days=int(days) if re.fullmatch(r"[0-9]{1,4}", days) else 0,
        run_url=delivery.event.web.run(environ.get("GITHUB_RUN_ID", "")),
        hosted=takes_artifacts(delivery.event.server),
        dry_run=settings.dry_run,
    )
    store = partial(_store, delivery)
    return ArtifactPublisher(_with_pages(delivery, parcel), store, SystemClock().now, wish)


def _with_pages(delivery: PublishContext, parcel: RangeResult) -> tuple[PurePath, ...]:
    """Return the paths of the reports, each with the pages beside it."""
    settings, outcome = delivery.settings, parcel.outcome
    planned = planned_reports(settings.output, settings.formats, outcome.insights)
    pairs = zip(outcome.paths, planned, strict=False)  # a dry run has no paths
    return tuple(each for path, report in pairs for each in (path, *pages_beside(path, report)))


def _store(delivery: PublishContext) -> ArtifactStore:
    names = ("ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN")
    url, token = (delivery.environ.get(name, "") for name in names)
    if not url or not token:
        raise EnvironmentFailure(f"the runner gives no {names[1] if url else names[0]}")
    delivery.host.mask(token)
    return ArtifactService(ResultsSettings(url=url, token=token), time.sleep, delivery.host.mask)


def takes_artifacts(server: str) -> bool:
    """Tell whether a server is GitHub's own; Enterprise Server has another artifact service."""
    name = (urlsplit(server).hostname or "").lower()
    return name == "github.com" or name.endswith((".ghe.com", ".localhost"))


def comment_publisher(delivery: PublishContext, parcel: RangeResult, web_page: str) -> Publisher:
    """Return the publisher of the pull request's comment."""
    from diff_insight.render.comment_news import render_news  # noqa: PLC0415 - loads Jinja
    from diff_insight.render.environment import speaker  # noqa: PLC0415 - loads Jinja

    event, pull = delivery.event, delivery.event.pull_request
    if not web_page and event.run is not None and event.run.id:
        web_page = event.web.run(str(event.run.id))
    head = pull.head_sha if pull is not None else event.head
    first = speaker(delivery.settings.locales[0])
    texts = CommentTexts(
        render=renderer(delivery.settings, web_page),
        nothing=lambda: first.say("notice.nothing-to-publish"),
        left_out=lambda count: first.say("github.left-out", {"count": count}),
        news=lambda news: render_news(news, head, event.web, first),
    )
    wish = CommentWish(
        key=comment_key(delivery.environ),
        head=head,
        mode=delivery.settings.comment_mode,
        # A workflow_run has a token of its own, whoever the finished run was about.
        read_only=pull is not None and of_stranger(event) and event.name != "pull_request_target",
        dry_run=delivery.settings.dry_run,
    )
    if delivery.pull_unknown:
        unknown = Notice("comment-not-written", {"why": delivery.pull_unknown})
        return RefusedPublisher(NAME, unknown)
    number = event.pull_number
    talk = PullConversation(delivery.client, event.repository, number) if number else None
    return CommentPublisher(talk, texts, wish)


def release_publisher(delivery: PublishContext, parcel: RangeResult, kept: str) -> Publisher:
    """Return the publisher of a block in the notes of a release."""
    from diff_insight.render.environment import speaker  # noqa: PLC0415 - loads Jinja

    event, settings = delivery.event, delivery.settings
    if delivery.wanted.foreign:
        foreign = Notice("release-foreign", {"repository": delivery.wanted.repository})
        return RefusedPublisher(release.NAME, foreign, PublishStatus.SKIPPED)
    first = speaker(settings.locales[0])
    wish = release.ReleaseWish(
        tag=release_tag(event, delivery.inputs.head),
        key=comment_key(delivery.environ),
        render=renderer(settings, kept),
        nothing=lambda: first.say("notice.nothing-to-publish"),
        left_out=lambda count: first.say("github.left-out", {"count": count}),
        dry_run=settings.dry_run,
    )
    return release.ReleasePublisher(ReleasePages(delivery.client, event.repository), wish)


def comment_key(environ: Mapping[str, str]) -> str:
    """Return what tells a step's comment or block from those of other workflows, jobs and steps."""
    workflow = environ.get("GITHUB_WORKFLOW_REF", "").partition("@")[0]
    parts = (workflow, *(environ.get(f"GITHUB_{name}", "") for name in ("JOB", "ACTION")))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


def renderer(settings: Settings, path: str) -> LevelRenderer:
    """Return what renders for GitHub's own pages: a template only when it is meant for them."""
    if settings.template is not None and settings.layout == "github":
        from diff_insight.render.custom import render_custom  # noqa: PLC0415 - loads Jinja

        return partial(render_custom, settings.template, full_report=path)
    from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

    return partial(render_github, full_report=path)
