"""What is handed to publishers: what they need to know of the step, and the reports of a range."""

from __future__ import annotations

import time
from collections.abc import Mapping

from msgspec import Struct

from diff_insight.continuation.cursors import CursorMove
from diff_insight.github.api.client import DEFAULT_API, ApiSettings, GitHubClient
from diff_insight.github.api.pacing import WritePace
from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.model_batches import BatchMove
from diff_insight.pipeline import Outcome
from diff_insight.ports import ReportBranch
from diff_insight.settings.settings import Settings


class PublishContext(Struct, frozen=True, kw_only=True):
    """What publishers need to know of the step.

    Attributes:
        client: Speaks to the API for the workflow's own repository.
        branch: The branch of the reports; None when no publisher asks for one.
        exposed: A commit would show everybody what only some may see.
        pull_unknown: Why GitHub could not say which pull request the run is about; empty if it could.
    """

    host: RunnerHost
    event: Event
    inputs: StepInputs
    environ: Mapping[str, str]
    settings: Settings
    wanted: WantedRange
    client: GitHubClient
    branch: ReportBranch | None = None
    exposed: bool = False
    pull_unknown: str = ""


class RangeResult(Struct, frozen=True, kw_only=True):
    """The reports of one range, with the step of the cursor and of the batches that follows them."""

    outcome: Outcome
    move: CursorMove | None = None
    batches: BatchMove | None = None


def own_client(inputs: StepInputs, environ: Mapping[str, str]) -> GitHubClient:
    """Return a client for the workflow's own repository, which may write as fast as is allowed."""
    api = environ.get("GITHUB_API_URL") or DEFAULT_API
    settings = ApiSettings(url=api, token=inputs.github_token)
    return GitHubClient(settings, time.sleep, WritePace(time.monotonic, time.sleep))
