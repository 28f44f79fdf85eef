"""What of a changed declaration of C#, a type or a member, breaks the code that uses, extends or implements it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from diff_insight.facts.code.api.csharp_calls import call_changes
from diff_insight.facts.code.api.csharp_step import (
    CSharpStep,
    changed_kind,
    is_open,
    is_type,
    label_of,
)
from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind
from diff_insight.model.messages import Value

#: Words that break those who use a member or extend its type when they come or go.
_COME = {"method": ("static", "abstract", "sealed"), "struct": ("ref",), "property": ("static", "abstract"), "field": ("static", "readonly"),
         "event": ("static", "abstract"), "class": ("static", "sealed", "abstract"), "record": ("sealed", "abstract")}  # fmt: skip
_GO = {"method": ("static", "virtual", "abstract"), "property": ("static", "virtual", "abstract"), "field": ("static", "const"),
       "event": ("static", "virtual", "abstract"), "indexer": ("virtual", "abstract"), "class": ("static",)}  # fmt: skip


def _words(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Words that came or went: `sealed`, `static`, `abstract`, `virtual`, `readonly`."""
    gained, lost = new.modifiers - old.modifiers, old.modifiers - new.modifiers
    closed = old.sort in ("class", "record") and not is_open(step.old)
    for word in _COME.get(old.sort, ()):
        if word not in gained or (closed and word in ("sealed", "abstract")):
            continue
        if word == "abstract" and (
            "virtual" not in old.modifiers and step.old.item.sort == "interface"
        ):
            continue
        yield _word("symbol.changed-now", old, new, word)
    for word in _GO.get(old.sort, ()):
        # Whoever overrides a member still can: it is open in another way, or all members of its type are.
        overridden = word in ("virtual", "abstract") and (
            {"virtual", "abstract", "override"} & new.modifiers or step.old.item.sort == "interface"
        )
        # Without a constructor to call, nobody extends the type.
        overridden = overridden or (word in ("virtual", "abstract") and not is_open(step.old))
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


def _kinds(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A field that became a property, and the like: code that is compiled already breaks."""
    if old.sort != new.sort:
        yield changed_kind(old, new, alike={"field", "property"})


def _type(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
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


def _delegate(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A delegate with other parameters or another result."""
    if old.sort == "delegate" and (old.parameters, old.type) != (new.parameters, new.type):
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        yield ApiChange(kind="symbol.signature", key=old.key, params=params, base=old, head=new)


def _among(base: str, bases: frozenset[str]) -> bool:
    return base in bases or f"{base.partition('<')[0]}<" in bases


def _is_seen(base: str, step: CSharpStep) -> bool:
    """Tell whether others can name a base, as far as it is known."""
    known = step.bases.get(base.partition("<")[0].rpartition(".")[2])
    return known is None or known.item.public


def _bases(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """A base class or an interface that a type no longer has, not even through another one."""
    lost = [
        shown
        for name, shown in old.bases.items()
        if not _among(name, step.has) and _is_seen(name, step)
    ]
    gained = [name for name in new.bases if not _among(name, step.had)]
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


def _generics(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Other constraints of type parameters."""
    before, after = ([generic.bounds for generic in item.generics] for item in (old, new))
    varies = any(
        generic.kind not in ("type", other.kind)
        for generic, other in zip(old.generics, new.generics, strict=False)
    )  # fmt: skip
    if len(before) != len(after) or (
        all(b <= a for a, b in zip(before, after, strict=True)) and not varies
    ):
        return
    params = {"name": label_of(new), "old": _generic_list(old), "new": _generic_list(new)}
    yield ApiChange(kind=generics_kind(old, new), key=old.key, params=params, base=old, head=new)


def _generic_list(item: Item) -> str:
    parts = [
        generic.name + (f" : {', '.join(sorted(generic.bounds))}" if generic.bounds else "")
        for generic in item.generics
    ]
    return f"<{', '.join(parts)}>"


def _calls(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Other names and defaults of parameters, and what an attribute forbids."""
    return call_changes(old, new, label_of(new))


def _demands(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Interfaces that those who implement an interface have to implement too; an enum of another size."""
    come = tuple(shown for name, shown in new.bases.items() if not _among(name, step.had))
    if old.sort == "interface" and come:
        params: dict[str, Value] = {"name": label_of(new), "bases": come}
        yield ApiChange(
            kind="symbol.changed-supertrait", key=old.key, params=params, base=old, head=new
        )
    if old.sort == "enum" and old.type != new.type:
        params = {"name": label_of(new), "old": old.type, "new": new.type}
        yield ApiChange(kind="symbol.value-type", key=old.key, params=params, base=old, head=new)


class CSharpRule(Struct, frozen=True):
    """One rule: what it looks for is the first sentence of its function."""

    name: str
    find: Callable[[Item, Item, CSharpStep], Iterator[ApiChange]]


RULES = (
    CSharpRule("csharp-kind", _kinds),
    CSharpRule("csharp-words", _words),
    CSharpRule("csharp-type", _type),
    CSharpRule("csharp-delegate", _delegate),
    CSharpRule("csharp-bases", _bases),
    CSharpRule("csharp-generics", _generics),
    CSharpRule("csharp-calls", _calls),
    CSharpRule("csharp-demands", _demands),
)
