"""What callers of a C# method notice that takes the same types: names, defaults, how it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.facts.code.api.item import ApiChange, Argument, Item

#: Characters of a default that is told.
_LONGEST = 80


def call_changes(old: Item, new: Item, label: str) -> Iterator[ApiChange]:
    """Yield other names and defaults of parameters, and what an attribute forbids."""

    def change(
        kind: str, *, breaking: bool = True, certain: bool = True, **params: str | tuple[str, ...]
    ) -> ApiChange:
        return ApiChange(
            kind=kind, key=old.key, params={"name": label, **params}, base=old, head=new, breaking=breaking,
            certain=certain,
        )  # fmt: skip

    if "true" in new.marks.get("Obsolete", "") and "true" not in old.marks.get("Obsolete", ""):
        yield change("symbol.changed-now", word="[Obsolete(…, true)]")
    if "this" in old.modifiers - new.modifiers:
        yield change("symbol.changed-no-longer", word="this")
    before, after = old.signature or (), new.signature or ()
    if len(before) != len(after):
        return
    for argument, other in zip(before, after, strict=True):
        if argument.name != other.name and not _is_moved(argument, other, before, after):
            # Only calls that name it fail.
            yield change(
                "symbol.parameter-renamed", certain=False, old=argument.name, new=other.name
            )
        if argument.optional and not other.optional:
            yield change("symbol.parameter-required", parameters=(other.name,))
        elif _has_other_default(argument, other):
            yield change(
                "symbol.default-changed",
                breaking=False,
                parameter=other.name,
                old=argument.default,
                new=other.default,
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
