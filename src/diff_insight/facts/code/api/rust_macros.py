"""Macros that a Rust crate gives to others: those by example, and those that the compiler runs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_rules import item_changes
from diff_insight.facts.code.api.rust_step import RustStep, removal
from diff_insight.facts.code.api.rust_versions import Versions

RUN = ("proc_macro", "proc_macro_attribute", "proc_macro_derive")


def macro_changes(versions: Versions, old: Item) -> Iterator[ApiChange]:
    """Yield what differs of a macro by example."""
    if not old.public:
        return
    news = [
        item
        for module in versions.heads()
        for item in module.items_named(old.name)
        if item.sort == "macro"
    ]
    public = [item for item in news if item.public]
    if public:
        yield from item_changes(RustStep(old, public[0], defaults=versions.defaults))
    elif news and not versions.head.mentions_in_macros(old.name):
        params = {"name": f"{old.name}!", "module": "crate"}
        yield ApiChange(kind="symbol.removed-export", key=old.key, params=params, base=old)
    elif versions.head.public((old.name,)) is None and not versions.head.mentions_in_macros(
        old.name
    ):
        yield removal(old)


def run_macro_changes(versions: Versions, old: Item) -> Iterator[ApiChange]:
    """Yield what differs of a macro that the compiler runs, by the name that others write."""
    if "hidden" in old.marks:
        return
    name, label = _name(old), _label(old)
    for module in versions.heads():
        for new in module.items:
            if _name(new) == name and any(mark in old.marks and mark in new.marks for mark in RUN):
                for helper in sorted(_helpers(old) - _helpers(new)):
                    params = {"name": f"{label} #[{helper}]"}
                    yield ApiChange(kind="symbol.removed", key=old.key, params=params, base=old)
                shown = (
                    replace(old, key=name, parameters=None),
                    replace(new, key=name, parameters=None),
                )
                yield from item_changes(RustStep(*shown))
                return
    yield ApiChange(kind="symbol.removed", key=old.key, params={"name": label}, base=old)


def _name(item: Item) -> str:
    derived = item.marks.get("proc_macro_derive", "").partition(",")[0].strip()
    return derived or item.name


def _label(item: Item) -> str:
    if "proc_macro_derive" in item.marks:
        return f"#[derive({_name(item)})]"
    return f"{item.name}!" if "proc_macro" in item.marks else f"#[{item.name}]"


def _helpers(item: Item) -> set[str]:
    inner = item.marks.get("proc_macro_derive", "").partition("attributes")[2].strip(" ()")
    return {name.strip() for name in inner.split(",") if name.strip()}
