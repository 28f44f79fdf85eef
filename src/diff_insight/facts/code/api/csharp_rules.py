"""What of a changed C# type breaks the code that uses, extends or implements it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from diff_insight.facts.code.api.csharp_calls import call_changes
from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind
from diff_insight.model.messages import Value

_TYPES = frozenset(("class", "interface", "enum", "struct", "record", "record struct", "delegate"))
#: Words that break those who use a member or extend its type when they come or go.
_COME = {"method": ("static", "abstract", "sealed"), "struct": ("ref",), "property": ("static", "abstract"), "field": ("static", "readonly"),
         "event": ("static", "abstract"), "class": ("static", "sealed", "abstract"), "record": ("sealed", "abstract")}  # fmt: skip
_GO = {"method": ("static", "virtual", "abstract"), "property": ("static", "virtual", "abstract"), "field": ("static", "const"),
       "event": ("static", "virtual", "abstract"), "indexer": ("virtual", "abstract"), "class": ("static",)}  # fmt: skip


class CSharpType(Struct, frozen=True):
    """A type with its members by key, from all files that declare a part of it."""

    item: Item
    members: Mapping[str, Item]


class CSharpStep(Struct, frozen=True):
    """One type in both versions; `bases` are the types that changed files declare, by simple name.

    `had` and `has` are the names of its bases and of theirs, as far as changed files declare them; of a
    generic one that another base brings only the name, up to its angle bracket.
    """

    old: CSharpType
    new: CSharpType
    bases: Mapping[str, CSharpType]
    had: frozenset[str]
    has: frozenset[str]


def is_type(item: Item) -> bool:
    """Tell whether an item is a type."""
    return item.sort in _TYPES


def label_of(item: Item) -> str:
    """Return the name as people write it: without its namespace."""
    bare = re.sub(r"`\d+", "", item.key.partition("(")[0])
    parts = bare.split(".")
    shown = ".".join(parts[-1:] if is_type(item) else parts[-2:])
    return f"{shown}()" if item.parameters is not None and item.sort != "indexer" else shown


def removal(item: Item) -> ApiChange:
    """Return the change that tells of a thing that is gone."""
    return ApiChange(
        kind="symbol.removed", key=item.key, params={"name": label_of(item)}, base=item
    )


def type_changes(step: CSharpStep) -> Iterator[ApiChange]:
    """Yield what breaks users of a type and of its members."""
    old, new = step.old.item, step.new.item
    if not old.public:
        return
    if not new.public:
        yield _hiding(old, new)
        return
    if old.sort != new.sort:
        params = {"name": label_of(new), "old": old.sort, "new": new.sort}
        yield ApiChange(kind="symbol.changed-kind", key=old.key, params=params, base=old, head=new)
        return
    for rule in RULES:
        yield from rule.find(old, new, step)
    yield from _members(step)
    for item in step.new.members.values():
        yield from _requirements(item, step)
    if old.sort == "enum":
        yield from _numbers(step)


def _hiding(old: Item, new: Item) -> ApiChange:
    params = {"name": label_of(new), "old": _access(old), "new": _access(new)}
    return ApiChange(kind="symbol.visibility", key=old.key, params=params, base=old, head=new)


def _access(item: Item) -> str:
    words = [
        word for word in ("public", "protected", "internal", "private") if word in item.modifiers
    ]
    return " ".join(words) or (
        "public"
        if item.public
        else "private"
        if "." in item.key and not is_type(item)
        else "internal"
    )


def _members(step: CSharpStep) -> Iterator[ApiChange]:
    lost: list[Item] = []
    for key, old in step.old.members.items():
        if not old.public or is_type(old):
            continue
        new = step.new.members.get(key)
        if new is None:
            lost.append(old)
        elif not new.public or (new.heirs and not old.heirs):
            if "implicit" not in new.marks:
                yield _hiding(old, new)
        else:
            for rule in RULES:
                yield from rule.find(old, new, step)
    come = [
        item for key, item in step.new.members.items()
        if key not in step.old.members and item.public and not is_type(item)
    ]  # fmt: skip
    for old in lost:
        yield from _member_loss(old, lost, come, step)


def _name(item: Item) -> str:
    return re.sub(r"`\d+", "", item.key.partition("(")[0]).rpartition(".")[2]


def _member_loss(
    old: Item, lost: list[Item], come: list[Item], step: CSharpStep
) -> Iterator[ApiChange]:
    """A member that its type neither declares nor inherits any more, or that takes other parameters."""
    if "override" in old.modifiers or _inherits(old, step):
        return
    others = [item for item in come if _name(item) == _name(old) and item.sort == old.sort]
    same = [item for item in lost if _name(item) == _name(old) and item.sort == old.sort]
    kept = [item for item in step.new.members.values() if _name(item) == _name(old) and item.public]
    if old.parameters is None or not kept:
        if "implicit" not in old.marks:
            yield removal(old)
    elif len(others) == len(same) == 1:
        new = others[0]
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        free = len(new.parameters or ()) - new.optional <= len(old.parameters)
        certain = not free or (new.parameters or ())[: len(old.parameters)] != old.parameters
        yield ApiChange(
            kind="symbol.signature", key=old.key, params=params, base=old, head=new, certain=certain
        )
    else:
        # Another form may take the call with what it leaves open.
        certain = not any(
            (item.parameters or ())[: len(old.parameters)] == old.parameters
            and len(item.parameters or ()) - item.optional <= len(old.parameters)
            for item in kept
        )
        params = {"name": label_of(old), "old": old.shown}
        yield ApiChange(
            kind="symbol.removed-overload", key=old.key, params=params, base=old, head=kept[0],
            certain=certain,
        )  # fmt: skip


def _inherits(old: Item, step: CSharpStep) -> bool:
    """Tell whether a base class has a member of this name, or may have it because nobody knows it."""
    if old.sort in ("constructor", "value", "operator"):
        return False
    waiting = list(step.new.item.bases)
    unknown = False
    for _ in range(20):
        if not waiting:
            break
        name = waiting.pop().partition("<")[0]
        origin = step.bases.get(name)
        if origin is None:
            unknown = unknown or name not in {
                base.partition("<")[0] for base in step.old.item.bases
            }
            continue
        if any(_name(item) == _name(old) for item in origin.members.values()):
            return step.new.item.sort != "interface" or True
        waiting += origin.item.bases
    return unknown


def _requirements(new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """An abstract member that implementations lack, or a member that every object has to set."""
    owner, old = step.new.item, step.old
    if new.key in old.members or is_type(new) or not new.public:
        return
    label = label_of(new).rpartition(".")[2]
    params: dict[str, Value] = {"name": label_of(owner), "members": (label,)}
    if "required" in new.modifiers:
        yield ApiChange(
            kind="symbol.added-element", key=new.key, params=params, base=old.item, head=new
        )
    if "abstract" not in new.modifiers or "override" in new.modifiers or new.provided:
        return
    if any(_name(item) == _name(new) for item in old.members.values()):
        return  # told as other parameters or another kind
    if owner.sort == "interface" or any(
        item.sort == "constructor" and item.public for item in old.members.values()
    ):
        yield ApiChange(
            kind="symbol.added-required", key=new.key, params=params, base=old.item, head=new
        )


def _numbers(step: CSharpStep) -> Iterator[ApiChange]:
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
        values[_name(item)] = (item, "" if number is None else str(number))
    return values


def _words(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """Words that came or went: `sealed`, `static`, `abstract`, `virtual`, `readonly`."""
    gained, lost = new.modifiers - old.modifiers, old.modifiers - new.modifiers
    closed = old.sort in ("class", "record") and not _is_open(step.old)
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
        overridden = overridden or (word in ("virtual", "abstract") and not _is_open(step.old))
        if word in lost and not overridden:
            yield _word("symbol.changed-no-longer", old, new, word)
    for word in ("get", "set", "init"):
        replaced = word == "init" and "set" in new.modifiers
        if word in lost and not replaced and old.sort == new.sort == "property":
            params = {"name": f"{label_of(old)}.{word}"}
            yield ApiChange(kind="symbol.removed", key=old.key, params=params, base=old, head=new)


def _is_open(type_: CSharpType) -> bool:
    """Tell whether others can call a constructor, and so extend the type."""
    return any(item.sort == "constructor" and item.public for item in type_.members.values())


def _word(kind: str, old: Item, new: Item, word: str) -> ApiChange:
    return ApiChange(
        kind=kind, key=old.key, params={"name": label_of(new), "word": word}, base=old, head=new
    )


def _kinds(old: Item, new: Item, step: CSharpStep) -> Iterator[ApiChange]:
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
