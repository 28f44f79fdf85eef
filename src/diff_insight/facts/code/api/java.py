"""Java: compares the types that a range touches, by their qualified names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.java_project import JavaProject, Type, item_owner
from diff_insight.facts.code.api.java_rules import Step, removed, type_changes
from diff_insight.facts.code.api.project import Sides

_PRIVATE = re.compile(r"(?:^|/)(?:internal|impl|shaded|generated|test|androidTest|jmh|testFixtures|it)/")
_EXPORTS = re.compile(r"\bexports\s+([\w.]+)\s*(?:;|(to)\b)")
_MODULE = re.compile(r"\bmodule\s+[\w.]+\s*\{")


def java_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the types whose files changed."""
    base, head = JavaProject(sides.base), JavaProject(sides.head)
    gained = _types_of(head, [one.head for one in sides.changed])
    exports = _Exports(sides)
    for changed in sides.changed:
        if not changed.base.endswith(".java") or _PRIVATE.search(changed.base):
            continue
        file = base.file(changed.base)
        if file is None or not exports.has(changed.base, file.package):
            continue
        after = head.types(changed.head) if changed.head else {}
        damaged = head.file(changed.head).damaged if after and head.file(changed.head) else []  # type: ignore[union-attr]
        for key, old in base.types(changed.base).items():
            new = after.get(key)
            if new is None or (changed.head and _package(head, changed.head) != file.package):
                new = gained.get(f"{file.package}.{key}")
            if new is not None:
                for change in type_changes(Step(base, head, old, new)):
                    if change.head is not None or not damaged:
                        yield change
            elif old.item.public and not damaged and not _owner_is_gone(old, after, gained, file.package):
                yield removed(old.item)


def _package(project: JavaProject, path: str) -> str:
    file = project.file(path)
    return file.package if file is not None else ""


def _owner_is_gone(old: Type, after: dict[str, Type], gained: dict[str, Type], package: str) -> bool:  # type: ignore[type-arg]
    owner = item_owner(old.item)
    return bool(owner) and owner not in after and f"{package}.{owner}" not in gained


def _types_of(project: JavaProject, paths: list[str]) -> dict[str, Type]:
    found: dict[str, Type] = {}
    for path in paths:
        if path.endswith(".java"):
            package = _package(project, path)
            found |= {f"{package}.{key}": type_ for key, type_ in project.types(path).items()}
    return found


class _Exports:
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
