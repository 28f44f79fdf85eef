"""The action's flow: event, range, reports, publishers, outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import chdir

from diff_insight.action.config import trusted_config, workspace_config
from diff_insight.action.inputs import check_names, publishers, range_inputs, settings_of
from diff_insight.action.results import annotate_breaking, nothing_compared, outputs_of
from diff_insight.actions.host import Host, event_payload, inputs
from diff_insight.actions.log import ActionsProgress
from diff_insight.bootstrap import action as wiring
from diff_insight.bootstrap import engine
from diff_insight.errors import EnvironmentFailure
from diff_insight.events import read_event, wanted_range
from diff_insight.localization.settle import settle_locales
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.notices import tell_notice
from diff_insight.pipeline import Outcome, run
from diff_insight.settings.output_path import check_template
from diff_insight.settings.settings import Settings
from diff_insight.settings.template_file import read_below, with_template

EXIT_FAIL_ON = 3


def run_step(host: Host, environ: Mapping[str, str]) -> int:
    """Do what the step asks and return its exit code."""
    given = inputs(environ)
    for name in ("github-token", "source-token"):
        host.mask(given.get(name, ""))
    progress = ActionsProgress(host, tell_notice)
    check_names(given)
    targets = publishers(given)
    event = read_event(environ, event_payload(environ))
    settings, wanted = _asked(event, given, environ, progress)
    for notice in wanted.notices:
        progress.notice(notice)
    if wanted.skip is not None:
        progress.notice(wanted.skip)
        host.set_outputs(nothing_compared())
        return 0
    with chdir(host.workspace or "."):
        source = wiring.action_source(event, wanted, given, environ, settings, progress)
        with engine.ports(source, settings, progress) as ports:
            outcome = run(wanted.request, settings, ports)
            receipts = [
                wiring.publisher(name, host, settings).publish(outcome.insights) for name in targets
            ]
        if not settings.dry_run:
            host.give_to_workspace_owner(outcome.paths)
    return _conclude(host, progress, outcome, receipts, settings, wanted)


def _asked(
    event: Event, given: Mapping[str, str], environ: Mapping[str, str], progress: ActionsProgress
) -> tuple[Settings, WantedRange]:
    """Return settings and range; the configuration comes from a place that may be trusted."""
    # The range of the event decides where the configuration is read from, and the configuration
    # may say how the range is compared.
    first = wanted_range(event, range_inputs(given, "auto"))
    path = given.get("config", "")
    if first.trusted:
        read = wiring.committed_file(event, first.trusted, given, environ)
        config, notices = trusted_config(path, first.trusted, read)
    else:
        read = read_below(wiring.workspace(environ))
        config, notices = workspace_config(path, wiring.workspace(environ)), ()
    comparison = str(config.get("comparison", "auto"))
    wanted = wanted_range(event, range_inputs(given, comparison))
    settings, settled = settle_locales(with_template(settings_of(given, config), read))
    for notice in (*notices, *settled):
        progress.notice(notice)
    check_template(
        settings.output,
        locales=settings.locales,
        categories=settings.category_names(),
        formats=settings.formats,
    )
    return settings, wanted


def _conclude(
    host: Host,
    progress: ActionsProgress,
    outcome: Outcome,
    receipts: Sequence[Receipt],
    settings: Settings,
    wanted: WantedRange,
) -> int:
    """Tell what was done, set the outputs, and decide the exit code once."""
    notices = outcome.insights[0].notices if outcome.insights else ()
    reasons = [receipt.reason for receipt in receipts if receipt.reason is not None]
    for notice in (*notices, *reasons):
        progress.notice(notice)
    for path in outcome.paths:
        progress.say(str(path))
    if wanted.own_head:
        annotate_breaking(host, outcome.insights)
    host.set_outputs(outputs_of(outcome))
    return _exit_code(outcome, receipts, settings)


def _exit_code(outcome: Outcome, receipts: Sequence[Receipt], settings: Settings) -> int:
    if any(receipt.status is PublishStatus.FAILED for receipt in receipts):
        return EnvironmentFailure.exit_code
    met = settings.fail_on == "breaking-change" and outcome.breaking
    return EXIT_FAIL_ON if met else 0
