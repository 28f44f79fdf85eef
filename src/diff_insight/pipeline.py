"""The whole job, read top to bottom: range, diff, selection, analysis, story, document, reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import PurePath
from zoneinfo import ZoneInfo

from diff_insight.analysis.analyze import analysis_notices, analyze
from diff_insight.analysis.moves import with_moves
from diff_insight.model.changes import ChangeSet
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import Clock, DiffSource, Progress, ReportWriter, Workers
from diff_insight.report.document import Category, RangeContext, build_insight
from diff_insight.selection.select import Selection, select
from diff_insight.settings.settings import Settings
from diff_insight.story.build import build_story


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The world as the pipeline sees it."""

    source: DiffSource
    writer: ReportWriter
    clock: Clock
    progress: Progress
    workers: Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did."""

    commits: CommitRange
    insights: tuple[Insight, ...]
    paths: tuple[PurePath, ...]
    selection: Selection

    @property
    def breaking(self) -> int:
        """Number of breaking findings in all categories."""
        return sum(insight.breaking for insight in self.insights)


def run(request: RangeRequest, settings: Settings, ports: Ports) -> Outcome:
    """Compare two commits and write the reports."""
    ports.progress.stage("diff")
    commits = ports.source.resolve(request)
    changes = ports.source.diff(commits)
    selection = select(changes, settings)
    ports.progress.stage("analysis", sum(len(files) for files in selection.categories.values()))
    context = RangeContext(
        commits=commits,
        changes=changes,
        selection=selection,
        date=report_date(commits, settings, ports),
        notices=(*changes.notices, *analysis_notices(changes)),
    )
    insights = [
        build_insight(category, context, settings, ports.workers)
        for category in categories(selection, changes, settings, ports)
    ]
    ports.progress.stage("reports")
    paths = ports.writer.write(insights)
    return Outcome(
        commits=commits, insights=tuple(insights), paths=tuple(paths), selection=selection
    )


def categories(
    selection: Selection, changes: ChangeSet, settings: Settings, ports: Ports
) -> Sequence[Category]:
    """Analyse each category that has files, and find its story."""
    analysed = {
        name: analyze(files, changes, ports.source, ports.workers, advance=ports.progress.advance)
        for name, files in selection.categories.items()
        if files
    }
    return [
        Category(name=name, files=files, story=build_story(files, settings.watch))
        for name, files in with_moves(analysed).items()
    ]


def report_date(commits: CommitRange, settings: Settings, ports: Ports) -> str:
    """Return the ISO date of the reports: as set, else the head's, else today's."""
    if settings.date is not None:
        return settings.date
    moment = ports.source.committed_at(commits.head) if commits.head else None
    zone = UTC if settings.timezone == "UTC" else ZoneInfo(settings.timezone)
    return (moment or ports.clock.now()).astimezone(zone).date().isoformat()
