"""The modules of a Python package and how their names lead to each other: imports, star imports, base classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join

from msgspec import Struct

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import Files
from diff_insight.facts.code.api.python_reader import Imported, PythonFile, read_python
from diff_insight.facts.code.api.python_standard import standard_class

_DEEPEST = 24
_ENDS = (".py", ".pyi")
#: Bases outside of the package that bring no names which an own member could hide.
_EMPTY_BASES = frozenset("Generic Protocol NamedTuple TypedDict Struct BaseModel".split())


class ModulePlace(Struct, frozen=True):
    """Where a name leads: the key of a declaration in a file, or a module where the key is empty."""

    path: str
    key: str = ""


#: What a name leads to: a place, nothing, something of another package, or what cannot be known.
EXTERNAL, UNKNOWN = "external", "unknown"
Target = ModulePlace | str | None


class PythonPackage:
    """One version of the modules below a folder.

    Args:
        files: The files of the version.
        root: The folder from which absolute imports begin.
    """

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self._read: dict[str, PythonFile | None] = {}
        self._orders: dict[ModulePlace, tuple[tuple[ModulePlace, ...], frozenset[str]]] = {}

    def file(self, path: str) -> PythonFile | None:
        """Return a module; None when it is not there or cannot be read."""
        if path not in self._read:
            text = self._files.text(path)
            self._read[path] = None if text is None else read_python(text, path)
        return self._read[path]

    def is_broken(self, path: str) -> bool:
        """Tell whether a module is there and cannot be read."""
        return path in self._files.paths and self.file(path) is None

    def module(self, name: str) -> str | None:
        """Return the file of a module by its dotted name."""
        return self._module_at(join(self._root, *name.split(".")) if name else self._root)

    def target(self, path: str, imported: Imported) -> str | None:
        """Return the file of the module that an import names; None where it is another package's."""
        if imported.level == 0:
            return self.module(imported.module)
        folder = dirname(path)
        for _ in range(imported.level - 1):
            folder = dirname(folder)
        parts = imported.module.split(".") if imported.module else []
        return self._module_at(join(folder, *parts))

    def lookup(self, path: str, name: str, depth: int = 0) -> Target:
        """Return where a name of a module leads."""
        file = self.file(path)
        if file is None or depth > _DEEPEST:
            return UNKNOWN
        if name in file.items:
            return self._alias(path, name, file.items[name], depth)
        if name in file.imports:
            return self._resolve_import(path, file.imports[name], depth)
        target = self._resolve_star(path, file, name, depth)
        if target is not None:
            return target
        if basename(path).startswith("__init__."):
            below = self._module_at(join(dirname(path), name))
            if below is not None:
                return ModulePlace(below)
        return UNKNOWN if "" in file.dynamic or name in file.answers else None

    def resolve_dotted(self, path: str, name: str) -> Target:
        """Return where `a.b.C` leads from within a module."""
        first, *rest = name.split(".")
        target = self.lookup(path, first)
        for part in rest:
            if not isinstance(target, ModulePlace):
                return target
            if target.key:
                return self._member_place(target, part)
            target = self.lookup(target.path, part)
        return target

    def names(self, path: str, depth: int = 0) -> Iterator[str]:
        """Yield the names that a module offers to others."""
        file = self.file(path)
        if file is None or depth > _DEEPEST:
            return
        if file.exports is not None:
            yield from file.exports
            if not file.open_exports:
                return
        yield from (name for name in file.items if "." not in name and file.public_name(name))
        yield from (name for name in file.imports if file.public_name(name))
        for star in file.stars:
            inner = self.target(path, star)
            if inner is not None and (basename(path).startswith("__init__.") or file.open_exports):
                yield from self.names(inner, depth + 1)

    def items(self, location: ModulePlace) -> list[Item]:
        """Return the declarations at a place."""
        file = self.file(location.path)
        return file.items.get(location.key, []) if file is not None else []

    def order(self, location: ModulePlace) -> tuple[tuple[ModulePlace, ...], frozenset[str]]:
        """Return the classes in which a member is looked for, and bases of other packages; `?` is an unknown one."""
        if location not in self._orders:
            classes: dict[ModulePlace, None] = {}
            outside: set[str] = set()
            self._collect(location, classes, outside, 0)
            self._orders[location] = tuple(classes), frozenset(outside)
        return self._orders[location]

    def member(self, location: ModulePlace, name: str) -> Target:
        """Return where a class has a member, itself or from a base."""
        member_location = self._member_place(location, name)
        if member_location is not None:
            return member_location
        classes, outside = self.order(location)
        for class_ in classes:
            file = self.file(class_.path)
            if file is not None and class_.key in file.dynamic:
                return UNKNOWN
        unsure = False
        for base in outside:
            known = standard_class(base)
            if known is not None and hasattr(known, name) and not hasattr(object, name):
                return EXTERNAL
            if known is None and base.rpartition(".")[2] not in _EMPTY_BASES:
                unsure = True
        return UNKNOWN if unsure else None

    def _member_place(self, location: ModulePlace, name: str) -> ModulePlace | None:
        for class_ in self.order(location)[0]:
            file = self.file(class_.path)
            key = f"{class_.key}.{name}"
            if file is not None and key in file.items:
                return ModulePlace(class_.path, key)
        return None

    def member_names(self, location: ModulePlace) -> list[str]:
        """Return the names of all members of a class that the package declares."""
        names: dict[str, None] = {}
        for class_ in self.order(location)[0]:
            file = self.file(class_.path)
            start = f"{class_.key}."
            for key in file.items if file is not None else ():
                if key.startswith(start) and "." not in key[len(start) :]:
                    names[key[len(start) :]] = None
        return list(names)

    def _collect(
        self, location: ModulePlace, classes: dict[ModulePlace, None], outside: set[str], depth: int
    ) -> None:
        classes.pop(location, None)
        classes[location] = None
        for item in self.items(location):
            for base in item.bases:
                target = self.resolve_dotted(location.path, base) if depth < _DEEPEST else UNKNOWN
                if isinstance(target, ModulePlace) and any(
                    declared_item.sort == "class" for declared_item in self.items(target)
                ):
                    if target != location:
                        self._collect(target, classes, outside, depth + 1)
                else:
                    outside.add(base if target == EXTERNAL or standard_class(base) else "?")

    def _alias(self, path: str, name: str, items: list[Item], depth: int) -> Target:
        """Follow `Name = Other`, where that is all there is under a name."""
        if len(items) == 1 and "alias" in items[0].modifiers and "." not in items[0].shown:
            target = (
                self.lookup(path, items[0].shown, depth + 1) if items[0].shown != name else None
            )
            if isinstance(target, ModulePlace) and target.key:
                return target
        return ModulePlace(path, name)

    def _resolve_import(self, path: str, imported: Imported, depth: int) -> Target:
        module = self.target(path, imported)
        if module is None:
            return EXTERNAL if imported.level == 0 else UNKNOWN
        if not imported.name:
            return ModulePlace(module)
        if module == path:  # `from . import name` within the package's own __init__
            below = self._module_at(join(dirname(path), imported.name))
            return ModulePlace(below) if below is not None else UNKNOWN
        return self.lookup(module, imported.name, depth + 1)

    def _resolve_star(self, path: str, file: PythonFile, name: str, depth: int) -> Target:
        unsure: Target = None
        for star in file.stars:
            module = self.target(path, star)
            if module is None:
                unsure = UNKNOWN
                continue
            inner = self.file(module)
            if (
                inner is None
                or inner.exports is None
                or name in inner.exports
                or inner.open_exports
            ):
                hidden = name.startswith("_") and (inner is None or inner.exports is None)
                target = None if hidden else self.lookup(module, name, depth + 1)
                if target is not None:
                    return target
        return unsure

    def _module_at(self, stem: str) -> str | None:
        for end in _ENDS:
            for path in (f"{stem}/__init__{end}", f"{stem}{end}"):
                if path in self._files.paths:
                    return path
        return None


_UP = re.compile(r"\.pyi?$")


def dotted_name(path: str, root: str) -> str:
    """Return the dotted name of a module by its file."""
    below = _UP.sub("", path[len(root) + 1 :] if root else path)
    return below.removesuffix("/__init__").replace("/", ".")
