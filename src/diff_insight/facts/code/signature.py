"""What changed in the parameters and the result of a callable, and whether callers notice."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from diff_insight.facts.code.model import Grammar, Parameter
from diff_insight.facts.code.parameter_list import parameters_of
from diff_insight.facts.code.value_types import never_fits
from diff_insight.model.messages import Value

Parameters = tuple[Parameter, ...]
#: Characters of a parameter that are shown.
LONGEST_SHOWN = 100


class Difference(Struct, frozen=True):
    """One difference between two parameter lists: end of its kind, values, whether it breaks."""

    end: str
    params: dict[str, Value]
    breaking: bool


def differences(old: Parameters, new: Parameters, grammar: Grammar) -> Iterator[Difference]:
    """Yield what differs; nothing where only names differ that no caller can use."""
    if _same_to_callers(old, new, grammar):
        return
    before, after = ({parameter.name: parameter for parameter in side} for side in (old, new))
    if len(before) != len(old) or len(after) != len(new) or "" in before or "" in after:
        yield Difference("signature", _whole(old, new), breaking=_misfits(old, new, grammar))
        return
    gone = tuple(name for name in before if name not in after)
    come = [parameter for parameter in new if parameter.name not in before]
    if gone and come:
        breaking = _breaks(old, new, gone) or _misfits(old, new, grammar)
        yield Difference("signature", _whole(old, new), breaking=breaking)
        return
    if gone:
        yield Difference("parameter-removed", {"parameters": gone}, breaking=True)
    lost = tuple(
        parameter.name for parameter in new
        if parameter.name in before and before[parameter.name].optional and not parameter.optional
    )  # fmt: skip
    yield from _new_parameters(come, lost)
    yield from _kept_parameters(before, after, grammar)


def result_difference(old: str | None, new: str | None, grammar: Grammar) -> Difference | None:
    """Return what differs of what is returned; None where it is the same, or said on one side only."""
    if old is None or new is None or old == new:
        return None
    before, after = (_results(text, grammar) for text in (old, new))
    if before == after:
        return None
    lost = bool(grammar.static) and bool(old) and (
        len(before) != len(after)
        or any(never_fits(b, a, grammar.static) for a, b in zip(before, after, strict=True))
    )  # fmt: skip
    fits = max(len(old), len(new)) <= LONGEST_SHOWN
    shown: dict[str, Value] = {"old": old if fits else "", "new": new if fits else ""}
    return Difference("result", shown, breaking=lost)


def _results(text: str, grammar: Grammar) -> list[str]:
    """Return the types of what is returned; Go returns several, with names or without."""
    if grammar.static == "go" and text.startswith("("):
        return [parameter.type for parameter in parameters_of(text, grammar) or ()]
    return [text] if text else []


def _misfits(old: Parameters, new: Parameters, grammar: Grammar) -> bool:
    """Tell whether what callers pass by its place is certainly of a wrong type now."""
    return len(old) == len(new) and any(
        never_fits(a.type, b.type, grammar.static) for a, b in zip(old, new, strict=True)
    )


def _callers_name(parameter: Parameter) -> str:
    """Return what callers know a parameter by: its type where its name is blank, as `_` in Go."""
    return parameter.name if parameter.name.strip("_") else parameter.type or parameter.name


def _new_parameters(come: list[Parameter], lost: tuple[str, ...]) -> Iterator[Difference]:
    """Yield what callers must pass from now on, and what they may."""
    needed = (*(_callers_name(parameter) for parameter in come if not parameter.optional), *lost)
    if needed:
        yield Difference("parameter-required", {"parameters": needed}, breaking=True)
    free = tuple(
        parameter.name
        for parameter in come
        if parameter.optional and parameter.name not in ("/", "*")
    )
    if free:
        yield Difference("parameter-added", {"parameters": free}, breaking=False)


def _kept_parameters(
    before: dict[str, Parameter], after: dict[str, Parameter], grammar: Grammar
) -> Iterator[Difference]:
    """Yield another order, else what changed of each parameter that stayed."""
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if kept != order:
        params: dict[str, Value] = {"parameters": tuple(order)}
        yield Difference("parameters-reordered", params, breaking=True)
        return
    for name in kept:
        yield from _same_name(before[name], after[name], grammar)


def _same_to_callers(old: Parameters, new: Parameters, grammar: Grammar) -> bool:
    """Tell whether only names differ, in a language whose callers cannot use them."""
    if grammar.names_matter or [_without_name(parameter) for parameter in old] != [
        _without_name(parameter) for parameter in new
    ]:
        return False
    return grammar.types_matter or all(
        a.default == b.default for a, b in zip(old, new, strict=True)
    )


def _same_name(old: Parameter, new: Parameter, grammar: Grammar) -> Iterator[Difference]:
    lost = old.optional and not new.optional
    if (old.type, old.default) == (new.type, new.default) or lost:
        return
    if max(len(old.text), len(new.text)) <= LONGEST_SHOWN:
        params: dict[str, Value] = {"parameter": old.name, "old": old.text, "new": new.text}
    elif old.default != new.default and max(len(old.default), len(new.default)) <= LONGEST_SHOWN:
        before, after = (
            f"{parameter.name}={parameter.default}" if parameter.default else parameter.name
            for parameter in (old, new)
        )
        params = {"parameter": old.name, "old": before, "new": after}
    else:
        params = {"parameter": old.name, "old": "", "new": ""}
    breaking = never_fits(old.type, new.type, grammar.static)
    yield Difference("parameter-changed", params, breaking=breaking)


def _breaks(old: Parameters, new: Parameters, gone: tuple[str, ...]) -> bool:
    """Tell whether calls that were right before cannot be right any more."""
    needed = sum(not parameter.optional for parameter in new)
    return needed > len(old) or len(new) < sum(not parameter.optional for parameter in old) or (
        bool(gone) and len(new) < len(old)
    )  # fmt: skip


def _whole(old: Parameters, new: Parameters) -> dict[str, Value]:
    texts = [", ".join(parameter.text for parameter in side) for side in (old, new)]
    shown = [f"({text})" if len(text) <= LONGEST_SHOWN else "" for text in texts]
    return {"old": shown[0] if all(shown) else "", "new": shown[1] if all(shown) else ""}


def _without_name(parameter: Parameter) -> tuple[str, str, bool]:
    return parameter.type, parameter.default, parameter.optional
