"""PHP: compares the types, functions and constants that a range touches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from diff_insight.facts.code.api.class_rules import ClassStep, change_of, unit_changes
from diff_insight.facts.code.api.classes import ApiUnit, ApiUnits, join_units, named_files
from diff_insight.facts.code.api.homes import moved_home, new_homes
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.php_reader import LOOSE, read_php
from diff_insight.facts.code.api.php_rules import PHP_HABITS, label_of
from diff_insight.facts.code.api.project import Files, Sides, folders_above

#: A folder with a capital is a part of a namespace, as in `src/Database`; without one it holds scripts, as `database` does.
_PRIVATE = re.compile(
    r"(?:^|/)(?:(?i:tests?|[^/]*fixtures?|examples?|samples?|docs?|benchmarks?|resources|internal)|bin|tools?|stubs?|database|"
    r"config|public|templates|views|bootstrap|routes|var|vendor)/|(?i:Test|TestCase|_test)\.php$|^\.|/\."
)


def php_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the code whose files changed."""
    bases = [entry.base for entry in sides.changed if entry.base.endswith(".php")]
    heads = [entry.head for entry in sides.changed if entry.head.endswith(".php")]
    near = named_files((".php",))
    before, after = (
        ApiUnits(sides.base, read_php, bases, near),
        ApiUnits(sides.head, read_php, heads, near),
    )
    had, has = ({key: unit.item for key, unit in side.units.items()} for side in (before, after))
    homes = new_homes(had, has, "\\")
    for unit in list(before.units.values()):
        if _PRIVATE.search(unit.item.path) or not _is_published(sides.base, unit.item.path):
            continue
        if unit.key.rpartition("\\")[2] == LOOSE:
            new = after.units.get(unit.key) or ApiUnit(unit.item, {})
            yield from unit_changes(
                ClassStep(unit, _with_rest(unit, new, after), before, after), PHP_HABITS
            )
        else:
            yield from _type_changes(unit, before, after, homes.get(unit.key, ""))


def _type_changes(
    unit: ApiUnit, before: ApiUnits, after: ApiUnits, home: str
) -> Iterator[ApiChange]:
    new = after.find(unit.key)
    if new is None and home and unit.item.public and not after.may_declare(unit.key):
        spaces = (unit.key.rpartition("\\")[0], home.rpartition("\\")[0])
        yield moved_home(label_of(unit.item), unit.item, after.units[home].item, spaces)
    elif new is None:
        if unit.item.public and not after.may_declare(unit.key):
            yield change_of(PHP_HABITS, "symbol.removed", unit.item, None)
    elif new.item.sort != "extension":
        yield from unit_changes(ClassStep(unit, new, before, after), PHP_HABITS)


def _with_rest(old: ApiUnit, new: ApiUnit, after: ApiUnits) -> ApiUnit:
    """Return the functions of a namespace with those that other files of the head declare now."""
    missing = {re.sub(r"\W", "", key) for key in old.members if key not in new.members}
    if not missing:
        return new
    pattern = re.compile(
        rf"\b(?:function\s+&?|const\s+|define\(\W*)(?:{'|'.join(sorted(missing))})\b"
    )
    for path in sorted(after.files.paths)[:5000]:
        if path.endswith(".php") and re.search(r"(?i)func|help|const|init|boot", path):
            text = after.files.text(path) or ""
            if pattern.search(text):
                for unit in after.parts(path):
                    new = join_units(new, unit) if unit.key == new.key else new
    return new


def _is_published(files: Files, path: str) -> bool:
    """Tell whether the package that holds a file is one that others install."""
    for folder in folders_above(path):
        text = files.text(f"{folder}/composer.json" if folder else "composer.json")
        if text is not None:
            try:
                document = json.loads(text)
            except ValueError:
                return True
            return not isinstance(document, dict) or document.get("type") != "project"
    return False


__all__ = ["Item", "label_of", "php_changes"]
