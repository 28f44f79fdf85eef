"""Types that a module keeps to itself and that callers of its functions write all the same: options, properties."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.script_modules import ScriptModules, ScriptPlace
from diff_insight.facts.code.api.script_types import fits

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_TYPES = ("interface", "type")


def taken_types(
    modules: ScriptModules, location: ScriptPlace, only: Collection[str] | None = None
) -> dict[str, ScriptPlace]:
    """Return the types of the same project that a function takes, by their names where it stands.

    Args:
        modules: One version of the project.
        location: The function.
        only: Names besides which nothing is looked for.
    """
    types: dict[str, ScriptPlace] = {}
    for item in modules.items(location):
        for argument in item.signature or ():
            for word in _WORD.findall(argument.type):
                known = only is None or word in only
                target = modules.local(location.path, word) if known else None
                if not isinstance(target, ScriptPlace) or not target.key:
                    continue
                if any(each.sort in _TYPES for each in modules.items(target)):
                    types[word] = target
    return types


def as_given(changes: Iterable[ApiChange]) -> Iterator[ApiChange]:
    """Yield those changes of a type that break who gives a value of it; none of them is certain."""
    for change in changes:
        old, new = change.base, change.head
        if old is None or not change.breaking or _meets_readers(change.kind):
            continue
        if change.kind == "symbol.value-type" and (
            new is None or fits(old.type, new.type) is not False
        ):
            continue
        yield replace(change, certain=False)


def _meets_readers(kind: str) -> bool:
    """Tell whether something is told that only those meet who read a value: it may be missing."""
    return kind == "symbol.member-optional"
