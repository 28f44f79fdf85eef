"""Runs the pipeline over diffs and repositories in memory, and makes hostile ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePath

from msgspec.structs import replace

from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.pipeline import Ports, run
from diff_insight.ports import DiffSource, OwnCode
from diff_insight.render.classic import render_classic
from diff_insight.render.html import render_html
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.difftext import DiffTextSource

LOCALES = ("en_US", "ja_JP", "zh_CN")


class _Nothing:
    """Progress that tells nobody, a writer that keeps the documents, and a stopped clock."""

    def __init__(self) -> None:
        self.insights: tuple[Insight, ...] = ()

    def stage(self, name: str, total: int = 0) -> None:
        return

    def advance(self, steps: int = 1) -> None:
        return

    def notice(self, notice: Notice) -> None:
        return

    def say(self, text: str) -> None:
        return

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        self.insights = tuple(insights)
        return []

    def now(self) -> datetime:
        return datetime(2025, 6, 12, tzinfo=UTC)


def insights_from(
    source: DiffSource, request: RangeRequest, settings: Settings, own: OwnCode | None = None
) -> tuple[Insight, ...]:
    """Run the pipeline with everything but the source held in memory."""
    world = _Nothing()
    ports = Ports(
        source=source, writer=world, clock=world, progress=world, workers=InPlace(), own_code=own
    )
    try:
        return tuple(_held(insight) for insight in run(request, settings, ports).insights)
    finally:
        source.close()


def _held(insight: Insight) -> Insight:
    """Read every patch now, so that the document outlives its source."""
    texts = [entry.patch() if entry.patch else None for entry in insight.files]
    files = [
        entry if text is None else replace(entry, patch=partial(str, text))
        for entry, text in zip(insight.files, texts, strict=True)
    ]
    return replace(insight, files=tuple(files))


def insight_of_diff(
    diff: bytes, settings: Settings | None = None, *, repository: str = "example/docs"
) -> Insight:
    """Return the document of a unified diff."""
    with tempfile.TemporaryFile() as file:
        file.write(diff)
        file.flush()
        source = DiffTextSource(
            file, name="test", repository=repository, server="https://github.com"
        )
        request = RangeRequest(base="1111111", head="2222222")
        (insight,) = insights_from(source, request, settings or Settings(locales=LOCALES))
    return insight


def insight_of_range(path: Path, base: str, head: str, settings: Settings | None = None) -> Insight:
    """Return the document of two commits of a checkout."""
    source = CheckoutSource(Repository(Git(path, os.environ)))
    request = RangeRequest(base=base, head=head, comparison=Comparison.DIRECT)
    (insight,) = insights_from(source, request, settings or Settings(locales=LOCALES))
    return insight


def classic(insight: Insight, locale: str = "en_US") -> str:
    """Return the classic report of one locale."""
    return "".join(render_classic(insight, locale))


def page(insight: Insight, locale: str = "en_US") -> str:
    """Return the HTML report of one locale."""
    return "".join(render_html(insight, locale))
