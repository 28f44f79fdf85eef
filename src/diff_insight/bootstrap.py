"""The composition root: the only place that picks real adapters for the pipeline's ports."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.insight import Insight
from diff_insight.pipeline import Ports
from diff_insight.ports import DiffSource, Progress, ReportWriter, Workers
from diff_insight.publishers.files import FileWriter, Renderer, StreamWriter
from diff_insight.ranges.resolve import DEFAULT_SERVER
from diff_insight.report.json_form import write_json
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.difftext import DiffTextSource
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
    if settings.output == "-":
        name = settings.formats[0]
        return StreamWriter(_write_stdout, name, _RENDERERS[name])
    return FileWriter(
        settings.output,
        settings.formats,
        _RENDERERS,
        dry_run=settings.dry_run,
        workers=workers(),
    )


def workers() -> Workers:
    """Return workers for the cores that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Forked(cores or 1) if hasattr(os, "fork") else InPlace()


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
    return CheckoutSource(Repository(Git(place, environ)))


def _write_stdout(text: str) -> None:
    """Write UTF-8 without newline translation, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def _markdown(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.classic import render_classic  # noqa: PLC0415 - loads Jinja and YAML

    yield from render_classic(insight, locale)


def _html(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.html import render_html  # noqa: PLC0415 - only for HTML

    yield from render_html(insight, locale)


def _json(insight: Insight, locale: str) -> Iterator[str]:
    yield from write_json(insight)


_RENDERERS: Mapping[str, Renderer] = {"markdown": _markdown, "html": _html, "json": _json}
