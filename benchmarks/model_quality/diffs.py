"""What a report knows of a diff when it judges a model's texts about it: its document and its patches."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.llm.client.model import head_text
from diff_insight.llm.prompting.overview import known_files
from diff_insight.llm.prompting.units import Unit, choose
from diff_insight.llm.prompting.verify import RangeGround, range_ground
from diff_insight.model.changes import ChangeSet
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.model.telling import Told
from diff_insight.pipeline import Ports, run
from diff_insight.ports import DiffSource
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


def recorded_setting(name: str, locales: tuple[str, ...]) -> DiffSetting:
    """Return the setting of a recorded diff."""
    case = next(case for case in cases() if case.name == name)
    with tempfile.TemporaryFile() as file:
        file.write(unified_diff(case.files))
        file.flush()
        source = DiffTextSource(
            file, name=name, repository=case.repository, server="https://github.com"
        )
        return _setting(source, RangeRequest(base=case.base, head=case.head), locales)


def clone_setting(clone: Path, base: str, head: str, locales: tuple[str, ...]) -> DiffSetting:
    """Return the setting of a range of a clone."""
    source = CheckoutSource(Repository(Git(clone, os.environ)))
    return _setting(
        source, RangeRequest(base=base, head=head, comparison=Comparison.DIRECT), locales
    )


def _setting(source: DiffSource, request: RangeRequest, locales: tuple[str, ...]) -> DiffSetting:
    chooser, listener = _Chooser(), Listener()
    ports = Ports(
        source=source, writer=listener, clock=listener, progress=listener, workers=InPlace(),
        analyst=chooser,
    )  # fmt: skip
    try:
        run(request, Settings(locales=locales), ports)
    finally:
        source.close()
    return chooser.settings[0]
