"""Turns the inputs of a workflow step into settings and into what is asked of the event."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from diff_insight.bootstrap.publishing import PUBLISHERS
from diff_insight.continuation.boundaries import NEVER, SPLITS
from diff_insight.errors import UsageError
from diff_insight.github.events.inputs import LOOKED_UP
from diff_insight.model.events import RangeInputs
from diff_insight.publishers import summary
from diff_insight.settings.branch_name import check_branch
from diff_insight.settings.config_file import CHECKS
from diff_insight.settings.merge import merged
from diff_insight.settings.settings import ANALYSTS, Settings
from diff_insight.settings.values import flag, one_of, unknown_key, words

#: Inputs that are settings of the same name.
SETTING_INPUTS = (
    "locales", "output", "layout", "timezone", "dry-run", "fail-on", "model", "token-budget",
)  # fmt: skip
#: Inputs that name the range.
RANGE_INPUTS = ("repository", "base", "head", "since")
#: Inputs that let a model write; no configuration file can set them.
MODEL_INPUTS = ("api-key", "base-url", "analyst")
OTHER_INPUTS = (
    "config",
    "publish",
    "github-token",
    "source-token",
    "branch",
    "split",
    "allow-private-source",
    *MODEL_INPUTS,
)
KNOWN_INPUTS = (*SETTING_INPUTS, *RANGE_INPUTS, *OTHER_INPUTS)
#: What the action always writes into the workspace.
_FORMATS = ("markdown", "json")
AUTO = "auto"
_BOOLEANS = {"true": True, "false": False}


def check_given(given: Mapping[str, str]) -> None:
    """Refuse inputs that the action does not have, and values that would be read after the work.

    Raises:
        UsageError: With the nearest known name, or what to give instead.
    """
    for name in given:
        if name not in KNOWN_INPUTS:
            raise unknown_key("inputs", name, KNOWN_INPUTS)
    split_of(given)
    allows_private(given)
    if given.get("branch"):
        check_branch("branch", given["branch"])


def range_inputs(given: Mapping[str, str], comparison: str) -> RangeInputs:
    """Return what the step says of the range; `comparison` is the configuration's."""
    return RangeInputs(
        repository=given.get("repository", ""),
        base=given.get("base", ""),
        head=given.get("head", ""),
        since=given.get("since", ""),
        comparison=comparison,
    )


def publishers(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return where to publish, in order.

    Raises:
        UsageError: A place is not known.
    """
    names = words("publish", given.get("publish", summary.NAME))
    return tuple(one_of("publish", name, PUBLISHERS) for name in names)


def _analyst(given: Mapping[str, str]) -> str:
    """Return who writes: a model when the step gives a key or an address, unless it says otherwise."""
    asked = one_of("analyst", given.get("analyst") or AUTO, (AUTO, *ANALYSTS))
    if asked != AUTO:
        return asked
    return "model" if given.get("api-key") or given.get("base-url") else "rules"


def split_of(given: Mapping[str, str]) -> str:
    """Return how a range of many days is told.

    Raises:
        UsageError: It is none of the words, or nothing is followed that could be split.
    """
    chosen = one_of("split", given.get("split", NEVER), SPLITS)
    if chosen != NEVER and given.get("since") not in LOOKED_UP:
        raise UsageError(
            f"split: {chosen} splits nothing",
            cause="only runs that go on from the last one span days that differ",
            cure=f"write since: {LOOKED_UP[0]}, or leave split out",
        )
    return chosen


def allows_private(given: Mapping[str, str]) -> bool:
    """Tell whether reports on a private repository may be committed where everybody sees them."""
    value = given.get("allow-private-source", "false").lower()
    return flag("allow-private-source", _BOOLEANS.get(value, value))


def settings_of(given: Mapping[str, str], config: Mapping[str, object]) -> Settings:
    """Return the settings: inputs beat the configuration file.

    Raises:
        UsageError: An input has a wrong value, or reports would leave the workspace.
    """
    chosen: dict[str, object] = {"format": _FORMATS}
    for name in SETTING_INPUTS:
        if name in given:
            value: object = given[name]
            if name == "dry-run":
                value = _BOOLEANS.get(given[name].lower(), given[name])
            chosen[name] = CHECKS[name](name, value)
    chosen["analyst"] = _analyst(given)
    settings = merged(config, chosen)
    _check_inside("output", settings.output)
    if settings.template is not None:
        _check_inside("template", settings.template.path)
    return settings


def _check_inside(name: str, path: str) -> None:
    place = PurePosixPath(path)
    if place.is_absolute() or ".." in place.parts or path == "-":
        raise UsageError(
            f"{name}: {path!r} is not inside the workspace",
            cure="give a path relative to the workspace, without '..'",
        )
