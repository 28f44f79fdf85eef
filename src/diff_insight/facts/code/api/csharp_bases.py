"""What the bases of a C# type promised to those who use, extend or implement it, and do no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.model.messages import Value


def base_changes(
    old: Item, new: Item, known: Mapping[str, Item], label: str
) -> Iterator[ApiChange]:
    """Yield a change when a type no longer has a base class or an interface, not even through another one.

    Args:
        old: The type before.
        new: The type after.
        known: The types that changed files declare now, by simple name.
        label: What the type is called.
    """
    gained = [name for name in new.bases if name not in old.bases]
    above = _reached(gained, known)
    lost = []
    for name, shown in old.bases.items():
        base = known.get(_bare(name))
        # What nobody outside can name is no loss.
        is_seen = base is None or base.public
        if name not in new.bases and _bare(name) not in above and is_seen:
            lost.append(shown)
    if lost and "partial" not in new.modifiers:
        params: dict[str, Value] = {"name": label, "bases": tuple(lost)}
        yield ApiChange(
            kind="symbol.changed-bases", key=old.key, params=params, base=old, head=new,
            certain=not gained,
        )  # fmt: skip


def demand_changes(old: Item, new: Item, label: str) -> Iterator[ApiChange]:
    """Yield interfaces that those who implement an interface have to implement too, and an enum of another size."""
    come = tuple(shown for name, shown in new.bases.items() if name not in old.bases)
    if old.sort == "interface" and come:
        params: dict[str, Value] = {"name": label, "bases": come}
        yield ApiChange(
            kind="symbol.changed-supertrait", key=old.key, params=params, base=old, head=new
        )
    if old.sort == "enum" and old.type != new.type:
        params = {"name": label, "old": old.type, "new": new.type}
        yield ApiChange(kind="symbol.value-type", key=old.key, params=params, base=old, head=new)


def _reached(bases: Iterable[str], known: Mapping[str, Item]) -> set[str]:
    """Return the simple names of some bases, and of all that these have above them as far as it is known."""
    reached: set[str] = set()
    waiting = [_bare(name) for name in bases]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            base = known.get(name)
            waiting += map(_bare, base.bases) if base is not None else ()
    return reached


def _bare(name: str) -> str:
    return name.partition("<")[0].rpartition(".")[2]
