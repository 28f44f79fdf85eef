"""The action's flow: event, range, reports, publishers, outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import chdir, closing

from msgspec.structs import replace

from diff_insight.action.batch_choice import batch_round
from diff_insight.action.config import committed_config
from diff_insight.action.inputs import (
    publishers,
    range_inputs,
    settings_of,
    split_of,
)
from diff_insight.action.modes import ONE_RANGE, inputs_of_range, mode_of
from diff_insight.action.publishing import tell_receipts
from diff_insight.action.results import (
    alarms_output,
    annotate_breaking,
    annotate_uses,
    gate_code,
    kept_files,
    nothing_compared,
    outputs_of,
)
from diff_insight.action.rounds import Rounds, Work, all_rounds
from diff_insight.bootstrap import action as wiring
from diff_insight.bootstrap import branch_publishers, engine
from diff_insight.bootstrap.analyst import action_analyst
from diff_insight.bootstrap.own_code import action_impact
from diff_insight.bootstrap.range_result import PublishContext, own_client
from diff_insight.bootstrap.source_repository import describe_compared
from diff_insight.continuation.earlier_reports import BranchReports
from diff_insight.continuation.lookup import Followed, Lookup
from diff_insight.continuation.scheduled_range import following
from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.github.events import read_event, wanted_range
from diff_insight.github.runner.host import RunnerHost, event_payload
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.localization.settle import settle_locales
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.notices import tell_notice
from diff_insight.runtime.run_limits import run_limits
from diff_insight.settings.output_path import check_template
from diff_insight.settings.settings import Settings
from diff_insight.settings.template_file import ReadFile, with_named_files


def run_step(host: RunnerHost, environ: Mapping[str, str]) -> int:
    """Do what the step asks and return its exit code."""
    inputs = StepInputs.from_environ(environ)
    for secret in inputs.secrets:
        host.mask(secret)
    progress = ActionsProgress(host, tell_notice)
    targets, mode = publishers(inputs), mode_of(inputs)
    if mode in ONE_RANGE:
        split_of(inputs)  # refused before any work
    event, pull_unknown = _event(inputs, environ, progress)
    settings, wanted, configured = _read_request(
        event, inputs_of_range(inputs, mode), environ, progress
    )
    # One client, so that there is one pace for all that is written.
    client = own_client(inputs, environ)
    with (
        closing(client),
        branch_publishers.releasing(
            branch_publishers.report_branch(targets, event, inputs, environ, settings, client)
        ) as branch,
    ):
        delivery = PublishContext(
            host=host, event=event, inputs=inputs, environ=environ, settings=settings,
            wanted=wanted, client=client, branch=branch, pull_unknown=pull_unknown,
        )  # fmt: skip
        if mode in ONE_RANGE:
            return _report_ranges(delivery, targets, progress)
        from diff_insight.action.planned_steps import run_mode  # noqa: PLC0415 - rare

        return run_mode(mode, delivery, targets, configured, progress)


def _report_ranges(
    delivery: PublishContext, targets: Sequence[str], progress: ActionsProgress
) -> int:
    """Report on what is due, publish it, collect texts of earlier reports, and return the exit code."""
    host, event, inputs, environ = delivery.host, delivery.event, delivery.inputs, delivery.environ
    settings = delivery.settings
    followed, delivery = _find_beginning(delivery, progress)
    wanted = delivery.wanted
    for notice in wanted.notices:
        progress.notice(notice)
    if wanted.skip is not None:
        progress.notice(wanted.skip)
        host.set_outputs(nothing_compared())
        return 0
    with chdir(host.workspace or "."), run_limits(settings.run_deadline, settings.max_memory):
        impact = action_impact(event, wanted, settings, inputs, environ, progress)
        batches = batch_round(delivery, targets, progress, impact)
        batching = batches.model.first(batches.room()) if batches is not None else None
        analyst = batching or action_analyst(inputs, settings, progress)
        source = wiring.action_source(
            event, wanted, inputs, environ, progress, most_files=settings.max_files
        )
        earlier = BranchReports(delivery.branch, progress.notice) if delivery.branch else None
        with engine.ports(source, settings, progress, analyst, impact=impact) as world:
            ports = replace(world, earlier=earlier, is_foreign=wanted.foreign)
            done = all_rounds(
                Work(
                    delivery=delivery, targets=targets, ports=ports,
                    followed=followed, split=split_of(inputs), batches=batches, batching=batching,
                )
            )  # fmt: skip
        outcomes = (*([done.outcome] if done.outcome else []), *done.collected)
        if not settings.dry_run and outcomes:
            host.give_to_workspace_owner([path for each in outcomes for path in each.paths])
            # The step that keeps a cache does not run as root, which has made these.
            host.give_to_workspace_owner(kept_files(settings))
    return _conclude(host, progress, done, settings, wanted)


def _event(
    inputs: StepInputs, environ: Mapping[str, str], progress: ActionsProgress
) -> tuple[Event, str]:
    """Return what started the run, with its pull request when GitHub has to be asked for that.

    The second value is why GitHub could not say; reports need no pull request.
    """
    event = read_event(environ, event_payload(environ))
    try:
        return wiring.with_pull_request(event, inputs, environ), ""
    except DiffInsightError as error:
        progress.notice(Notice("pull-unknown", {"why": error.what}))
        return event, error.in_one_line


def _find_beginning(
    delivery: PublishContext, progress: ActionsProgress
) -> tuple[Followed | None, PublishContext]:
    """Return where to go on from, and the delivery with the range that follows from it."""
    event, inputs, environ = delivery.event, delivery.inputs, delivery.environ
    wanted, exposed = delivery.wanted, False
    followed = Lookup(
        client=delivery.client,
        branch=delivery.branch,
        workflow_ref=environ.get("GITHUB_WORKFLOW_REF", ""),
        tell=progress.notice,
    ).find_beginning(event, wanted, inputs)
    if followed is not None:
        wanted = following(wanted, followed.beginning)
    if wanted.foreign and (followed is not None or delivery.branch is not None):
        known = describe_compared(event, wanted, inputs, environ, progress.notice)
        wanted, exposed = known.wanted, known.exposed and not inputs.allow_private_source
    return followed, replace(delivery, wanted=wanted, exposed=exposed)


def _read_request(
    event: Event, inputs: StepInputs, environ: Mapping[str, str], progress: ActionsProgress
) -> tuple[Settings, WantedRange, tuple[Mapping[str, object], ReadFile]]:
    """Return settings, range and configuration, which comes from a commit that may be trusted."""
    # The range of the event decides where the configuration is read from, and the configuration
    # may say how the range is compared.
    first = wanted_range(event, range_inputs(inputs, "auto"))
    read = wiring.committed_file(event, first.trusted, inputs, environ)
    config, notices = committed_config(inputs.config, first.trusted, read, proposed=first.proposed)
    comparison = str(config.get("comparison", "auto"))
    wanted = wanted_range(event, range_inputs(inputs, comparison))
    settings, settled = settle_locales(with_named_files(settings_of(inputs, config), read))
    for notice in (*notices, *settled):
        progress.notice(notice)
    check_template(
        settings.output,
        locales=settings.locales,
        categories=settings.category_names(),
        formats=settings.formats,
    )
    return settings, wanted, (config, read)


def _conclude(
    host: RunnerHost,
    progress: ActionsProgress,
    done: Rounds,
    settings: Settings,
    wanted: WantedRange,
) -> int:
    """Tell what was done, set the outputs, and decide the exit code once."""
    for notice in done.alarms:
        host.annotate("warning", tell_notice(notice))
    outcome = done.outcome
    reported = [*([outcome] if outcome is not None else []), *done.collected]
    notices: list[Notice] = []
    insights = [insight for each in reported for insight in each.insights]
    for notice in (each for insight in insights for each in insight.notices):
        if notice not in notices and notice not in done.alarms:
            notices.append(notice)
            progress.notice(notice)
    tell_receipts(host, progress, done.receipts)
    for path in (path for each in reported for path in each.paths):
        progress.say(str(path))
    if outcome is None:
        progress.notice(Notice("nothing-new"))
        nothing = nothing_compared(done.receipts, done.collected)
        host.set_outputs({**nothing, "alarms": alarms_output(done.alarms)})
        return _publishing_code(done.receipts)
    if wanted.own_head:
        annotate_breaking(host, outcome.insights)
    annotate_uses(host, outcome.insights)
    host.set_outputs(outputs_of(outcome, done.receipts, done.alarms, done.collected))
    return _publishing_code(done.receipts) or gate_code(host, [outcome], settings)


def _publishing_code(receipts: Sequence[Receipt]) -> int:
    failed = any(receipt.status is PublishStatus.FAILED for receipt in receipts)
    return EnvironmentFailure.exit_code if failed else 0
