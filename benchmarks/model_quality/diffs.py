"""What a report knows of a diff when it judges a model's texts about it: its document and its patches."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import rows as ranges
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.llm.client.model_analyst import head_text
from diff_insight.llm.prompting.grounds import RangeGround, range_ground
from diff_insight.llm.prompting.overview import known_files
from diff_insight.llm.prompting.units import Unit, choose
from diff_insight.model.changes import ChangeSet
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.model.telling import Told
from diff_insight.pipeline import Ports, run
from diff_insight.ports import Analyst, DiffSource
from diff_insight.report.patches import has_hunks, patch_reader
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.difftext import DiffTextSource
from support.asking import Listener
from support.recorded import cases, unified_diff


@dataclass
class DiffSetting:
    """A diff as the checks see it."""

    insight: Insight
    units: Sequence[Unit]
    grounds: dict[str, RangeGround] = field(default_factory=dict)

    @cached_property
    def by_path(self) -> dict[str, Unit]:
        """The files that a model was asked about."""
        return {unit.path: unit for unit in self.units}

    def ground(self, locale: str) -> RangeGround:
        """Return what may be said of the range, whose files are told by the rules."""
        if locale not in self.grounds:
            known = known_files(self.insight, {}, locale)
            self.grounds[locale] = range_ground(self.insight, known, self.units)
        return self.grounds[locale]


#: A source and what is asked of it.
Source = tuple[DiffSource, RangeRequest]


class _Chooser:
    """An analyst that writes nothing and keeps what a model would see."""

    is_interrupted = False

    def __init__(self) -> None:
        self.settings: list[DiffSetting] = []

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Keep the files of each document."""
        for insight in insights:
            readers = [
                patch_reader(entry.analysis.change, changes.patches)
                if has_hunks(entry.analysis.change)
                else None
                for entry in insight.files
            ]
            chosen = choose(insight, readers, (), None, lambda entry: head_text(source, entry))
            self.settings.append(DiffSetting(insight, chosen.units))
        return [Told(model="", prompt_version="") for _ in insights]


def setting_of(source: Source, locales: tuple[str, ...]) -> DiffSetting:
    """Return the setting of a diff."""
    chooser = _Chooser()
    retold(source, locales, chooser)
    return chooser.settings[0]


def diff_source(row: Mapping[str, Any], clones: Path | None) -> Source | None:
    """Return where the diff of a row is had from; None without a clone of its repository."""
    case = str(row["case"])
    if "head" not in row:
        return _recorded(case)
    place = ranges.Row(repository=case, base=row["base"], head=row["head"], files=0)
    clone = ranges.find_clone(place, clones)
    return _cloned(clone, place.base, place.head) if clone else None


def retold(source: Source, locales: tuple[str, ...], analyst: Analyst) -> tuple[Insight, Told]:
    """Return the document of a diff, and what an analyst tells of it."""
    remembering = _Remembering(analyst)
    listener = Listener()
    diff, request = source
    ports = Ports(
        source=diff, writer=listener, clock=listener, progress=listener, workers=InPlace(),
        analyst=remembering,
    )  # fmt: skip
    try:
        run(request, Settings(locales=locales), ports)
    finally:
        diff.close()
    return remembering.seen[0]


class _Remembering:
    """An analyst that keeps what another one is told and tells."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst
        self.seen: list[tuple[Insight, Told]] = []

    @property
    def is_interrupted(self) -> bool:
        """Whether the other one was stopped."""
        return self._analyst.is_interrupted

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Keep each document with its texts."""
        told = self._analyst.retell(insights, changes, source)
        self.seen += zip(insights, told, strict=True)
        return told


def _recorded(name: str) -> Source:
    case = next(case for case in cases() if case.name == name)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the source reads it until it is closed
    file.write(unified_diff(case.files))
    file.flush()
    source = DiffTextSource(
        file, name=name, repository=case.repository, server="https://github.com"
    )
    return source, RangeRequest(base=case.base, head=case.head)


def _cloned(clone: Path, base: str, head: str) -> Source:
    source = CheckoutSource(Repository(Git(clone, os.environ)))
    return source, RangeRequest(base=base, head=head, comparison=Comparison.DIRECT)
