"""One Rust item in both versions, and what all rules tell or ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.value_types import never_fits


class RustStep(Struct, frozen=True):
    """One item in both versions, with the members that it has in its own declaration.

    Attributes:
        old: The item before.
        new: The item after.
        had: Its fields, variants or what a trait asks for, before.
        has: The same, after.
        sealed: Whether nobody else could implement a trait before.
        sealed_now: Whether nobody else can now.
        defaults: Features that are on by default now; None where that is not known.
    """

    old: Item
    new: Item
    had: Sequence[Item] = ()
    has: Sequence[Item] = ()
    sealed: bool = False
    sealed_now: bool = False
    defaults: frozenset[str] | None = None


def removal(item: Item) -> ApiChange:
    """Return the change that tells of a thing that is gone."""
    label = f"{item.key}!" if item.sort == "macro" else item.label
    return ApiChange(kind="symbol.removed", key=item.key, params={"name": label}, base=item)


def change_of(
    kind: str, step: RustStep, *, certain: bool = True, **params: str | tuple[str, ...]
) -> ApiChange:
    """Return what a rule found about the item of a step."""
    return ApiChange(
        kind=kind, key=step.old.key, params={"name": step.old.label, **params}, base=step.old, head=step.new,
        certain=certain,
    )  # fmt: skip


def member_step(step: RustStep, old: Item, new: Item) -> RustStep:
    """Return the step of a member of a type or trait."""
    return RustStep(
        old, new, sealed=step.sealed, sealed_now=step.sealed_now, defaults=step.defaults
    )


def hiding(step: RustStep) -> Iterator[ApiChange]:
    """An item that the documentation no longer shows: callers are told to leave it alone."""
    if "hidden" in step.new.marks and "hidden" not in step.old.marks:
        yield change_of("symbol.changed-hidden", step, certain=False)


def by_name(items: Sequence[Item]) -> dict[str, Item]:
    """Return items by their last name."""
    return {item.name: item for item in items}


def members_of(items: Sequence[Item], owner: str) -> list[Item]:
    """Return the items that an owner holds itself."""
    return [item for item in items if item.owner == owner]


def other_type(step: RustStep) -> Iterator[ApiChange]:
    """A field, constant, static or alias of another type."""
    old, new = step.old.type, step.new.type
    if old == new or not old or not new:
        return
    certain = never_fits(old, new, "rust") or never_fits(new, old, "rust")
    if certain or _names_differ(old, new):
        yield change_of(
            "symbol.value-type", step, old=step.old.shown, new=step.new.shown, certain=certain
        )


def _names_differ(old: str, new: str) -> bool:
    """Tell whether two types differ in what holds the rest: only an alias could make them the same."""
    heads = [text.lstrip("&").partition("<")[0].removeprefix("mut ") for text in (old, new)]
    return heads[0] != heads[1] and all(head.isidentifier() and len(head) > 1 for head in heads)


def is_open(item: Item) -> bool:
    """Tell whether callers may build and match a thing as a whole, under every condition."""
    return "non_exhaustive" not in item.marks and "non_exhaustive_if" not in item.marks
