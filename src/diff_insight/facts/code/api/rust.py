"""Rust: compares the crates that a range touches, by the paths under which others reach their items."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Changed, Files, Sides
from diff_insight.facts.code.api.rust_attributes import features_of
from diff_insight.facts.code.api.rust_crate import Exports, Found, RustCrate, defaults_of
from diff_insight.facts.code.api.rust_manifest import (
    Manifest,
    feature_changes,
    is_unstable,
    read_manifest,
)
from diff_insight.facts.code.api.rust_module import TYPES, Impl, Module, Path
from diff_insight.facts.code.api.rust_reader import all_modules
from diff_insight.facts.code.api.rust_rules import item_changes
from diff_insight.facts.code.api.rust_step import Step, removed

_PROC_MACRO = ("proc_macro", "proc_macro_attribute", "proc_macro_derive")
_MOST_LOST = 30


def rust_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the crates whose files changed."""
    folders: dict[str, list[Changed]] = defaultdict(list)
    for changed in sides.changed:
        if changed.base.endswith((".rs", "Cargo.toml")) or changed.head.endswith(
            (".rs", "Cargo.toml")
        ):
            folder = (
                _crate_of(changed.base, sides.base)
                if changed.base
                else _crate_of(changed.head, sides.head)
            )
            if folder is not None:
                folders[folder].append(changed)
    for folder, files in sorted(folders.items()):
        old, new = read_manifest(sides.base, folder), read_manifest(sides.head, folder)
        if old is None or new is None or not old.root:
            continue
        yield from feature_changes(old, new)
        if new.root:
            for change in _Comparison(sides, old, new, files).changes():
                yield change if old.published else replace(change, certain=False)


def _crate_of(path: str, files: Files) -> str | None:
    folder = posixpath.dirname(path)
    while True:
        if posixpath.join(folder, "Cargo.toml") in files.paths:
            return folder
        if not folder:
            return None
        folder = posixpath.dirname(folder)


class _Comparison:
    """Both versions of one crate."""

    def __init__(
        self, sides: Sides, old: Manifest, new: Manifest, files: Sequence[Changed]
    ) -> None:
        self._base, self._head = RustCrate(sides.base, old.root), RustCrate(sides.head, new.root)
        self._defaults = frozenset(defaults_of(new.features))
        self._places: dict[Path, Module] = {}
        for changed in files:
            path = self._base.path_of(changed.base) if changed.base.endswith(".rs") else None
            if path is not None and (module := self._base.module(path)) is not None:
                self._places.update(all_modules(module, path))
            if changed.head.endswith(".rs") and self._head.path_of(changed.head) is not None:
                self._head.read(changed.head)
        self._exports = Exports(self._base, self._places)
        self._heads = {path for changed in files if (path := changed.head)}

    def changes(self) -> Iterator[ApiChange]:
        """Yield everything that breaks users of the crate."""
        for path, module in self._places.items():
            for child in module.children.values():
                yield from self._child(path, child.item)
            yield from self._items(path, module)
            for impl in module.impls:
                yield from self._impl(path, impl)
        yield from self._passed_on()
        yield from self._lost_traits()

    def _child(self, path: Path, item: Item) -> Iterator[ApiChange]:
        """A module that others can no longer reach."""
        if not item.public or "hidden" in item.marks:
            return
        shown = self._exports.paths_of(path, item.name)
        if not shown or path not in self._exports.modules:
            return
        after = self._head.public(shown[0])
        if after is None and not self._head.mentions_in_macros(item.name):
            yield removed(item)
        elif after is not None and not after.external and not after.items:
            parent = self._head.module(after.module[:-1])
            child = parent.children.get(after.module[-1]) if parent and after.module else None
            if child is not None:
                yield from item_changes(Step(item, child.item, defaults=self._defaults))

    def _items(self, path: Path, module: Module) -> Iterator[ApiChange]:
        alike: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in module.items:
            if any(mark in item.marks for mark in _PROC_MACRO):
                yield from self._proc_macro(path, item)
            elif "hidden" not in item.marks and (item.public or item.sort == "macro"):
                alike[_namespace(item), item.name].append(item)
        for (space, name), items in alike.items():
            yield from self._item(path, space, name, items)

    def _item(self, path: Path, space: str, name: str, items: list[Item]) -> Iterator[ApiChange]:
        if space == "macro":
            shown: list[Path] = [(name,)] if items[0].public else []
        else:
            shown = self._exports.paths_of(path, name)
        if not shown:
            return
        news = self._macros(name) if space == "macro" else self._after(shown[0], space)
        if news is None:
            return  # another crate has it, or a macro may make it
        if not news:
            for item in items[:1]:
                if item.sort == "macro" and self._macros(name, public=False):
                    yield ApiChange(kind="symbol.removed-export", key=item.key,
                                    params={"name": f"{name}!", "module": "crate"}, base=item)  # fmt: skip
                elif not _is_unstable(item):
                    yield replace(removed(item), certain=not item.conditions)
            return
        if len(items) == len(news) == 1:
            yield from item_changes(self._step(items[0], news[0][1], path, news[0][0]))

    def _macros(self, name: str, *, public: bool = True) -> list[tuple[Path, Item]] | None:
        found = [
            ((), item) for module in self._all_heads() for item in module.named(name)
            if item.sort == "macro" and (item.public or not public)
        ]  # fmt: skip
        return found

    def _all_heads(self) -> Iterator[Module]:
        for module in self._head.loaded:
            yield from (inner for _, inner in all_modules(module))

    def _after(self, shown: Path, space: str) -> list[tuple[Path, Item]] | None:
        """Return what others reach under a path now; None where that cannot be known."""
        found = self._head.public(shown)
        if found is None:
            return None if self._head.mentions_in_macros(shown[-1]) else []
        if found.external:
            return None
        items = [(found.module, item) for item in found.items if _namespace(item) == space]
        # Another thing of the same name may have taken its place; an alias of a value may be imported.
        return items or ([] if not found.items else [(found.module, item) for item in found.items])

    def _step(self, old: Item, new: Item, path: Path, after: Path) -> Step:
        had = self._members(self._base, path, old)
        has = self._members(self._head, after, new)
        sealed, sealed_now = (
            old.sort == "trait" and self._is_sealed(self._base, path, old, had),
            new.sort == "trait" and self._is_sealed(self._head, after, new, has),
        )
        return Step(old, new, had, has, sealed, sealed_now, self._defaults)

    def _members(self, crate: RustCrate, path: Path, item: Item) -> Sequence[Item]:
        module = crate.module(path)
        found = module.members.get(item.name, []) if module is not None else []
        return [one for one in found if one.key.startswith(f"{item.key}.")]

    def _is_sealed(
        self, crate: RustCrate, path: Path, trait: Item, members: Sequence[Item]
    ) -> bool:
        """Tell whether a trait asks for something that nobody else can name."""
        if any("hidden" in one.marks and not one.provided for one in members):
            return True
        exports = self._exports if crate is self._base else None
        for shown in trait.bases.values():
            parts = [part.strip() for part in shown.partition("<")[0].split("::")]
            if "Sealed" in parts[-1] or any(
                part in ("private", "sealed", "__private") for part in parts[:-1]
            ):
                return True
            at, name = self._walk(crate, path, parts)
            found = crate.lookup(at, name) if at is not None else None
            if found is not None and found.items and not found.items[0].public:
                return True
            if found is not None and found.items and exports is not None:
                if not exports.paths_of(found.module, found.name) and found.module in self._places:
                    return True
        for member in members:
            if (
                not member.provided
                and any("private" in part for part in (member.shown,))
                and "::" in member.shown
            ):
                return True
        return False

    def _walk(self, crate: RustCrate, path: Path, parts: Sequence[str]) -> tuple[Path | None, str]:
        at = path
        for part in parts[:-1]:
            if part == "crate":
                at = ()
            elif part == "super":
                at = at[:-1]
            elif part != "self":
                found = crate.lookup(at, part)
                if found is None or found.external or found.items:
                    return None, parts[-1]
                at = found.module
        return at, parts[-1]

    def _proc_macro(self, path: Path, item: Item) -> Iterator[ApiChange]:
        """A macro that the compiler runs, by the name that others write."""
        if "hidden" in item.marks or path:
            return
        told = item.marks.get("proc_macro_derive", "")
        name = told.partition(",")[0].strip() or item.name
        for module in self._all_heads():
            for other in module.items:
                marks = [mark for mark in _PROC_MACRO if mark in other.marks]
                if not marks or not any(mark in item.marks for mark in marks):
                    continue
                theirs = other.marks.get("proc_macro_derive", "")
                if (theirs.partition(",")[0].strip() or other.name) == name:
                    lost = _helpers(told) - _helpers(theirs)
                    for one in sorted(lost):
                        params = {"name": f"{name}.{one}"}
                        yield ApiChange(
                            kind="symbol.removed", key=item.key, params=params, base=item
                        )
                    yield from item_changes(Step(item, replace(other, parameters=None)))
                    return
        label = (
            f"derive({name})"
            if told
            else f"{name}!"
            if "proc_macro" in item.marks
            else f"#[{name}]"
        )
        yield ApiChange(kind="symbol.removed", key=item.key, params={"name": label}, base=item)

    def _impl(self, path: Path, impl: Impl) -> Iterator[ApiChange]:
        """Members of a type that went or are called otherwise."""
        if impl.trait:
            return
        found = self._base.lookup(path, impl.type)
        if found is None or found.external or not found.items or found.items[0].sort not in TYPES:
            return
        shown = self._exports.paths_of(found.module, found.name)
        if not shown or "hidden" in found.items[0].marks or not found.items[0].public:
            return
        after = self._head.public(shown[0])
        if after is None or after.external or not after.items:
            return  # told with the type
        here = [
            one for module in self._all_heads() for one in module.impls if one.type == after.name
        ]
        for old in impl.members:
            if old.public and "hidden" not in old.marks:
                yield from self._member(old, impl, here)

    def _member(self, old: Item, impl: Impl, here: list[Impl]) -> Iterator[ApiChange]:
        news = [
            item for one in here if not one.trait for item in one.members if item.name == old.name
        ]
        public = [item for item in news if item.public]
        twice = sum(item.name == old.name for other in self._places.values() for one in other.impls
                    if one.type == impl.type and not one.trait for item in one.members)  # fmt: skip
        if not public:
            if any(
                one.trait and any(item.name == old.name for item in one.members) for one in here
            ):
                return  # a trait gives it now
            if self._head.mentions_in_macros(old.name) or self._is_provided(old.name, here):
                return
            if news:
                params = {"name": old.label, "old": "pub", "new": "private"}
                yield ApiChange(
                    kind="symbol.visibility", key=old.key, params=params, base=old, head=news[0]
                )
            elif not _is_unstable(old):
                yield replace(removed(old), certain=not old.conditions)
        elif len(public) == 1 and twice == 1:
            step = Step(old, public[0], defaults=self._defaults)
            yield from (change for change in item_changes(step))

    def _is_provided(self, name: str, here: list[Impl]) -> bool:
        """Tell whether a trait that a type implements has a body for a name of its own."""
        traits = {one.trait.partition("<")[0] for one in here if one.trait}
        return any(
            item.name == name
            for module in self._all_heads() for trait in traits for item in module.members.get(trait, ())
        )  # fmt: skip

    def _passed_on(self) -> Iterator[ApiChange]:
        """Names that a public module no longer passes on."""
        for at, shown, use in self._exports.uses:
            if at not in self._places or use.path[:1] in (("std",), ("core",), ("alloc",)):
                continue
            module = self._places[at]
            names = [] if use.name == "_" else [use.name]
            target = self._base.target(at, use)
            if use.name == "*":
                names = self._names_of(target)
            elif (
                target is not None
                and target.items
                and all("hidden" in item.marks for item in target.items)
            ) or (
                target is not None
                and not target.external
                and target.items
                and not any(item.public for item in target.items)
            ):
                continue
            for name in names[:_MOST_LOST]:
                if self._head.public((*shown, name)) is not None or self._head.mentions_in_macros(
                    name
                ):
                    continue
                if self._is_told(target, name, (*shown, name)):
                    continue
                item = Item(key=name, sort="use", path=module.file, start=use.line, end=use.line)
                params = {"name": name, "module": "::".join(("crate", *shown))}
                yield ApiChange(kind="symbol.removed-export", key=name, params=params, base=item)

    def _names_of(self, target: Found | None) -> list[str]:
        module = (
            self._base.module(target.module) if target is not None and not target.external else None
        )
        if module is None:
            return []
        return [item.name for item in module.items if item.public and "hidden" not in item.marks]

    def _is_told(self, target: Found | None, name: str, shown: Path) -> bool:
        """Tell whether the item itself is told as removed, under its shortest path."""
        if target is None or target.external:
            return False
        known = target.name if target.items else name
        paths = self._exports.paths_of(target.module, known)
        return target.module in self._places and bool(paths) and paths[0] == shown and bool(
            target.items or not self._is_module(target)
        )  # fmt: skip

    def _is_module(self, target: Found) -> bool:
        return not target.name

    def _lost_traits(self) -> Iterator[ApiChange]:
        """Traits that a public type no longer implements."""
        for path, module in self._places.items():
            derived = {
                item.name: dict(item.bases)
                for item in module.items
                if item.sort in ("struct", "enum", "union")
            }
            for impl in module.impls:
                if impl.trait and not impl.generic:
                    derived.setdefault(impl.type, {})[impl.trait] = impl.trait
            for name, traits in derived.items():
                yield from self._lost_traits_of(path, name, traits)

    def _lost_traits_of(
        self, path: Path, name: str, traits: Mapping[str, str]
    ) -> Iterator[ApiChange]:
        found = self._base.lookup(path, name)
        if found is None or found.external or not found.items or "hidden" in found.items[0].marks:
            return
        shown = self._exports.paths_of(found.module, found.name)
        after = self._head.public(shown[0]) if shown else None
        if (
            after is None
            or after.external
            or not after.items
            or after.items[0].sort not in ("struct", "enum", "union")
        ):
            return
        if self._head.mentions_in_macros(name):
            return
        heads = [one for module in self._all_heads() for one in module.impls]
        has = {one.trait for one in heads if one.type == after.name or one.generic}
        has |= set(after.items[0].bases)
        lost = [
            trait for trait in traits
            if trait not in has and trait.partition("<")[0] not in {one.partition("<")[0] for one in has}
            and self._is_known(path, trait)
        ]  # fmt: skip
        if lost:
            params = {"name": found.items[0].key, "bases": tuple(lost)}
            yield ApiChange(kind="symbol.changed-bases", key=found.items[0].key, params=params,
                            base=found.items[0], head=after.items[0])  # fmt: skip

    def _is_known(self, path: Path, trait: str) -> bool:
        """Tell whether others can use a trait: of the crate only what it gives to others."""
        name = trait.partition("<")[0]
        found = self._base.lookup(path, name)
        if found is None or found.external or not found.items:
            return name not in ("Drop", "StructuralPartialEq")
        return (
            bool(self._exports.paths_of(found.module, found.name))
            and "hidden" not in found.items[0].marks
        )


def _namespace(item: Item) -> str:
    if item.sort in TYPES:
        return "type"
    return "macro" if item.sort == "macro" else "value"


def _is_unstable(item: Item) -> bool:
    """Tell whether an item was only there with a feature that promises nothing."""
    return any(
        is_unstable(name) for condition in item.conditions for name in features_of(condition)
    )


def _helpers(told: str) -> set[str]:
    inner = told.partition("attributes")[2].strip(" ()")
    return {one.strip() for one in inner.split(",") if one.strip()}
