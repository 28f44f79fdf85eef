"""What of a Swift function, property or type breaks its callers and those who conform to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.class_rules import Habits, Step, change_of
from diff_insight.facts.code.api.classes import Unit
from diff_insight.facts.code.api.item import ApiChange, Item

_VALUES = frozenset("Int Int8 Int16 Int32 Int64 UInt UInt8 UInt16 UInt32 UInt64 String Character Double Float Bool "
                    "Substring Data Date URL UUID Decimal".split())  # fmt: skip
_NAME = re.compile(r"[A-Z]\w*")


def label_of(item: Item) -> str:
    """Return the name as people write it, with the labels of what is called."""
    if item.signature is None:
        return item.key
    labels = "".join(f"{one.name}:" for one in item.signature)
    return f"{item.key}({labels})"


def accepts(wanted: str, given: str, step: Step, item: Item) -> bool | None:
    """Tell whether a value of one type can stand where another one is wanted; None where it is not known."""
    if wanted == given or wanted in (f"{given}?", "Any", "Any?"):
        return True
    if given == f"{wanted}?":
        return False
    generic = {
        one.name for one in (*item.generics, *step.new.item.generics, *step.old.item.generics)
    }
    if generic & {*re.findall(r"\w+", wanted)} or "some " in wanted or not given:
        return None
    if _is_settled(wanted, step):
        return False
    return _is_kind_of(given, wanted, step) if _is_settled(given, step) else None


def _is_kind_of(given: str, wanted: str, step: Step) -> bool | None:
    """Tell whether a value conforms to what is wanted; None where that may be said elsewhere."""
    reached, whole = step.after.ancestors(given)
    if wanted in reached:
        return True
    known = step.after.find(wanted) is not None
    return False if known and whole and given not in _VALUES else None


def _is_settled(type_: str, step: Step) -> bool:
    """Tell whether a type is a value of which nothing else is a kind."""
    names = _NAME.findall(type_)
    if not names or re.search(r"->|&", type_):
        return False
    units = [step.after.find(name) for name in names if name not in _VALUES]
    return all(unit is not None and unit.item.sort in ("struct", "enum") for unit in units)


def _called(old: Item, new: Item, step: Step) -> Iterator[ApiChange]:
    """A function that is called otherwise, or returns another type."""
    before, after = old.signature or (), new.signature or ()
    labels, news = [one.name for one in before], [one.name for one in after]
    shared = [one for one in after if one.name in labels]
    fits = [one.name for one in shared] == labels and all(
        one.optional for one in after if one.name not in labels
    )
    if labels == news:
        yield from _arguments(old, new, step)
    elif not fits or len(labels) != len(set(labels)):
        yield change_of(
            SWIFT_HABITS, "symbol.signature", old, new, old=_shown(old), new=_shown(new)
        )
        return
    else:
        come = tuple(one.name for one in after if one.name not in labels)
        yield change_of(
            SWIFT_HABITS, "symbol.parameter-added", old, new, breaking=False, parameters=come
        )
        if old.sort == "func" and "abstract" in old.modifiers:
            yield change_of(
                SWIFT_HABITS, "symbol.signature", old, new, old=_shown(old), new=_shown(new)
            )
    given = old.sort != "init" and old.type
    if given and (not new.type or accepts(old.type, new.type, step, old) is False):
        yield change_of(SWIFT_HABITS, "symbol.result", old, new, old=old.type, new=new.type)


def _fits(old: Item, new: Item) -> bool:
    """Tell whether every call of one form is a call of another, which takes more that may be left out."""
    before, after = old.signature or (), new.signature or ()
    rest = iter(after)
    for one in before:
        for other in rest:
            if other.name == one.name and other.type in (one.type, f"{one.type}?"):
                break
            if not other.optional:
                return False
        else:
            return False
    return all(other.optional for other in rest)


def _shown(item: Item) -> str:
    return f"({', '.join(f'{one.name}: {one.type}' for one in item.signature or ())})"


def _arguments(old: Item, new: Item, step: Step) -> Iterator[ApiChange]:
    for one, other in zip(old.signature or (), new.signature or (), strict=True):
        if one.optional and not other.optional:
            yield change_of(
                SWIFT_HABITS, "symbol.parameter-required", old, new, parameters=(other.name,)
            )
        elif one.default != other.default and one.default and other.default:
            yield change_of(
                SWIFT_HABITS, "symbol.default-changed", old, new, breaking=False, parameter=other.name,
                old=one.default[:80], new=other.default[:80],
            )  # fmt: skip
        passed = one.type.startswith("inout") != other.type.startswith("inout")
        if one.type != other.type and (passed or accepts(other.type, one.type, step, new) is False):
            yield change_of(
                SWIFT_HABITS, "symbol.parameter-changed", old, new, parameter=other.name,
                old=f"{one.name}: {one.type}", new=f"{other.name}: {other.type}",
            )  # fmt: skip


def _valued(old: Item, new: Item, step: Step) -> Iterator[ApiChange]:
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


def _cases(old: Item, new: Item, step: Step) -> Iterator[ApiChange]:
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


def _required(item: Item, unit: Unit) -> bool:
    return "abstract" in item.modifiers and not item.provided and unit.item.sort == "protocol"


_CALLS = ("throws", "async", "mutating", "static", "class", "unavailable")
SWIFT_HABITS = Habits(
    come={"class": ("final", "unavailable"), "func": (*_CALLS, "final"), "init": ("throws", "async", "init?", "unavailable"),
          "var": ("static", "unavailable"), "struct": ("unavailable",), "enum": ("unavailable",),
          "subscript": ("throws", "async", "unavailable"), "protocol": ("unavailable",)},
    go={"class": ("open",), "func": ("open", "static", "class"), "var": ("open", "static"), "subscript": ("open",)},
    called=_called, valued=_valued, label=label_of, required=_required, contracts=frozenset(("protocol",)),
    own=frozenset(("Sendable", "AnyObject")), fits=_fits, more=(_cases,),
)  # fmt: skip
