"""What every way of running shares: the workers, how reports are rendered and written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from babel import localedata

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.own_code import ImpactPorts
from diff_insight.errors import EnvironmentFailure
from diff_insight.localization.catalogs import load_catalog
from diff_insight.model.insight import Insight
from diff_insight.pipeline import Ports
from diff_insight.ports import (
    Analyst,
    DiffSource,
    Progress,
    ReportWriter,
    StoredFindings,
    Workers,
)
from diff_insight.publishers.report_files import FileWriter, Renderer, StreamWriter
from diff_insight.runtime.children import can_fork
from diff_insight.runtime.workers import Forked, InPlace
from diff_insight.settings.settings import Settings, Template


@contextmanager
def ports(
    source: DiffSource,
    settings: Settings,
    progress: Progress,
    analyst: Analyst | None = None,
    impact: ImpactPorts | None = None,
    stored: StoredFindings | None = None,
) -> Iterator[Ports]:
    """Give the pipeline its world, and put the source away afterwards.

    Args:
        source: Where the diff comes from.
        settings: Which reports are wanted.
        progress: Told what is done.
        analyst: Retells the reports, if there is a model.
        impact: Where uses of what changes are looked up; None for nowhere.
        stored: What other processes have found of the files.
    """
    try:
        load_ahead(settings)
        yield Ports(
            source=source,
            writer=writer(settings),
            clock=SystemClock(),
            progress=progress,
            workers=workers(),
            analyst=analyst,
            own_code=impact.own_code if impact else None,
            dependencies=impact.dependencies if impact else None,
            stored=stored,
        )
    finally:
        source.close()


def writer(settings: Settings) -> ReportWriter:
    """Return the writer that the output template asks for."""
    renderers = {**_RENDERERS, "markdown": _markdown_renderer(settings)}
    if settings.output == "-":
        name = settings.formats[0]
        return StreamWriter(_write_stdout, name, renderers[name])
    return FileWriter(
        settings.output,
        settings.formats,
        renderers,
        dry_run=settings.dry_run,
        workers=workers(),
        pages={"html": _html_pages},
    )


def workers() -> Workers:
    """Return workers for the cores that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Forked(cores or 1) if can_fork() else InPlace()


def load_ahead(settings: Settings) -> None:
    """Load what the reports will need; helper processes then start with it."""
    for locale in settings.locales:
        localedata.load(str(load_catalog(locale).locale))
    if "markdown" in settings.formats and settings.template is None and settings.layout != "github":
        from diff_insight.render.classic import template  # noqa: PLC0415 - loads Jinja and YAML

        template()


def _write_stdout(piece: bytes) -> None:
    """Write UTF-8 without newline translation, whatever the terminal's encoding is."""
    if sys.stdout is None:  # it was closed before the program began
        raise EnvironmentFailure(
            "there is no standard output to print the report to",
            cause="it is closed",
            cure="leave it open, or name a file with --output",
        )
    sys.stdout.buffer.write(piece)


def _markdown_renderer(settings: Settings) -> Renderer:
    if settings.template is not None:
        return partial(_custom, settings.template)
    return _LAYOUTS[settings.layout]


def _custom(template: Template, insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.custom import render_custom  # noqa: PLC0415 - loads Jinja

    yield render_custom(template, insight, locale)


def _classic(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.classic import render_classic  # noqa: PLC0415 - loads Jinja and YAML

    yield from render_classic(insight, locale)


def _github(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.github import render_github_file  # noqa: PLC0415 - loads Jinja

    yield render_github_file(insight, locale)


def _html(insight: Insight, locale: str) -> Iterator[str]:
    from diff_insight.render.html import render_html  # noqa: PLC0415 - only for HTML

    yield from render_html(insight, locale)


def _html_pages(insight: Insight, locale: str) -> Iterator[tuple[str, Iterator[str]]]:
    from diff_insight.render.html import render_html_pages  # noqa: PLC0415 - only for HTML

    yield from render_html_pages(insight, locale)


def _json(insight: Insight, locale: str) -> Iterator[bytes]:
    from diff_insight.render.json_form import write_json  # noqa: PLC0415 - only for JSON

    yield from write_json(insight)


_RENDERERS: Mapping[str, Renderer] = {"html": _html, "json": _json}
#: Arrangements of Markdown by the names that a setting gives them.
_LAYOUTS: Mapping[str, Renderer] = {"auto": _classic, "classic": _classic, "github": _github}
