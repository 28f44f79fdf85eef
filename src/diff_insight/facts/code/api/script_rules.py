"""What of two versions of a JavaScript or TypeScript name breaks the code that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item, TypeParameter
from diff_insight.facts.code.api.script_calls import (
    SHOWN,
    Variables,
    change_of,
    signature_differences,
)
from diff_insight.facts.code.api.script_types import fits, is_same, most_taken, parts_of

#: Sorts that are there at run time, and those that the compiler alone knows.
_TYPES = ("interface", "type")
_CALLED = ("function", "method")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_WIDTH = {"private": 0, "protected": 1, "public": 2}


class Scope(Struct, frozen=True):
    """Type parameters of the types around a member, before and after."""

    before: tuple[TypeParameter, ...] = ()
    after: tuple[TypeParameter, ...] = ()


NO_SCOPE = Scope()


def differences(
    olds: Sequence[Item], news: Sequence[Item], name: str, scope: Scope = NO_SCOPE
) -> Iterator[ApiChange]:
    """Yield what differs for those who use a name.

    Args:
        olds: Its declarations before.
        news: Its declarations after.
        name: How it is called in a report.
        scope: The type parameters of its owner.
    """
    for before, after in _sides(olds, news):
        old, new = before[0], after[0]
        variables, renamed = _variables(old, new, scope)
        after = [_in_words_of(item, renamed) for item in after]  # noqa: PLW2901
        yield from (
            _with_names(change, name, old, new)
            for change in _compare_overloads(before, after, variables)
        )


def _compare_overloads(
    before: Sequence[Item], after: Sequence[Item], variables: Variables
) -> Iterator[ApiChange]:
    old, new = before[0], after[0]
    called = old.signature is not None and new.signature is not None
    if old.sort != new.sort and not called:
        yield from _kind(before, after)
        if not {old.sort, new.sort} <= {*_TYPES, "class"}:
            return
    yield from _modifiers(old, new)
    yield from _generics(old, new)
    yield from _enum_value(old, new)
    yield from _value_type(old, new, variables)
    yield from _bases(old, new)
    if not called:
        return
    if len(before) == len(after) == 1:
        yield from signature_differences(old, new, variables)
    else:
        yield from _overloads(before, after, variables)


def _sides(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item]]]:
    """Yield the declarations that are compared: those of the class apart from those of its objects."""
    mixed = any(len({"static" in item.modifiers for item in side}) > 1 for side in (olds, news))
    for static in (False, True) if mixed else (None,):
        before, after = (
            _visible(
                [item for item in side if static is None or ("static" in item.modifiers) is static]
            )
            for side in (olds, news)
        )
        if before and after:
            yield before, after


def _variables(old: Item, new: Item, scope: Scope) -> tuple[Variables, Variables]:
    """Return the type parameters with their bounds, and new name -> old name by their places."""
    before, after = (*scope.before, *old.generics), (*scope.after, *new.generics)
    bounds = {item.name: next(iter(item.bounds), "") for item in before}
    return bounds, {b.name: a.name for a, b in zip(before, after, strict=False) if a.name != b.name}


def _in_words_of(item: Item, renamed: Variables) -> Item:
    """Return an item whose type parameters have their former names."""
    if not renamed:
        return item

    def words(type_: str) -> str:
        return _WORD.sub(lambda match: renamed.get(match[0], match[0]), type_)

    return replace(
        item, type=words(item.type),
        signature=item.signature and tuple(replace(argument, type=words(argument.type)) for argument in item.signature),
    )  # fmt: skip


def _visible(items: Sequence[Item]) -> list[Item]:
    """Return the declarations that callers see: the one with a body is not, beside signatures."""
    callables = [item for item in items if item.signature is not None]
    if len(callables) > 1:
        signatures = [item for item in callables if "signature" in item.modifiers]
        return signatures or callables
    first = items[0] if items else None
    same = [item for item in items if first is not None and item.sort == first.sort]
    return same[:1]


def _with_names(change: ApiChange, name: str, old: Item, new: Item) -> ApiChange:
    label = f"{name}()" if old.signature is not None else name
    return ApiChange(
        kind=change.kind, key=name, base=old, head=new, breaking=change.breaking,
        certain=change.certain, params={"name": label, **change.params},
    )  # fmt: skip


def _kind(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[ApiChange]:
    """A class that is an interface now, a method that is a property, and the like."""
    before, after = olds[0], news[0]
    if before.sort in _TYPES and after.sort in (*_TYPES, "class"):
        return  # used as before in types
    if before.sort in ("variable", "property") and not before.type:
        return  # it may have been called
    if after.sort in ("variable", "property") and not _literal(after):
        return  # it may still be called
    if before.sort in ("variable", "property") and "=>" in before.type:
        return
    certain = before.sort in ("class", "enum", "function", "method")
    if (before.sort, after.sort) in (("enum", "variable"), ("variable", "class")):
        return
    yield change_of("symbol.changed-kind", certain=certain, old=before.sort, new=after.sort)


def _literal(item: Item) -> bool:
    return item.type in ("string", "number", "boolean")


def _modifiers(old: Item, new: Item) -> Iterator[ApiChange]:
    before, after = old.modifiers, new.modifiers
    access = [
        next((word for word in words if word in _WIDTH), "public") for words in (before, after)
    ]
    if _WIDTH[access[1]] < _WIDTH[access[0]]:
        yield change_of("symbol.visibility", old=access[0], new=access[1])
    if ("static" in before) != ("static" in after):
        yield change_of(
            "symbol.changed-now" if "static" in after else "symbol.changed-no-longer", word="static"
        )
    if "abstract" in after and "abstract" not in before:
        yield change_of("symbol.changed-now", word="abstract")
    if old.sort == "property" == new.sort and _is_read_only(after) and not _is_read_only(before):
        yield change_of("symbol.changed-now", word="readonly")
    inherited = "inherited" in after and "abstract" not in after
    if "optional" in before and "optional" not in after and not inherited:
        yield change_of("symbol.member-required", certain=False)
    if "optional" in after and "optional" not in before:
        yield change_of("symbol.member-optional", certain=False)


def _is_read_only(words: frozenset[str]) -> bool:
    return "readonly" in words or ("get" in words and "set" not in words)


def _generics(old: Item, new: Item) -> Iterator[ApiChange]:
    before, after = old.generics, new.generics
    if before == after:
        return
    needed = sum(not generic.optional for generic in after)
    inferred = old.signature is not None  # nobody has to write what is inferred
    lost = len(after) < len(before)
    more = needed > len(before) or needed > sum(not generic.optional for generic in before)
    narrowed = any(_is_narrower(a, b) for a, b in zip(before, after, strict=False))
    if (more and not inferred) or lost or narrowed:
        yield change_of(
            "symbol.changed-type-parameters", certain=not inferred or narrowed,
            old=_generic_list(before), new=_generic_list(after),
        )  # fmt: skip


def _is_narrower(old: TypeParameter, new: TypeParameter) -> bool:
    wanted = next(iter(new.bounds), "")
    bound = next(iter(old.bounds), "")
    if not wanted or wanted in ("any", "unknown"):
        return False
    if not bound:
        return True
    return fits(bound, wanted) is False


def _generic_list(parameters: Sequence[TypeParameter]) -> str:
    parts = (
        generic.name + (f" extends {next(iter(generic.bounds))}" if generic.bounds else "")
        for generic in parameters
    )
    return f"<{', '.join(parts)}>"[:SHOWN]


def _enum_value(old: Item, new: Item) -> Iterator[ApiChange]:
    """Another value of an enum's member, where one was given."""
    is_value = old.sort == "enum member" and old.provided
    if is_value and old.shown and new.shown and old.shown != new.shown:
        yield change_of("symbol.value", old=old.shown[:SHOWN], new=new.shown[:SHOWN])


def _value_type(old: Item, new: Item, variables: Variables) -> Iterator[ApiChange]:
    """Another type of a member, a variable or an alias."""
    if old.sort == "property" == new.sort and old.shown and new.shown and old.type == new.type:
        yield from _setter_change(old, new, variables)
    if old.sort not in ("property", "variable", "type") or is_same(old.type, new.type):
        return
    is_object = old.sort == "type" and old.type.startswith("{") and new.type.startswith("{")
    if not old.type or not new.type or is_object or _is_only_optional(old, new):
        return
    allowed, allows = parts_of(old.type), parts_of(new.type)
    if old.sort == "type" and allowed is not None and allows is not None:
        gone = tuple(word for word in allowed if word not in allows)
        if gone:
            yield change_of("symbol.removed-values", values=gone)
    elif max(len(old.type), len(new.type)) <= SHOWN:
        yield _other_type(old, new, variables)


def _other_type(old: Item, new: Item, variables: Variables) -> ApiChange:
    read, written = fits(new.type, old.type, variables), fits(old.type, new.type, variables)
    fixed = _is_read_only(old.modifiers) or old.sort == "variable"
    had, has = most_taken(old.type), most_taken(new.type)
    fewer = had is not None and has is not None and has < had
    return change_of(
        "symbol.value-type", breaking=read is False or (written is False and not fixed) or fewer,
        certain=read is False and (written is not True or fixed), old=old.type, new=new.type,
    )  # fmt: skip


def _is_only_optional(old: Item, new: Item) -> bool:
    """Tell whether a member may be missing, so that `undefined` in its type says nothing new."""
    different = {*old.type.split(" | ")} ^ {*new.type.split(" | ")}
    return "optional" in old.modifiers | new.modifiers and different <= {"undefined"}


def _setter_change(old: Item, new: Item, variables: Variables) -> Iterator[ApiChange]:
    """A setter that takes less than before."""
    if (
        fits(old.shown, new.shown, variables) is False
        and max(len(old.shown), len(new.shown)) <= SHOWN
    ):
        yield change_of("symbol.value-type", old=old.shown, new=new.shown)


def _bases(old: Item, new: Item) -> Iterator[ApiChange]:
    if old.sort != "class" or new.sort != "class":
        return
    lost = [base for base in old.bases if base not in new.bases and "(" not in base]
    if lost and not new.bases:
        yield change_of(
            "symbol.changed-bases",
            bases=tuple(lost),
            certain=not lost[0].startswith(("Base", "_", "Abstract")),
        )


def _overloads(
    olds: Sequence[Item], news: Sequence[Item], variables: Variables
) -> Iterator[ApiChange]:
    """Ways of calling that none of the new declarations allows."""
    for old in olds:
        if not any(_allows(new, old, variables) for new in news):
            yield change_of("symbol.removed-overload", old=old.shown[:SHOWN])


def _allows(new: Item, old: Item, variables: Variables) -> bool:
    return not any(change.breaking for change in signature_differences(old, new, variables))
