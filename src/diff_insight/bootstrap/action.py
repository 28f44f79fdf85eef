"""Builds what the action reads with: its sources in order, a file at a trusted commit, a finished run's proposal."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.range_result import own_client
from diff_insight.bootstrap.server_sources import server_sources
from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.committed import committed_bytes
from diff_insight.git.network import Network
from diff_insight.git.remote import PartialClone, object_format
from diff_insight.git.repository import Repository
from diff_insight.github.api.client import DEFAULT_API, ApiSettings
from diff_insight.github.api.pulls import pull_of_run
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event, WantedRange
from diff_insight.ports import DiffSource, Progress
from diff_insight.settings.config_file import LARGEST_CONFIG
from diff_insight.settings.template_file import ReadFile
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.fallback_source import FallbackSource
from diff_insight.sources.github_api import ApiPlace
from diff_insight.sources.ladder import CHECKOUT, FirstWorkingSource


def workspace(environ: Mapping[str, str]) -> Path:
    """Return the folder that the workflow works in."""
    return Path(environ.get("GITHUB_WORKSPACE") or ".")


def workspace_git(environ: Mapping[str, str]) -> Git:
    """Return git in the workspace, without network."""
    return Git(workspace(environ), environ)


def action_source(
    event: Event,
    wanted: WantedRange,
    inputs: StepInputs,
    environ: Mapping[str, str],
    progress: Progress,
    *,
    most_files: int = 0,
) -> DiffSource:
    """Return the sources of the action in their order: checkout, git over the network, the API.

    They read so many changed files; 0 is no limit.
    """
    now = SystemClock().now()
    token = inputs.source_token_for(foreign=wanted.foreign)
    pull = event.pull_request if not wanted.foreign else None
    fork = pull.head_repository if pull is not None and pull.is_fork else ""
    rungs = server_sources(
        ApiPlace(
            repository=wanted.repository,
            server=event.server,
            fork=fork,
            pull=pull.number if pull is not None else None,
        ),
        ApiSettings(url=environ.get("GITHUB_API_URL") or DEFAULT_API, token=token),
        {**environ, "GITHUB_SERVER_URL": event.server},
        now,
        most_files=most_files,
    )
    if not wanted.foreign and (workspace(environ) / ".git").exists():
        rungs.insert(
            0,
            (
                CHECKOUT,
                CheckoutSource(
                    Repository(workspace_git(environ), event.server),
                    now,
                    trusted=False,
                    most_files=most_files,
                ),
            ),
        )
    return FallbackSource(FirstWorkingSource(rungs), wanted, progress.notice)


def committed_file(
    event: Event, commit: str, inputs: StepInputs, environ: Mapping[str, str]
) -> ReadFile:
    """Return how to read a file of the workflow's own repository at a commit.

    It comes from the checkout's objects where they have it, else from the server; never from the
    work tree, which an earlier step, a pull request or a compared repository may have written.
    """

    def read(path: str) -> bytes | None:
        with suppress(EnvironmentFailure):
            return committed_bytes(workspace_git(environ), commit, path, limit=LARGEST_CONFIG)
        url = f"{event.server}/{event.repository}.git"
        network = Network(url, inputs.github_token)
        with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
            clone = PartialClone(
                Path(folder), environ, (network,),
                filter_="blob:none", object_format=object_format(commit),
            )  # fmt: skip
            clone.commits([commit], "--depth=1")
            return clone.file(commit, path, limit=LARGEST_CONFIG)

    return read


def with_pull_request(event: Event, inputs: StepInputs, environ: Mapping[str, str]) -> Event:
    """Return the event of a finished run with the pull request that the run was about.

    Raises:
        DiffInsightError: GitHub cannot be asked.
    """
    run = event.run
    if run is None or not run.event.startswith("pull_request"):
        return event
    client = own_client(inputs, environ)
    try:
        pull = pull_of_run(client, event.repository, run, event.head)
    finally:
        client.close()
    if pull is None:
        return event
    return replace(event, base=pull.base_sha, pull_number=pull.number)
