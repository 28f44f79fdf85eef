"""What of two versions of a JavaScript or TypeScript signature breaks those who call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diff_insight.facts.code.api.item import ApiChange, Argument, Item, Passing
from diff_insight.facts.code.api.script_types import fits
from diff_insight.model.messages import Value

#: Characters of a type or a value that is shown.
SHOWN = 100
Variables = Mapping[str, str]


def change_of(
    kind: str, *, breaking: bool = True, certain: bool = True, **params: Value
) -> ApiChange:
    """Return what a rule found, without the names and the items it is about."""
    return ApiChange(kind=kind, key="", params=params, breaking=breaking, certain=certain)


def signature_differences(old: Item, new: Item, variables: Variables) -> Iterator[ApiChange]:
    """Yield what differs for callers, who pass by place alone."""
    before, after = old.signature or (), new.signature or ()
    yield from _result(old, new, variables)
    if any(
        (a.passing is Passing.REST) != (b.passing is Passing.REST) and _same_place(a, b)
        for a, b in zip(before, after, strict=False)
    ):
        short = max(len(old.shown), len(new.shown)) <= SHOWN
        yield change_of(
            "symbol.signature", old=old.shown if short else "", new=new.shown if short else ""
        )
        return
    placed = [argument for argument in before if argument.passing is not Passing.REST]
    now = [argument for argument in after if argument.passing is not Passing.REST]
    difference = next(
        (change for change in _argument_differences(placed, now, rest=len(now) < len(after))), None
    )
    if difference is not None:
        yield difference
        return
    added = tuple(argument.name for argument in now[len(placed) :] if argument.optional)
    if added:
        yield change_of("symbol.parameter-added", breaking=False, parameters=added)
    yield from _kept_arguments(placed, now, variables)


def _argument_differences(
    old: Sequence[Argument], new: Sequence[Argument], *, rest: bool
) -> Iterator[ApiChange]:
    """Yield what is asked for now, what is not taken any more, and what stands elsewhere."""
    required = [
        argument.name for index, argument in enumerate(new)
        if not argument.optional and not _may_miss(argument) and (index >= len(old) or old[index].optional)
    ]  # fmt: skip
    names, kept = [argument.name for argument in old], [argument.name for argument in new]
    if required:
        yield change_of("symbol.parameter-required", parameters=tuple(required))
    if len(new) < len(old) and not rest:
        gone = tuple(name for name in names if name not in kept) or tuple(names[len(new) :])
        yield change_of("symbol.parameter-removed", parameters=gone)
    if "{}" in names:
        return
    if sorted(names) == sorted(kept) and names != kept:
        yield change_of("symbol.parameters-reordered", parameters=tuple(kept))
    inserted = [name for name in kept if name not in names]
    if len(new) - len(old) == len(inserted) > 0:
        behind = next((name for name in kept[kept.index(inserted[0]) :] if name in names), "")
        if behind:
            yield change_of("symbol.parameter-inserted", parameters=tuple(inserted), before=behind)


def _same_place(a: Argument, b: Argument) -> bool:
    return a.name == b.name or (a.passing is Passing.REST and b.type.endswith("[]"))


def _may_miss(argument: Argument) -> bool:
    """A parameter that takes `undefined` may be left out only in JavaScript; `void` and `any` may."""
    return argument.type in ("void", "any", "unknown")


def _kept_arguments(
    before: Sequence[Argument], after: Sequence[Argument], variables: Variables
) -> Iterator[ApiChange]:
    for old, new in zip(before, after, strict=False):
        changed = old.default != new.default and bool(old.default and new.default)
        if changed and old.name == new.name and max(len(old.default), len(new.default)) <= SHOWN:
            yield change_of(
                "symbol.default-changed", breaking=False, parameter=new.name, old=old.default, new=new.default
            )  # fmt: skip
        if (
            old.type != new.type
            and old.type
            and new.type
            and fits(old.type, new.type, variables) is False
        ):
            texts = [f"{argument.name}: {argument.type}" for argument in (old, new)]
            if max(map(len, texts)) <= SHOWN:
                yield change_of(
                    "symbol.parameter-changed", parameter=new.name, old=texts[0], new=texts[1]
                )
            else:
                yield change_of("symbol.parameter-changed", parameter=new.name, old="", new="")


def _result(old: Item, new: Item, variables: Variables) -> Iterator[ApiChange]:
    if not old.type or not new.type or old.type == new.type:
        return
    if old.type == "void" or new.type == "any" or fits(new.type, old.type, variables) is not False:
        return
    short = max(len(old.type), len(new.type)) <= SHOWN
    before, after = (
        ("" if type_ in ("void", "undefined") else type_) if short else ""
        for type_ in (old.type, new.type)
    )
    yield change_of("symbol.result", old=before, new=after)
