"""What of a changed Rust item breaks the code that uses or implements it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_conditions import Holds, holds, shown_condition
from diff_insight.facts.code.api.rust_functions import callable_changes
from diff_insight.facts.code.api.rust_generics import generics_change
from diff_insight.facts.code.api.rust_step import (
    RustStep,
    by_name,
    change_of,
    hiding,
    is_open,
    member_step,
    members_of,
    other_type,
    removal,
)
from diff_insight.facts.code.api.rust_traits import dyn_use, supertraits, trait_members, trait_words
from diff_insight.model.messages import Value


def item_changes(step: RustStep) -> Iterator[ApiChange]:
    """Yield what breaks users of an item; its members within an `impl` are not looked at."""
    if "macro" in step.old.marks or "macro" in step.new.marks:
        return  # the macro decides what becomes of it
    yield from hiding(step)
    yield from _condition(step)
    if step.old.sort != step.new.sort:
        yield from _kind(step)
        return
    for rule in RULES:
        if step.old.sort in rule.sorts:
            yield from rule.find(step)


def _condition(step: RustStep) -> Iterator[ApiChange]:
    """An item, or a member of it, that is only there with a feature, a flag or on some targets now."""
    if step.defaults is None:
        return
    had, has = by_name(step.had), by_name(step.has)
    pairs = [(step.old, step.new)]
    pairs += [(item, has[name]) for name, item in had.items() if name in has and item.public]
    for old, new in pairs:
        for condition in sorted(new.conditions) if not old.conditions else ():
            where = holds(condition, step.defaults) if condition.startswith("cfg") else Holds.ALWAYS
            if where is not Holds.ALWAYS:
                # On other targets it may not have worked before.
                params = {"name": old.label, "condition": shown_condition(condition)}
                yield ApiChange(
                    kind="symbol.added-condition", key=old.key, params=params, base=old, head=new,
                    certain=where is Holds.NEVER,
                )  # fmt: skip
                break


def _kind(step: RustStep) -> Iterator[ApiChange]:
    """A struct that became an enum, a constant that became a static, and the like."""
    sorts = (step.old.sort, step.new.sort)
    if "type" in sorts or set(sorts) == {"fn", "macro"} or set(sorts) == {"static", "const"}:
        return  # an alias may stand for the very same; most uses of a constant are those of a static
    if sorts[0] == "union":
        yield from _no_union(step)
        return
    yield change_of("symbol.changed-kind", step, old=sorts[0], new=sorts[1])


def _non_exhaustive(step: RustStep) -> Iterator[ApiChange]:
    """A struct, enum or variant that callers can no longer build or match as a whole."""
    private = step.old.sort == "struct" and any(not field.public for field in step.had)
    closed = "non_exhaustive" in step.new.marks
    if is_open(step.old) and closed and not private:
        yield change_of("symbol.changed-now", step, word="#[non_exhaustive]")


def _no_union(step: RustStep) -> Iterator[ApiChange]:
    """A union that is something else now, where others could use its fields."""
    fields = [field.name for field in step.had if field.public and "hidden" not in field.marks]
    if fields:
        form = f"union {{ {', '.join(fields)} }}"
        yield change_of("symbol.changed-kind", step, old=form, new=step.new.sort)


def _source_form(item: Item, shape: str) -> str:
    word = "struct " if item.sort == "struct" else ""
    return word + item.name + {"unit": "", "tuple": "(…)", "struct": " { … }"}[shape]


def _struct_shape(step: RustStep) -> Iterator[ApiChange]:
    """A struct with named fields that became one with places, or the like."""
    old, new = step.old.marks["shape"], step.new.marks["shape"]
    if old == "struct" and not step.had:
        return
    seen = any(field.public for field in step.had) or (
        (old == "unit" or not step.had) and is_open(step.old)
    )
    if old != new and seen:
        yield change_of(
            "symbol.changed-kind",
            step,
            old=_source_form(step.old, old),
            new=_source_form(step.new, new),
        )


def _fields(step: RustStep) -> Iterator[ApiChange]:
    """Fields that went, came where all were public, or are of another type."""
    shape = step.old.marks.get("shape", "struct")
    same_shape = shape == step.new.marks.get("shape", "struct")
    had, has = (
        by_name(members_of(step.had, step.old.key)),
        by_name(members_of(step.has, step.new.key)),
    )
    if same_shape:
        for name, old in had.items():
            if old.public and "hidden" not in old.marks:
                yield from _field(step, old, has.get(name))
    if not same_shape or shape == "unit" or not is_open(step.old):
        return
    come = [name for name in has if name not in had]
    built = all(field.public and "hidden" not in field.marks for field in had.values())
    read = step.old.sort == "union"
    if come and built and not read:
        yield change_of("symbol.added-field", step, members=tuple(come))


def _field(step: RustStep, old: Item, new: Item | None) -> Iterator[ApiChange]:
    if new is None:
        yield removal(old)
    elif not new.public:
        params = {"name": new.label, "old": "pub", "new": "private"}
        yield ApiChange(kind="symbol.visibility", key=old.key, params=params, base=old, head=new)
    else:
        yield from hiding(member_step(step, old, new))
        yield from other_type(member_step(step, old, new))


def _variants(step: RustStep) -> Iterator[ApiChange]:
    """Variants that went, came where matching is exhaustive, or have another form."""
    had, has = (
        by_name(members_of(items, item.key))
        for items, item in ((step.had, step.old), (step.has, step.new))
    )
    come = tuple(
        name for name, item in has.items() if name not in had and "hidden" not in item.marks
    )
    if come and is_open(step.old):
        yield change_of("symbol.added-variant", step, members=come)
    for name, old in had.items():
        new = has.get(name)
        if "hidden" in old.marks:
            continue
        if new is None:
            yield removal(old)
            continue
        inner = RustStep(old, new, members_of(step.had, old.key), members_of(step.has, new.key))
        yield from hiding(inner)
        yield from _non_exhaustive(inner)
        yield from _variant_form(inner)


def _variant_form(step: RustStep) -> Iterator[ApiChange]:
    """A variant with other fields."""
    if step.old.shown != step.new.shown:
        empty = step.old.shown == "struct" and not step.had  # `V {}` fits every form
        if empty or (step.old.shown == "unit" and not is_open(step.old)):
            return
        yield change_of(
            "symbol.changed-kind", step, old=_source_form(step.old, step.old.shown),
            new=_source_form(step.new, step.new.shown),
        )  # fmt: skip
        return
    had, has = by_name(step.had), by_name(step.has)
    come = tuple(
        name for name, item in has.items() if name not in had and "hidden" not in item.marks
    )
    if come and is_open(step.old):
        yield change_of("symbol.added-field", step, members=come)
    for name, old in had.items():
        if "hidden" not in old.marks:
            yield from _field(step, old, has.get(name))


def _numbers(step: RustStep) -> Iterator[ApiChange]:
    """Numbers of variants that callers get by a cast."""
    had, has = (
        by_name(members_of(items, item.key))
        for items, item in ((step.had, step.old), (step.has, step.new))
    )
    cast = step.old.marks.get("repr", "") or all(
        item.shown == "unit" for item in (*had.values(), *has.values())
    )
    if not cast or any(not is_open(item) for item in had.values()):
        return
    moved = [
        (old, has[name]) for name, old in had.items()
        if name in has and old.type != has[name].type and "hidden" not in old.marks
    ]  # fmt: skip
    written = any(item.provided for item in (*had.values(), *has.values()))
    if moved and not written and not step.old.marks.get("repr", ""):
        # Nobody wrote numbers: what comes before decides them.
        members = tuple(old.name for old, _ in moved)
        yield change_of("symbol.changed-order", step, members=members, certain=False)
        return
    for old, new in moved:
        params = {"name": old.key, "old": old.type, "new": new.type}
        yield ApiChange(
            kind="symbol.changed-number", key=old.key, params=params, base=old, head=new
        )


def _order(step: RustStep) -> Iterator[ApiChange]:
    """Fields or variants in another order, which comparisons and `repr(C)` follow."""
    compared = "PartialOrd" in step.old.bases and "PartialOrd" in step.new.bases
    fixed = "C" in step.old.marks.get("repr", "").split(",")
    groups = [(step.old.key, step.new.key, compared or (fixed and step.old.sort == "struct"))]
    if step.old.sort == "enum":
        groups += [(f"{step.old.key}.{name}", f"{step.new.key}.{name}", compared or fixed)
                   for name, item in by_name(members_of(step.had, step.old.key)).items()
                   if item.shown == "struct" and "hidden" not in item.marks]  # fmt: skip
    for before, after, matters in groups:
        if not matters:
            continue
        old, new = (
            [
                item.name
                for item in members_of(items, key)
                if item.public and "hidden" not in item.marks
            ]
            for items, key in ((step.had, before), (step.has, after))
        )
        kept = [name for name in new if name in old]
        was = [name for name in old if name in new]
        if kept != was:
            params: dict[str, Value] = {
                "name": before,
                "members": tuple(
                    first for first, two in zip(kept, was, strict=True) if first != two
                ),
            }
            yield ApiChange(
                kind="symbol.changed-order", key=before, params=params, base=step.old, head=step.new
            )


def _layout(step: RustStep) -> Iterator[ApiChange]:
    """Another binary form: `repr` with what it says."""
    old, new = (item.marks.get("repr", "") for item in (step.old, step.new))
    if old == new or (not old and "align" not in new and "packed" not in new):
        return
    if old == "transparent" and any(not item.public for item in step.had if item.sort == "field"):
        return  # what it is the same as was never said
    shown = [f"#[repr({text})]" if text else "" for text in (old, new)]
    yield change_of("symbol.changed-layout", step, old=shown[0], new=shown[1])


def _generics(step: RustStep) -> Iterator[ApiChange]:
    """More, fewer or other parameters of a type or trait."""
    change = generics_change(step.old, step.new, lifetimes=True)
    if change is not None:
        yield change


def _static(step: RustStep) -> Iterator[ApiChange]:
    """A static that became mutable, or no longer is."""
    if "mut" in step.new.modifiers - step.old.modifiers:
        yield change_of("symbol.changed-now", step, word="mut")
    elif "mut" in step.old.modifiers - step.new.modifiers:
        yield change_of("symbol.changed-no-longer", step, word="mut")


def _function(step: RustStep) -> Iterator[ApiChange]:
    """A function that is called otherwise."""
    yield from callable_changes(step.old, step.new, implemented=False)


class RustRule(Struct, frozen=True):
    """One rule: what it looks for is the first sentence of its function."""

    name: str
    sorts: tuple[str, ...]
    find: Callable[[RustStep], Iterator[ApiChange]]


RULES: tuple[RustRule, ...] = (
    RustRule("rust-non-exhaustive", ("struct", "enum"), _non_exhaustive),
    RustRule("rust-shape", ("struct",), _struct_shape),
    RustRule("rust-fields", ("struct", "union"), _fields),
    RustRule("rust-variants", ("enum",), _variants),
    RustRule("rust-discriminants", ("enum",), _numbers),
    RustRule("rust-order", ("struct", "enum"), _order),
    RustRule("rust-layout", ("struct", "enum", "union"), _layout),
    RustRule("rust-trait-words", ("trait",), trait_words),
    RustRule("rust-supertraits", ("trait",), supertraits),
    RustRule("rust-trait-members", ("trait",), trait_members),
    RustRule("rust-dyn", ("trait",), dyn_use),
    RustRule("rust-generics", ("struct", "enum", "union", "trait"), _generics),
    RustRule("rust-type", ("const", "static", "type"), other_type),
    RustRule("rust-static", ("static",), _static),
    RustRule("rust-function", ("fn",), _function),
)
