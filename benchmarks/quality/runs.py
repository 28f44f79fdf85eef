"""Runs the rules over a diff or a range of a clone, and keeps what they say."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath

from msgspec import Struct

from benchmarks.quality.cases import Case
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.localization.locales import available
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.model.story import StoryItem
from diff_insight.pipeline import Ports, run
from diff_insight.ports import DiffSource
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.difftext import DiffTextSource
from diff_insight.story.build import build_story


class Told(Struct, frozen=True):
    """What the rules said: the document, the items of each file, and the patch texts."""

    insight: Insight
    by_file: tuple[Sequence[StoryItem], ...]
    patches: tuple[str, ...]


class _Nowhere:
    """Writes nothing, tells nobody, and stops the clock."""

    def __init__(self) -> None:
        self.told: tuple[Told, ...] = ()

    def stage(self, name: str, total: int = 0) -> None:
        return

    def advance(self, steps: int = 1) -> None:
        return

    def say(self, text: str) -> None:
        return

    def notice(self, notice: Notice) -> None:
        return

    def now(self) -> datetime:
        return datetime(2025, 1, 1, tzinfo=UTC)

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        # Patches are read from the source while it is open.
        self.told = tuple(map(_told, insights))
        return []


def of_case(case: Case) -> Told:
    """Tell a recorded diff in every locale."""
    with tempfile.TemporaryFile() as file:
        file.write(case.diff())
        file.flush()
        source = DiffTextSource(
            file, name=case.name, repository=case.repository, server="https://github.com"
        )
        return _run(source, RangeRequest(base=case.base, head=case.head), ())


def of_range(clone: Path, base: str, head: str, include: Sequence[str]) -> Told:
    """Tell some files of a range of a clone; what the other files say is known to the rules."""
    source = CheckoutSource(Repository(Git(clone, os.environ)))
    request = RangeRequest(base=base, head=head, comparison=Comparison.DIRECT)
    return _run(source, request, tuple(f"/{path}" for path in include))


def _run(source: DiffSource, request: RangeRequest, include: tuple[str, ...]) -> Told:
    world = _Nowhere()
    ports = Ports(source=source, writer=world, clock=world, progress=world, workers=InPlace())
    try:
        settings = Settings(
            locales=available(), include=include, max_patch_bytes=0, max_report_patch_bytes=0
        )
        run(request, settings, ports)
    finally:
        source.close()
    if not world.told:
        raise ValueError("no file of the range is left to tell")
    return world.told[0]


def _told(insight: Insight) -> Told:
    story = build_story([entry.analysis for entry in insight.files], ())
    patches = tuple(entry.patch() if entry.patch else "" for entry in insight.files)
    return Told(insight, story.by_file, patches)
