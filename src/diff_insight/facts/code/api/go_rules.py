"""What of a changed Go package breaks the code that uses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.code.api.go_generics import generics_changes
from diff_insight.facts.code.api.go_lost_platforms import lost_platforms
from diff_insight.facts.code.api.go_package import GoPackage, signature_of
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.model.messages import Value

_TYPES = ("struct", "interface", "type", "alias")
#: Underlying types that take every value of another one.
_WIDER = frozenset(
    (narrow, wide)
    for row in ("int8 int16 int32 int64 int", "int32 int int64", "uint8 uint16 uint32 uint64 uint",
                "uint32 uint uint64", "uint uint64", "float32 float64", "complex64 complex128")
    for position, narrow in enumerate(row.split())
    for wide in row.split()[position + 1 :]
) - {("int", "int64"), ("uint64", "uint"), ("int64", "int")} | {("uint", "uint64"), ("int", "int64")}  # fmt: skip
_LOWER = re.compile(r"(?<![\w./])[a-z_]\w*(?![\w./])")
_WORDS_OF_TYPES = frozenset("bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr "
                            "float32 float64 complex64 complex128 any error comparable map chan func "
                            "struct interface".split())  # fmt: skip


class Packages(Struct, frozen=True):
    """Both versions of one package."""

    base: GoPackage
    head: GoPackage

    def differ(self, old: str, new: str) -> bool:
        """Tell whether two types differ for callers, who cannot name what is not exported."""
        before, after = self.base.resolve_aliases(old), self.head.resolve_aliases(new)
        if before == after or self._open(before, self.base) == self._open(after, self.head):
            return False
        if before.isidentifier() and self.head.real(before) == self.head.real(after):
            return False
        hidden = self.base.items.get(
            before
        )  # a type that callers cannot name is what it is made of
        return hidden is None or hidden.public or hidden.type != after

    def _open(self, type_: str, package: GoPackage) -> str:
        """Return a type in which unexported names of the package are one and the same."""

        def name(match: re.Match[str]) -> str:
            word = match[0]
            return word if word in _WORDS_OF_TYPES or word not in package.items else "_"

        return _LOWER.sub(name, type_)


def changes_of(packages: Packages) -> Iterator[ApiChange]:
    """Yield everything that breaks callers of a package."""
    for key, old in packages.base.items.items():
        if packages.base.is_open(old):
            yield from _item(key, old, packages)
    come: dict[str, list[Item]] = {}
    for key, new in packages.head.items.items():
        if new.sort == "member" and key not in packages.base.items:
            come.setdefault(new.owner, []).append(new)
    for owner, items in come.items():
        yield from _requirements(owner, items, packages)


def _item(key: str, old: Item, packages: Packages) -> Iterator[ApiChange]:
    head = packages.head
    new = head.items.get(_key_in(key, head))
    if new is None or (old.public and not (new.public or head.is_open(new))):
        if old.public or old.owner in head.items:
            yield from _loss(key, old, new, packages)
        return
    for rule in RULES:
        yield from rule.find(key, old, new, packages)
    if old.sort == new.sort == "struct" and old.public:
        yield from _no_longer_promoted(key, packages)


def _key_in(key: str, package: GoPackage) -> str:
    """Return the key under which a package has a thing: members belong to what an alias stands for."""
    owner, _, name = key.rpartition(".")
    return f"{package.real(owner)}.{name}" if owner else key


def _loss(key: str, old: Item, new: Item | None, packages: Packages) -> Iterator[ApiChange]:
    """A name that the package no longer has, nor the type through one that it embeds."""
    owner = old.owner
    if owner:
        before = packages.base.items.get(owner)
        after = packages.head.items.get(packages.head.real(owner))
        if before is None or after is None or before.sort != after.sort:
            return  # told with its owner, or as another kind of type
        if old.sort == "member":
            methods, unknown = packages.head.method_set(owner)
            if old.name in methods or unknown - packages.base.method_set(owner)[1]:
                return
        else:
            promoted, whole = packages.head.promoted_items(packages.head.real(owner))
            other = promoted.get(old.name)
            if other is None and not whole:
                return  # another package may give it
            if other is not None:
                for rule in RULES if other.sort == old.sort else ():
                    yield from rule.find(key, old, other, packages)
                return
    yield ApiChange(kind="symbol.removed", key=key, params={"name": old.label}, base=old, head=new)


def _no_longer_promoted(key: str, packages: Packages) -> Iterator[ApiChange]:
    """A member that a struct had through one that it no longer embeds."""
    base, head = packages.base, packages.head
    if set(base.embedded_types.get(key, ())) <= set(head.embedded_types.get(key, ())):
        return
    had, has = base.promoted_items(key)[0], head.promoted_items(head.real(key))
    own = {item.name for item in (*base.members.get(key, ()), *head.members.get(key, ()))}
    for name, item in had.items():
        known = name in has[0] or name in own or not has[1]
        if name[:1].isupper() and not known and head.items.get(item.key) is not None:
            label = f"{key}.{item.label.rpartition('.')[2]}"
            yield ApiChange(
                kind="symbol.removed", key=f"{key}.{name}", params={"name": label}, base=item
            )


def _requirements(owner: str, items: Sequence[Item], packages: Packages) -> Iterator[ApiChange]:
    """Methods that implementations of an interface lack."""
    base = packages.base.items.get(owner)
    if base is None or not base.public or base.sort != "interface":
        return
    methods, unknown = packages.base.method_set(owner)
    if unknown or any(not _is_exported(name) for name in methods):
        return  # it may have had them, or nobody else could implement it
    lacking = [item for item in items if item.name not in methods]
    for kind, exported in (("symbol.added-required", True), ("symbol.changed-sealed", False)):
        come = [item for item in lacking if _is_exported(item.name) is exported]
        if come:
            members = tuple(item.label.rpartition(".")[2] for item in come)
            params: dict[str, Value] = {"name": owner, "members": members}
            yield ApiChange(kind=kind, key=owner, params=params, base=base, head=come[0])


def _kind(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """A struct that became an interface, a variable that became a constant, and the like."""
    sorts = {old.sort, new.sort}
    if len(sorts) == 1 or (old.sort, new.sort) == ("func", "var") or sorts & {"field", "member"}:
        return
    if not old.public or packages.head.real(packages.base.real(key)) == key != packages.base.real(
        key
    ):
        return
    if new.sort == "alias" and _stands_for(key, old, new, packages):
        return
    if sorts == {"type", "interface"} and packages.base.method_set(key) == packages.head.method_set(
        key
    ):
        return
    if "alias" in sorts or sorts == {"type"}:
        params = {"name": key, "old": old.shown, "new": new.shown}
        yield ApiChange(kind="symbol.value-type", key=key, params=params, base=old, head=new)
        return
    params = {"name": key, "old": old.sort, "new": new.sort}
    yield ApiChange(kind="symbol.changed-kind", key=key, params=params, base=old, head=new)


def _stands_for(key: str, old: Item, new: Item, packages: Packages) -> bool:
    """Tell whether a type became another name of one that may be all that it was."""
    target = packages.head.real(key)
    item = packages.head.items.get(target)
    if item is None or item.sort == "alias":
        # Another package has it now, or it is another name of its own underlying type.
        return "." in new.type or packages.head.resolve_aliases(
            key
        ) == packages.base.resolve_aliases(old.type)
    return item.sort == old.sort


def _type(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """The type of a variable, constant or field, or what a named type is made of."""
    if old.sort != new.sort or old.sort in ("func", "member", "struct", "interface"):
        return
    if not old.type or not new.type or not packages.differ(old.type, new.type):
        return
    if old.sort == "type" and _takes_more(old.type, new.type):
        return
    params = {"name": key, **_both_types(old, new, old.type, new.type)}
    certain = old.shown != new.shown  # a package may be another one's by alias
    yield ApiChange(
        kind="symbol.value-type", key=key, params=params, base=old, head=new, certain=certain
    )


def _takes_more(old: str, new: str) -> bool:
    return (old, new) in _WIDER or (
        old.startswith(("<-chan ", "chan<- ")) and new == "chan " + old.partition(" ")[2]
    )


def _signature(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """Other parameters or results; where all calls still compile, only values of the function break."""
    if old.parameters is None or new.parameters is None:
        return
    same = not packages.differ(signature_of(old), signature_of(new))
    if same:
        return
    free = (
        _calls_still(old, new) and old.sort != "member" and not packages.differ(old.type, new.type)
    )
    gained = not old.type and old.sort != "member"
    if gained and not packages.differ(str(old.parameters), str(new.parameters)):
        return  # a result where there was none
    if old.shown == new.shown and "." not in new.shown:
        return  # its own types are aliases now, or none any more: that is told of them
    before, after = signature_of(old), signature_of(new)
    params = {"name": new.label, **_both_types(old, new, before, after)}
    if free:
        params["calls"] = "valid"
    certain = not free and old.shown != new.shown
    yield ApiChange(
        kind="symbol.signature", key=key, params=params, base=old, head=new, certain=certain
    )


def _calls_still(old: Item, new: Item) -> bool:
    """Tell whether every call of before is a call of now: only optional parameters came last."""
    before, after = old.parameters or (), new.parameters or ()
    if len(after) == len(before) + 1 and after[:-1] == before and after[-1].startswith("..."):
        return True
    if len(after) != len(before) or not before:
        return False
    more = all(
        a == b or (b == "any" and not a.startswith("..."))
        for a, b in zip(before, after, strict=True)
    )
    return more or (after[:-1] == before[:-1] and after[-1] == "..." + before[-1])  # fmt: skip


def _receiver(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """A method of a value that became one of a pointer."""
    if old.sort == new.sort == "func" and old.owner and "*" in new.modifiers - old.modifiers:
        params = {"name": new.label, "old": old.owner, "new": f"*{old.owner}"}
        yield ApiChange(kind="symbol.changed-receiver", key=key, params=params, base=old, head=new)


def _generics(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """More or fewer type parameters, or a narrower constraint."""
    del packages
    yield from generics_changes(key, old, new)


def _platforms(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """A name that some platforms have no longer."""
    yield from lost_platforms(key, old, new, packages.base, packages.head)


def _comparable(key: str, old: Item, new: Item, packages: Packages) -> Iterator[ApiChange]:
    """A struct whose values could be compared."""
    if old.sort != "struct" or new.sort != "struct":
        return
    if packages.base.is_comparable(key) and packages.head.is_comparable(key) is False:
        yield ApiChange(
            kind="symbol.changed-comparable", key=key, params={"name": key}, base=old, head=new
        )


def _both_types(old: Item, new: Item, before: str, after: str) -> dict[str, str]:
    """Return both types as people wrote them, or with the paths of packages where these differ."""
    if old.shown != new.shown:
        return {"old": old.shown, "new": new.shown}
    return {"old": before, "new": after}


class GoRule(Struct, frozen=True):
    """One rule: what it looks for is the first sentence of its function."""

    name: str
    find: Callable[[str, Item, Item, Packages], Iterator[ApiChange]]


RULES = (
    GoRule("go-kind", _kind),
    GoRule("go-type", _type),
    GoRule("go-signature", _signature),
    GoRule("go-receiver", _receiver),
    GoRule("go-generics", _generics),
    GoRule("go-platforms", _platforms),
    GoRule("go-comparable", _comparable),
)


def _is_exported(name: str) -> bool:
    return name[:1].isupper()
