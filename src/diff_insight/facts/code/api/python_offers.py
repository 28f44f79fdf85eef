"""Which names of a Python package others can import, as far as they lead to what a range touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.python_package import ModulePlace, PythonPackage
from diff_insight.facts.code.api.python_project import PythonProject
from diff_insight.facts.code.api.python_reader import PythonFile
from diff_insight.facts.code.api.python_rules import differences

#: Files of a package that are searched for names that they pass on.
MOST_FILES = 1500
SUFFIXES = (".py", ".pyi")


class Offer(Struct, frozen=True):
    """A name that others can import: from which module, and whether a package's own face shows it."""

    module: str
    name: str
    shown: bool

    @property
    def depth(self) -> int:
        """How far below the top it stands."""
        return self.module.count("/") - self.module.endswith(("__init__.py", "__init__.pyi"))


class PublicNames:
    """The names that others can import from the modules below one folder.

    Args:
        sides: Both versions of the project.
        project: What its manifests say.
        root: The folder.
        files: The changed files below it.
        packages: The modules before and after.
    """

    def __init__(
        self, sides: Sides, project: PythonProject, root: str, files: Sequence[Changed],
        packages: tuple[PythonPackage, PythonPackage],
    ) -> None:  # fmt: skip
        self._sides = sides
        self._project = project
        self._root = root
        self._files = files
        self._base, self._head = packages

    def touched_locations(self, changed: Changed) -> Iterator[ModulePlace]:
        """Yield the names at the top of a changed module that may mean something else now."""
        base = self._base.file(changed.base)
        if base is None or (changed.head and self._head.is_broken(changed.head)):
            return
        head = self._head.file(changed.head) if changed.head else None
        moved = changed.head != changed.base
        names: set[str] = set()
        for key, olds in base.items.items():
            news = head.items.get(key, []) if head is not None and not moved else []
            if not news or any(
                a.bases != b.bases or next(differences(a, b, key), None) is not None
                for a, b in zip(olds, news, strict=False)
            ):
                names.add(key.partition(".")[0])
        if head is not None:
            # A class whose first constructor comes may ask for more than before.
            come = head.items.keys() - base.items.keys()
            names |= {key.partition(".")[0] for key in come if key.endswith(".__init__")}
        names |= set(_dropped_names(base, head if not moved else None))
        for star in base.stars:
            gone = head is None or moved or all(
                (head_star.module, head_star.level) != (star.module, star.level) for head_star in head.stars
            )  # fmt: skip
            inner = self._base.target(changed.base, star) if gone else None
            names |= set(self._base.names(inner)) if inner is not None else set()
        for name in names:
            yield ModulePlace(changed.base, name)

    def offers(self, touched: set[ModulePlace]) -> Iterator[Offer]:
        """Yield the public names that lead to something touched, or to a class that inherits from it."""
        for location in touched:
            file = self._base.file(location.path)
            if (
                file is not None
                and self.is_public(location.path)
                and location.key in _offered_names(self._base, location.path)
            ):
                yield self.offer(location.path, location.key)
        words = {
            name_there
            for location in touched
            for name_there in (location.key, _stem(location.path))
        }
        for path in self._modules(words):
            for name in _offered_names(self._base, path):
                if ModulePlace(path, name) in touched:
                    continue
                target = self._base.lookup(path, name)
                if isinstance(target, ModulePlace) and target.key and self._leads(target, touched):
                    yield self.offer(path, name)

    def _leads(self, target: ModulePlace, touched: set[ModulePlace]) -> bool:
        if target in touched:
            return True
        items = self._base.items(target)
        if not any(item.sort == "class" for item in items):
            return False
        return not touched.isdisjoint(self._base.order(target)[0])

    def _modules(self, words: set[str]) -> Iterator[str]:
        """Yield the public modules that hold one of some words."""
        if not self._sides.whole:
            return
        start = f"{self._root}/" if self._root else ""
        tops = {changed.base[len(start) :].partition("/")[0] for changed in self._files}
        paths = [
            path for path in self._sides.base.paths
            if path.endswith(SUFFIXES) and path.startswith(start)
            and path[len(start) :].partition("/")[0] in tops and self.is_public(path)
        ]  # fmt: skip
        paths.sort(key=lambda path: (not path.endswith("__init__.py"), path.count("/"), path))
        pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(words)))
        for path in paths[:MOST_FILES]:
            text = self._sides.base.text(path)
            if text is not None and pattern.search(text):
                yield path

    def is_public(self, path: str) -> bool:
        """Tell whether a module is one for others."""
        return self._project.is_offered(path)

    def offer(self, path: str, name: str) -> Offer:
        """Return a name of a module as others import it."""
        file = self._base.file(path)
        package = path.endswith(("__init__.py", "__init__.pyi"))
        listed = file is not None and file.exports is not None and name in file.exports
        return Offer(path, name, package or listed)


def _dropped_names(base: PythonFile, head: PythonFile | None) -> Iterator[str]:
    """Yield names that a module took from others, or listed, and does not any more."""
    for name, imported in base.imports.items():
        now = head.imports.get(name) if head is not None else None
        if now is None or (now.module, now.level, now.name) != (
            imported.module,
            imported.level,
            imported.name,
        ):
            yield name
    if base.exports is not None:
        listed = set(head.exports or ()) if head is not None else set[str]()
        if head is None or head.exports is not None or base.exports:
            yield from (name for name in base.exports if name not in listed)


def _offered_names(package: PythonPackage, path: str) -> list[str]:
    return list(dict.fromkeys(package.names(path)))


def _stem(path: str) -> str:
    parts = re.sub(r"\.pyi?$", "", path).removesuffix("/__init__").split("/")
    return parts[-1]
