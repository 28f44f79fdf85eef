"""What of two versions of a Python name breaks the code that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from diff_insight.facts.code.api.item import ApiChange, Argument, Item, Passing
from diff_insight.model.messages import Value

_PLACED = (Passing.POSITION, Passing.EITHER)
_NAMED = (Passing.EITHER, Passing.NAME)
_AWAITED = re.compile(
    r"Awaitable|Coroutine|Future|Async(?:Iterator|Generator|ContextManager)|Task\b"
)
#: Share of letters that two names have in common when one is taken for the other.
_LIKENESS = 0.6
_CONSTANT = re.compile(r"['\"\d\[({bfr-]|True\b|False\b")


def differences(old: Item, new: Item, name: str) -> Iterator[ApiChange]:
    """Yield what differs for those who use a name.

    Args:
        old: Its declaration before.
        new: Its declaration after.
        name: How it is called in a report, without parentheses.
    """
    for change in (*_kind(old, new), *_marks(old, new), *_condition(old, new)):
        yield _with_names(change, name, old, new)
        if change.kind == "symbol.changed-kind":
            return
    if old.signature is not None and new.signature is not None:
        for change in signature_differences(old.signature, new.signature):
            yield _with_names(change, f"{name}()", old, new)


def _with_names(change: ApiChange, name: str, old: Item, new: Item) -> ApiChange:
    called = old.signature is not None and not name.endswith("()")
    return ApiChange(
        kind=change.kind, key=name.removesuffix("()"), base=old, head=new, breaking=change.breaking,
        certain=change.certain, params={"name": f"{name}()" if called else name, **change.params},
    )  # fmt: skip


def _change(
    kind: str, *, breaking: bool = True, certain: bool = True, **params: Value
) -> ApiChange:
    return ApiChange(kind=kind, key="", params=params, breaking=breaking, certain=certain)


#: Decorators that leave a function a function, or make the property that it is read as.
_DECORATORS = frozenset("staticmethod classmethod abstractmethod overload override final wraps lru_cache cache "
                        "contextmanager asynccontextmanager deprecated property cached_property "
                        "abstractproperty setter deleter getter".split())  # fmt: skip


def _kind(old: Item, new: Item) -> Iterator[ApiChange]:
    """A method that is a property now, a class that is a function, and what else is used otherwise."""
    before, after = old.sort, new.sort
    if _has_other_decorators(old) or _has_other_decorators(new):
        return  # what they make of it cannot be seen
    if before == after or {before, after} <= {"property", "attribute", "variable"}:
        return
    if {before, after} == {"function", "method"}:
        return
    values = ("attribute", "variable")
    if before in values and not _CONSTANT.match(old.shown):
        return  # it may have been callable, or a class
    disabled = "disabled" in new.modifiers
    if after in values and not disabled and not _CONSTANT.match(new.shown):
        return
    # A class can be called as well, and what is annotated is likely to be set.
    certain = (before, after) != ("function", "class") and not (disabled and new.type)
    yield _change("symbol.changed-kind", certain=certain, old=before, new=after)


def _condition(old: Item, new: Item) -> Iterator[ApiChange]:
    """What is there on one platform alone."""
    if new.conditions and not old.conditions:
        yield _change("symbol.added-condition", condition=min(new.conditions))


def _has_other_decorators(item: Item) -> bool:
    """Tell whether decorators that are not known stand before a function."""
    return (
        any(name.rpartition(".")[2] not in _DECORATORS for name in item.marks)
        and item.sort != "class"
    )


def _marks(old: Item, new: Item) -> Iterator[ApiChange]:
    if old.sort not in ("function", "method") or new.sort not in ("function", "method"):
        return
    managers = "contextmanager" in old.modifiers | new.modifiers
    awaited = _AWAITED.search(old.type) or _AWAITED.search(new.type)
    if ("async" in old.modifiers) != ("async" in new.modifiers) and not managers and not awaited:
        kind = "symbol.changed-now" if "async" in new.modifiers else "symbol.changed-no-longer"
        yield _change(kind, word="async")
    for word in ("staticmethod", "classmethod"):
        if word in old.modifiers and not new.modifiers & {"staticmethod", "classmethod"}:
            yield _change("symbol.changed-no-longer", word=f"@{word}")


def signature_differences(old: Sequence[Argument], new: Sequence[Argument]) -> Iterator[ApiChange]:
    """Yield what differs for callers, who may pass by place or by name.

    The rules are those of the language reference on calls
    (https://docs.python.org/3/reference/expressions.html#calls).
    """
    old, new = ([argument for argument in side if not _is_private(argument)] for side in (old, new))
    before, after = _by_name(old), _by_name(new)
    renamed = dict(_renames(old, new, before, after))
    gone = [
        argument
        for argument in before.values()
        if argument.name not in after and argument.name not in renamed
    ]
    come = [argument for argument in after.values()
            if argument.name not in before and argument.name not in renamed.values()]  # fmt: skip
    for name, other in renamed.items():
        # What is passed by its place alone has no name for callers any more.
        if before[name].passing in _NAMED and after[other].passing is not Passing.POSITION:
            yield _change("symbol.parameter-renamed", old=name, new=other)
    lost = [argument for argument in gone if not _is_taken(argument, old, new)]
    rests = [
        argument
        for argument in old
        if argument.passing is Passing.REST and not _has(new, Passing.REST)
    ]
    rests += [argument for argument in old
              if argument.passing is Passing.NAMED_REST and not _has(new, Passing.NAMED_REST)]  # fmt: skip
    if lost or rests:
        yield _change(
            "symbol.parameter-removed",
            parameters=tuple(argument.label for argument in (*lost, *rests)),
        )
    yield from _requirements(come, before, after, old)
    kept = [(argument, after[renamed.get(argument.name, argument.name)]) for argument in before.values()
            if renamed.get(argument.name, argument.name) in after]  # fmt: skip
    yield from _passing(kept, new)
    yield from _moves(old, new, renamed, {argument.name for argument in gone})
    yield from _defaults(kept)


def _is_private(argument: Argument) -> bool:
    """Tell whether a parameter is one that the module passes to itself."""
    return (
        argument.optional
        and argument.name.startswith("_")
        and argument.passing in (*_PLACED, Passing.NAME)
    )


def _by_name(arguments: Sequence[Argument]) -> dict[str, Argument]:
    return {
        argument.name: argument
        for argument in arguments
        if argument.passing in (*_PLACED, Passing.NAME)
    }


def _has(arguments: Sequence[Argument], passing: Passing) -> bool:
    return any(argument.passing is passing for argument in arguments)


def _is_taken(argument: Argument, old: Sequence[Argument], new: Sequence[Argument]) -> bool:
    """Tell whether `*args` or `**kwargs` take what a parameter took."""
    by_place = _has(new, Passing.REST)
    by_name = _has(new, Passing.NAMED_REST)
    del old
    if argument.passing is Passing.NAME:
        return by_name
    return by_place if argument.passing is Passing.POSITION else by_place and by_name


def _renames(
    old: Sequence[Argument], new: Sequence[Argument],
    before: dict[str, Argument], after: dict[str, Argument],
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield parameters that stand at the same place under another name, where nothing else came or went."""
    olds = [argument for argument in old if argument.passing in _PLACED]
    news = [argument for argument in new if argument.passing in _PLACED]
    gone = [argument for argument in before.values() if argument.name not in after]
    come = [argument for argument in after.values() if argument.name not in before]
    if len(gone) != len(come) or len(olds) != len(news):
        return
    for argument, other in zip(olds, news, strict=True):
        if argument.name == other.name:
            continue
        if argument.name in after or other.name in before or argument.optional != other.optional:
            continue
        if (
            not argument.optional
            or argument.passing is Passing.POSITION
            or _alike(argument.name, other.name)
        ):
            yield argument.name, other.name


def _alike(old: str, new: str) -> bool:
    """Tell whether two names of what may be left out are likely to mean the same."""
    shared = set(old.lower().split("_")) & set(new.lower().split("_")) - {""}
    return bool(shared) or SequenceMatcher(None, old, new).ratio() > _LIKENESS


def _requirements(
    come: Sequence[Argument], before: dict[str, Argument], after: dict[str, Argument],
    old: Sequence[Argument],
) -> Iterator[ApiChange]:  # fmt: skip
    needed = [argument.name for argument in come if not argument.optional]
    needed += [
        argument.name for argument in after.values()
        if argument.name in before and before[argument.name].optional and not argument.optional
    ]  # fmt: skip
    if needed:
        taken = _has(old, Passing.REST) or _has(old, Passing.NAMED_REST)
        yield _change("symbol.parameter-required", certain=not taken, parameters=tuple(needed))
    free = tuple(argument.name for argument in come if argument.optional)
    if free:
        yield _change("symbol.parameter-added", breaking=False, parameters=free)


def _passing(
    kept: Sequence[tuple[Argument, Argument]], new: Sequence[Argument]
) -> Iterator[ApiChange]:
    """Parameters that cannot be passed by place, or by name, any more."""
    placed = tuple(
        b.name for a, b in kept
        if a.passing in _PLACED and b.passing is Passing.NAME and not _has(new, Passing.REST)
    )  # fmt: skip
    by_name = tuple(
        a.name for a, b in kept
        if a.passing in _NAMED and b.passing is Passing.POSITION and not _has(new, Passing.NAMED_REST)
    )  # fmt: skip
    swallowed = tuple(
        b.name for a, b in kept
        if a.passing in _PLACED and b.passing is Passing.NAME and _has(new, Passing.REST)
    )  # fmt: skip
    if placed or swallowed:
        yield _change("symbol.by-name", parameters=placed or swallowed)
    if by_name:
        yield _change("symbol.by-position", parameters=by_name)


def _moves(
    old: Sequence[Argument], new: Sequence[Argument], renamed: dict[str, str], gone: set[str]
) -> Iterator[ApiChange]:
    """Parameters that a call by place no longer meets where they were."""
    olds = [
        renamed.get(argument.name, argument.name) for argument in old if argument.passing in _PLACED
    ]
    news = [argument.name for argument in new if argument.passing in _PLACED]
    shared = [name for name in olds if name in news]
    order = [name for name in news if name in olds]
    if shared != order:
        yield _change("symbol.parameters-reordered", parameters=tuple(news))
        return
    if gone & set(olds):
        return  # told as removed
    first = next((index for index, name in enumerate(news) if name not in olds), len(news))
    after = [name for name in news[first:] if name in olds]
    inserted = [argument.name for argument in new
                if argument.name in news[first:] and argument.name not in olds and argument.optional]  # fmt: skip
    behind = [
        name
        for name in after
        if any(news.index(name) > news.index(argument) for argument in inserted)
    ]
    if inserted and behind:
        yield _change("symbol.parameter-inserted", parameters=tuple(inserted), before=behind[0])


def _defaults(kept: Sequence[tuple[Argument, Argument]]) -> Iterator[ApiChange]:
    for old, new in kept:
        if (
            old.optional
            and new.optional
            and old.default != new.default
            and old.default
            and new.default
        ):
            short = max(len(old.default), len(new.default)) <= 80
            if short:
                yield _change(
                    "symbol.default-changed",
                    breaking=False,
                    parameter=new.name,
                    old=old.default,
                    new=new.default,
                )
