"""The whole job, read top to bottom: range, diff, selection, analysis, story, document, reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.analysis.analyze import analysis_notices, analyze
from diff_insight.analysis.licence_files import find_licences
from diff_insight.analysis.moved_requirements import with_moved_requirements
from diff_insight.analysis.moves import with_moves
from diff_insight.analysis.public_api import with_public_api
from diff_insight.analysis.severity import check_severities, with_severities
from diff_insight.analysis.split_descriptions import with_split_descriptions
from diff_insight.analysis.why import FilesInContext, add_context
from diff_insight.errors import DiffInsightError
from diff_insight.impact.range_impact import add_impact
from diff_insight.impact.step_impact import Dependencies, add_steps
from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.earlier import EarlierReport
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.history import PullRequestText
from diff_insight.model.insight import Insight
from diff_insight.model.licences import Licences
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.notices import tell_range
from diff_insight.ports import (
    Analyst,
    Clock,
    DiffSource,
    EarlierReports,
    OwnCode,
    Progress,
    ReportWriter,
    StoredFindings,
    Workers,
)
from diff_insight.report.apply_model_texts import retell
from diff_insight.report.document import AnalysedCategory, RangeContext, build_insight
from diff_insight.report.origin import range_origin
from diff_insight.selection.file_shares import share_of
from diff_insight.selection.first_files import first_files
from diff_insight.selection.select import Selection, select
from diff_insight.settings.settings import ATTRIBUTION_ALWAYS, ATTRIBUTION_AUTO, Settings
from diff_insight.story.build import build_story


class Ports(Struct, frozen=True, kw_only=True):
    """The world as the pipeline sees it; `own_code` is where uses of what changes are looked up.

    `is_foreign` tells that it is another repository than the reader's own that is compared;
    `dependencies` reads what those that the range moves change; `stored` has what other processes
    found of the files, `earlier` what was reported before.
    """

    source: DiffSource
    writer: ReportWriter
    clock: Clock
    progress: Progress
    workers: Workers
    analyst: Analyst | None = None
    own_code: OwnCode | None = None
    dependencies: Dependencies | None = None
    earlier: EarlierReports | None = None
    stored: StoredFindings | None = None
    is_foreign: bool = False


class Outcome(Struct, frozen=True, kw_only=True):
    """What a run did; `alarms` are what the caller found in the selection."""

    commits: CommitRange
    insights: tuple[Insight, ...]
    paths: tuple[PurePath, ...]
    selection: Selection
    alarms: tuple[Notice, ...] = ()
    source: str = ""

    @property
    def breaking(self) -> int:
        """Number of breaking findings in all categories."""
        return sum(insight.breaking for insight in self.insights)

    @property
    def unlisted_count(self) -> int:
        """Number of changed files beyond those that the reports are made of."""
        return max((insight.coverage.unlisted for insight in self.insights), default=0)

    @property
    def impacts(self) -> int:
        """Number of findings that the reader's own code certainly uses."""
        return sum(insight.impacts for insight in self.insights)

    @property
    def partly_read_count(self) -> int:
        """Number of files whose format is known and that were not read whole."""
        return sum(
            len({path for path, _ in insight.coverage.read_in_part}) for insight in self.insights
        )

    @property
    def is_examined(self) -> bool:
        """Tell whether every file whose format is known was read whole."""
        return not (self.partly_read_count or self.unlisted_count)

    def has_unexamined(self, settings: Settings) -> bool:
        """Tell whether the settings object to files that were read in part, or not at all."""
        asked = settings.fail_on != "never" and settings.unexamined == "fail"
        return asked and not self.is_examined

    def failing(self, fail_on: str) -> int:
        """Return how many findings the setting `fail-on` objects to."""
        counted = {
            "breaking-change": lambda insight: insight.breaking - insight.accepted,
            "undeclared-breaking": lambda insight: insight.undeclared,
            "impact": lambda insight: insight.impacts,
        }
        count = counted.get(fail_on)
        return sum(count(insight) for insight in self.insights) if count else 0


class RangeReading(Struct, frozen=True, kw_only=True):
    """What a range holds: its documents, before anything is looked up or written."""

    commits: CommitRange
    changes: ChangeSet
    selection: Selection
    insights: list[Insight]
    alarms: tuple[Notice, ...] = ()


def run(
    request: RangeRequest,
    settings: Settings,
    ports: Ports,
    proposal: PullRequestText | None = None,
    alarms: Callable[[Selection], tuple[Notice, ...]] | None = None,
) -> Outcome:
    """Compare two commits and write the reports.

    Args:
        request: Which commits.
        settings: How.
        ports: The world.
        proposal: What a pull request says.
        alarms: What earlier runs give a reader to know about what is selected now.
    """
    reading = read_range(request, settings, ports, proposal, alarms)
    insights = apply_model_texts(reading.insights, reading.changes, ports)
    # After the model: nothing of one's own code goes there.
    insights = add_impact(insights, reading.commits, ports.source, ports.own_code)
    insights = add_steps(insights, ports.source, ports.dependencies)
    ports.progress.stage("reports")
    paths = ports.writer.write(insights)
    if ports.analyst is not None and ports.analyst.is_interrupted:
        raise KeyboardInterrupt  # the reports are whole; the run still ends as asked
    return Outcome(
        commits=reading.commits, insights=tuple(insights), paths=tuple(paths),
        selection=reading.selection, alarms=reading.alarms, source=reading.changes.source,
    )  # fmt: skip


def read_range(
    request: RangeRequest,
    settings: Settings,
    ports: Ports,
    proposal: PullRequestText | None = None,
    alarms: Callable[[Selection], tuple[Notice, ...]] | None = None,
) -> RangeReading:
    """Compare two commits and return their documents, told by the rules; arguments as for `run`."""
    check_severities(settings.rules)
    commits, changes, selection = _select_files(request, settings, ports)
    raised = alarms(selection) if alarms else ()
    ports.progress.stage("analysis", sum(len(files) for files in selection.categories.values()))
    explained = add_context(
        with_severities(analyse(selection, changes, commits, ports), settings.rules), changes, commits, ports.source,
        proposal=proposal, accepted=settings.accepted,
    )  # fmt: skip
    head_time = ports.source.commit_time(commits.head) if commits.head else None
    context = RangeContext(
        commits=commits,
        origin=range_origin(request, commits, explained.history, head_time),
        changes=changes,
        selection=selection,
        date=report_date(head_time, settings, ports),
        notices=(*changes.notices, *analysis_notices(commits, changes), *explained.notices),
        alarms=raised,
        licences=quoted_licences(commits, settings, ports),
    )
    insights = [
        build_insight(category, context, settings, ports.workers)
        for category in categories(explained, settings, proposal, told_before(context, ports))
    ]
    return RangeReading(
        commits=commits, changes=changes, selection=selection, insights=insights, alarms=raised
    )


def analyse_part(
    request: RangeRequest, settings: Settings, ports: Ports, *, number: int, count: int
) -> tuple[FileAnalysis, ...]:
    """Analyse one of so many parts of a range's files, for a run that joins them.

    What is found of a file does not depend on the part that it is in: every part knows the whole range.

    Args:
        request: Which commits.
        settings: Which files.
        ports: The world.
        number: Which part, from 1.
        count: How many there are.
    """
    _, changes, selection = _select_files(request, settings, ports)
    chosen = [change for files in selection.categories.values() for change in files]
    files = share_of(chosen, number, count)
    ports.progress.stage("analysis", len(files))
    return analyze(files, changes, ports.source, ports.workers, advance=ports.progress.advance)


def _select_files(
    request: RangeRequest, settings: Settings, ports: Ports
) -> tuple[CommitRange, ChangeSet, Selection]:
    """Return the commits that are compared, what differs, and where each file went."""
    ports.progress.stage("diff")
    commits = ports.source.resolve(request)
    changes = first_files(ports.source.diff(commits), settings.max_files)
    ports.progress.say(tell_range(request, commits, len(changes.files)))
    return commits, changes, select(changes, settings)


def analyse(
    selection: Selection, changes: ChangeSet, commits: CommitRange, ports: Ports
) -> dict[str, tuple[FileAnalysis, ...]]:
    """Analyse the files of each category that has some, and what they offer to users together."""
    by_file = {
        name: analyze(
            files, changes, ports.source, ports.workers,
            advance=ports.progress.advance, stored=ports.stored,
        )
        for name, files in selection.categories.items()
        if files
    }  # fmt: skip
    asked = with_moved_requirements(by_file, commits, ports.source)
    described = with_split_descriptions(asked, commits, ports.source)
    compared = with_public_api(described, commits, ports.source)
    return with_moves(compared)


def categories(
    context: FilesInContext,
    settings: Settings,
    proposal: PullRequestText | None,
    earlier: Callable[[str], Sequence[EarlierReport]],
) -> Sequence[AnalysedCategory]:
    """Find the story of each category, which goes on from what was told of it before."""
    return [
        AnalysedCategory(
            name=name,
            files=tuple(files),
            story=build_story(
                files,
                settings.watch,
                commits_read=context.commits_read,
                title=proposal.title if proposal else "",
                people=context.people.get(name),
                earlier=earlier(name),
            ),
        )
        for name, files in context.categories.items()
    ]


def quoted_licences(commits: CommitRange, settings: Settings, ports: Ports) -> Licences | None:
    """Return the licences of what is quoted; None where the reports are not to tell them."""
    auto = settings.attribution == ATTRIBUTION_AUTO and ports.is_foreign
    if not (auto or settings.attribution == ATTRIBUTION_ALWAYS):
        return None
    return find_licences(ports.source.tree(commits, Side.HEAD))


def told_before(context: RangeContext, ports: Ports) -> Callable[[str], Sequence[EarlierReport]]:
    """Return what gives the reports of a category that came before this one, not those of this range."""

    def read(category: str) -> Sequence[EarlierReport]:
        reports = ports.earlier.read(context.commits.repository, category) if ports.earlier else ()
        return [
            report
            for report in reports
            if report.date <= context.date and report.head != context.commits.head
        ]

    return read


def apply_model_texts(insights: list[Insight], changes: ChangeSet, ports: Ports) -> list[Insight]:
    """Put a model's accepted texts in place of the rules', which stand wherever there are none."""
    if ports.analyst is None or not insights:
        return insights
    try:
        model_texts = ports.analyst.retell(insights, changes, ports.source)
    except DiffInsightError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an endpoint answers, it never costs the report
        line = f"no text of the model: {type(error).__name__} while it was asked"
        ports.progress.say(line)
        return [
            replace(
                insight,
                notices=(
                    *insight.notices,
                    Notice("model-unanswered", {"count": len(insight.files)}),
                ),
            )
            for insight in insights
        ]
    return [retell(insight, texts) for insight, texts in zip(insights, model_texts, strict=True)]


def report_date(head_time: datetime | None, settings: Settings, ports: Ports) -> str:
    """Return the ISO date of the reports: as set, else the head's, else today's."""
    if settings.date is not None:
        return settings.date
    zone = UTC if settings.timezone == "UTC" else ZoneInfo(settings.timezone)
    return (head_time or ports.clock.now()).astimezone(zone).date().isoformat()
