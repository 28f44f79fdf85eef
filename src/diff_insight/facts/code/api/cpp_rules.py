"""What of a C or C++ declaration breaks source that uses it, or programs that were linked with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.class_rules import ClassStep, Habits, change_of
from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.cpp_types import is_other, reads_alike
from diff_insight.facts.code.api.item import ApiChange, Item

#: Names of fields that only keep room.
_ROOM = re.compile(
    r"(?i)^_*(?:reserved|spare|padding|pad|unused|dummy|f_spare)|_(?:spare|reserved|pad(?:ding)?|unused)\d*$"
)


def label_of(item: Item) -> str:
    """Return the name as people write it."""
    if item.sort in ("function", "method", "constructor"):
        return f"{item.key.replace('.', '::')}()"
    return item.key


def _call_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A function or macro that takes or returns something else."""
    if old.sort == "macro":
        if new.parameters is not None and len(old.parameters or ()) != len(new.parameters):
            yield change_of(CPP_HABITS, "symbol.signature", old, new, old=old.shown, new=new.shown)
        return
    before, after = old.parameters or (), new.parameters or ()
    inert = "const" in old.modifiers and "const" not in new.modifiers
    if len(before) != len(after) or inert:
        # Source that is compiled anew goes on; programs that are linked do not find it,
        # unless the header holds the function itself.
        free = (
            before == after[: len(before)]
            and len(after) - new.optional <= len(before)
            and not inert
        )
        compiled = free and (new.provided or _is_template(new, step))
        yield change_of(
            CPP_HABITS, "symbol.signature", old, new, old=old.shown, new=new.shown, certain=not free,
            breaking=not compiled,
        )  # fmt: skip
    elif any(_is_passed_otherwise(a, b, old, step) for a, b in zip(before, after, strict=True)):
        yield change_of(CPP_HABITS, "symbol.signature", old, new, old=old.shown, new=new.shown)
    elif new.optional < old.optional and not _is_served(old, new, step):
        yield change_of(
            CPP_HABITS, "symbol.signature", old, new, old=_defaults(old), new=_defaults(new)
        )
    known = old.sort in ("function", "method") and old.type not in ("", "void", "auto")
    if known and _is_passed_otherwise(old.type, new.type, old, step):
        after_type = "" if new.type == "void" else new.type
        yield change_of(CPP_HABITS, "symbol.result", old, new, old=old.type, new=after_type)


def _is_served(old: Item, new: Item, step: ClassStep) -> bool:
    """Tell whether other forms take the calls that leave out what had a default."""
    taken = len(new.parameters or ())
    forms = [
        item for item in step.new.members.values() if item.name == new.name and item is not new
    ]
    return all(
        any(
            len(form.parameters) - form.optional <= count <= len(form.parameters)
            for form in forms
            if form.parameters is not None
        )
        for count in range(taken - old.optional, taken - new.optional)
    )


def _is_passed_otherwise(before: str, after: str, item: Item, step: ClassStep) -> bool:
    """Tell whether callers pass or get another type; what others override, or link, has to be the very same."""
    compiled = item.provided or _is_template(item, step)
    if (
        compiled
        and "virtual" not in item.modifiers
        and (reads_alike(before, after) or (before != item.type and after == f"const {before}"))
    ):
        return False
    return bool(is_other(before, after))


def _is_template(item: Item, step: ClassStep) -> bool:
    """Tell whether users compile a function themselves."""
    return bool(item.generics or step.new.item.generics)


def _defaults(item: Item) -> str:
    types = list(item.parameters or ())
    first = len(types) - item.optional
    return f"({', '.join(element + (' = …' if index >= first else '') for index, element in enumerate(types))})"


def _value_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Another type of a field, a variable or an alias."""
    if (
        old.sort not in ("field", "variable", "alias")
        or not (old.type and new.type)
        or _ROOM.search(old.name)
    ):
        return
    if is_other(old.type, new.type):
        narrowed = new.type == f"const {old.type}"  # who only reads it goes on
        yield change_of(
            CPP_HABITS,
            "symbol.value-type",
            old,
            new,
            old=old.shown,
            new=new.shown,
            certain=not narrowed,
        )


def _layout(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Fields that stand elsewhere in a struct, which programs that are linked already do not know."""
    if old is not step.old.item or old.sort not in ("struct", "class"):
        return
    before, after = (_fields(unit) for unit in (step.old, step.new))
    kept = [name for name in before if name in after]
    ordered = [name for name in after if name in before]
    if kept != ordered:
        moved = tuple(name for name, other in zip(kept, ordered, strict=True) if name != other)
        yield change_of(
            CPP_HABITS,
            "symbol.changed-order",
            old,
            new,
            members=moved,
            certain=old.sort == "struct",
        )
        return
    if any(_ROOM.search(name) for name in before):
        return  # what came may stand in the room that was kept for it
    come = [name for name in after if name not in before]
    inserted = tuple(
        name for name in come if any(other in before for other in after[after.index(name) :])
    )
    if inserted and len(kept) == len(before) and _is_aggregate(step.new):
        yield change_of(CPP_HABITS, "symbol.added-field", old, new, members=inserted, certain=False)


def _fields(unit: ApiUnit) -> list[str]:
    items = [(item.order, item.start, name) for name, item in unit.members.items()
             if item.sort == "field" and "static" not in item.modifiers]  # fmt: skip
    return [name for _, _, name in sorted(items)]


def _is_aggregate(unit: ApiUnit) -> bool:
    """Tell whether users lay out a type themselves: nothing in it is hidden, made by a constructor or generic."""
    fields = (item for item in unit.members.values() if item.sort == "field")
    made = any(item.sort == "constructor" for item in unit.members.values())
    return not unit.item.generics and not made and all(item.public for item in fields)


def _numbers(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Values of an enum that stand for other numbers."""
    if old is not step.old.item or not old.sort.startswith("enum"):
        return
    before, after = _valued_members(step.old), _valued_members(step.new)
    for name, (item, value) in before.items():
        other = after.get(name)
        if other is not None and value and other[1] and value != other[1] and not _is_count(name):
            yield change_of(
                CPP_HABITS, "symbol.changed-number", item, other[0], old=value, new=other[1]
            )
    if old.type != new.type and old.type and new.type:
        yield change_of(CPP_HABITS, "symbol.value-type", old, new, old=old.type, new=new.type)


def _is_count(name: str) -> bool:
    """Tell whether a value counts the others, and grows with them."""
    return (
        name.lower()
        .rstrip("_")
        .endswith(("max", "count", "last", "end", "num", "size", "sentinel"))
    )


def _valued_members(unit: ApiUnit) -> dict[str, tuple[Item, str]]:
    numbers: dict[str, tuple[Item, str]] = {}
    number: int | None = -1
    for name, item in sorted(
        unit.members.items(), key=lambda element: (element[1].order, element[1].start)
    ):
        if item.type:
            try:
                number = int(item.type.rstrip("uUlL"), 0)
            except ValueError:
                number = None
        else:
            number = None if number is None else number + 1
        numbers[name] = (item, "" if number is None else str(number))
    return numbers


def _access_of_overrides(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A deleted function, which nobody can call any more."""
    if "deleted" in new.modifiers - old.modifiers and old.public:
        yield change_of(CPP_HABITS, "symbol.changed-now", old, new, word="= delete")


def _is_required(item: Item, unit: ApiUnit) -> bool:
    return "= 0" in item.modifiers and unit.item.sort in ("class", "struct")


def _is_dispensable(item: Item) -> bool:
    """Tell whether a macro was there under a condition alone."""
    return item.sort == "macro" and bool(item.conditions)


_METHOD = ("static", "= 0", "final", "explicit")
CPP_HABITS = Habits(
    come={"class": ("final",), "struct": ("final",), "method": _METHOD, "constructor": ("explicit",)},
    go={"method": ("static", "virtual", "noexcept"), "function": ("noexcept",), "constructor": ("noexcept",)},
    called=_call_changes, valued=_value_changes, label=label_of, required=_is_required,
    alike=frozenset(("function", "macro", "variable", "value")), more=(_layout, _numbers, _access_of_overrides),
    dispensable=_is_dispensable,
)  # fmt: skip
