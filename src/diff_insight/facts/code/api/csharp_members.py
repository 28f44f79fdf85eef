"""Rules about one thing of C# that both versions have: words, kind, type, bases, generics, values."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from diff_insight.facts.code.api.csharp_step import (
    CSharpStep,
    CSharpType,
    is_type,
    label_of,
    name_of,
)
from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind
from diff_insight.model.messages import Value

#: Words that break those who use a member or extend its type when they come or go.
COME = {"method": ("static", "abstract"), "property": ("static", "abstract"), "field": ("static", "readonly"),
         "event": ("static", "abstract"), "class": ("static", "sealed", "abstract"), "record": ("sealed", "abstract")}  # fmt: skip


GO = {"method": ("static", "virtual"), "property": ("static", "virtual"), "field": ("static", "const"),
       "event": ("static", "virtual"), "class": ("static",)}  # fmt: skip


def number_changes(step: CSharpStep) -> Iterator[ApiChange]:
    """Values of an enum that have other numbers."""
    before, after = _enum_values(step.old), _enum_values(step.new)
    for name, (old, value) in before.items():
        counterpart = after.get(name)
        if counterpart is not None and counterpart[1] != value and value and counterpart[1]:
            params = {"name": label_of(old), "old": value, "new": counterpart[1]}
            yield ApiChange(
                kind="symbol.changed-number",
                key=old.key,
                params=params,
                base=old,
                head=counterpart[0],
            )


def _enum_values(type_: CSharpType) -> dict[str, tuple[Item, str]]:
    """Return the values of an enum with their numbers; empty where a number is not known."""
    values: dict[str, tuple[Item, str]] = {}
    number: int | None = -1
    for item in sorted(type_.members.values(), key=lambda entry: (entry.order, entry.start)):
        if item.sort != "value":
            continue
        if item.type:
            try:
                number = int(item.type.replace("_", ""), 0)
            except ValueError:
                number = None
        else:
            number = None if number is None else number + 1
        values[name_of(item)] = (item, "" if number is None else str(number))
    return values


def word_changes(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Words that came or went: `sealed`, `static`, `abstract`, `virtual`, `readonly`."""
    gained, lost = new.modifiers - old.modifiers, old.modifiers - new.modifiers
    closed = old.sort in ("class", "record") and not any(
        item.sort == "constructor" and item.public for item in step.old.members.values()
    )
    for word in COME.get(old.sort, ()):
        if word not in gained or (closed and word in ("sealed", "abstract")):
            continue
        if word == "abstract" and (
            "virtual" not in old.modifiers and step.old.item.sort == "interface"
        ):
            continue
        yield _word("symbol.changed-now", old, new, word)
    for word in GO.get(old.sort, ()):
        overridden = word == "virtual" and {"abstract", "override"} & new.modifiers
        if word in lost and not overridden:
            yield _word("symbol.changed-no-longer", old, new, word)
    for word in ("get", "set", "init"):
        replaced = word == "init" and "set" in new.modifiers
        if word in lost and not replaced and old.sort == new.sort == "property":
            params = {"name": f"{label_of(old)}.{word}"}
            yield ApiChange(kind="symbol.removed", key=old.key, params=params, base=old, head=new)


def _word(kind: str, old: Item, new: Item, word: str) -> ApiChange:
    return ApiChange(
        kind=kind, key=old.key, params={"name": label_of(new), "word": word}, base=old, head=new
    )


def kind_changes(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A field that became a property, and the like: code that is compiled already breaks."""
    if old.sort != new.sort:
        params = {"name": label_of(new), "old": old.sort, "new": new.sort}
        certain = {old.sort, new.sort} != {"field", "property"}
        yield ApiChange(
            kind="symbol.changed-kind",
            key=old.key,
            params=params,
            base=old,
            head=new,
            certain=certain,
        )


def type_change(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Another type of a field or a property, or of what a method returns."""
    if old.sort != new.sort or old.sort == "value" or is_type(old) or old.type == new.type:
        return
    called = old.parameters is not None
    kind = "symbol.result" if called else "symbol.value-type"
    before, after = ("" if called and type_ == "void" else type_ for type_ in (old.type, new.type))
    if not before and called:
        return  # whoever ignored nothing ignores the value
    params = {"name": label_of(new), "old": before, "new": after}
    yield ApiChange(kind=kind, key=old.key, params=params, base=old, head=new)


def delegate_change(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A delegate with other parameters or another result."""
    if old.sort == "delegate" and (old.parameters, old.type) != (new.parameters, new.type):
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        yield ApiChange(kind="symbol.signature", key=old.key, params=params, base=old, head=new)


def base_changes(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A base class or an interface that a type no longer has."""
    lost = [shown for name, shown in old.bases.items() if name not in new.bases]
    gained = [name for name in new.bases if name not in old.bases]
    if lost and "partial" not in new.modifiers:
        params: dict[str, Value] = {"name": label_of(new), "bases": tuple(lost)}
        yield ApiChange(
            kind="symbol.changed-bases",
            key=old.key,
            params=params,
            base=old,
            head=new,
            certain=not gained,
        )


def generic_changes(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Other constraints of type parameters."""
    before, after = ([generic.bounds for generic in item.generics] for item in (old, new))
    if len(before) != len(after) or all(b <= a for a, b in zip(before, after, strict=True)):
        return
    params = {"name": label_of(new), "old": _generic_list(old), "new": _generic_list(new)}
    yield ApiChange(kind=generics_kind(old, new), key=old.key, params=params, base=old, head=new)


def _generic_list(item: Item) -> str:
    parts = [
        generic.name + (f" : {', '.join(sorted(generic.bounds))}" if generic.bounds else "")
        for generic in item.generics
    ]
    return f"<{', '.join(parts)}>"


class CSharpRule(Struct, frozen=True):
    """One rule: what it looks for is the first sentence of its function."""

    name: str
    find: Callable[[Item, Item, CSharpStep], Iterator[ApiChange]]
