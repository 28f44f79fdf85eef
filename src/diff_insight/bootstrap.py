"""The composition root: the only place that picks real adapters for the pipeline's ports."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from diff_insight.actions.host import Host
from diff_insight.children import can_fork
from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.network import Network
from diff_insight.git.remote import PartialClone, object_format
from diff_insight.git.repository import Repository
from diff_insight.githubapi.client import DEFAULT_API, ApiSettings
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.insight import Insight
from diff_insight.pipeline import Ports
from diff_insight.ports import DiffSource, Progress, ReportWriter, Workers
from diff_insight.publishers.files import FileWriter, Renderer, StreamWriter
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.ranges.resolve import DEFAULT_SERVER
from diff_insight.report.json_form import write_json
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.difftext import DiffTextSource
from diff_insight.sources.fallback import FallbackSource
from diff_insight.sources.github_api import ApiPlace, GitHubApiSource
from diff_insight.sources.ladder import CHECKOUT, LadderSource
from diff_insight.sources.remote import RemotePlace, RemoteSource
from diff_insight.workers import Forked, InPlace


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


@contextmanager
def ports(source: DiffSource, settings: Settings, progress: Progress) -> Iterator[Ports]:
    """Give the pipeline its world, and put the source away afterwards."""
    try:
        yield Ports(
            source=source,
            writer=writer(settings),
            clock=SystemClock(),
            progress=progress,
            workers=workers(),
        )
    finally:
        source.close()


def writer(settings: Settings) -> ReportWriter:
    """Return the writer that the output template asks for."""
    renderers = {**_RENDERERS, "markdown": _github if settings.layout == "github" else _markdown}
    if settings.output == "-":
        name = settings.formats[0]
        return StreamWriter(_write_stdout, name, renderers[name])
    return FileWriter(
        settings.output,
        settings.formats,
        renderers,
        dry_run=settings.dry_run,
        workers=workers(),
    )


def workers() -> Workers:
    """Return workers for the cores that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Forked(cores or 1) if can_fork() else InPlace()


def command_source(
    arguments: argparse.Namespace, environment: Mapping[str, str] | None
) -> DiffSource:
    """Return the source that the command's arguments name."""
    environ = os.environ if environment is None else environment
    if arguments.diff is not None:
        repository = arguments.repo or ""
        server = environ.get("GITHUB_SERVER_URL", DEFAULT_SERVER)
        if arguments.diff == "-":
            return DiffTextSource(
                sys.stdin.buffer, name="standard input", repository=repository, server=server
            )
        return DiffTextSource.open(Path(arguments.diff), repository=repository, server=server)
    place = Path(arguments.repo or ".")
    if arguments.repo and not place.exists() and "/" in arguments.repo:
        raise UsageError(
            f"there is no directory {arguments.repo!r}",
            cause="repositories are read from a local checkout",
            cure="clone it and give the path, or pipe a diff into --diff -",
        )
    return CheckoutSource(Repository(Git(place, environ)), SystemClock().now())


def workspace(environ: Mapping[str, str]) -> Path:
    """Return the folder that the workflow works in."""
    return Path(environ.get("GITHUB_WORKSPACE") or ".")


def workspace_git(environ: Mapping[str, str]) -> Git:
    """Return git in the workspace, without network."""
    return Git(workspace(environ), environ)


def action_source(
    event: Event,
    wanted: WantedRange,
    given: Mapping[str, str],
    environ: Mapping[str, str],
    progress: Progress,
) -> DiffSource:
    """Return the sources of the action in their order: checkout, git over the network, the API."""
    now = SystemClock().now()
    token = _token(wanted, given)
    pull = event.pull_request if not wanted.foreign else None
    fork = pull.head_repository if pull is not None and pull.is_fork else ""
    api = GitHubApiSource(
        ApiPlace(
            repository=wanted.repository,
            server=event.server,
            fork=fork,
            pull=pull.number if pull is not None else None,
        ),
        ApiSettings(url=environ.get("GITHUB_API_URL") or DEFAULT_API, token=token),
        environ,
        time.sleep,
        now,
    )
    place = RemotePlace(repository=wanted.repository, server=event.server, token=token, fork=fork)
    rungs: list[tuple[str, DiffSource]] = [
        ("git", RemoteSource(place, environ, now=now, ask_merge_base=api.merge_base)),
        ("api", api),
    ]
    if not wanted.foreign and (workspace(environ) / ".git").exists():
        rungs.insert(
            0,
            (
                CHECKOUT,
                CheckoutSource(Repository(workspace_git(environ)), now, trusted=not wanted.trusted),
            ),
        )
    return FallbackSource(LadderSource(rungs), wanted, progress.notice)


def remote_file(
    event: Event, given: Mapping[str, str], environ: Mapping[str, str]
) -> Callable[[str, str], bytes | None]:
    """Return how to read a file of the workflow's own repository at a commit."""

    def read(commit: str, path: str) -> bytes | None:
        url = f"{event.server}/{event.repository}.git"
        network = Network(url, given.get("github-token", ""))
        with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
            clone = PartialClone(
                Path(folder), environ, (network,),
                filter_="blob:none", object_format=object_format(commit),
            )  # fmt: skip
            clone.commits([commit], "--depth=1")
            return clone.file(commit, path)

    return read


def publisher(name: str, host: Host, settings: Settings) -> SummaryPublisher:
    """Return the publisher of a name; there is one so far."""
    from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

    limit = min(BUDGET, host.summary_room()) if not settings.dry_run else BUDGET
    return SummaryPublisher(
        host.append_summary, render_github, limit=limit, dry_run=settings.dry_run
    )


def _token(wanted: WantedRange, given: Mapping[str, str]) -> str:
    """Return the token for the compared repository; another one may have its own."""
    own = given.get("github-token", "")
    return (given.get("source-token") or own) if wanted.foreign else own


def _write_stdout(text: str) -> None:
    """Write UTF-8 without newline translation, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def _markdown(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.classic import render_classic  # noqa: PLC0415 - loads Jinja and YAML

    yield from render_classic(insight, locale)


def _github(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.github import render_github  # noqa: PLC0415 - loads Jinja

    yield render_github(insight, locale)


def _html(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.html import render_html  # noqa: PLC0415 - only for HTML

    yield from render_html(insight, locale)


def _json(insight: Insight, locale: str) -> Iterator[str]:
    yield from write_json(insight)


_RENDERERS: Mapping[str, Renderer] = {"html": _html, "json": _json}
