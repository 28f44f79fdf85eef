"""Turns the inputs of a workflow step into settings and into what is asked of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.bootstrap.branch_publishers import KEEPERS
from diff_insight.bootstrap.publisher_factories import PUBLISHERS
from diff_insight.continuation.boundaries import NEVER, SPLITS
from diff_insight.errors import UsageError
from diff_insight.github.events.event_inputs import LOOKED_UP
from diff_insight.github.runner.step_inputs import BOOLEANS, StepInputs
from diff_insight.model.events import RangeInputs
from diff_insight.publishers import summary
from diff_insight.settings.config_file import CHECKS
from diff_insight.settings.merge import merge_layers
from diff_insight.settings.settings import ANALYSTS, Settings
from diff_insight.settings.values import inside, one_of, words

#: What the action always writes into the workspace: its publishers and outputs need both.
_FORMATS = ("markdown", "json")
AUTO = "auto"


def range_inputs(inputs: StepInputs, comparison: str) -> RangeInputs:
    """Return what the step says of the range; `comparison` is the configuration's."""
    return RangeInputs(
        repository=inputs.repository,
        base=inputs.base,
        head=inputs.head,
        since=inputs.since,
        comparison=comparison,
    )


def publishers(inputs: StepInputs) -> tuple[str, ...]:
    """Return where to publish, in order.

    Raises:
        UsageError: A place is not known.
    """
    names = words("publish", inputs.publish or summary.NAME)
    return tuple(one_of("publish", name, PUBLISHERS) for name in names)


def _analyst(inputs: StepInputs) -> str:
    """Return who writes: a model when the step gives a key or an address, unless it says otherwise."""
    asked = one_of("analyst", inputs.analyst or AUTO, (AUTO, *ANALYSTS))
    if asked != AUTO:
        return asked
    return "model" if inputs.api_key or inputs.base_url else "rules"


def split_of(inputs: StepInputs) -> str:
    """Return how a range of many days is told.

    Raises:
        UsageError: It is none of the words, or nothing is followed that could be split.
    """
    chosen = one_of("split", inputs.split or NEVER, SPLITS)
    if chosen != NEVER and inputs.since not in LOOKED_UP:
        raise UsageError(
            f"split: {chosen} splits nothing",
            cause="only runs that go on from the last one span days that differ",
            cure=f"write since: {LOOKED_UP[0]}, or leave split out",
        )
    return chosen


def _readable_on_branch(settings: Settings, targets: Sequence[str]) -> Settings:
    """Return settings whose reports read well on a branch, unless they say how they are to be."""
    committed = KEEPERS.intersection(targets)
    chosen = settings.layout != "auto" or settings.template is not None
    return replace(settings, layout="github") if committed and not chosen else settings


def _formats(config: Mapping[str, object]) -> tuple[object, ...]:
    """Return what the action writes, and after it what the configuration file asks for besides."""
    wanted = config.get("format", ())
    more = wanted if isinstance(wanted, tuple) else ()
    return tuple(dict.fromkeys((*_FORMATS, *more)))


def settings_of(inputs: StepInputs, config: Mapping[str, object]) -> Settings:
    """Return the settings: inputs beat the configuration file.

    Raises:
        UsageError: An input has a wrong value, or reports would leave the workspace.
    """
    chosen: dict[str, object] = {"format": _formats(config)}
    for name, text in inputs.settings.items():
        value = BOOLEANS.get(text.lower(), text) if name == "dry-run" else text
        chosen[name] = CHECKS[name](name, value)
    chosen["analyst"] = _analyst(inputs)
    settings = _readable_on_branch(merge_layers(config, chosen), publishers(inputs))
    inside("output", settings.output)
    if settings.template is not None:
        inside("template", settings.template.path)
    return settings
