"""What publishers of the action work with: the runner, the results service, GitHub's API."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from urllib.parse import urlsplit

from diff_insight.actions.host import Host
from diff_insight.bootstrap.engine import SystemClock
from diff_insight.errors import EnvironmentFailure
from diff_insight.githubapi.client import DEFAULT_API, ApiSettings, GitHubClient
from diff_insight.model.events import Event
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.ports import Publisher
from diff_insight.publishers.artifact import ArtifactPublisher, ArtifactStore, ArtifactWish
from diff_insight.publishers.comment import CommentPublisher, CommentTexts, CommentWish
from diff_insight.publishers.fitting import LevelRenderer
from diff_insight.publishers.own_comment import Conversation
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.settings.settings import Settings

#: Publishers whose place holds the whole report, the best first.
_WHOLE = ("artifact", "commit", "pull-request")
_DEPENDABOT = "dependabot[bot]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Everything that publishers are made from.

    Attributes:
        files: The report files of this run.
    """

    host: Host
    settings: Settings
    event: Event
    given: Mapping[str, str]
    environ: Mapping[str, str]
    files: Sequence[PurePath]

    def publisher(self, name: str, before: Sequence[Receipt]) -> Publisher:
        """Return the publisher of a name.

        Args:
            name: As in `publish`.
            before: What the publishers before it did, because it may link to that.
        """
        make = {"artifact": self._artifact, "comment": self._comment, "summary": self._summary}
        return make[name](before)

    def _summary(self, before: Sequence[Receipt]) -> Publisher:
        dry_run = self.settings.dry_run
        limit = BUDGET if dry_run else min(BUDGET, self.host.summary_room())
        render = self._renderer(_whole_report(before))
        return SummaryPublisher(self.host.append_summary, render, limit=limit, dry_run=dry_run)

    def _artifact(self, before: Sequence[Receipt]) -> Publisher:
        days = self.environ.get("GITHUB_RETENTION_DAYS", "")
        wish = ArtifactWish(
            name=self.settings.artifact_name,
            retention_days=self.settings.retention_days,
            most_days=int(days) if re.fullmatch(r"[0-9]{1,4}", days) else 0,
            run_url=self._run_url(self.environ.get("GITHUB_RUN_ID", "")),
            hosted=takes_artifacts(self.event.server),
            dry_run=self.settings.dry_run,
        )
        return ArtifactPublisher(self.files, self._store, SystemClock().now, wish)

    def _store(self) -> ArtifactStore:
        from diff_insight.githubapi.artifacts import (  # noqa: PLC0415 - only for artifacts
            ArtifactService,
            ResultsSettings,
        )

        names = ("ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN")
        url, token = (self.environ.get(name, "") for name in names)
        if not url or not token:
            raise EnvironmentFailure(f"the runner gives no {names[1] if url else names[0]}")
        self.host.mask(token)
        settings = ResultsSettings(url=url, token=token)
        return ArtifactService(settings, time.sleep, self.host.mask)

    def _comment(self, before: Sequence[Receipt]) -> Publisher:
        from diff_insight.render.environment import speaker  # noqa: PLC0415 - loads Jinja

        event, pull = self.event, self.event.pull_request
        place = _whole_report(before)
        if not place and event.run is not None and event.run.id:
            place = self._run_url(str(event.run.id))
        first = speaker(self.settings.locales[0])
        texts = CommentTexts(
            render=self._renderer(place),
            nothing=lambda: first.say("notice.nothing-to-publish"),
            left_out=lambda count: first.say("github.left-out", {"count": count}),
        )
        wish = CommentWish(
            key=self._comment_key(),
            head=pull.head_sha if pull is not None else event.head,
            mode=self.settings.comment_mode,
            read_only=pull is not None and event.name != "pull_request_target"
            and (pull.is_fork or pull.author == _DEPENDABOT),
            dry_run=self.settings.dry_run,
        )  # fmt: skip
        return CommentPublisher(self._conversation(), texts, wish)

    def _conversation(self) -> Conversation | None:
        from diff_insight.githubapi.conversation import (  # noqa: PLC0415 - only for comments
            PullConversation,
        )

        number = self.event.pull_number
        if number is None:
            return None
        client = own_client(self.given, self.environ)
        return PullConversation(client, self.event.repository, number)

    def _comment_key(self) -> str:
        """Return what tells this step's comment from those of other workflows, jobs and steps."""
        workflow = self.environ.get("GITHUB_WORKFLOW_REF", "").partition("@")[0]
        told = (workflow, *(self.environ.get(f"GITHUB_{name}", "") for name in ("JOB", "ACTION")))
        return hashlib.sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()[:12]

    def _renderer(self, place: str) -> LevelRenderer:
        from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

        return partial(render_github, full_report=place)

    def _run_url(self, number: str) -> str:
        known = re.fullmatch(r"[0-9]{1,20}", number)
        base = f"{self.event.server}/{self.event.repository}"
        return f"{base}/actions/runs/{number}" if known else base


def own_client(given: Mapping[str, str], environ: Mapping[str, str]) -> GitHubClient:
    """Return a client for the workflow's own repository."""
    url = environ.get("GITHUB_API_URL") or DEFAULT_API
    return GitHubClient(ApiSettings(url=url, token=given.get("github-token", "")), time.sleep)


def takes_artifacts(server: str) -> bool:
    """Tell whether a server is GitHub's own; Enterprise Server has another artifact service."""
    name = (urlsplit(server).hostname or "").lower()
    return name == "github.com" or name.endswith((".ghe.com", ".localhost"))


def _whole_report(before: Sequence[Receipt]) -> str:
    """Return where the whole report was put before; empty when nowhere."""
    places = {
        receipt.publisher: receipt.place
        for receipt in before
        if receipt.status is PublishStatus.PUBLISHED and receipt.place
    }
    return next((places[name] for name in _WHOLE if name in places), "")
