"""JavaScript and TypeScript: compares what packages export, by the names under which others import it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.script_losses import lost_passages
from diff_insight.facts.code.api.script_modules import (
    EXTERNAL,
    UNKNOWN,
    ScriptModules,
    ScriptPlace,
    Target,
)
from diff_insight.facts.code.api.script_project import (
    PackageEntry,
    ScriptPackage,
    entries_still_there,
    package_folder,
    read_package,
)
from diff_insight.facts.code.api.script_reader import Passed, ScriptFile
from diff_insight.facts.code.api.script_rules import Scope, differences
from diff_insight.facts.code.api.script_taken import as_given, taken_types
from diff_insight.facts.code.api.script_touched import touched_places

#: Names that one entry may offer; a package with more is read up to there.
MOST_NAMES = 5000


class _ScriptOffer(Struct, frozen=True):
    """A name that others can import: the entry, and the name there, with those of modules before it."""

    entry: PackageEntry
    name: str

    @property
    def rank(self) -> tuple[int, int]:
        """How long the way to it is."""
        return self.name.count("."), self.entry.name.count("/")


def script_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what differs for those who import the packages whose files changed."""
    base, head = ScriptModules(sides.base), ScriptModules(sides.head)
    groups: dict[str | None, list[Changed]] = defaultdict(list)
    for changed in sides.changed:
        if changed.base:
            groups[package_folder(sides.base, changed.base)].append(changed)
    for folder, files in sorted(groups.items(), key=lambda changed_file: changed_file[0] or ""):
        touched = {
            location for changed in files for location in touched_places(changed, base, head)
        }
        package = (
            read_package(sides.base, folder, [changed_file.base for changed_file in files])
            if touched
            else None
        )
        if package is None:
            continue
        now = read_package(
            sides.head, folder, [changed_file.head for changed_file in files if changed_file.head]
        ) or entries_still_there(package, sides.head)
        comparison = _ScriptComparison(
            base,
            head,
            package,
            now,
            {changed_file.base: changed_file.head for changed_file in files},
        )
        for change in comparison.changes(touched):
            certain = change.certain and sides.whole
            yield replace(change, certain=certain) if change.breaking else change


class _ScriptComparison:
    """Both versions of one package."""

    def __init__(
        self, base: ScriptModules, head: ScriptModules, package: ScriptPackage,
        now: ScriptPackage | None, moved: dict[str, str],
    ) -> None:  # fmt: skip
        self._base, self._head = base, head
        self._package = package
        self._now = now
        self._moved = moved
        self._told: set[tuple[str, str, str, str]] = set()

    def changes(self, touched: set[ScriptPlace]) -> Iterator[ApiChange]:
        """Yield what differs, each difference once, under the shortest name."""
        modules = {location.path for location in touched if not location.key}
        for entry in self._package.entries:
            if entry.path in modules:
                yield from self._once(self._losses_of_others(entry))
        for location, offers in sorted(
            self._offers(touched, modules).items(), key=lambda pair: (pair[0].path, pair[0].key)
        ):
            offers.sort(
                key=lambda pair: (*pair.rank, pair.name == "default", pair.entry.name, pair.name)
            )
            for offer in offers:
                if offer.rank == offers[0].rank:
                    yield from self._once(self._compare(offer, location))

    def _offers(
        self, touched: set[ScriptPlace], modules: set[str]
    ) -> dict[ScriptPlace, list[_ScriptOffer]]:
        """Return the names that lead to something touched, or through a module that was."""
        offers: dict[ScriptPlace, list[_ScriptOffer]] = defaultdict(list)
        for entry in self._package.entries:
            for name, location in self._names(entry):
                if (
                    location.path in modules or location in touched or self._through(location, touched)
                    or self._passes(entry, name, modules)
                ):  # fmt: skip
                    offers[location].append(_ScriptOffer(entry, name))
        return offers

    def _losses_of_others(self, entry: PackageEntry) -> Iterator[ApiChange]:
        """What an entry passed on of other packages, or as a whole module."""
        now = self._moved.get(entry.path, entry.path)
        heads = [each.path for each in self._now.entries] if self._now is not None else []
        now = now if now in heads else ""
        for name, line, certain in lost_passages(self._base, self._head, entry.path, now):
            offer = _ScriptOffer(entry, name)
            if certain or self._at_head(offer) is None:
                item = Item(key=name, sort="export", path=entry.path, start=line, end=line)
                yield self._export_loss(offer, item, name)

    def _names(self, entry: PackageEntry) -> Iterator[tuple[str, ScriptPlace]]:
        """Yield what an entry offers, with the names of modules that it offers as one."""
        seen: set[str] = set()
        waiting = [("", entry.path)]
        count = 0
        while waiting and count < MOST_NAMES:
            prefix, path = waiting.pop(0)
            for name in dict.fromkeys(self._base.names(path)):
                count += 1
                target = self._base.resolve_export(path, name)
                if not isinstance(target, ScriptPlace):
                    continue
                if target.key:
                    yield prefix + name, target
                elif prefix.count(".") < 1 and target.path not in seen:
                    seen.add(target.path)
                    waiting.append((f"{prefix}{name}.", target.path))

    def _through(self, location: ScriptPlace, touched: set[ScriptPlace]) -> bool:
        """Tell whether a type inherits from one that was touched, or a function takes one."""
        names = {each.key for each in touched}
        taken = taken_types(self._base, location, names).values()
        return any(base in touched for base in (*self._base.order(location)[0][1:], *taken))

    def _passes(self, entry: PackageEntry, name: str, modules: set[str]) -> bool:
        """Tell whether a name comes through a module whose exports changed."""
        return bool(modules) and self._lookup(self._head, entry, name) != self._lookup(
            self._base, entry, name
        )

    def _once(self, changes: Iterator[ApiChange]) -> Iterator[ApiChange]:
        for change in changes:
            base = change.base
            about = (base.path, base.key) if base is not None else ("", change.key)
            export = change.key if change.kind == "symbol.removed-export" else ""
            known = (*about, change.kind + str(change.params.get("parameter", "")), export)
            if known not in self._told:
                self._told.add(known)
                yield change

    def _lookup(self, modules: ScriptModules, entry: PackageEntry, name: str) -> Target:
        target: Target = ScriptPlace(entry.path)
        for part in name.split("."):
            if not isinstance(target, ScriptPlace) or target.key:
                return UNKNOWN
            target = modules.resolve_export(target.path, part)
        return target

    def _at_head(self, offer: _ScriptOffer) -> Target:
        """Return where a public name leads now, by any entry of the same name."""
        if self._now is None:
            return UNKNOWN
        entries = [entry for entry in self._now.entries if entry.name == offer.entry.name]
        answers = [self._lookup(self._head, entry, offer.name) for entry in entries]
        if not entries and not self._now.entries:
            return UNKNOWN
        return next((entry for entry in answers if entry is not None), None)

    def _compare(self, offer: _ScriptOffer, old: ScriptPlace) -> Iterator[ApiChange]:
        olds = self._base.items(old)
        target = self._at_head(offer)
        if not olds or target in (EXTERNAL, UNKNOWN) or not _is_public(olds):
            return
        name = offer.name if offer.name.rpartition(".")[2] != "default" else old.key
        if not isinstance(target, ScriptPlace):
            yield from self._loss(offer, old, name)
            return
        news = self._head.items(target)
        if not target.key or not news:
            return
        yield from (self._with_surface(change, offer) for change in differences(olds, news, name))
        yield from (
            self._with_surface(change, offer) for change in self._argument_types(old, target)
        )
        if _has_members(olds) and _has_members(news):
            yield from (
                self._with_surface(change, offer) for change in self._members(name, old, target)
            )

    def _argument_types(self, old: ScriptPlace, new: ScriptPlace) -> Iterator[ApiChange]:
        """Yield what differs of the types of arguments."""
        after = taken_types(self._head, new)
        for name, location in taken_types(self._base, old).items():
            if name in after and _has_members(self._head.items(after[name])):
                yield from as_given(self._members(name, location, after[name]))

    def _loss(self, offer: _ScriptOffer, old: ScriptPlace, name: str) -> Iterator[ApiChange]:
        item = self._base.items(old)[0]
        now = self._moved.get(old.path, old.path)
        file = self._head.file(now) if now else None
        if file is not None and _is_damaged(file):
            return
        label = f"{name}()" if item.signature is not None else name
        if file is None or old.key not in file.items:
            yield self._with_surface(ApiChange(
                kind="symbol.removed", key=name, params={"name": label}, base=item,
            ), offer)  # fmt: skip
            return
        path, line = self._line_of(offer)
        here = replace(item, path=path, start=line, end=line, key=offer.name)
        # What it declares may be exported by its own name still.
        is_default = offer.name.rpartition(".")[2] == "default"
        yield self._export_loss(offer, here, offer.name if is_default else label)

    def _export_loss(self, offer: _ScriptOffer, item: Item, label: str) -> ApiChange:
        module = self._package.name + offer.entry.name.removeprefix(".")
        return self._with_surface(ApiChange(
            kind="symbol.removed-export", key=offer.name, base=item,
            params={"name": label, "module": module or offer.entry.path},
        ), offer)  # fmt: skip

    def _line_of(self, offer: _ScriptOffer) -> tuple[str, int]:
        """Return where a name was exported: the statement of the entry, or of a module on the way."""
        path = offer.entry.path
        for _ in range(8):
            file = self._base.file(path)
            if file is None:
                break
            passed = file.exports.get(offer.name)
            if passed is not None or path in self._moved:
                line = passed.line if isinstance(passed, Passed) else file.lines.get(offer.name, 1)
                return path, line
            inner = [self._base.target(path, star.source) for star in file.stars]
            path = next(
                (
                    star
                    for star in inner
                    if star is not None and self._base.resolve_export(star, offer.name) is not None
                ),
                "",
            )
        return offer.entry.path, 1

    def _with_surface(self, change: ApiChange, offer: _ScriptOffer) -> ApiChange:
        return replace(change, certain=change.certain and offer.entry.certain)

    def _members(self, name: str, old: ScriptPlace, new: ScriptPlace) -> Iterator[ApiChange]:
        """Yield what differs of the members of a type, own or inherited."""
        before, after = self._base.members(old), self._head.members(new)
        outside = self._head.order(new)[1]
        known = self._base.order(old)[1]
        head = self._head.file(new.path)
        # What an alias joins that is not known here may have every member.
        alias = self._head.items(new)[0].sort == "type"
        scope = Scope(self._base.items(old)[0].generics, self._head.items(new)[0].generics)
        for member, location in before.items():
            olds = self._base.items(location)
            if not _is_public(olds):
                continue
            label = f"{name}.{member}" if member != "constructor" else f"new {name}"
            if member in after:
                yield from differences(olds, self._head.items(after[member]), label, scope)
                continue
            covered = outside and (alias or not known or "override_modifier" in olds[0].modifiers)
            damaged = head is not None and _is_damaged(head)
            if member != "constructor" and not covered and not damaged:
                called = f"{label}()" if olds[0].signature is not None else label
                yield ApiChange(
                    kind="symbol.removed", key=label, params={"name": called}, base=olds[0],
                    certain=not outside,
                )  # fmt: skip
        yield from self._new_requirements(name, old, new, before, after)

    def _new_requirements(
        self,
        name: str,
        old: ScriptPlace,
        new: ScriptPlace,
        before: dict[str, ScriptPlace],
        after: dict[str, ScriptPlace],
    ) -> Iterator[ApiChange]:
        """Yield members that those who implement or build a type have to provide."""
        sort = self._head.items(new)[0].sort
        if self._base.order(old)[1] or sort in ("enum", "namespace"):
            return
        come = [
            self._head.items(location)[0] for member, location in after.items()
            if member not in before and _is_public(self._head.items(location))
        ]  # fmt: skip
        if sort == "class":
            come = [item for item in come if "abstract" in item.modifiers]
        needed = [item for item in come if "optional" not in item.modifiers]
        if not needed:
            return
        implemented = sort == "class" or any(item.signature is not None for item in needed)
        members = tuple(
            (f"{item.key}()" if item.signature is not None else item.key).rpartition(".")[2]
            for item in needed
        )
        yield ApiChange(
            kind="symbol.added-required" if implemented else "symbol.added-element", key=name,
            params={"name": name, "members": members}, base=self._base.items(old)[0], head=needed[0],
            certain=False,
        )  # fmt: skip


def _is_public(items: Sequence[Item]) -> bool:
    return bool(items) and items[0].public


def _has_members(items: Sequence[Item]) -> bool:
    return any(item.sort in ("class", "interface", "type", "enum", "namespace") for item in items)


def _is_damaged(file: ScriptFile) -> bool:
    """Tell whether a part of a module could not be read, where anything may still stand."""
    return bool(file.damaged)
