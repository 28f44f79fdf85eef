"""Does the ranges of a plan one after the other, and records each when its reports are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.bootstrap import engine
from diff_insight.bootstrap.part_work import JoinedParts, finish_part
from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.model.model_batches import HandedOver
from diff_insight.model.ranges import RangeRequest
from diff_insight.pipeline import Outcome, run
from diff_insight.plan.finished import read_finished, write_finished
from diff_insight.plan.part_file import remove_parts
from diff_insight.plan.planned_range import PlannedRange, RangePart
from diff_insight.ports import Analyst, DiffSource, Progress
from diff_insight.runtime.run_limits import run_limits
from diff_insight.settings.settings import Settings


class PlannedWork(Struct, frozen=True, kw_only=True):
    """How ranges of a plan are done.

    Attributes:
        root: Folder that reports and records are below.
        source: Opens what a range is read from, with the settings of the range.
        settings: Gives the settings of a range, with JSON among the formats.
        analyst: Gives what retells the reports of a range, if there is a model.
        handed_over: Gives the batch that the last reports wait for, once; None when they wait for none.
        progress: Told what is done.
        is_foreign: Tells whether a range is of another repository than the reader's own.
    """

    root: Path
    source: Callable[[PlannedRange, RangeRequest, Settings], DiffSource]
    settings: Callable[[PlannedRange], Settings]
    progress: Progress
    analyst: Callable[[PlannedRange], Analyst | None] = lambda _: None
    handed_over: Callable[[], HandedOver | None] = lambda: None
    is_foreign: Callable[[PlannedRange], bool] = lambda _: False


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


def finish_parts(parts: Sequence[RangePart], work: PlannedWork) -> int:
    """Analyse parts of large ranges that are not there yet, and keep what they give.

    Returns:
        Number of files that were read.

    Raises:
        DiffInsightError: A range cannot be read, or a part not be written.
    """
    files = 0
    for part in parts:
        planned, settings = part.planned, work.settings(part.planned)
        name = f"{planned.repository} {part.label}".strip()
        with JoinedParts(work.root, [part], settings) as stored:
            is_done = bool(stored.there) or read_finished(work.root, planned) is not None
        work.progress.say(f"{name} is done already" if is_done else name)
        if is_done or settings.dry_run:
            continue
        request = request_of(planned)
        with (
            run_limits(settings.run_deadline, settings.max_memory),
            closing(work.source(planned, request, settings)) as source,
            engine.ports(source, settings, work.progress) as ports,
        ):
            try:
                files += finish_part(work.root, part, request, settings, ports)
            except OSError as error:
                raise _not_written(part.label, error) from error
    return files


def _finish(planned: PlannedRange, work: PlannedWork) -> Outcome:
    settings = replace(work.settings(planned), date=planned.date)
    if not planned.parts:
        return _run(planned, work, settings, None)
    with JoinedParts(work.root, planned.all_parts, settings) as stored:
        work.progress.say(f"{len(stored.there)} of {len(planned.parts)} parts are there")
        try:
            outcome = _run(planned, work, settings, stored)
        except DiffInsightError:
            raise
        except Exception:  # noqa: BLE001 - what comes from elsewhere never costs the report
            work.progress.say(
                f"{planned.label}: the parts do not fit together, so all files are read here"
            )
            work.handed_over()  # of reports that were not written
            outcome = _run(planned, work, settings, None)
    if not settings.dry_run:
        remove_parts(work.root, planned)
    return outcome


def _run(
    planned: PlannedRange, work: PlannedWork, settings: Settings, stored: JoinedParts | None
) -> Outcome:
    """Write the reports of a range and its record."""
    request = request_of(planned)
    with (
        run_limits(settings.run_deadline, settings.max_memory),
        closing(work.source(planned, request, settings)) as source,
    ):
        analyst = work.analyst(planned)
        with engine.ports(source, settings, work.progress, analyst, stored=stored) as ports:
            world = replace(ports, is_foreign=work.is_foreign(planned))
            outcome = run(request, settings, world)
            moment = source.commit_time(planned.head)
        documents = [str(path) for path in outcome.paths if path.suffix == ".json"]
        if settings.dry_run:
            return outcome
        try:
            committed = moment.isoformat() if moment else ""
            write_finished(work.root, planned, committed, documents, work.handed_over())
        except OSError as error:
            raise _not_written(planned.label, error) from error
    return outcome


def _not_written(label: str, error: OSError) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"the record of {label} could not be written: {error.strerror}",
        cause="the place is full or read-only",
        cure="run again where files can be written",
    )
