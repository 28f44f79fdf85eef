"""What of the type parameters of a Go declaration breaks those who name them."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind


def generics_changes(key: str, old: Item, new: Item) -> Iterator[ApiChange]:
    """Yield that a thing has more or fewer type parameters, or narrower constraints.

    Args:
        key: Its key.
        old: Its declaration before.
        new: Its declaration after.
    """
    before, after = ([generic.bounds for generic in side.generics] for side in (old, new))
    if len(before) == len(after) and all(
        _takes_all(a, b) for a, b in zip(before, after, strict=True)
    ):
        return
    # Those of a function are mostly inferred; values of it cannot be.
    called = old.sort in ("func", "member") and not before
    certain = len(before) != len(after) and not called
    params = {"name": key, "old": _generic_list(old), "new": _generic_list(new)}
    yield ApiChange(
        kind=generics_kind(old, new), key=key, params=params, base=old, head=new, certain=certain
    )


def _generic_list(item: Item) -> str:
    parts = [f"{generic.name} {'|'.join(sorted(generic.bounds))}" for generic in item.generics]
    return f"[{', '.join(parts)}]" if parts else ""


def _takes_all(old: frozenset[str], new: frozenset[str]) -> bool:
    """Tell whether a constraint takes every type that another one took: `~int | ~string` after `~int`."""
    if old == new or new == frozenset(("any",)):
        return True
    before, after = (
        {term.strip() for bound in side for term in bound.split("|")} for side in (old, new)
    )
    unions = all("[" not in term and "." not in term for term in before | after)
    return unions and all(term in after or f"~{term}" in after for term in before)
