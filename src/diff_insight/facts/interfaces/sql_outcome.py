"""What the steps of a migration come to, where later ones are about what earlier ones of it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from diff_insight.facts.interfaces.sql_steps import SqlStep

#: What a step says of a column that nobody had before; it is then what the column came as.
_OF_OLD_ONES = frozenset(("retyped", "renamed", "removed", "undefaulted"))


def outcome(steps: Iterable[SqlStep]) -> Iterator[SqlStep]:
    """Yield what the steps do to those who knew the tables before.

    A column that is added, filled and limited afterwards came limited; a primary key that goes for
    another one to take its place is not gone.
    """
    steps = list(steps)
    fresh = {
        _key(step): step
        for step in steps
        if step.thing == "column" and (step.how == "added" or step.fresh)
    }
    keyed = {step.within.lower() or step.name.lower() for step in steps if _makes_primary_key(step)}
    required: set[tuple[str, str]] = {
        _key(step) for step in fresh.values() if step.how == "required"
    }
    for step in steps:
        added = fresh.get(_key(step)) if step.thing == "column" else None
        replaced = (
            step.how == "removed" and step.thing == "constraint" and step.within.lower() in keyed
        )
        if replaced or (step.how == "added" and step.thing == "constraint"):
            continue
        if added is None or added is step:
            yield step
            continue
        must = step.how == "required" and not added.filled
        must = must or (step.how == "undefaulted" and added.must)
        if must and _key(step) not in required:
            required.add(_key(step))
            yield replace(step, how="required", fresh=True)
        elif step.how not in _OF_OLD_ONES and step.how != "required":
            yield step


def _key(step: SqlStep) -> tuple[str, str]:
    return step.within.lower(), step.name.lower()


def _makes_primary_key(step: SqlStep) -> bool:
    limits = step.how == "limited" and step.new.upper().startswith("PRIMARY")
    return limits or (step.how == "added" and step.thing == "constraint")
