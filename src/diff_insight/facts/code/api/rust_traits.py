"""What of a changed Rust trait breaks those who implement it or use it through `dyn`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_functions import callable_changes
from diff_insight.facts.code.api.rust_step import (
    RustStep,
    by_name,
    change_of,
    hiding,
    member_step,
    other_type,
    removal,
)

#: Traits of which no implementation is without a size.
_SIZED = frozenset("Sized Clone Copy Default".split())


def trait_words(step: RustStep) -> Iterator[ApiChange]:
    """A trait that became unsafe or safe, or that nobody else can implement any more."""
    if "unsafe" in step.new.modifiers - step.old.modifiers and not step.sealed:
        yield change_of("symbol.changed-now", step, word="unsafe")
    elif "unsafe" in step.old.modifiers - step.new.modifiers and not step.sealed:
        yield change_of("symbol.changed-no-longer", step, word="unsafe")
    if step.sealed_now and not step.sealed:
        yield change_of("symbol.changed-sealed", step)


def supertraits(step: RustStep) -> Iterator[ApiChange]:
    """Traits that implementations have to offer as well, or that callers no longer get."""
    gained = {name for name in step.new.bases if name not in step.old.bases and name != "?Sized"}
    lost = tuple(
        shown
        for name, shown in step.old.bases.items()
        if name not in step.new.bases and name != "?Sized" and "Sealed" not in name
    )
    if gained and not step.sealed and not (step.sealed_now and len(gained) == 1):
        names = tuple(step.new.bases[name] for name in sorted(gained))
        yield change_of("symbol.changed-supertrait", step, bases=names, certain=gained != {"Sized"})
    if lost:
        yield change_of("symbol.changed-bases", step, bases=lost)


def trait_members(step: RustStep) -> Iterator[ApiChange]:
    """What implementations of a trait have to give, and what callers no longer have."""
    had, has = by_name(step.had), by_name(step.has)
    come = tuple(
        item.label.rpartition(".")[2] for name, item in has.items()
        if name not in had and not item.provided and not item.conditions
    )  # fmt: skip
    if come and not step.sealed:
        yield change_of("symbol.added-required", step, members=come)
    for name, old in had.items():
        new = has.get(name)
        if "hidden" in old.marks or (
            new is None and name in step.new.marks.get("calls", "").split()
        ):
            continue  # a macro within the trait may have it
        if new is None and step.sealed and old.label.rpartition(".")[2].startswith("_"):
            continue  # it only kept others from implementing the trait
        if new is None:
            yield removal(old)
            continue
        inner = member_step(step, old, new)
        yield from hiding(inner)
        if old.provided and not new.provided and not step.sealed:
            member = (new.label.rpartition(".")[2],)
            yield change_of("symbol.removed-default", step, members=member)
        if old.sort == "const":
            yield from other_type(inner)
        yield from callable_changes(old, new, implemented=not step.sealed)


def dyn_use(step: RustStep) -> Iterator[ApiChange]:
    """A trait that can no longer be used through `dyn`."""
    if _is_dyn(step.old, step.had) and not _is_dyn(step.new, step.has):
        yield change_of("symbol.changed-dyn", step)


def _is_dyn(item: Item, members: Sequence[Item]) -> bool:
    if not _SIZED.isdisjoint(item.bases):
        return False
    for member in members:
        if member.sort == "const" or (member.sort == "type" and member.generics):
            return False
        if member.sort == "fn" and "where Self: Sized" not in member.marks.get("where", ""):
            types = [generic for generic in member.generics if generic.kind != "lifetime"]
            own = [text for text in (*(member.parameters or ()), member.type) if _has_self(text)]
            by_impl = any(
                text.startswith("impl ") for text in (*(member.parameters or ()), member.type)
            )
            if types or own or by_impl or "self" not in member.marks:
                return False
    return True


def _has_self(text: str) -> bool:
    words = text.replace("Self::", "").replace("<", " ").replace(">", " ").replace(",", " ").split()
    return any(word.strip("&()[];").removeprefix("mut ") == "Self" for word in words)
