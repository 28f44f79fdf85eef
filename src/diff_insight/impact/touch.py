"""Decides whether a use of a symbol is one that its change reaches: a call that passes what is gone, say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from diff_insight.impact.reference import CallShape, Meant, OutsideName
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Touch, Trait
from diff_insight.model.facts import Fact
from diff_insight.model.uses import Certainty


class TouchedLine(NamedTuple):
    """A use that a change reaches: how certainly, and on which line."""

    certainty: Certainty
    line: int


def reach_of(fact: Fact, reference: OutsideName, meant: Meant) -> TouchedLine | None:
    """Return how a use is reached by a change of its symbol; None when it is not."""
    usage = kind_of(fact.kind).usage
    touch = usage.touch if usage else Touch.ANY
    if fact.params.get("calls") == "valid":
        touch = Touch.VALUE
    is_gone = kind_of(fact.kind).has(Trait.NAME_GONE)
    reach = _of_mention(touch, reference, meant) if meant.is_written or is_gone else None
    if reach is None and reference.call is not None and meant.whole:
        reach = _of_call(touch, reference.call, reference.line, meant, parameters_of(fact))
    if reach is not None and not (reference.certain and meant.certain):
        return reach._replace(certainty="likely")
    return reach


def parameters_of(fact: Fact) -> tuple[str, ...]:
    """Return the parameters that a fact names, without their stars."""
    named = fact.params.get("parameters") or fact.params.get("parameter") or fact.params.get("old")
    every = named if isinstance(named, tuple | list) else (named,) if named else ()
    return tuple(str(each).lstrip("*") for each in every)


def _of_mention(touch: Touch, reference: OutsideName, meant: Meant) -> TouchedLine | None:
    """Return what is reached however it is used."""
    if touch is Touch.ANY:
        return TouchedLine("proved", reference.line)
    if touch is Touch.ORIGIN and meant.is_written and not reference.is_local:
        return TouchedLine("proved", reference.line)
    is_value = touch is Touch.VALUE and reference.call is None and meant.whole
    if (touch is Touch.SOME or is_value) and meant.is_written:
        return TouchedLine("likely", reference.line)
    return None


def _of_call(
    touch: Touch, call: CallShape, line: int, meant: Meant, parameters: Sequence[str]
) -> TouchedLine | None:
    lines = [call.names[name] for name in parameters if name in call.names]
    positions = [meant.places.index(name) for name in parameters if name in meant.places]
    by_place = any(position < call.count for position in positions)
    if touch is Touch.CALL:
        return TouchedLine("proved", line)
    if touch is Touch.LACKS:
        is_passed = bool(lines) or call.is_open
        return None if is_passed else TouchedLine("likely" if call.count else "proved", line)
    if lines and touch in (Touch.PASSES, Touch.BY_NAME):
        return TouchedLine("proved", lines[0])
    if by_place and touch in (Touch.PASSES, Touch.BY_PLACE):
        return TouchedLine("proved", line)
    is_unsure = call.is_open or (touch is Touch.BY_PLACE and not positions and call.count > 0)
    is_asked = touch in (Touch.PASSES, Touch.BY_NAME, Touch.BY_PLACE)
    return TouchedLine("likely", line) if is_unsure and is_asked else None
