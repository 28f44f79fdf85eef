"""What of a Swift function, property or type breaks its callers and those who conform to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.class_rules import ClassStep, Habits, change_of
from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.item import ApiChange, Item

_VALUES = frozenset("Int Int8 Int16 Int32 Int64 UInt UInt8 UInt16 UInt32 UInt64 String Character Double Float Bool "
                    "Substring Data Date URL UUID Decimal".split())  # fmt: skip
_NAME = re.compile(r"[A-Z]\w*")


def label_of(item: Item) -> str:
    """Return the name as people write it, with the labels of what is called."""
    if item.signature is None:
        return item.key
    labels = "".join(f"{argument.name}:" for argument in item.signature)
    return f"{item.key}({labels})"


def accepts(wanted: str, offered: str, step: ClassStep, item: Item) -> bool | None:
    """Tell whether a value of one type can stand where another one is wanted; None where it is not known."""
    if wanted == offered or wanted in (f"{offered}?", "Any", "Any?"):
        return True
    if offered == f"{wanted}?":
        return False
    generic = {
        argument.name
        for argument in (*item.generics, *step.new.item.generics, *step.old.item.generics)
    }
    if generic & {*re.findall(r"\w+", wanted)} or "some " in wanted or not offered:
        return None
    if _is_settled(wanted, step):
        return False
    return _is_kind_of(offered, wanted, step) if _is_settled(offered, step) else None


def _is_kind_of(offered: str, wanted: str, step: ClassStep) -> bool | None:
    """Tell whether a value conforms to what is wanted; None where that may be said elsewhere."""
    reached, whole = step.after.ancestors(offered)
    if wanted in reached:
        return True
    known = step.after.find(wanted) is not None
    return False if known and whole and offered not in _VALUES else None


def _is_settled(type_: str, step: ClassStep) -> bool:
    """Tell whether a type is a value of which nothing else is a kind."""
    names = _NAME.findall(type_)
    if not names or re.search(r"->|&", type_):
        return False
    units = [step.after.find(name) for name in names if name not in _VALUES]
    return all(unit is not None and unit.item.sort in ("struct", "enum") for unit in units)


def _call_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A function that is called otherwise, or returns another type."""
    before, after = old.signature or (), new.signature or ()
    labels, news = [argument.name for argument in before], [argument.name for argument in after]
    shared = [argument for argument in after if argument.name in labels]
    fits = [argument.name for argument in shared] == labels and all(
        argument.optional for argument in after if argument.name not in labels
    )
    if labels == news:
        yield from _arguments(old, new, step)
    elif not fits or len(labels) != len(set(labels)):
        yield change_of(
            SWIFT_HABITS,
            "symbol.signature",
            old,
            new,
            old=_signature_text(old),
            new=_signature_text(new),
        )
        return
    else:
        come = tuple(argument.name for argument in after if argument.name not in labels)
        yield change_of(
            SWIFT_HABITS, "symbol.parameter-added", old, new, breaking=False, parameters=come
        )
        if old.sort == "func" and "abstract" in old.modifiers:
            yield change_of(
                SWIFT_HABITS,
                "symbol.signature",
                old,
                new,
                old=_signature_text(old),
                new=_signature_text(new),
            )
    offered = old.sort != "init" and old.type
    if offered and (not new.type or accepts(old.type, new.type, step, old) is False):
        yield change_of(SWIFT_HABITS, "symbol.result", old, new, old=old.type, new=new.type)


def _fits(old: Item, new: Item) -> bool:
    """Tell whether every call of one form is a call of another, which takes more that may be left out."""
    before, after = old.signature or (), new.signature or ()
    rest = iter(after)
    for argument in before:
        for other in rest:
            if other.name == argument.name and other.type in (argument.type, f"{argument.type}?"):
                break
            if not other.optional:
                return False
        else:
            return False
    return all(other.optional for other in rest)


def _signature_text(item: Item) -> str:
    return (
        f"({', '.join(f'{argument.name}: {argument.type}' for argument in item.signature or ())})"
    )


def _arguments(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    for argument, other in zip(old.signature or (), new.signature or (), strict=True):
        if argument.optional and not other.optional:
            yield change_of(
                SWIFT_HABITS, "symbol.parameter-required", old, new, parameters=(other.name,)
            )
        elif argument.default != other.default and argument.default and other.default:
            yield change_of(
                SWIFT_HABITS, "symbol.default-changed", old, new, breaking=False, parameter=other.name,
                old=argument.default[:80], new=other.default[:80],
            )  # fmt: skip
        passed = argument.type.startswith("inout") != other.type.startswith("inout")
        if argument.type != other.type and (
            passed or accepts(other.type, argument.type, step, new) is False
        ):
            yield change_of(
                SWIFT_HABITS, "symbol.parameter-changed", old, new, parameter=other.name,
                old=f"{argument.name}: {argument.type}", new=f"{other.name}: {other.type}",
            )  # fmt: skip


def _value_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Another type of a property, another value that a case holds, another meaning of an alias."""
    if "set" in old.modifiers - new.modifiers:
        yield change_of(
            SWIFT_HABITS, "symbol.changed-now", old, new, word="let" if not new.provided else "get"
        )
    if old.type == new.type or (old.sort == "var" and not (old.type and new.type)):
        return
    if old.sort == "var":
        settable = "set" in old.modifiers and "set" in new.modifiers
        if accepts(old.type, new.type, step, old) is not False and not settable:
            return
        if accepts(old.type, new.type, step, old) is None:
            return
    yield change_of(
        SWIFT_HABITS, "symbol.value-type", old, new, old=old.shown or "()", new=new.shown or "()"
    )


def _cases(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Cases that came, which a switch over all of them does not handle, and another raw type."""
    if old is not step.old.item or old.sort != "enum":
        return
    come = [
        key
        for key, item in step.new.members.items()
        if item.sort == "case" and key not in step.old.members
    ]
    if come:
        yield change_of(SWIFT_HABITS, "symbol.added-variant", old, new, members=tuple(come))
    if old.type and old.type != new.type:
        yield change_of(SWIFT_HABITS, "symbol.value-type", old, new, old=old.type, new=new.type)


def _is_required(item: Item, unit: ApiUnit) -> bool:
    return "abstract" in item.modifiers and not item.provided and unit.item.sort == "protocol"


_CALLS = ("throws", "async", "mutating", "static", "class", "unavailable")
SWIFT_HABITS = Habits(
    come={"class": ("final", "unavailable"), "func": (*_CALLS, "final"), "init": ("throws", "async", "init?", "unavailable"),
          "var": ("static", "unavailable"), "struct": ("unavailable",), "enum": ("unavailable",),
          "subscript": ("throws", "async", "unavailable"), "protocol": ("unavailable",)},
    go={"class": ("open",), "func": ("open", "static", "class"), "var": ("open", "static"), "subscript": ("open",)},
    called=_call_changes, valued=_value_changes, label=label_of, required=_is_required, contracts=frozenset(("protocol",)),
    own=frozenset(("Sendable", "AnyObject")), fits=_fits, more=(_cases,),
)  # fmt: skip
