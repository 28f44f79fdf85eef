"""What the action does in a run: reports, texts that came since, a plan, a job of one, or the joining of all."""

from __future__ import annotations

from dataclasses import replace  # noqa: TID251 - inputs keep secrets out of `repr`

from diff_insight.errors import UsageError
from diff_insight.github.events.event_inputs import LAST_REPORT
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.settings.values import one_of

REPORT, COLLECT, PLAN, JOB, JOIN = "report", "collect", "plan", "job", "join"
MODES = (REPORT, COLLECT, PLAN, JOB, JOIN)
#: Modes that are about the range of the inputs; a plan and what waits bring their own.
ONE_RANGE = (REPORT,)


def mode_of(inputs: StepInputs) -> str:
    """Return what the step is to do.

    Raises:
        UsageError: It is none of the modes, or an input is for another one.
    """
    mode = one_of("mode", inputs.mode or REPORT, MODES)
    for name, value, where in (
        ("job", inputs.job, (JOB,)),
        ("plan", inputs.plan, (PLAN, JOB, JOIN)),
    ):
        if value and mode not in where:
            raise UsageError(
                f"{name}: {value!r} says nothing to mode: {mode}",
                cure=f"set mode to {' or '.join(where)}, or leave {name} out",
            )
    if mode == JOB and not inputs.job:
        raise UsageError(
            "mode: job needs the number of the job",
            cure="set job to ${{ matrix.job }}",
        )
    return mode


def inputs_of_range(inputs: StepInputs, mode: str) -> StepInputs:
    """Return the inputs that say which range a run is about: a plan brings its own ranges."""
    return inputs if mode in ONE_RANGE else replace(inputs, since=LAST_REPORT, base="")
