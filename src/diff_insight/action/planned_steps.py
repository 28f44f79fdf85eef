"""The steps beside a report: plan, one job of the plan, the joining of all jobs, and texts that came since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import chdir

from diff_insight.action.collect_mode import collect_step
from diff_insight.action.job_mode import ConfiguredSettings, job_step
from diff_insight.action.join_mode import join_step
from diff_insight.action.modes import COLLECT, JOB, PLAN
from diff_insight.action.plan_mode import plan_step
from diff_insight.action.publishing import tell_receipts
from diff_insight.action.results import (
    alarms_output,
    gate_code,
    kept_files,
    nothing_compared,
    outputs_of,
)
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.errors import EnvironmentFailure
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.settings.template_file import ReadFile


def run_mode(
    mode: str,
    delivery: PublishContext,
    targets: Sequence[str],
    configuration: tuple[Mapping[str, object], ReadFile],
    progress: ActionsProgress,
) -> int:
    """Do what a mode other than `report` asks for; return the exit code.

    Raises:
        UsageError: An input is wrong, or the plan cannot be read.
        EnvironmentFailure: A history, a range or the branch cannot be read or written.
    """
    with chdir(delivery.host.workspace or "."):
        if mode == PLAN:
            delivery.host.set_outputs({**nothing_compared(), **plan_step(delivery, progress)})
            return 0
        settings = ConfiguredSettings(delivery, *configuration)
        if mode == JOB:
            return _job(delivery, settings, progress)
        if mode == COLLECT:
            return _collect(delivery, targets, settings, progress)
        return _join(delivery, targets, settings, progress)


def _job(delivery: PublishContext, settings: ConfiguredSettings, progress: ActionsProgress) -> int:
    done = job_step(delivery, settings, progress)
    outcomes = done.outcomes
    breaking = sum(outcome.breaking for outcome in outcomes)
    changed = done.files + sum(outcome.selection.changed for outcome in outcomes)
    delivery.host.set_outputs(
        {
            **nothing_compared(),
            "has-changes": changed > 0,
            "changed-files": changed,
            "breaking-changes": breaking,
            "ranges": len(outcomes) + done.parts,
        }
    )
    return gate_code(delivery.host, outcomes, delivery.settings)


def _join(
    delivery: PublishContext,
    targets: Sequence[str],
    settings: ConfiguredSettings,
    progress: ActionsProgress,
) -> int:
    joined = join_step(delivery, targets, settings, progress)
    tell_receipts(delivery.host, progress, joined.receipts)
    outputs = nothing_compared()
    if joined.outcome is not None:
        outputs = outputs_of(joined.outcome, joined.receipts)
        delivery.host.give_to_workspace_owner(joined.outcome.paths)
    delivery.host.set_outputs({**outputs, "ranges-waiting": joined.waiting})
    return _code(joined.receipts)


def _collect(
    delivery: PublishContext,
    targets: Sequence[str],
    settings: ConfiguredSettings,
    progress: ActionsProgress,
) -> int:
    collected = collect_step(delivery, targets, settings, progress)
    tell_receipts(delivery.host, progress, collected.receipts)
    for outcome in collected.outcomes:
        delivery.host.give_to_workspace_owner([*outcome.paths, *kept_files(delivery.settings)])
        for path in outcome.paths:
            progress.say(str(path))
    outputs = nothing_compared(collected.receipts, collected.outcomes)
    delivery.host.set_outputs({**outputs, "alarms": alarms_output(())})
    return _code(collected.receipts)


def _code(receipts: Sequence[Receipt]) -> int:
    failed = any(receipt.status is PublishStatus.FAILED for receipt in receipts)
    return EnvironmentFailure.exit_code if failed else 0
