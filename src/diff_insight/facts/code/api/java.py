"""Java: compares the types that a range touches, by their qualified names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.homes import moved_home, new_homes
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.java_members import JavaStep
from diff_insight.facts.code.api.java_project import JavaProject, JavaType, item_owner
from diff_insight.facts.code.api.java_publishing import is_published
from diff_insight.facts.code.api.java_reader import JavaFile
from diff_insight.facts.code.api.java_rules import removal, type_changes
from diff_insight.facts.code.api.jvm_siblings import declares_elsewhere
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.file_types import without_package

_PRIVATE = re.compile(r"(?:^|/)(?:internal|impl|shaded|generated)/")
#: Sets of sources beside that of the library. Below the folder of sources these are parts of packages: `it.acme.test`.
_BESIDE = re.compile(r"(?:^|/)(?:tests?|androidTest|jmh|testFixtures|it)/")
#: What is built to be looked at or measured. Below the folder of sources these are parts of packages: `org.example`.
_ASIDE = re.compile(r"(?:^|/)(?:examples?|samples?|demos?|docs?|benchmarks?)/")
_EXPORTS = re.compile(r"\bexports\s+([\w.]+)\s*(?:;|(to)\b)")
_MODULE = re.compile(r"\bmodule\s+[\w.]+\s*\{")


def java_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the types whose files changed."""
    comparison = _JavaComparison(sides)
    for changed in sides.changed:
        if changed.base.endswith(".java") and not _is_apart(changed.base):
            differences = list(comparison.changes(changed))
            if differences and is_published(sides.base, changed.base):
                yield from differences


def _is_apart(path: str) -> bool:
    """Tell whether a file is of no library, by the folders that it stands in."""
    above, source, _ = f"/{path}".partition("/src/")
    return bool(_PRIVATE.search(path) or _BESIDE.search(without_package(path))
                or _ASIDE.match(f"{path.partition('/')[0]}/")
                or (source and _ASIDE.search(f"{above}/")))  # fmt: skip


class _JavaComparison:
    """Both versions of the project."""

    def __init__(self, sides: Sides) -> None:
        self._base, self._head = JavaProject(sides.base), JavaProject(sides.head)
        self._files = sides.head
        self._exports = _ModuleExports(sides)
        self._gained: dict[str, JavaType] = {}
        had: dict[str, Item] = {}
        for changed in sides.changed:
            for path, project in ((changed.base, self._base), (changed.head, self._head)):
                # What a rename moves to the tests is of no library any more.
                left = project is self._head and _is_apart(path) and not _is_apart(changed.base)
                file = project.file(path) if path.endswith(".java") and not left else None
                package = file.package if file is not None else ""
                for key, type_ in project.types(path).items() if file is not None else ():
                    if project is self._head:
                        self._gained[f"{package}.{key}"] = type_
                    else:
                        had[f"{package}.{key}"] = type_.item
        has = {key: type_.item for key, type_ in self._gained.items()}
        self._homes = new_homes(had, has)

    def changes(self, changed: Changed) -> Iterator[ApiChange]:
        """Yield what breaks users of the types of a file."""
        file = self._base.file(changed.base)
        if file is None or not self._exports.has(changed.base, file.package):
            return
        if any(type_.item.public for type_ in self._base.types(changed.base).values()):
            yield from self._changes(changed, file)

    def _changes(self, changed: Changed, file: JavaFile) -> Iterator[ApiChange]:
        now = self._head.file(changed.head) if changed.head else None
        damaged = now is not None and bool(now.damaged)
        for key, old in self._base.types(changed.base).items():
            new = self._gained.get(f"{file.package}.{key}")
            if new is None:
                gone = old.item.public and not damaged
                home = self._homes.get(f"{file.package}.{key}", "")
                if gone and home:
                    spaces = (file.package, home.removesuffix(f".{key}"))
                    yield moved_home(key, old.item, self._gained[home].item, spaces)
                elif (
                    gone
                    and not self._is_within_gone(old, file.package)
                    and not declares_elsewhere(self._files, file.package, key)
                ):
                    yield removal(old.item)
                continue
            for change in type_changes(JavaStep(self._base, self._head, old, new)):
                if change.head is not None or not damaged:
                    yield change

    def _is_within_gone(self, old: JavaType, package: str) -> bool:
        owner = item_owner(old.item)
        return bool(owner) and f"{package}.{owner}" not in self._gained


class _ModuleExports:
    """Which packages the module of a file gives to others, where it says so."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._modules = [path for path in sides.base.paths if path.endswith("/module-info.java")]

    def has(self, path: str, package: str) -> bool:
        """Tell whether others can use a package; True where no module says anything."""
        for module in self._modules:
            root = module.removesuffix("module-info.java")
            if not path.startswith(root):
                continue
            text = self._sides.base.text(module) or ""
            if not _MODULE.search(text):
                return True
            return any(name == package and not to for name, to in _EXPORTS.findall(text))
        return True
