"""Does the ranges of a plan one after the other, and records each when its reports are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.bootstrap import engine
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.ranges import RangeRequest
from diff_insight.pipeline import Outcome, run
from diff_insight.plan.finished import read_finished, write_finished
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import Analyst, DiffSource, Progress
from diff_insight.settings.settings import Settings


class PlannedWork(Struct, frozen=True, kw_only=True):
    """How ranges of a plan are done.

    Attributes:
        root: Folder that reports and records are below.
        source: Opens what a range is read from.
        settings: Gives the settings of a range, with JSON among the formats.
        analyst: Retells the reports, if there is a model.
        progress: Told what is done.
    """

    root: Path
    source: Callable[[PlannedRange, RangeRequest], DiffSource]
    settings: Callable[[PlannedRange], Settings]
    progress: Progress
    analyst: Analyst | None = None


def request_of(planned: PlannedRange) -> RangeRequest:
    """Return what to compare for a planned range."""
    return RangeRequest(base=planned.base, head=planned.head, comparison=planned.comparison)


def finish_ranges(ranges: Sequence[PlannedRange], work: PlannedWork) -> list[Outcome]:
    """Write the reports of ranges that are not recorded as done, and record them.

    A record is written after the reports that it names: a run that is ended in between does that
    range again, to the same files.

    Raises:
        DiffInsightError: A range cannot be read or written; those before it are recorded.
    """
    outcomes = []
    for at, planned in enumerate(ranges, 1):
        name = f"{planned.repository} {planned.label}".strip()
        if read_finished(work.root, planned) is not None:
            work.progress.say(f"{at} of {len(ranges)}: {name} is done already")
            continue
        work.progress.say(f"{at} of {len(ranges)}: {name}")
        outcomes.append(_finish(planned, work))
    return outcomes


def _finish(planned: PlannedRange, work: PlannedWork) -> Outcome:
    settings = replace(work.settings(planned), date=planned.date)
    request = request_of(planned)
    with closing(work.source(planned, request)) as source:
        with engine.ports(source, settings, work.progress, work.analyst) as ports:
            outcome = run(request, settings, ports)
            moment = source.commit_time(planned.head)
        documents = [str(path) for path in outcome.paths if path.suffix == ".json"]
        if settings.dry_run:
            return outcome
        try:
            write_finished(work.root, planned, moment.isoformat() if moment else "", documents)
        except OSError as error:
            raise EnvironmentFailure(
                f"the record of {planned.label} could not be written: {error.strerror}",
                cause="the place is full or read-only",
                cure="run again where files can be written",
            ) from error
    return outcome
