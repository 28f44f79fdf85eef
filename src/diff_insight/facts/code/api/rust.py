"""Rust: compares the crates that a range touches, by the paths under which others reach their items."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Changed, Files, Sides
from diff_insight.facts.code.api.rust_attributes import needs_unstable
from diff_insight.facts.code.api.rust_exports import lost_exports
from diff_insight.facts.code.api.rust_impls import lost_traits, member_changes
from diff_insight.facts.code.api.rust_macros import RUN, macro_changes, run_macro_changes
from diff_insight.facts.code.api.rust_manifest import feature_changes, read_manifest
from diff_insight.facts.code.api.rust_module import Module, Path
from diff_insight.facts.code.api.rust_package import lost_package
from diff_insight.facts.code.api.rust_rules import item_changes
from diff_insight.facts.code.api.rust_step import RustStep, removal
from diff_insight.facts.code.api.rust_versions import Versions, namespace

#: Crates that are there for the project itself.
_ASIDE = re.compile(
    r"(?:^|/)(?:tests?[-_/]|examples?/|bench(?:es|marks?)?/|fuzz/|xtask/|stress-test/)"
)
_FILES = (".rs", "Cargo.toml")


def rust_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the crates whose files changed."""
    folders: dict[str, list[Changed]] = defaultdict(list)
    for changed in sides.changed:
        files, path = (sides.base, changed.base) if changed.base else (sides.head, changed.head)
        folder = _crate_of(path, files) if path.endswith(_FILES) else None
        if folder is not None:
            folders[folder].append(changed)
    for folder, changes in sorted(folders.items()):
        old, new = read_manifest(sides.base, folder), read_manifest(sides.head, folder)
        if old is None or not old.root or _ASIDE.search(f"{folder}/"):
            continue
        if new is None or not new.root:
            yield from lost_package(sides, old, new, changes) if old.published else ()
        if new is None:
            continue
        differences = list(feature_changes(old, new))
        differences += _crate_changes(Versions(sides, old, new, changes)) if new.root else ()
        yield from (
            change if old.published else replace(change, certain=False) for change in differences
        )


def _crate_of(path: str, files: Files) -> str | None:
    folder = posixpath.dirname(path)
    while posixpath.join(folder, "Cargo.toml") not in files.paths:
        if not folder:
            return None
        folder = posixpath.dirname(folder)
    return folder


def _crate_changes(versions: Versions) -> Iterator[ApiChange]:
    gone: set[Path] = set()
    for path, module in sorted(versions.places.items()):
        if path[:-1] in gone:
            gone.add(path)  # told with the module that holds it
            continue
        for name, child in module.children.items():
            for change in _module(versions, path, child.item):
                gone |= {(*path, name)} if change.kind == "symbol.removed" else set()
                yield change
        if path not in gone:
            yield from _whole_file(versions, path, module)
            yield from _items(versions, path, module)
    for path, module in versions.places.items():
        for impl in module.impls:
            yield from member_changes(versions, path, impl)
    yield from lost_exports(versions)
    yield from lost_traits(versions)


def _module(versions: Versions, path: Path, old: Item) -> Iterator[ApiChange]:
    """A module that others can no longer reach."""
    shown = versions.exports.paths_of(path, old.name)
    if not old.public or "hidden" in old.marks or not shown or needs_unstable(old.conditions):
        return
    after = versions.head.public(shown[0])
    if after is None:
        if not versions.head.mentions_in_macros(old.name):
            yield removal(old)
    elif after.module and not after.external and not after.items:
        parent = versions.head.module(after.module[:-1])
        child = parent.children.get(after.module[-1]) if parent is not None else None
        if child is not None:
            yield from item_changes(RustStep(old, child.item, defaults=versions.defaults))


def _whole_file(versions: Versions, path: Path, module: Module) -> Iterator[ApiChange]:
    """A file that is empty without a feature, a flag or on other targets now."""
    now = versions.head.module(path)
    shown = not path or versions.exports.paths_of(path[:-1], path[-1])
    if shown and now is not None and not module.prefix and now.conditions:
        name = path[-1] if path else "crate"
        item = Item(key=name, sort="mod", path=module.file, conditions=module.conditions)
        after = replace(item, path=now.file, conditions=now.conditions)
        yield from item_changes(RustStep(item, after, defaults=versions.defaults))


def _items(versions: Versions, path: Path, module: Module) -> Iterator[ApiChange]:
    alike: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in module.items:
        if any(mark in item.marks for mark in RUN):
            yield from run_macro_changes(versions, item)
        elif item.public and "hidden" not in item.marks:
            alike[namespace(item), item.name].append(item)
    for (space, name), items in alike.items():
        if space == "macro":
            yield from macro_changes(versions, items[0])
        elif shown := versions.exports.paths_of(path, name):
            yield from _platform_changes(
                versions, path, items, versions.after(shown[0], space, path)
            )


def _platform_changes(
    versions: Versions, path: Path, olds: list[Item], news: list[tuple[Path, Item]] | None
) -> Iterator[ApiChange]:
    """Items of one name, of which there are several for several platforms."""
    if news is None:
        return  # another crate has it, or a macro may make it
    old = olds[0]
    if not news:
        passed = path not in versions.exports.modules and versions.head.lookup(path, old.name)
        if not needs_unstable(old.conditions) and not passed:
            yield replace(removal(old), certain=not old.conditions)
    elif len(olds) == len(news) == 1:
        after, new = news[0]
        had, has = (
            versions.members(versions.base, path, old),
            versions.members(versions.head, after, new),
        )
        traits = old.sort == new.sort == "trait"
        yield from item_changes(RustStep(
            old, new, had, has,
            sealed=traits and versions.is_sealed(versions.base, path, old, had),
            sealed_now=traits and versions.is_sealed(versions.head, after, new, has),
            defaults=versions.defaults,
        ))  # fmt: skip
