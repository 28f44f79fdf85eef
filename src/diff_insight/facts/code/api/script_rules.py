"""What of two versions of a JavaScript or TypeScript name breaks the code that uses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.facts.code.api.item import ApiChange, Argument, Item, Passing, TypeParameter
from diff_insight.facts.code.api.script_types import fits, parts_of
from diff_insight.model.messages import Value

#: Sorts that are there at run time, and those that the compiler alone knows.
_TYPES = ("interface", "type")
_CALLED = ("function", "method")
_SHOWN = 100
_WIDTH = {"private": 0, "protected": 1, "public": 2}


def differences(olds: Sequence[Item], news: Sequence[Item], name: str) -> Iterator[ApiChange]:
    """Yield what differs for those who use a name.

    Args:
        olds: Its declarations before.
        news: Its declarations after.
        name: How it is called in a report.
    """
    before, after = _visible(olds), _visible(news)
    if not before or not after:
        return
    old, new = before[0], after[0]
    if old.sort != new.sort:
        yield from (_named(change, name, old, new) for change in _kind(before, after))
        if not (old.sort in _CALLED and new.sort in _CALLED):
            return
    rules = (_modifiers, _generics, _value_type, _bases)
    for rule in rules:
        yield from (_named(change, name, old, new) for change in rule(old, new))
    if old.signature is None or new.signature is None:
        return
    if len(before) == len(after) == 1:
        found = [*signature_differences(old, new)]
    else:
        found = [*_overloads(before, after)]
    yield from (_named(change, name, old, new) for change in found)


def _visible(items: Sequence[Item]) -> list[Item]:
    """Return the declarations that callers see: the one with a body is not, beside signatures."""
    callables = [one for one in items if one.signature is not None]
    if len(callables) > 1:
        signatures = [one for one in callables if "signature" in one.modifiers]
        return signatures or callables
    first = items[0] if items else None
    same = [one for one in items if first is not None and one.sort == first.sort]
    return same[:1]


def _named(change: ApiChange, name: str, old: Item, new: Item) -> ApiChange:
    label = f"{name}()" if old.signature is not None else name
    return ApiChange(
        kind=change.kind, key=name, base=old, head=new, breaking=change.breaking,
        certain=change.certain, params={"name": label, **change.params},
    )  # fmt: skip


def _change(
    kind: str, *, breaking: bool = True, certain: bool = True, **params: Value
) -> ApiChange:
    return ApiChange(kind=kind, key="", params=params, breaking=breaking, certain=certain)


def _kind(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[ApiChange]:
    """A class that is an interface now, a method that is a property, and the like."""
    before, after = olds[0], news[0]
    if before.sort in _TYPES and after.sort in (*_TYPES, "class"):
        return  # used as before in types
    if before.sort in ("variable", "property") and not before.type:
        return  # it may have been called
    if after.sort in ("variable", "property") and not _literal(after):
        return  # it may still be called
    if {before.sort, after.sort} == {"function", "method"}:
        return
    if before.sort in ("variable", "property") and "=>" in before.type:
        return
    certain = before.sort in ("class", "enum", "function", "method")
    if (before.sort, after.sort) in (("enum", "variable"), ("variable", "class")):
        return
    yield _change("symbol.changed-kind", certain=certain, old=before.sort, new=after.sort)


def _literal(item: Item) -> bool:
    return item.type in ("string", "number", "boolean")


def _modifiers(old: Item, new: Item) -> Iterator[ApiChange]:
    before, after = old.modifiers, new.modifiers
    access = [
        next((word for word in words if word in _WIDTH), "public") for words in (before, after)
    ]
    if _WIDTH[access[1]] < _WIDTH[access[0]]:
        yield _change("symbol.visibility", old=access[0], new=access[1])
    if ("static" in before) != ("static" in after):
        yield _change(
            "symbol.changed-now" if "static" in after else "symbol.changed-no-longer", word="static"
        )
    if "abstract" in after and "abstract" not in before:
        yield _change("symbol.changed-now", word="abstract")
    if old.sort == "property" == new.sort and _is_read_only(after) and not _is_read_only(before):
        yield _change("symbol.changed-now", word="readonly")
    if "optional" in before and "optional" not in after and new.sort != "class":
        yield _change("symbol.member-required", certain=False)
    if "optional" in after and "optional" not in before:
        yield _change("symbol.member-optional", certain=False)


def _is_read_only(words: frozenset[str]) -> bool:
    return "readonly" in words or ("get" in words and "set" not in words)


def _generics(old: Item, new: Item) -> Iterator[ApiChange]:
    before, after = old.generics, new.generics
    if before == after:
        return
    needed = sum(not one.optional for one in after)
    inferred = old.signature is not None  # nobody has to write what is inferred
    lost = len(after) < len(before)
    more = needed > len(before) or needed > sum(not one.optional for one in before)
    narrowed = any(_is_narrower(a, b) for a, b in zip(before, after, strict=False))
    if (more and not inferred) or lost or narrowed:
        yield _change(
            "symbol.changed-type-parameters", certain=not inferred or narrowed,
            old=_listed(before), new=_listed(after),
        )  # fmt: skip


def _is_narrower(old: TypeParameter, new: TypeParameter) -> bool:
    wanted = next(iter(new.bounds), "")
    given = next(iter(old.bounds), "")
    if not wanted or wanted in ("any", "unknown"):
        return False
    if not given:
        return True
    return fits(given, wanted) is False


def _listed(parameters: Sequence[TypeParameter]) -> str:
    parts = (
        one.name + (f" extends {next(iter(one.bounds))}" if one.bounds else "")
        for one in parameters
    )
    return f"<{', '.join(parts)}>"[:_SHOWN]


def _value_type(old: Item, new: Item) -> Iterator[ApiChange]:
    """Another type of a member, a variable or an alias; a value of an enum's member."""
    if old.sort == "enum member" and old.shown != new.shown and old.shown and new.shown:
        yield _change("symbol.value", old=old.shown[:_SHOWN], new=new.shown[:_SHOWN])
    if old.sort not in ("property", "variable", "type") or old.type == new.type:
        return
    if not old.type or not new.type or old.type.startswith("{") or new.type.startswith("{"):
        return
    allowed, allows = parts_of(old.type), parts_of(new.type)
    if old.sort == "type" and allowed is not None and allows is not None:
        gone = [one for one in allowed if one not in allows]
        if gone:
            yield _change("symbol.removed-values", values=tuple(gone))
        return
    read, written = fits(new.type, old.type), fits(old.type, new.type)
    fixed = _is_read_only(old.modifiers) or old.sort == "variable"
    breaking = read is False or (written is False and not fixed)
    if "optional" in old.modifiers | new.modifiers and {*old.type.split(" | ")} ^ {
        *new.type.split(" | ")
    } <= {"undefined"}:
        return
    if max(len(old.type), len(new.type)) <= _SHOWN:
        yield _change(
            "symbol.value-type", breaking=breaking, old=old.type, new=new.type,
            certain=read is False or old.sort == "type",
        )  # fmt: skip


def _bases(old: Item, new: Item) -> Iterator[ApiChange]:
    if old.sort != "class" or new.sort != "class":
        return
    lost = [base for base in old.bases if base not in new.bases and "(" not in base]
    if lost and not new.bases:
        yield _change(
            "symbol.changed-bases",
            bases=tuple(lost),
            certain=not lost[0].startswith(("Base", "_", "Abstract")),
        )


def _overloads(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[ApiChange]:
    """Ways of calling that none of the new declarations allows."""
    for old in olds:
        if not any(_allows(new, old) for new in news):
            yield _change("symbol.removed-overload", old=old.shown[:_SHOWN])


def _allows(new: Item, old: Item) -> bool:
    return not any(change.breaking for change in signature_differences(old, new))


def signature_differences(old: Item, new: Item) -> Iterator[ApiChange]:
    """Yield what differs for callers, who pass by place alone."""
    before, after = old.signature or (), new.signature or ()
    yield from _result(old, new)
    if any(
        (a.passing is Passing.REST) != (b.passing is Passing.REST) and _same_place(a, b)
        for a, b in zip(before, after, strict=False)
    ):
        short = max(len(old.shown), len(new.shown)) <= _SHOWN
        yield _change(
            "symbol.signature", old=old.shown if short else "", new=new.shown if short else ""
        )
        return
    placed = [one for one in before if one.passing is not Passing.REST]
    now = [one for one in after if one.passing is not Passing.REST]
    found = next((change for change in _wanted(placed, now, rest=len(now) < len(after))), None)
    if found is not None:
        yield found
        return
    added = tuple(one.name for one in now[len(placed) :] if one.optional)
    if added:
        yield _change("symbol.parameter-added", breaking=False, parameters=added)
    yield from _kept(placed, now)


def _wanted(old: Sequence[Argument], new: Sequence[Argument], *, rest: bool) -> Iterator[ApiChange]:
    """Yield what is asked for now, what is not taken any more, and what stands elsewhere."""
    required = [
        one.name for index, one in enumerate(new)
        if not one.optional and not _may_miss(one) and (index >= len(old) or old[index].optional)
    ]  # fmt: skip
    names, kept = [one.name for one in old], [one.name for one in new]
    if required:
        yield _change("symbol.parameter-required", parameters=tuple(required))
    if len(new) < len(old) and not rest:
        gone = tuple(name for name in names if name not in kept) or tuple(names[len(new) :])
        yield _change("symbol.parameter-removed", parameters=gone)
    if "{}" in names:
        return
    if sorted(names) == sorted(kept) and names != kept:
        yield _change("symbol.parameters-reordered", parameters=tuple(kept))
    inserted = [name for name in kept if name not in names]
    if len(new) - len(old) == len(inserted) > 0:
        behind = next((name for name in kept[kept.index(inserted[0]) :] if name in names), "")
        if behind:
            yield _change("symbol.parameter-inserted", parameters=tuple(inserted), before=behind)


def _same_place(a: Argument, b: Argument) -> bool:
    return a.name == b.name or (a.passing is Passing.REST and b.type.endswith("[]"))


def _may_miss(one: Argument) -> bool:
    """A parameter that takes `undefined` may be left out only in JavaScript; `void` and `any` may."""
    return one.type in ("void", "any", "unknown")


def _kept(before: Sequence[Argument], after: Sequence[Argument]) -> Iterator[ApiChange]:
    for old, new in zip(before, after, strict=False):
        changed = old.default != new.default and bool(old.default and new.default)
        if changed and old.name == new.name and max(len(old.default), len(new.default)) <= _SHOWN:
            yield _change(
                "symbol.default-changed", breaking=False, parameter=new.name, old=old.default, new=new.default
            )  # fmt: skip
        if old.type != new.type and old.type and new.type and fits(old.type, new.type) is False:
            texts = [f"{one.name}: {one.type}" for one in (old, new)]
            if max(map(len, texts)) <= _SHOWN:
                yield _change(
                    "symbol.parameter-changed", parameter=new.name, old=texts[0], new=texts[1]
                )
            else:
                yield _change("symbol.parameter-changed", parameter=new.name, old="", new="")


def _result(old: Item, new: Item) -> Iterator[ApiChange]:
    if not old.type or not new.type or old.type == new.type:
        return
    if old.type == "void" or fits(new.type, old.type) is not False:
        return
    short = max(len(old.type), len(new.type)) <= _SHOWN
    before, after = (
        ("" if one in ("void", "undefined") else one) if short else ""
        for one in (old.type, new.type)
    )
    yield _change("symbol.result", old=before, new=after)
