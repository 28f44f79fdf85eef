"""Decides whether a use of a symbol is one that its change reaches: a call that passes what is gone, say."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.impact.reference import CallShape, Meant, OutsideName
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Touch
from diff_insight.model.facts import Fact
from diff_insight.model.uses import Certainty


def reach_of(fact: Fact, reference: OutsideName, meant: Meant) -> Certainty | None:
    """Return how certainly a use is reached by a change of its symbol; None when it is not."""
    used = kind_of(fact.kind).usage
    touch = used.touch if used else Touch.ANY
    if touch is Touch.ANY:
        verdict: Certainty | None = "proved"
    elif reference.call is None or not meant.whole:
        return None
    else:
        verdict = _of_call(touch, reference.call, meant, parameters_of(fact))
    if verdict == "proved" and not (reference.certain and meant.certain):
        return "likely"
    return verdict


def parameters_of(fact: Fact) -> tuple[str, ...]:
    """Return the parameters that a fact names, without their stars."""
    named = fact.params.get("parameters") or fact.params.get("parameter") or fact.params.get("old")
    every = named if isinstance(named, tuple | list) else (named,) if named else ()
    return tuple(str(parameter).lstrip("*") for parameter in every)


def _of_call(
    touch: Touch, call: CallShape, meant: Meant, parameters: Sequence[str]
) -> Certainty | None:
    by_name = any(name in call.names for name in parameters)
    places = [meant.places.index(name) for name in parameters if name in meant.places]
    by_place = any(location < call.count for location in places)
    if touch is Touch.CALL:
        return "proved"
    if touch is Touch.LACKS:
        if by_name or call.is_open:
            return None
        return "likely" if call.count else "proved"
    hit = {Touch.PASSES: by_name or by_place, Touch.BY_NAME: by_name, Touch.BY_PLACE: by_place}
    if hit[touch]:
        return "proved"
    unsure = call.is_open or (touch is Touch.BY_PLACE and not places and call.count > 0)
    return "likely" if unsure else None
