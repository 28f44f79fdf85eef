"""The command `backfill`: writes the reports of a plan, or of one of its jobs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from diff_insight.bootstrap.analyst import command_analyst
from diff_insight.bootstrap.command_sources import command_source
from diff_insight.bootstrap.own_code import is_foreign
from diff_insight.bootstrap.planned_runs import PlannedWork, finish_parts, finish_ranges
from diff_insight.cli.configuration import read_configuration
from diff_insight.cli.output import print_paths
from diff_insight.cli.progress import StderrProgress
from diff_insight.cli.typed import settings_from
from diff_insight.errors import UsageError
from diff_insight.gate import read_gate
from diff_insight.localization.settle import settle_locales
from diff_insight.model.ranges import RangeRequest
from diff_insight.plan.history_plan import LARGEST_PLAN, HistoryPlan, read_plan
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import DiffSource
from diff_insight.runtime.gc_pause import without_gc
from diff_insight.settings import values
from diff_insight.settings.config_file import config_for
from diff_insight.settings.output_path import check_template
from diff_insight.settings.settings import Settings
from diff_insight.settings.template_file import with_named_files


def backfill(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    """Write the reports of a plan; return the exit code.

    Raises:
        UsageError: The plan cannot be read, or an argument is wrong.
        EnvironmentFailure: A range could not be read or written.
    """
    progress = StderrProgress(sys.stderr, quiet=arguments.quiet, verbose=arguments.verbose)
    plan = plan_at(Path(arguments.plan))
    job = None if arguments.job is None else values.positive("--job", arguments.job)
    ranges, parts = plan.ranges_of(job), plan.parts_of(job)
    config, read_template = read_configuration(arguments.config, arguments.template)

    @cache
    def settings(repository: str) -> Settings:
        chosen, notices = settle_locales(settings_from(arguments, config_for(config, repository)))
        for notice in notices:
            progress.notice(notice)
        chosen = with_named_files(chosen, read_template)
        formats = chosen.formats if "json" in chosen.formats else (*chosen.formats, "json")
        check_template(
            chosen.output,
            locales=chosen.locales,
            categories=chosen.category_names(),
            formats=formats,
        )
        return replace(chosen, formats=formats)

    def source(planned: PlannedRange, request: RangeRequest, chosen: Settings) -> DiffSource:
        repository = arguments.repo or planned.repository or None
        asked = argparse.Namespace(**{**vars(arguments), "repo": repository, "diff": None})
        return command_source(asked, request, environ, most_files=chosen.max_files).source

    first = settings(plan.ranges[0].repository if plan.ranges else "")
    analyst = command_analyst(arguments, first, environ, progress)
    work = PlannedWork(
        root=Path(), source=source, progress=progress,
        settings=lambda planned: settings(planned.repository),
        analyst=lambda _: analyst,
        is_foreign=lambda planned: is_foreign(
            arguments.repo or planned.repository or None, environ
        ),
    )  # fmt: skip
    with without_gc():
        finish_parts(parts, work)
        outcomes = finish_ranges(ranges, work)
    progress.finish()
    for outcome in outcomes:
        print_paths(outcome.paths)
    gate = read_gate(outcomes, first, typed=True)
    for line in gate.lines:
        progress.say(line)
    return gate.exit_code


def plan_at(path: Path) -> HistoryPlan:
    """Return the plan in a file.

    Raises:
        UsageError: It cannot be read, or holds no plan.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_PLAN + 1)
    except OSError as error:
        raise UsageError(
            f"the plan {str(path)!r} cannot be read: {error.strerror}",
            cure="make one with diff-insight plan --output FILE",
        ) from error
    return read_plan(content, repr(str(path)))
