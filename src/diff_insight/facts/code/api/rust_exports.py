"""Names that a public module of a Rust crate passes on no longer."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_conditions import Holds, holds, shown_condition
from diff_insight.facts.code.api.rust_crate import ResolvedItem
from diff_insight.facts.code.api.rust_module import Path, UseDeclaration
from diff_insight.facts.code.api.rust_versions import Versions

#: Names of one glob that are told.
_MOST_LOST = 30
_OF_EVERYBODY = ("std", "core", "alloc")


def lost_exports(versions: Versions) -> Iterator[ApiChange]:
    """Yield the names that others took from a module which no longer has them."""
    for at, shown, use in versions.exports.uses:
        if at not in versions.places or use.path[:1] in [(name,) for name in _OF_EVERYBODY]:
            continue
        target = versions.base.target(at, use)
        for name in _names(versions, use, target)[:_MOST_LOST]:
            path = (*shown, name)
            if versions.head.public(path) is not None:
                yield from _only_sometimes(versions, at, use, name)
                continue
            if versions.head.mentions_in_macros(name):
                continue
            if not _is_told(versions, target, name, path):
                file = versions.places[at].file
                item = Item(key=name, sort="use", path=file, start=use.line, end=use.line)
                params = {"name": name, "module": "::".join(("crate", *shown))}
                yield ApiChange(kind="symbol.removed-export", key=name, params=params, base=item)


def _only_sometimes(
    versions: Versions, at: Path, use: UseDeclaration, name: str
) -> Iterator[ApiChange]:
    """A name that a module passes on with a feature, a flag or on some targets alone now."""
    module, file = versions.head.module(at), versions.places[at].file
    if module is None or use.conditions or name in module.children:
        return
    now = [each for each in module.uses if each.public and each.name in (name, "*")]
    if len(now) != 1 or any(True for _ in module.items_named(name)):
        return
    for condition in sorted(now[0].conditions):
        where = holds(condition, versions.defaults)
        if where is not Holds.ALWAYS:
            old, new = (Item(key=name, sort="use", path=path, start=each.line, end=each.line)
                        for path, each in ((file, use), (module.file, now[0])))  # fmt: skip
            params = {"name": name, "condition": shown_condition(condition)}
            yield ApiChange(
                kind="symbol.added-condition", key=name, params=params, base=old, head=new,
                certain=where is Holds.NEVER,
            )  # fmt: skip
            return


def _names(versions: Versions, use: UseDeclaration, target: ResolvedItem | None) -> list[str]:
    """Return the names that a `use` passes on."""
    if use.name != "*":
        hidden = target is not None and target.items and all(
            "hidden" in item.marks or not item.public for item in target.items
        )  # fmt: skip
        return [] if hidden or _is_hidden_module(versions, target) else [use.name]
    module = None if target is None or target.external else versions.base.module(target.module)
    if module is None:
        return []
    return [item.name for item in module.items if item.public and "hidden" not in item.marks]


def _is_hidden_module(versions: Versions, target: ResolvedItem | None) -> bool:
    if target is None or target.external or target.items or not target.module:
        return False
    parent = versions.base.module(target.module[:-1])
    child = parent.children.get(target.module[-1]) if parent is not None else None
    return child is not None and child.hidden


def _is_told(versions: Versions, target: ResolvedItem | None, name: str, shown: Path) -> bool:
    """Tell whether the item itself is told, under its first path."""
    if target is None or target.external or target.module not in versions.places:
        return False
    known = target.name if target.items else name
    if target.module not in versions.exports.modules and versions.head.lookup(target.module, known):
        return False  # it is still there, where nobody else sees it
    paths = versions.exports.paths_of(target.module, known)
    return bool(paths) and paths[0] == shown and bool(target.items or not target.name)
