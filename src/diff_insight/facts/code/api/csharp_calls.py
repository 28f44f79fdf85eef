"""What callers of a C# method notice that takes the same types: names, defaults, how it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diff_insight.facts.code.api.item import ApiChange, Argument, Item
from diff_insight.model.messages import Value

#: Characters of a default that is told.
_LONGEST = 80


def call_changes(old: Item, new: Item, label: str) -> Iterator[ApiChange]:
    """Yield other names and defaults of parameters, and what an attribute forbids."""
    if "true" in new.marks.get("Obsolete", "") and "true" not in old.marks.get("Obsolete", ""):
        yield _change(
            "symbol.changed-now", old, new, params={"name": label, "word": "[Obsolete(…, true)]"}
        )
    if "this" in old.modifiers - new.modifiers:
        texts = {"name": label, "old": old.shown, "new": new.shown}
        yield _change("symbol.signature", old, new, params=texts)
    before, after = old.signature or (), new.signature or ()
    for argument, other in zip(before, after, strict=False) if len(before) == len(after) else ():
        if argument.name != other.name and not _is_moved(argument, other, before, after):
            # Only calls that name it fail.
            names: dict[str, Value] = {"name": label, "old": argument.name, "new": other.name}
            yield _change("symbol.parameter-renamed", old, new, certain=False, params=names)
        if argument.optional and not other.optional:
            yield _change(
                "symbol.parameter-required",
                old,
                new,
                params={"name": label, "parameters": (other.name,)},
            )
        elif _has_other_default(argument, other):
            values: dict[str, Value] = {
                "name": label,
                "parameter": other.name,
                "old": argument.default,
                "new": other.default,
            }
            yield _change("symbol.default-changed", old, new, breaking=False, params=values)


def _change(
    kind: str,
    old: Item,
    new: Item,
    /,
    *,
    breaking: bool = True,
    certain: bool = True,
    params: Mapping[str, Value],
) -> ApiChange:
    return ApiChange(
        kind=kind,
        key=old.key,
        params=params,
        base=old,
        head=new,
        breaking=breaking,
        certain=certain,
    )


def _is_moved(
    old: Argument, new: Argument, before: Sequence[Argument], after: Sequence[Argument]
) -> bool:
    """Tell whether one of two names stands elsewhere in the list."""
    return old.name in {argument.name for argument in after} or new.name in {
        argument.name for argument in before
    }


def _has_other_default(old: Argument, new: Argument) -> bool:
    short = max(len(old.default), len(new.default)) <= _LONGEST
    return bool(old.default and new.default) and old.default != new.default and short
