"""What of a PHP method, function or property breaks its callers and those who override it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.facts.code.api.class_rules import ClassStep, Habits, change_of
from diff_insight.facts.code.api.classes import ApiUnit, Origin
from diff_insight.facts.code.api.item import ApiChange, Argument, Item, Passing
from diff_insight.facts.code.api.php_types import BUILT_IN

#: Built-in types that take what another one is.
_WIDER = {
    "int": {"float"},
    "array": {"iterable"},
    "false": {"bool"},
    "true": {"bool"},
    "void": {"null"},
}

#: Hooks of PHP that no caller names; each of them has another that takes its place.
_HOOKS = frozenset(
    "__sleep __wakeup __serialize __unserialize __destruct __set_state __debugInfo".split()
)


def label_of(item: Item) -> str:
    """Return the name as people write it: without its namespace."""
    owner, dot, name = item.key.rpartition(".")
    short = owner.rpartition("\\")[2]
    shown = f"{short}.{name}" if dot else item.key.rpartition("\\")[2]
    return f"{shown}()" if item.parameters is not None else shown


def _is_open(item: Item, step: ClassStep) -> bool:
    """Tell whether heirs may override a method."""
    closed = "final" in item.modifiers | step.old.item.modifiers or step.old.item.sort in (
        "enum",
        "namespace",
    )
    return not closed and item.sort == "method"


def _is_written_by_others(item: Item, step: ClassStep) -> bool:
    """Tell whether a method is there to be implemented, so that somebody else has one for certain."""
    return "abstract" in item.modifiers or step.old.item.sort == "interface"


def accepts(wanted: str, offered: str, step: ClassStep) -> bool | None:
    """Tell whether every value of a type is one of another; None where nobody can know."""
    if wanted in ("", "mixed"):
        return True
    if offered in ("", "mixed"):
        return False
    taken = set(wanted.split("|"))
    answers = [_atom_fits(atom, taken, step) for atom in offered.split("|")]
    return False if False in answers else None if None in answers else True


def _atom_fits(atom: str, taken: set[str], step: ClassStep) -> bool | None:
    if atom in taken or _WIDER.get(atom, set()) & taken or atom == "never":
        return True
    if atom in BUILT_IN:
        return None if atom in ("callable", "iterable", "object") and taken - BUILT_IN else False
    if "object" in taken or "static" in taken:
        return True if "object" in taken else None
    classes = {argument for argument in taken if argument not in BUILT_IN}
    if atom == "static":
        atom = step.new.key
    if not classes and not {"callable", "iterable"} & taken:
        return False
    reached, whole = step.after.ancestors(atom)
    if reached & classes:
        return True
    return False if whole and not any("&" in argument for argument in classes) else None


def _call_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A method or a function that takes or returns something else."""
    before, after = old.signature or (), new.signature or ()
    yield from _arguments(old, new, before, after, step)
    if old.sort == "constructor":
        return
    if old.type != new.type:
        fits = accepts(old.type, new.type, step)
        overridden = _is_open(old, step) and (
            not old.type or accepts(new.type, old.type, step) is False
        )
        if fits is False or overridden:
            certain = fits is False or _is_written_by_others(old, step)
            yield change_of(
                PHP_HABITS,
                "symbol.result",
                old,
                new,
                certain=certain,
                old=_type_text(old.type),
                new=_type_text(new.type),
            )
    if ("&" in old.modifiers) != ("&" in new.modifiers):
        kind = "symbol.changed-now" if "&" in new.modifiers else "symbol.changed-no-longer"
        yield change_of(PHP_HABITS, kind, old, new, word="&")


def _arguments(
    old: Item, new: Item, before: Sequence[Argument], after: Sequence[Argument], step: ClassStep
) -> Iterator[ApiChange]:
    for argument, other in _renames(before, after):
        change = change_of(
            PHP_HABITS,
            "symbol.parameter-renamed",
            old,
            new,
            old=argument.name,
            new=other.name,
            certain=False,
        )
        yield change
        before = [replace(each, name=other.name) if each is argument else each for each in before]
    olds, news = (
        {argument.name: argument for argument in before},
        {argument.name for argument in after},
    )
    lost = tuple(argument.name for argument in before if argument.name not in news)
    if lost and not any(argument.passing is Passing.REST for argument in after):
        yield change_of(PHP_HABITS, "symbol.parameter-removed", old, new, parameters=lost)
    needed = tuple(
        argument.name for index, argument in enumerate(after)
        if not argument.optional and (olds[argument.name].optional if argument.name in olds else not lost or index >= len(before))
    )  # fmt: skip
    if needed:
        yield change_of(PHP_HABITS, "symbol.parameter-required", old, new, parameters=needed)
    free = tuple(
        argument.name for argument in after if argument.optional and argument.name not in olds
    )
    if free:
        # Methods that override this one lack the parameter, and PHP refuses to load them.
        yield change_of(
            PHP_HABITS, "symbol.parameter-added", old, new, breaking=_is_open(old, step),
            certain=_is_written_by_others(old, step), parameters=free,
        )  # fmt: skip
    kept = [(olds[argument.name], argument) for argument in after if argument.name in olds]
    if [argument.name for argument, _ in kept] != [
        argument.name for argument in before if argument.name in news
    ]:
        order = tuple(argument.name for argument in after)
        yield change_of(PHP_HABITS, "symbol.parameters-reordered", old, new, parameters=order)
    for argument, other in kept:
        yield from _argument(argument, other, old, new, step)


def _renames(
    before: Sequence[Argument], after: Sequence[Argument]
) -> Sequence[tuple[Argument, Argument]]:
    """Return parameters that stand at the same place under another name, where nothing else came or went."""
    if len(before) != len(after):
        return ()
    pairs = [(a, b) for a, b in zip(before, after, strict=True) if a.name != b.name]
    olds, news = {argument.name for argument in before}, {argument.name for argument in after}
    return () if any(a.name in news or b.name in olds for a, b in pairs) else pairs


def _argument(
    argument: Argument, other: Argument, old: Item, new: Item, step: ClassStep
) -> Iterator[ApiChange]:
    if argument.type != other.type:
        referred = argument.type.startswith("&") != other.type.startswith("&")
        fits = accepts(other.type.lstrip("&"), argument.type.lstrip("&"), step)
        untyped = not argument.type and _is_open(old, step)
        if referred or fits is False or untyped:
            yield change_of(
                PHP_HABITS, "symbol.parameter-changed", old, new, parameter=other.name,
                old=f"{_type_text(argument.type)} {argument.name}".strip(), new=f"{_type_text(other.type)} {other.name}".strip(),
                # Where no type was said, callers most likely passed what is asked for by name now.
                certain=bool(argument.type) or referred,
            )  # fmt: skip
    if (
        argument.optional
        and other.optional
        and argument.default != other.default
        and argument.default
        and other.default
    ):
        yield change_of(
            PHP_HABITS, "symbol.default-changed", old, new, breaking=False, parameter=other.name,
            old=argument.default[:80], new=other.default[:80],
        )  # fmt: skip


def _value_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A property of another type, or a case that stands for another value."""
    if old.sort == "property" and old.type != new.type:
        # Heirs have to declare the very same type, so any other one breaks those who may exist.
        closed = "final" in step.old.item.modifiers
        fits = accepts(old.type, new.type, step) and accepts(new.type, old.type, step)
        if not (closed and not old.type) and not fits and step.old.item.sort != "trait":
            yield change_of(
                PHP_HABITS,
                "symbol.value-type",
                old,
                new,
                old=_type_text(old.type),
                new=_type_text(new.type),
                certain=bool(
                    old.type
                ),  # a type where none was written binds heirs that declare it anew
            )
    if old.sort == "case" and old.shown != new.shown and old.shown:
        yield change_of(PHP_HABITS, "symbol.value", old, new, old=old.shown, new=new.shown)


def _type_text(type_: str) -> str:
    parts = [part.rpartition("\\")[2] for part in type_.split("|")]
    nullable = "null" in parts and len(parts) == 2
    return "?" + next(part for part in parts if part != "null") if nullable else "|".join(parts)


def _constructor(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A class without a constructor that has one now, with parameters."""
    key = "__construct("
    made = step.new.members.get(key)
    if (
        old is not step.old.item
        or made is None
        or key in step.old.members
        or not made.public
        or made.heirs
    ):
        return
    needed = tuple(argument.name for argument in made.signature or () if not argument.optional)
    if needed and step.before.origin(step.old, "__construct")[0] is Origin.NOWHERE:
        yield change_of(PHP_HABITS, "symbol.parameter-required", made, made, parameters=needed)


def _is_required(item: Item, unit: ApiUnit) -> bool:
    return "abstract" in item.modifiers and unit.item.sort in ("class", "interface", "trait")


def _is_dispensable(item: Item) -> bool:
    """Tell whether only the language itself calls a method."""
    return item.name in _HOOKS


PHP_HABITS = Habits(
    come={"class": ("final", "abstract", "readonly"), "method": ("final", "static", "abstract"),
          "property": ("static", "readonly"), "constant": ("final",), "constructor": ("final", "abstract")},
    go={"method": ("static",), "property": ("static",)},
    called=_call_changes, valued=_value_changes, label=label_of, required=_is_required,
    contracts=frozenset(("interface",)), own=frozenset(("Stringable",)), more=(_constructor,),
    dispensable=_is_dispensable,
)  # fmt: skip
