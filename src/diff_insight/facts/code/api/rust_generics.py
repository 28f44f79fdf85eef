"""What of changed parameters of types breaks those who use a Rust item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diff_insight.facts.code.api.item import ApiChange, Item, TypeParameter, generics_kind

Parameters = Sequence[TypeParameter]
_HEAD = re.compile(r"\w+")
#: Trait -> traits that all have it.
_IMPLIED = {
    "IntoFuture": ("Future",), "IntoIterator": ("Iterator",), "FnMut": ("Fn",), "FnOnce": ("Fn", "FnMut"),
    "PartialEq": ("Eq",), "PartialOrd": ("Ord",), "Clone": ("Copy",), "IntoParallelIterator": ("ParallelIterator",),
    "ToString": ("Display",), "Iterator": ("DoubleEndedIterator", "ExactSizeIterator"),
}  # fmt: skip
#: What is asked of an associated type: `Item:Send`, `Item=u8`.
_CONSTRAINT = re.compile(r"^\w+[:=](?!:)")


def generics_change(old: Item, new: Item, *, lifetimes: bool) -> ApiChange | None:
    """Return the change of other parameters of types: their number, order, kind or bounds."""
    before, after = (
        [generic for generic in item.generics if lifetimes or generic.kind != "lifetime"]
        for item in (old, new)
    )
    if [generic.kind for generic in before] == [generic.kind for generic in after]:
        return _same_kinds(old, new, before, after, lifetimes=lifetimes)
    added = [generic.kind for generic in after[: len(before)]] == [
        generic.kind for generic in before
    ]
    if added and all(generic.optional for generic in after[len(before) :]):
        return None
    if old.parameters is not None and _is_inferred(old) and _is_inferred(new):
        return None
    certain = old.parameters is None or bool(before)
    return _change(
        old, new, _generic_list(old, lifetimes), _generic_list(new, lifetimes), certain=certain
    )


def _same_kinds(
    old: Item, new: Item, before: Parameters, after: Parameters, *, lifetimes: bool
) -> ApiChange | None:
    pairs = list(zip(before, after, strict=True))
    gained = [_new_bounds(a.bounds, b.bounds) for a, b in pairs]
    unsized = any("?Sized" in a.bounds and "?Sized" not in b.bounds for a, b in pairs)
    names = [
        [generic.name for generic in side if generic.kind != "lifetime"] for side in (before, after)
    ]
    moved = (
        sorted(names[0]) == sorted(names[1])
        and names[0] != names[1]
        and _used_types(old) != _used_types(new)
    )
    required = any(a.optional and not b.optional for a, b in pairs)
    if not (any(gained) or unsized or moved or required):
        return None
    lost = any(a.bounds - b.bounds - {"?Sized"} for a, b in pairs)
    if moved or required or lost:
        return _change(old, new, _generic_list(old, lifetimes), _generic_list(new, lifetimes))
    more = sorted(set[str]().union(*gained)) + (["Sized"] if unsized else [])
    params = {"name": old.label, "new": _restore_names(" + ".join(more), new)}
    return ApiChange(kind="symbol.added-bound", key=old.key, params=params, base=old, head=new)


def _new_bounds(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """Return the bounds that came; what is asked of associated types only where nothing was."""
    came = after - before - {"?Sized", "Sized"}
    came = frozenset(
        bound for bound in came if not any(_is_more(other, bound) for other in before - after)
    )
    asked = any(_CONSTRAINT.search(bound) for bound in before - after)
    return frozenset(bound for bound in came if not (asked and _CONSTRAINT.search(bound)))


def _is_more(before: str, after: str) -> bool:
    """Tell whether all that had one trait has the other."""
    old, new = (_HEAD.match(bound) for bound in (before, after))
    if old is None or new is None or before[old.end() :] != after[new.end() :]:
        return False
    return old[0] in _IMPLIED.get(new[0], ())


def _restore_names(text: str, item: Item) -> str:
    """Return a text in which parameters have their names again."""
    names = [generic.name for generic in item.generics if generic.kind != "lifetime"]

    def name(match: re.Match[str]) -> str:
        position = int(match[1]) - 1
        return names[position] if position < len(names) else "_"

    return re.sub(r"\$(\d+)", name, text)


def _change(old: Item, new: Item, before: str, after: str, *, certain: bool = True) -> ApiChange:
    params = {"name": old.label, "old": before, "new": after}
    return ApiChange(
        kind=generics_kind(old, new) if _count(old) != _count(new) else "symbol.changed-type-parameters",
        key=old.key, params=params, base=old, head=new, certain=certain,
    )  # fmt: skip


def _count(item: Item) -> int:
    return len(item.generics)


def _is_inferred(item: Item) -> bool:
    """Tell whether every parameter of types follows from what is passed."""
    taken = " ".join(item.parameters or ())
    count = sum(generic.kind != "lifetime" for generic in item.generics)
    first = max((int(generic) for generic in re.findall(r"\$(\d+)", taken)), default=0) - count
    return all(
        f"${number}" in taken for number in range(max(0, first) + 1, max(0, first) + count + 1)
    )


def _used_types(item: Item) -> str:
    """Return the types of an item, in which parameters have numbers."""
    return f"{item.parameters} {item.type} {item.marks.get('uses', '')}"


def _generic_list(item: Item, lifetimes: bool) -> str:  # noqa: FBT001 - one question
    parts = []
    for generic in item.generics:
        if generic.kind == "lifetime" and not lifetimes:
            continue
        word = "const " if generic.kind == "const" else ""
        bounds = f": {' + '.join(sorted(generic.bounds))}" if generic.bounds else ""
        parts.append(f"{word}{generic.name}{bounds}")
    return _restore_names(f"<{', '.join(parts)}>", item) if parts else ""
