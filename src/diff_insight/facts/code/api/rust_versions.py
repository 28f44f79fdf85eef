"""Both versions of one crate, with the modules whose files changed and what others reach of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.rust_crate import ResolvedItem, RustCrate, defaults_of
from diff_insight.facts.code.api.rust_manifest import CargoManifest
from diff_insight.facts.code.api.rust_module import TYPES, Impl, Module, Path
from diff_insight.facts.code.api.rust_public_paths import CrateExports
from diff_insight.facts.code.api.rust_reader import all_modules

#: A name of a type that no path stands before.
_TYPE = re.compile(r"(?<![\w:])[A-Z]\w*+")


class Versions:
    """Both versions of one crate.

    Args:
        sides: The files.
        old: The manifest before.
        new: The manifest after.
        files: The files of the crate that changed.
    """

    def __init__(
        self, sides: Sides, old: CargoManifest, new: CargoManifest, files: Sequence[Changed]
    ) -> None:
        self.base, self.head = RustCrate(sides.base, old.root), RustCrate(sides.head, new.root)
        self.defaults = frozenset(defaults_of(new.features))
        #: The modules of the base whose files changed.
        self.places: dict[Path, Module] = {}
        for changed in files:
            module_path = self.base.path_of(changed.base) if changed.base.endswith(".rs") else None
            if module_path is not None and (module := self.base.module(module_path)) is not None:
                self.places.update(all_modules(module, module_path))
            if changed.head.endswith(".rs") and self.head.path_of(changed.head) is not None:
                self.head.read(changed.head)
        self.exports = CrateExports(self.base, self.places)

    def heads(self) -> Iterator[Module]:
        """Yield every module of the head that has been read."""
        for module in self.head.loaded_modules:
            yield from (inner for _, inner in all_modules(module))

    def implementations(self, type_: str) -> list[Impl]:
        """Return the blocks of the head that implement a type, by its name."""
        return [impl for impl, name in self.named_implementations() if name == type_]

    def named_implementations(self) -> Iterator[tuple[Impl, str]]:
        """Yield the blocks of the head with the name of their type, whatever a `use` calls it there."""
        for module in self.heads():
            aliases = {
                use.name: use.path[-1] for use in module.uses if use.path and use.name != "*"
            }
            for impl in module.impls:
                yield impl, aliases.get(impl.type, impl.type)

    def now_under(self, shown: Path, home: Path) -> ResolvedItem | None:
        """Return what others reach under a path now.

        Args:
            shown: The path.
            home: The module that held it before: of several that take one name, each on a platform of
                its own, it is the one to compare with.
        """
        target = self.head.public(shown)
        if target is None or target.external or target.module == home:
            return target
        parent = self.head.public(shown[:-1])
        if parent is None or parent.external or parent.items:
            return target
        module = self.head.module(parent.module)
        takers = [use for use in module.uses if use.name == shown[-1]] if module is not None else []
        if len(takers) < 2:
            return target
        same = (self.head.target(parent.module, use) for use in takers if use.public)
        return next((other for other in same if other and other.module == home), target)

    def after(self, shown: Path, space: str, home: Path) -> list[tuple[Path, Item]] | None:
        """Return what others reach under a path now; None where that cannot be known."""
        exports = self.now_under(shown, home)
        if exports is None:
            return None if self.head.mentions_in_macros(shown[-1]) else []
        if exports.external:
            return None
        items = [(exports.module, item) for item in exports.items]
        # Another thing of the same name may have taken its place.
        return [candidate for candidate in items if namespace(candidate[1]) == space] or items

    def members(self, crate: RustCrate, path: Path, item: Item) -> Sequence[Item]:
        """Return the fields, variants or what a trait asks for."""
        module = crate.module(path)
        items = module.members.get(item.name, []) if module is not None else []
        return [candidate for candidate in items if candidate.key.startswith(f"{item.key}.")]

    def is_sealed(self, crate: RustCrate, path: Path, trait: Item, members: Sequence[Item]) -> bool:
        """Tell whether a trait asks for something that nobody else can name."""
        if any("hidden" in member.marks and not member.provided for member in members):
            return True
        if any(
            not member.provided
            and ("private::" in member.shown or self.has_unnameable(crate, path, member))
            for member in members
        ):
            return True
        return any(self._is_out_of_reach(crate, path, shown) for shown in trait.bases.values())

    def has_unnameable(self, crate: RustCrate, path: Path, member: Item) -> bool:
        """Tell whether a member of a trait takes or returns a type of the crate that others cannot name."""
        own = {generic.name for generic in member.generics}
        words = _TYPE.findall(" ".join((*(member.parameters or ()), member.type)))
        return any(
            self._is_type_out_of_reach(crate, path, word)
            for word in dict.fromkeys(words)
            if word not in own
        )

    def _is_type_out_of_reach(self, crate: RustCrate, path: Path, name: str) -> bool:
        target = crate.resolve(path, (name,))
        if target is None or not any(item.sort in TYPES for item in target.items):
            return False
        if crate is self.base and target.module in self.places:
            return not self.exports.paths_of(target.module, target.name)
        return not target.items[0].public

    def _is_out_of_reach(self, crate: RustCrate, path: Path, trait: str) -> bool:
        parts = [part.strip() for part in trait.partition("<")[0].split("::")]
        if "Sealed" in parts[-1] or not {"private", "sealed", "__private"}.isdisjoint(parts[:-1]):
            return True
        target = crate.resolve(path, parts)
        if target is None or not target.items:
            return False
        if crate is self.base and target.module in self.places:
            return not self.exports.paths_of(target.module, target.name)
        return not target.items[0].public


def namespace(item: Item) -> str:
    """Return the space of names that an item is in: a type and a function may share one."""
    if item.sort in TYPES:
        return "type"
    return "macro" if item.sort == "macro" else "value"
