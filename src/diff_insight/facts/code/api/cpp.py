"""C and C++: compares the public headers that a range touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
from diff_insight.facts.code.api.cpp_reader import LOOSE, read_cpp
from diff_insight.facts.code.api.cpp_rules import CPP_HABITS
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Sides

_HEADERS = (".h", ".hh", ".hpp", ".hxx")
_PRIVATE = re.compile(
    r"(?i)(?:^|/)(?:tests?|[^/]*_tests?|examples?|samples?|docs?|benchmarks?|bench|internal|private|detail|details|impl|src|"
    r"source|third_party|3rdparty|thirdparty|vendor|deps|external|contrib|tools?|build|fuzz(?:ing)?)/|(?:^|/)\.|"
    r"(?i:_internal|_private|_impl|_detail|-internal|-private|_p)\.h"
)
_PUBLIC = re.compile(r"(?:^|/)(?:include|inc|public|Headers)/")
_DECLARATION = re.compile(
    r"\b(?:class|struct|union|enum|using|typedef\s[^;]{0,60}?)\s++(?:[A-Z_]++\s++)?(\w++)\s*+(?:final\s*+)?[:{;=]|^\}\s*(\w+);"
)


def cpp_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the headers that changed."""
    bases = [entry.base for entry in sides.changed if entry.base.endswith(_HEADERS)]
    heads = [entry.head for entry in sides.changed if entry.head.endswith(_HEADERS)]
    inner = any(_PUBLIC.search(path) for path in sides.base.paths)
    offered = {path for path in bases if _is_offered(path, inner=inner)}
    if not offered:
        return
    near = DeclarationFinder(_HEADERS, _DECLARATION, min(offered))
    before = ApiUnits(sides.base, read_cpp, sorted(offered), near)
    after = ApiUnits(
        sides.head, read_cpp, [path for path in heads if _is_offered(path, inner=inner)], near
    )
    for unit in list(before.units.values()):
        # Where the parser lost its way, nobody knows in which namespace a thing stands.
        if unit.item.public and unit.complete:
            yield from _changes(unit, before, after)


def _changes(unit: ApiUnit, before: ApiUnits, after: ApiUnits) -> Iterator[ApiChange]:
    if unit.key.rpartition("::")[2] == LOOSE:
        new = _whole(unit, after.units.get(unit.key) or ApiUnit(unit.item, {}), after)
        yield from unit_changes(
            ClassStep(_plain_names(unit, before), new, before, after), CPP_HABITS
        )
        return
    match = after.find(unit.key)
    if match is not None:
        if match.complete:
            yield from unit_changes(ClassStep(unit, match, before, after), CPP_HABITS)
        return
    space = next((after.units[key] for key in after.units if key.startswith(f"{unit.key}::")), None)
    if space is not None:
        # Its name names what holds its members, and no type any more.
        yield change_of(
            CPP_HABITS, "symbol.changed-kind", unit.item, replace(space.item, key=unit.key),
            old=unit.item.sort, new="namespace",
        )  # fmt: skip
        return
    owner = unit.key.rpartition("::")[0]
    # What stood in a type that is gone goes with it.
    inside = owner in before.units and after.find(owner) is None
    if not inside and not after.may_declare(unit.key) and not _stands(unit, after):
        yield change_of(CPP_HABITS, "symbol.removed", unit.item, None)


def _is_offered(path: str, *, inner: bool) -> bool:
    """Tell whether a header is one that others include: by its folder, or at the top where no folder is for them."""
    if _PRIVATE.search(path):
        return False
    return _PUBLIC.search(path) is not None or ("/" not in path and not inner)


def _plain_names(unit: ApiUnit, before: ApiUnits) -> ApiUnit:
    """Return a namespace without the values of enums and the aliases that its types tell."""
    types = {key.rpartition("::")[2] for key in before.units}
    members: Mapping[str, Item] = {
        key: item for key, item in unit.members.items()
        if item.sort != "value" and not (item.sort == "alias" and key in types)
    }  # fmt: skip
    return replace(unit, members=dict(members))


def _stands(unit: ApiUnit, after: ApiUnits) -> bool:
    """Tell whether a type is there as an alias, or as a name without its content."""
    owner, _, name = unit.key.rpartition("::")
    loose = after.units.get(f"{owner}::{LOOSE}" if owner else LOOSE)
    return loose is not None and name in loose.members


def _whole(old: ApiUnit, new: ApiUnit, after: ApiUnits) -> ApiUnit:
    """Return a namespace with what other headers declare of it now."""
    missing = {plain(key) for key in old.members if key not in new.members}
    missing -= {plain(key) for key in new.members}
    if not missing:
        return new
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(missing)))})(?!\w)")
    for path in near_files(after.files, _HEADERS, old.item.path):
        if words.search(after.files.text(path) or ""):
            for unit in after.parts(path):
                new = join_units(new, unit) if unit.key == new.key else new
    return new
