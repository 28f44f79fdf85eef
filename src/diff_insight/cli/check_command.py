"""The command `check`: the configuration and the workflows of a checkout, and what they would do."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from diff_insight.action.inputs import publishers, settings_of, split_of
from diff_insight.action.modes import JOB, PLAN, REPORT, mode_of
from diff_insight.cli.workflow_faults import StepOfAction, step_faults
from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.github.runner.step_inputs import KNOWN_INPUTS, StepInputs
from diff_insight.localization.settle import settle_locales
from diff_insight.markup.escape import visible
from diff_insight.runtime.inside import read_inside
from diff_insight.settings.config_file import read_config
from diff_insight.settings.merge import merge_layers
from diff_insight.settings.settings import DEFAULT_CONFIG, Settings
from diff_insight.settings.template_file import read_below, with_named_files

_USES = re.compile(r"(?:[\w.-]+/diff-insight(?:/[\w./-]+)?(?:@.+)?|\./(?:from-source)?)")
#: Inputs whose values are names and secrets, which an expression may give.
_UNCHECKED = frozenset(
    "repository base head since job plan api-key base-url cache-secret github-token source-token".split()
)
#: Workflows that are read, and bytes of each.
_MOST, _LARGEST = 200, 1_000_000


def check(arguments: argparse.Namespace) -> int:
    """Tell what the files of a checkout say; return 2 when one of them is wrong.

    Raises:
        UsageError: There is no such directory.
    """
    root = Path(arguments.directory)
    if not root.is_dir():
        raise UsageError(f"there is no directory {str(root)!r}", cure="name a checkout")
    wrong = 0
    config: dict[str, object] = {}
    try:
        config = _configuration(root, arguments.config)
    except DiffInsightError as error:
        wrong += _say_wrong(error)
    steps = list(_steps(root))
    for step in steps:
        try:
            targets = _say_step(step, config)
        except DiffInsightError as error:
            sys.stdout.write(f"{visible(step.name)}: wrong\n")
            wrong += _say_wrong(error)
            targets = ()
        wrong += sum(map(_say_wrong, step_faults(step, targets)))
    if not steps:
        sys.stdout.write("no workflow here uses diff-insight; diff-insight init writes one\n")
    return 2 if wrong else 0


def _configuration(root: Path, named: str | None) -> dict[str, object]:
    path = Path(named) if named else Path(DEFAULT_CONFIG)
    config = read_config(path, required=named is not None, root=root)
    settings, _ = settle_locales(with_named_files(merge_layers(config), read_below(root)))
    name = str(path) if config else "no configuration file: the defaults hold"
    sys.stdout.write(f"{visible(name)}\n  {_reports(settings)}\n")
    if settings.include or settings.exclude:
        chosen = [f"only {each}" for each in settings.include]
        chosen += [f"without {each}" for each in settings.exclude]
        sys.stdout.write(f"  files: {visible(', '.join(chosen))}\n")
    return config


def _reports(settings: Settings) -> str:
    names = ", ".join(settings.category_names())
    return visible(
        f"reports in {', '.join(settings.locales)}, categories {names}, to {settings.output}"
    )


def _say_step(step: StepOfAction, config: Mapping[str, object]) -> Sequence[str]:
    """Tell what a step would do, and return where it would publish."""
    inputs = StepInputs.of(_known_inputs(step.inputs))
    mode = mode_of(inputs)
    targets = publishers(inputs)
    if mode == REPORT and "${{" not in inputs.split:
        split_of(inputs)
    settings, _ = settle_locales(settings_of(inputs, config))
    compared = inputs.repository or "this repository"
    begin = next(
        (f"from {value}" for value in (inputs.since, inputs.base) if value), "of the event"
    )
    writer = f"model {settings.model}" if settings.analyst == "model" else "the rules, no model"
    sys.stdout.write(
        f"{visible(step.name)}\n"
        f"  on {visible(', '.join(step.events))}: {visible(compared)}, {visible(begin)}; mode {mode}\n"
        f"  {_reports(settings)}; published as {', '.join(targets)}; written by {visible(writer)}\n"
    )
    if step.has_placeholder:
        sys.stdout.write(
            "  to do: put the account that the action is published under in the place of OWNER\n"
        )
    return () if mode in {PLAN, JOB} else targets  # which publish nothing


def _known_inputs(inputs: Mapping[str, str]) -> dict[str, str]:
    """Return inputs without those that only a run can tell, but for what needs no check here."""
    return {
        name: value
        for name, value in inputs.items()
        if "${{" not in value or name in _UNCHECKED or name not in KNOWN_INPUTS
    }


def _say_wrong(error: DiffInsightError) -> int:
    sys.stderr.writelines(f"  {visible(line)}\n" for line in error.lines())
    return 1


def _steps(root: Path) -> Iterator[StepOfAction]:
    """Yield the steps of a checkout's workflows that use this action."""
    import yaml  # noqa: PLC0415 - 30 ms

    folder = root / ".github" / "workflows"
    for path in sorted(folder.glob("*.y*ml"))[:_MOST]:
        try:
            content = read_inside(root, path.relative_to(root), limit=_LARGEST)
            loaded = yaml.load(content or b"", Loader=yaml.BaseLoader)  # noqa: S506 - texts only
        except (yaml.YAMLError, RecursionError, OSError) as error:
            mark = getattr(error, "problem_mark", None)
            why = f"it is not valid YAML, line {mark.line + 1}" if mark else "it is no workflow"
            sys.stdout.write(f"{visible(path.name)}: not read, because {why}\n")
            continue
        if not isinstance(loaded, Mapping):
            continue
        events = loaded.get("on", ())
        names = (events,) if isinstance(events, str) else tuple(map(str, events))
        jobs = loaded.get("jobs")
        for job_name, job in jobs.items() if isinstance(jobs, Mapping) else ():
            if not isinstance(job, Mapping):
                continue
            for number, uses, inputs in _steps_of(job):
                yield StepOfAction(
                    name=f"{PurePath(path).relative_to(root)}, job {job_name}, step {number}",
                    uses=uses,
                    events=names,
                    inputs=inputs,
                    permissions=job.get("permissions", loaded.get("permissions")),
                    machines=str(job.get("runs-on", "")),
                )


def _steps_of(job: Mapping[str, object]) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Yield number, action and inputs of each step of a job that uses this action."""
    steps = job.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else (), 1):
        uses = step.get("uses") if isinstance(step, Mapping) else None
        if isinstance(uses, str) and _USES.fullmatch(uses):
            inputs = step.get("with") or {}
            if isinstance(inputs, Mapping):
                yield number, uses, {str(key).lower(): str(value) for key, value in inputs.items()}
