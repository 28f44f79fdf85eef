"""Reads the plan that an earlier job of the workflow has put into the workspace."""

from __future__ import annotations

from pathlib import Path, PurePath

from diff_insight.errors import UsageError
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.plan.history_plan import LARGEST_PLAN, PLAN_PATH, HistoryPlan, read_plan
from diff_insight.runtime.inside import read_inside
from diff_insight.settings import values


def plan_in_workspace(inputs: StepInputs) -> HistoryPlan:
    """Return the plan that the inputs name, relative to the workspace that is worked in.

    Raises:
        UsageError: There is none, it is behind a link, or it says something wrong.
    """
    path = inputs.plan or PLAN_PATH
    values.inside("plan", path)
    try:
        content = read_inside(Path(), PurePath(path), limit=LARGEST_PLAN + 1)
    except OSError as error:
        raise UsageError(
            f"the plan {path!r} cannot be read: {error.strerror}", cure="name a regular file"
        ) from error
    if content is None:
        raise UsageError(
            f"there is no plan {path!r} in the workspace",
            cause="the job that makes it keeps it in an artifact, which this one has to download",
            cure="add a step with actions/download-artifact before this one",
        )
    return read_plan(content, repr(path))
