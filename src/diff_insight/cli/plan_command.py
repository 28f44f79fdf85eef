"""The command `plan`: cuts histories into ranges, and prints them with what they take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from diff_insight.bootstrap.plan_places import AskedHistory, plan_histories
from diff_insight.bootstrap.planning import PlanWish
from diff_insight.cli.configuration import read_configuration
from diff_insight.cli.plan_arguments import MATRIX, TABLE
from diff_insight.errors import UsageError
from diff_insight.plan.existing import ranges_with_reports, without_reports
from diff_insight.plan.history_plan import HistoryPlan, matrix_of, write_plan
from diff_insight.plan.jobs import MOST_JOBS, share_out
from diff_insight.plan.periods import WEEK, WHOLE, DayWindow
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.plan.work import Estimate, estimate
from diff_insight.publishers.report_files import write_whole
from diff_insight.ranges.expression import parse_range
from diff_insight.settings import values
from diff_insight.settings.settings import FILES_PER_JOB, FollowedRepository
from diff_insight.settings.wrong_values import wrong
from diff_insight.settings.zones import zone as zone_named

_DEFAULT_JOBS = 16


def plan(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    """Plan, print, and write the plan where it is asked for; return the exit code.

    Raises:
        UsageError: An argument is wrong, or a revision is not known.
        EnvironmentFailure: A history cannot be read.
    """
    config, _ = read_configuration(arguments.config, None)
    if arguments.range is not None:
        _as_range(arguments)
    wish = _wish(arguments, config)
    jobs = values.positive("--jobs", arguments.jobs or _DEFAULT_JOBS)
    if jobs > MOST_JOBS:
        raise wrong("--jobs", arguments.jobs, f"at most {MOST_JOBS}, which is what a matrix takes")
    asked = AskedHistory(repo=arguments.repo, head=arguments.head or "", after=arguments.after)
    followed = cast("tuple[FollowedRepository, ...]", config.get("follow", ()))
    ranges = plan_histories(asked, followed, wish, environ)
    left = ranges
    if arguments.reports is not None:
        left = without_reports(ranges, ranges_with_reports(Path(arguments.reports)))
    most = values.number(
        "--files-per-job", arguments.files_per_job or config.get("files-per-job", FILES_PER_JOB)
    )
    made = HistoryPlan(
        ranges=tuple(share_out(left, jobs, most_files=most)),
        by=wish.by,
        existing=len(ranges) - len(left),
    )
    if arguments.output:
        write_whole(Path(arguments.output), [write_plan(made)])
    _print(made, arguments.format)
    if not arguments.quiet:
        locales = values.words("--locale", arguments.locales or config.get("locales", ("en_US",)))
        sys.stderr.write(
            f"{summary(made, estimate(made.ranges, len(locales), _prices(arguments, config)))}\n"
        )
    return 0


def _wish(arguments: argparse.Namespace, config: Mapping[str, object]) -> PlanWish:
    zone = arguments.timezone or config.get("timezone", "UTC")
    name = zone_named("--timezone", zone)
    return PlanWish(
        by=arguments.by or WEEK,
        comparison=arguments.comparison,
        tags=tuple(arguments.tags),
        window=DayWindow(
            first=_day("--from", arguments.first),
            last=_day("--until", arguments.last),
            zone=UTC if name == "UTC" else ZoneInfo(name),
        ),
    )


def _as_range(arguments: argparse.Namespace) -> None:
    """Let the other arguments ask for what RANGE says.

    Raises:
        UsageError: It is no range, or one of them says something else.
    """
    if arguments.head or arguments.after or arguments.by not in (None, WHOLE):
        raise UsageError(
            f"RANGE {arguments.range!r} names both ends, and is not cut",
            cure="leave --by, --head and --after out, or leave RANGE out",
        )
    request = parse_range(arguments.range)
    arguments.after, arguments.head, arguments.by = request.base, request.head, WHOLE
    arguments.comparison = request.comparison


def _day(name: str, text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(values.day(name, text))


def _prices(
    arguments: argparse.Namespace, config: Mapping[str, object]
) -> tuple[float, float] | None:
    prices = arguments.prices or config.get("prices")
    if not prices:
        return None
    read, written = values.prices("--prices", prices).split("/")
    return float(read), float(written)


def _print(made: HistoryPlan, form: str) -> None:
    if form == MATRIX:
        sys.stdout.write(f"{matrix_of(made)}\n")
    elif form == TABLE:
        sys.stdout.writelines(f"{line}\n" for line in table_of(made.ranges))
    else:
        sys.stdout.write(write_plan(made).decode())


def table_of(ranges: Sequence[PlannedRange]) -> list[str]:
    """Return a line for each range: job, label, commits, files and lines, and its repository."""
    if not ranges:
        return []
    rows = [("job", "date", "range", "commits", "files", "lines", "repository")]
    rows += [
        (
            _jobs_of(each), each.date, each.label, f"{each.base[:7]}..{each.head[:7]}",
            str(each.files) if each.files >= 0 else "?",
            str(each.lines) if each.lines >= 0 else "?", each.repository,
        )
        for each in ranges
    ]  # fmt: skip
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _jobs_of(planned: PlannedRange) -> str:
    """Return the number of the job of a range, or the first and the last of several."""
    return f"{planned.parts[0]}-{planned.parts[-1]}" if planned.parts else str(planned.job)


def summary(made: HistoryPlan, takes: Estimate) -> str:
    """Return one line on a plan: how much it is, and what it takes."""
    count = len(made.ranges)
    if not count:
        summary_line = "nothing to report on"
    else:
        summary_line = f"{count} range{'' if count == 1 else 's'} in {made.jobs} job{'' if made.jobs == 1 else 's'}"
    if made.existing:
        summary_line += f", {made.existing} left out because a report is there"
    if not count:
        return summary_line
    cost = "" if takes.dollars is None else f", about ${takes.dollars:.2f}"
    minutes = takes.seconds / 60
    summary_line += f"; about {minutes:.1f} minutes of one core without a model"
    return f"{summary_line}; with one, at most about {takes.input_tokens:,} tokens in and {takes.output_tokens:,} out{cost}"
