"""A Rust crate: finds modules in their files, and what a path means, through `pub use` and globs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import Files
from diff_insight.facts.code.api.rust_module import Module, Path, UseDeclaration
from diff_insight.facts.code.api.rust_reader import read_rust

_DEEPEST = 8


class ResolvedItem(Struct, frozen=True):
    """What a path leads to: a module, or items of one; `external` where another crate has it."""

    module: Path = ()
    name: str = ""
    items: tuple[Item, ...] = ()
    external: bool = False


_EXTERNAL = ResolvedItem(external=True)


class RustCrate:
    """One version of a crate.

    Args:
        files: Where it is read from.
        root: The path of its root file, such as `src/lib.rs`.
    """

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self.root = root
        self.folder = posixpath.dirname(root)
        self._by_file: dict[str, Module | None] = {}
        self._by_path: dict[Path, Module | None] = {}

    def module(self, path: Path) -> Module | None:
        """Return a module; None when the crate does not have it or it cannot be read."""
        if path not in self._by_path:
            self._by_path[path] = self._find(path)
        return self._by_path[path]

    def _find(self, path: Path) -> Module | None:
        if not path:
            return self.read(self.root)
        parent = self.module(path[:-1])
        child = parent.children.get(path[-1]) if parent is not None else None
        if parent is None or child is None:
            return None
        if child.module is not None:
            return child.module
        for candidate in self._files_of(path, parent, child.path):
            if candidate in self._files.paths:
                return self.read(candidate)
        return None

    def _files_of(self, path: Path, parent: Module, named: str) -> list[str]:
        if named:
            return [posixpath.normpath(posixpath.join(posixpath.dirname(parent.file), named))]
        inner = [part for part in parent.prefix.split(".") if part]
        stem = posixpath.basename(parent.file).removesuffix(".rs")
        folder = posixpath.dirname(parent.file)
        if parent.file != self.root and stem != "mod":
            folder = posixpath.join(folder, stem)
        folder = posixpath.join(folder, *inner)
        return [
            posixpath.join(folder, f"{path[-1]}.rs"),
            posixpath.join(folder, path[-1], "mod.rs"),
        ]

    def read(self, file: str) -> Module | None:
        """Return the module of a file, read once."""
        if file not in self._by_file:
            text = self._files.text(file)
            self._by_file[file] = None if text is None else read_rust(text, file)
        return self._by_file[file]

    @property
    def loaded_modules(self) -> list[Module]:
        """The modules of all files that have been read."""
        return [module for module in self._by_file.values() if module is not None]

    def path_of(self, file: str) -> Path | None:
        """Return the path of a file's module by its name; None when it is no part of the crate."""
        if file == self.root:
            return ()
        start = f"{self.folder}/" if self.folder else ""
        if not file.startswith(start):
            return None
        parts = file[len(start) :].removesuffix(".rs").split("/")
        path = tuple(parts[:-1] if parts[-1] == "mod" else parts)
        module = self.module(path)
        return path if module is not None and module.file == file else None

    def lookup(
        self, path: Path, name: str, *, public: bool = False, depth: int = 0
    ) -> ResolvedItem | None:
        """Return what a name means in a module: its own, a module, or what it takes from elsewhere.

        Args:
            path: The module.
            name: The name.
            public: Whether only what others can see counts.
            depth: How many steps have been taken.
        """
        module = self.module(path)
        if module is None or depth > _DEEPEST:
            return _EXTERNAL if depth > _DEEPEST else None
        items = tuple(item for item in module.items_named(name) if item.public or not public)
        if items:
            return ResolvedItem(path, name, items)
        child = module.children.get(name)
        if child is not None and (child.public or not public):
            return ResolvedItem((*path, name))
        uses = [use for use in module.uses if use.public or not public]
        named = next((use for use in uses if use.name == name), None)
        if named is not None:
            target = self.target(path, named, depth + 1)
            return target if target is not None else _EXTERNAL
        return self._in_globs(path, name, [use for use in uses if use.name == "*"], depth + 1)

    def _in_globs(
        self, path: Path, name: str, uses: Iterable[UseDeclaration], depth: int
    ) -> ResolvedItem | None:
        unknown = False
        for use in uses:
            base = self.target(path, use, depth)
            unknown = unknown or (base is not None and base.external)
            if base is not None and not base.external and not base.items:
                target = self.lookup(base.module, name, public=True, depth=depth)
                if target is not None and not target.external:
                    return target
                unknown = unknown or target is not None
        return _EXTERNAL if unknown else None  # another crate may have it

    def target(self, path: Path, use: UseDeclaration, depth: int = 0) -> ResolvedItem | None:
        """Return what a `use` takes; for a glob the module."""
        start = self._start(path, use, depth)
        if start is None:
            return _EXTERNAL
        target, parts = ResolvedItem(start[0]), start[1]
        for part in parts:
            if target.external or target.items:
                return target  # an associated item, or a variant of an enum
            step = self.lookup(target.module, part, depth=depth + 1)
            if step is None:
                return None
            target = step
        return target

    def _start(
        self, path: Path, use: UseDeclaration, depth: int
    ) -> tuple[Path, Sequence[str]] | None:
        """Return the module where a path begins, with the rest of it; None for another crate."""
        parts = use.path
        if parts[:1] in (("crate",), ("$crate",)):
            return (), parts[1:]
        if parts[:1] == ("self",):
            return path, parts[1:]
        at = path
        while parts[:1] == ("super",):
            at, parts = at[:-1], parts[1:]
        if at != path or not parts or self._starts_here(path, parts[0], use, depth):
            return at, parts
        root = self.module(())
        return ((), parts) if root is not None and parts[0] in root.children else None

    def _starts_here(self, path: Path, name: str, use: UseDeclaration, depth: int) -> bool:
        module = self.module(path)
        if module is None:
            return False
        if name in module.children or any(True for _ in module.items_named(name)):
            return True
        return any(
            other.name == name and other is not use and other.path[0] != name for other in module.uses
        ) and depth < _DEEPEST  # fmt: skip

    def public(self, path: Path) -> ResolvedItem | None:
        """Return what a path of others leads to, through nothing but what is public."""
        at = ResolvedItem(())
        for part in path:
            if at.external:
                return at
            if at.items:
                return None
            step = self.lookup(at.module, part, public=True)
            if step is None:
                return None
            at = step
        return at

    def resolve(self, path: Path, parts: Sequence[str]) -> ResolvedItem | None:
        """Return what a path written in a module means; None where that is unknown or another crate's."""
        use = UseDeclaration(tuple(parts), parts[-1], public=False, hidden=False, line=1)
        target = self.target(path, use) if len(parts) > 1 else self.lookup(path, parts[0])
        return None if target is None or target.external else target

    def mentions_in_macros(self, name: str) -> bool:
        """Tell whether a call of a macro has a word, and so may declare something of this name."""
        return any(
            name in inner.macro_words for module in self.loaded_modules for inner in _inner(module)
        )


def _inner(module: Module) -> Iterable[Module]:
    yield module
    for child in module.children.values():
        if child.module is not None:
            yield from _inner(child.module)


def defaults_of(features: Mapping[str, list[str]]) -> set[str]:
    """Return the features that are on by default, with those that they switch on."""
    names: set[str] = set()
    waiting = list(features.get("default", ()))
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += features.get(name, ())
    return names
