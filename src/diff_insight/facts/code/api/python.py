"""Python: compares what a package offers, by the names under which others import it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.python_constructors import constructor_changes
from diff_insight.facts.code.api.python_offers import SUFFIXES, Offer, PublicNames
from diff_insight.facts.code.api.python_package import (
    EXTERNAL,
    UNKNOWN,
    ModulePlace,
    PythonPackage,
    Target,
    dotted_name,
)
from diff_insight.facts.code.api.python_project import PythonProject
from diff_insight.facts.code.api.python_rules import differences
from diff_insight.facts.code.api.python_standard import is_lost_outside

#: Names in modules that are there for the module's own sake.
_OWN = re.compile(r"(?i)^(logger|log|_+|t|[a-z]{1,3}_?t(_co|_contra)?)$")
_TYPE_VARIABLE = re.compile(r"(?:\w+\.)*(?:TypeVar|ParamSpec|TypeVarTuple|getLogger)\(")
#: How deep classes stand in each other that are compared.
_DEEPEST_CLASS = 5
_CONSTRUCTOR = ("__init__", "__new__", "__call__")


def python_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what differs for those who import the packages whose files changed."""
    project = PythonProject(sides.base)
    groups: dict[tuple[str, str], list[Changed]] = defaultdict(list)
    for changed in sides.changed:
        if changed.base.endswith(SUFFIXES) and not _is_stub(changed.base, sides):
            root = project.root_of(changed.base)
            below = changed.base[len(root) + 1 :] if root else changed.base
            groups[root, below.partition("/")[0]].append(changed)
    for (root, _), files in sorted(groups.items()):
        published = project.is_published(files[0].base)
        if published is False:
            continue
        comparison = _PythonComparison(sides, project, root, files)
        for change in comparison.changes():
            certain = change.certain and published is True and sides.whole
            yield replace(change, certain=certain) if change.breaking else change


def _is_stub(path: str, sides: Sides) -> bool:
    """Tell whether a file only says how to type what a module beside it does."""
    return path.endswith(".pyi") and path.removesuffix("i") in sides.base.paths


class _PythonComparison:
    """Both versions of the modules below one folder."""

    def __init__(
        self, sides: Sides, project: PythonProject, root: str, files: Sequence[Changed]
    ) -> None:
        self._root = root
        self._files = files
        self._base = PythonPackage(sides.base, root)
        start = f"{root}/" if root else ""
        packages = {
            file.base[len(start) :].partition("/")[0]
            for file in files
            if "/" in file.base[len(start) :]
        }
        self._head = PythonPackage(sides.head, PythonProject(sides.head).root_like(root, packages))
        self._public = PublicNames(sides, project, root, files, (self._base, self._head))
        self._told: set[tuple[str, str, str]] = set()

    def changes(self) -> Iterator[ApiChange]:
        """Yield what differs, each difference once, under the name nearest to the top."""
        yield from self._once(self._undeclared_losses())
        touched = {
            location
            for changed in self._files
            for location in self._public.touched_locations(changed)
        }
        if not touched:
            return
        offers: dict[ModulePlace, list[Offer]] = defaultdict(list)
        for offer in self._public.offers(touched):
            target = self._base.lookup(offer.module, offer.name)
            if isinstance(target, ModulePlace) and target.key:
                offers[target].append(offer)
        # A class before those that inherit from it: what both have is told under its name.
        order = sorted(
            offers,
            key=lambda change: (
                change not in touched,
                *_nearest(offers[change]),
                change.path,
                change.key,
            ),
        )
        for location in order:
            names = offers[location]
            nearest = _nearest(names)
            for offer in names:
                if (not offer.shown, offer.depth) == nearest:
                    yield from self._once(self._compare(offer, location))

    def _undeclared_losses(self) -> Iterator[ApiChange]:
        """Names that a module passed on or answered to, and does not have any more.

        They break users where it listed them as its own, or answered to them by a public name; else
        only who imports them there can tell.
        """
        for changed in self._files:
            file = self._base.file(changed.base)
            if file is None or not self._public.is_public(changed.base):
                continue
            listed = file.exports or ()
            for name in dict.fromkeys((*listed, *sorted(file.passed_on), *file.answers)):
                is_answered = name in file.answers and not name.startswith("__")
                if is_answered or self._base.lookup(changed.base, name) == EXTERNAL:
                    offer = self._public.offer(changed.base, name)
                    if self._at_head(offer) is None:
                        item = Item(key=name, sort="import", path=changed.base)
                        is_public = name in listed or (is_answered and not name.startswith("_"))
                        yield replace(self._export_loss(offer, item), breaking=is_public)

    def _once(self, changes: Iterator[ApiChange]) -> Iterator[ApiChange]:
        for change in changes:
            base = change.base
            about = (base.path, base.key) if base is not None else ("", change.key)
            known = (*about, change.kind + str(change.params.get("parameter", "")))
            if known not in self._told:
                self._told.add(known)
                yield change

    def _compare(self, offer: Offer, old: ModulePlace) -> Iterator[ApiChange]:
        target = self._at_head(offer)
        item = _single_declaration(self._base.items(old))
        if item is None or target in (EXTERNAL, UNKNOWN):
            return
        if not isinstance(target, ModulePlace):
            if not _is_of_no_use(item, offer.name):
                yield self._loss(offer, old, item)
        elif target.key and self._is_unlisted(offer):
            yield self._export_loss(offer, item, certain=False)
        elif target.key:
            yield from (
                self._with_surface(change, offer) for change in self._both(offer.name, old, target)
            )

    def _both(self, name: str, old: ModulePlace, new: ModulePlace) -> Iterator[ApiChange]:
        """Compare what a public name led to with what it leads to."""
        before, after = (_single_declaration(package.items(location))
                         for package, location in ((self._base, old), (self._head, new)))  # fmt: skip
        if before is None or after is None:
            return
        yield from differences(before, after, name)
        if before.sort == after.sort == "class":
            yield from self._members(name, old, new)

    def _at_head(self, offer: Offer) -> Target:
        """Return where a public name leads now."""
        name = dotted_name(offer.module, self._root)
        module = self._head.module(name)
        if module is None:
            parent, _, last = name.rpartition(".")
            above = self._head.module(parent) if parent else None
            target = self._head.lookup(above, last) if above is not None else None
            if not isinstance(target, ModulePlace) or target.key:
                return target if isinstance(target, str) else None
            module = target.path
        file = self._head.file(module)
        if file is None:
            return UNKNOWN
        return self._head.lookup(module, offer.name)

    def _loss(self, offer: Offer, old: ModulePlace, item: Item) -> ApiChange:
        """A name that cannot be imported any more: removed, or only no longer passed on."""
        still = any(self._head.items(ModulePlace(path, old.key)) for path in self._now(old.path))
        name = f"{offer.name}()" if item.signature is not None else offer.name
        if not still:
            return self._with_surface(
                ApiChange(kind="symbol.removed", key=offer.name, params={"name": name}, base=item), offer)  # fmt: skip
        return self._export_loss(offer, item)

    def _export_loss(self, offer: Offer, item: Item, *, certain: bool = True) -> ApiChange:
        line = _line_of(self._base, offer)
        label = f"{offer.name}()" if item.signature is not None else offer.name
        return self._with_surface(ApiChange(
            kind="symbol.removed-export", key=offer.name, certain=certain,
            params={"name": label, "module": dotted_name(offer.module, self._root)},
            base=replace(item, path=offer.module, key=offer.name, start=line, end=line),
        ), offer)  # fmt: skip

    def _is_unlisted(self, offer: Offer) -> bool:
        """Tell whether `__all__` had a name and has it no longer: only who names it can still import it."""
        module = self._head.module(dotted_name(offer.module, self._root))
        file, before = self._head.file(module or ""), self._base.file(offer.module)
        if file is None or before is None or file.exports is None or file.open_exports:
            return False
        return offer.name in (before.exports or ()) and offer.name not in file.exports

    def _now(self, path: str) -> set[str]:
        """Return where a file stands now."""
        return {file.head for file in self._files if file.base == path and file.head} or {path}

    def _with_surface(self, change: ApiChange, offer: Offer) -> ApiChange:
        """Say why it is public; a module that its package does not show is so by its name alone."""
        if offer.shown:
            return change
        top = self._root_names()
        return replace(change, surface="declared", certain=change.certain and not top)

    def _root_names(self) -> bool:
        """Tell whether the package shows names at its top, so that other modules may be its own affair."""
        start = f"{self._root}/" if self._root else ""
        for top in {each_file.base[len(start) :].partition("/")[0] for each_file in self._files}:
            for end in SUFFIXES:
                file = self._base.file(f"{start}{top}/__init__{end}")
                if file is not None and (
                    file.stars or any(each_file.public for each_file in file.imports.values())
                ):
                    return True
        return False

    def _members(
        self, name: str, old: ModulePlace, new: ModulePlace, depth: int = 0
    ) -> Iterator[ApiChange]:
        """Yield what differs of the members of a class, own or inherited, and of the classes in it."""
        yield from self._bases(name, old, new)
        yield from constructor_changes(name, (self._base, self._head), (old, new))
        for member in self._base.member_names(old):
            if member.startswith("_") and member not in _CONSTRUCTOR:
                continue
            location = self._base.member(old, member)
            item = (
                _single_declaration(self._base.items(location))
                if isinstance(location, ModulePlace)
                else None
            )
            if item is None:
                continue
            target = self._head.member(new, member)
            if isinstance(target, ModulePlace):
                now = _single_declaration(self._head.items(target))
                if now is not None:
                    yield from differences(item, now, f"{name}.{member}")
                    nested = item.sort == now.sort == "class" and depth < _DEEPEST_CLASS
                    if nested and isinstance(location, ModulePlace):
                        yield from self._members(f"{name}.{member}", location, target, depth + 1)
            elif member not in _CONSTRUCTOR and not _is_of_no_use(item, member):
                yield from self._member_loss(
                    f"{name}.{member}", item, target, covered=self._is_covered(old, new)
                )

    def _member_loss(
        self, name: str, item: Item, target: Target, *, covered: bool
    ) -> Iterator[ApiChange]:
        """A member that a class no longer has, unless a base of another package may have it."""
        if target == EXTERNAL or (target == UNKNOWN and covered):
            return
        label = f"{name}()" if item.signature is not None else name
        certain = target is None and "instance" not in item.modifiers
        yield ApiChange(kind="symbol.removed", key=name, params={"name": label}, base=item,
                        certain=certain)  # fmt: skip

    def _is_covered(self, old: ModulePlace, new: ModulePlace) -> bool:
        """Tell whether a class has gained a base of another package, which may bring the member."""
        return not self._head.order(new)[1] <= self._base.order(old)[1]

    def _is_class_still(self, location: ModulePlace) -> bool:
        """Tell whether a class is still there, so that another class can have lost it as its base."""
        return any(
            item.sort == "class"
            for path in self._now(location.path)
            for item in self._head.items(ModulePlace(path, location.key))
        )

    def _bases(self, name: str, old: ModulePlace, new: ModulePlace) -> Iterator[ApiChange]:
        """Yield classes that objects no longer are."""
        before, after = self._base.order(old), self._head.order(new)
        kept = {base_after.key for base_after in after[0]}
        lost = [
            base_after.key for base_after in before[0][1:]
            if base_after.key not in kept and not base_after.key.startswith("_") and self._is_class_still(base_after)
        ]  # fmt: skip
        lost += [base for base in sorted(before[1] - after[1]) if is_lost_outside(base, after[1])]
        if lost:
            item = _single_declaration(self._base.items(old))
            yield ApiChange(kind="symbol.changed-bases", key=name, params={"name": name, "bases": tuple(lost)}, base=item,
                            head=_single_declaration(self._head.items(new)))  # fmt: skip


def _nearest(offers: Sequence[Offer]) -> tuple[bool, int]:
    """Return how near to the top of its package a thing is offered."""
    return min((not offer.shown, offer.depth) for offer in offers)


def _single_declaration(items: Sequence[Item]) -> Item | None:
    """Return the one declaration that callers meet; None where several may be it."""
    plain = [
        item
        for item in items
        if "overload" not in item.modifiers and not item.modifiers & {"setter", "deleter"}
    ]
    return plain[0] if len(plain) == 1 else None


def _is_of_no_use(item: Item, name: str) -> bool:
    """Tell whether a name is there for the module itself: a logger, a type variable, `__version__`."""
    last = name.rpartition(".")[2]
    if last.startswith("__"):
        return True
    return item.sort == "variable" and bool(_OWN.match(last) or _TYPE_VARIABLE.match(item.shown))


def _line_of(package: PythonPackage, offer: Offer) -> int:
    file = package.file(offer.module)
    if file is None:
        return 1
    imported = file.imports.get(offer.name)
    return (
        imported.line if imported is not None else file.answers.get(offer.name, file.exports_line)
    )
