"""Swift: compares the types, extensions and functions of the modules that a range touches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.class_rules import ClassStep, change_of, unit_changes
from diff_insight.facts.code.api.classes import (
    ApiUnit,
    ApiUnits,
    DeclarationFinder,
    join_units,
    near_files,
    plain,
)
from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import Sides
from diff_insight.facts.code.api.swift_reader import LOOSE, read_swift
from diff_insight.facts.code.api.swift_rules import SWIFT_HABITS

_PRIVATE = re.compile(
    r"(?i)(?:^|/)(?:[^/]*tests?|examples?|[^/]*examples?|samples?|demos?|[^/]*app|docs?|benchmarks?|plugins|scripts|tools|"
    r"pods|carthage|snippets|playgrounds?|[^/]*\.playground)/|(?:^|/)(?:main|Package(?:@[^/]*)?)\.swift$|(?:^|/)\."
)
_DECLARATION = re.compile(
    r"\b(?:class|struct|enum|protocol|actor|extension|typealias)\s+(?:[A-Z]\w*\.)*([A-Za-z_]\w*)"
)


def swift_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the modules whose files changed."""
    manifests = ("Package.swift", ".podspec")
    if sides.whole and not any(path.endswith(manifests) for path in sides.base.paths):
        return  # an application
    changed = [entry for entry in sides.changed if (entry.base or entry.head).endswith(".swift")]
    for module in sorted(
        {_module(entry.base) for entry in changed if entry.base and not _PRIVATE.search(entry.base)}
    ):
        bases = [entry.base for entry in changed if entry.base and _module(entry.base) == module]
        heads = [entry.head for entry in changed if entry.head]
        near = DeclarationFinder((".swift",), _DECLARATION, bases[0])
        before = ApiUnits(sides.base, read_swift, bases, near)
        after = ApiUnits(sides.head, read_swift, heads, near)
        for unit in list(before.units.values()):
            yield from _changes(unit, before, after)


def _changes(unit: ApiUnit, before: ApiUnits, after: ApiUnits) -> Iterator[ApiChange]:
    if unit.key == LOOSE or unit.item.sort == "extension":
        new = after.units.get(unit.key) or ApiUnit(unit.item, {})
    else:
        match = after.find(unit.key)
        if match is None or match.item.sort == "extension":
            if unit.item.public and not after.may_declare(unit.key):
                yield change_of(SWIFT_HABITS, "symbol.removed", unit.item, None)
            return
        new = match
    yield from unit_changes(ClassStep(unit, _whole(unit, new, after), before, after), SWIFT_HABITS)


def _whole(old: ApiUnit, new: ApiUnit, after: ApiUnits) -> ApiUnit:
    """Return a unit with the members that extensions in unchanged files give it."""
    missing = {plain(key) for key in old.members if key not in new.members}
    bases = {base for base in old.item.bases if base not in new.item.bases}
    come = {
        plain(key) for key in new.members if key not in old.members and old.item.sort == "protocol"
    }
    if not missing and not bases and not come:
        return new
    words = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(missing | bases | come)))})(?!\w)"
    )
    simple = old.key.rpartition(".")[2]
    for path in near_files(after.files, (".swift",), old.item.path):
        text = after.files.text(path) or ""
        if (old.key == LOOSE or simple in text) and words.search(text):
            for unit in after.parts(path):
                if unit.key == new.key:
                    new = join_units(new, unit)
                    item = replace(new.item, bases={**unit.item.bases, **new.item.bases})
                    new = replace(new, item=item)
    return new


def _module(path: str) -> str:
    parts = path.split("/")
    if "Sources" in parts:
        index = parts.index("Sources")
        return (
            "/".join(parts[: index + 2]) if index + 2 < len(parts) else "/".join(parts[: index + 1])
        )
    return "/".join(parts[:1]) if len(parts) > 1 else ""
