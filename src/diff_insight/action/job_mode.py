"""`mode: job`: writes the documents of one job of a plan into the workspace, and records each range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.action.inputs import settings_of
from diff_insight.action.plan_file import plan_in_workspace
from diff_insight.action.planned_analysts import PlannedAnalysts
from diff_insight.action.planned_place import range_wish
from diff_insight.bootstrap.action import action_source
from diff_insight.bootstrap.planned_runs import PlannedWork, finish_parts, finish_ranges
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.localization.settle import settle_locales
from diff_insight.model.ranges import RangeRequest
from diff_insight.pipeline import Outcome
from diff_insight.plan.finished import documents_of, record_of
from diff_insight.plan.history_plan import HistoryPlan
from diff_insight.plan.part_file import path_of_part
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ports import DiffSource, Progress
from diff_insight.settings import values
from diff_insight.settings.config_file import config_for
from diff_insight.settings.settings import Settings
from diff_insight.settings.template_file import ReadFile, with_named_files


class ConfiguredSettings:
    """Gives the settings of each repository of a plan.

    Args:
        delivery: What the step was given.
        config: The configuration by name.
        read: Gives a file of the commit that it was read from.
    """

    def __init__(
        self, delivery: PublishContext, config: Mapping[str, object], read: ReadFile
    ) -> None:
        self._delivery = delivery
        self._config = config
        self._read = read
        self.of = cache(self._of)

    def _of(self, repository: str) -> Settings:
        chosen = settings_of(self._delivery.inputs, config_for(self._config, repository))
        return settle_locales(with_named_files(chosen, self._read))[0]


class JobDone(Struct, frozen=True):
    """What a job has made: the reports of whole ranges, and how many files of parts it has read."""

    outcomes: list[Outcome]
    parts: int = 0
    files: int = 0


def job_step(delivery: PublishContext, settings: ConfiguredSettings, progress: Progress) -> JobDone:
    """Do the ranges of a job, and its parts of large ranges, that are not done yet.

    Documents hold all locales, so nothing else is written: what joins the jobs renders them. Each
    range has a folder of its own, because jobs do not know what the others call their reports.

    Raises:
        UsageError: The plan cannot be read, or has no such job.
        EnvironmentFailure: A range could not be read or written.
    """
    plan = plan_in_workspace(delivery.inputs)
    job = values.positive("job", delivery.inputs.job)
    ranges, parts = plan.ranges_of(job), plan.parts_of(job)
    work = planned_work(plan, delivery, settings, progress)
    files = finish_parts(parts, work)
    outcomes = finish_ranges(ranges, work)
    made: list[PurePath] = [path for outcome in outcomes for path in outcome.paths]
    delivery.host.give_to_workspace_owner(
        [*made, *map(record_of, ranges), *map(path_of_part, parts)]
    )
    return JobDone(outcomes, len(parts), files)


def planned_work(
    plan: HistoryPlan, delivery: PublishContext, settings: ConfiguredSettings, progress: Progress
) -> PlannedWork:
    """Return how the ranges of a plan are read, and where their documents are written."""

    def source(planned: PlannedRange, request: RangeRequest, chosen: Settings) -> DiffSource:
        wanted = range_wish(delivery, planned.repository, request)
        return action_source(
            delivery.event, wanted, delivery.inputs, delivery.environ, progress,
            most_files=chosen.max_files,
        )  # fmt: skip

    analysts = PlannedAnalysts(plan, delivery, progress)
    return PlannedWork(
        root=Path(),
        source=source,
        settings=lambda planned: replace(
            settings.of(planned.repository), formats=("json",), output=documents_of(planned)
        ),
        progress=progress,
        analyst=analysts.of,
        handed_over=analysts.take_handed_over,
        is_foreign=lambda planned: range_wish(delivery, planned.repository).foreign,
    )
