"""What of a changed type breaks those who use, extend or implement it, by the habits of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.classes import ApiUnit, ApiUnits, Origin, plain
from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind
from diff_insight.model.messages import Value


class ClassStep(Struct, frozen=True):
    """One type in both versions, and all types of both sides."""

    old: ApiUnit
    new: ApiUnit
    before: ApiUnits
    after: ApiUnits


Rule = Callable[[Item, Item, ClassStep], Iterator[ApiChange]]


class Habits(Struct, frozen=True, kw_only=True):
    """What callers of a language notice.

    Attributes:
        come: Sort -> words that break somebody when they come.
        go: Sort -> words that break somebody when they go.
        called: Other parameters, or another result.
        valued: Another type of a value.
        label: The name of an item as people of the language write it.
        separator: Between a type and its member.
        required: Whether those who implement a type lack a new member.
        alike: Sorts of members that callers use in the same way.
        contracts: Sorts of types that others implement.
        own: Parents that every type has, and that give nothing.
        fits: Whether calls of one form of a member may go to another one.
        dispensable: Whether a member that its type lost is there all the same, or was never promised.
    """

    come: Mapping[str, tuple[str, ...]]
    go: Mapping[str, tuple[str, ...]]
    called: Rule
    valued: Rule
    label: Callable[[Item], str]
    required: Callable[[Item, ApiUnit], bool]
    alike: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    fits: Callable[[Item, Item], bool] | None = None
    dispensable: Callable[[Item], bool] = lambda _: False
    more: Sequence[Rule] = field(default_factory=tuple)


def change_of(
    habits: Habits, kind: str, old: Item, new: Item | None, /, *, certain: bool = True, breaking: bool = True,
    **params: Value,
) -> ApiChange:  # fmt: skip
    """Return the change of an item, with the name that people give it."""
    name = params.pop("name", None) or habits.label(new if new is not None else old)
    return ApiChange(
        kind=kind, key=old.key, params={"name": name, **params}, base=old, head=new, certain=certain,
        breaking=breaking,
    )  # fmt: skip


def unit_changes(step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """Yield what breaks users of a type and of its members."""
    old, new = step.old.item, step.new.item
    if not old.public:
        return
    if not new.public:
        yield _narrowing(old, new, habits)
        return
    part = "extension" in (old.sort, new.sort)
    if old.sort != new.sort and not part:
        yield change_of(habits, "symbol.changed-kind", old, new, old=old.sort, new=new.sort)
        return
    if part and old.sort != new.sort:
        # The type itself was found on one side alone: only what both parts declare is compared.
        yield from _changes_of_kept_members(step, habits)
        return
    if not part:
        yield from _head_changes(old, new, step, habits)
        yield from _bases(old, new, step, habits)
        yield from _new_base_requirements(old, new, step, habits)
    yield from _losses_of_mixins(step, habits)
    yield from _member_changes(step, habits)
    yield from _new_requirements(step, habits)


def _head_changes(old: Item, new: Item, step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    yield from _words(old, new, habits)
    more = new.generics[len(old.generics) :]
    kept = (
        new.generics[: len(old.generics)]
        if all(generic.optional for generic in more)
        else new.generics
    )
    before, after = ([generic.bounds for generic in generics] for generics in (old.generics, kept))
    if len(before) != len(after) or any(not b <= a for a, b in zip(before, after, strict=True)):
        yield change_of(
            habits, generics_kind(old, new), old, new, old=generics_of(old), new=generics_of(new)
        )
    for rule in habits.more:
        yield from rule(old, new, step)


def generics_of(item: Item) -> str:
    """Return the type parameters of an item as people read them."""
    parts = [
        generic.name + (f": {' & '.join(sorted(generic.bounds))}" if generic.bounds else "")
        for generic in item.generics
    ]
    return f"<{', '.join(parts)}>"


def _words(old: Item, new: Item, habits: Habits) -> Iterator[ApiChange]:
    """Words that hold for an item now, or no longer: `final`, `static`, `abstract`."""
    for word in habits.come.get(old.sort, ()):
        if word in new.modifiers - old.modifiers:
            yield change_of(habits, "symbol.changed-now", old, new, word=word)
    for word in habits.go.get(old.sort, ()):
        overrides = word == "virtual" and {"override", "final"} & new.modifiers
        if word in old.modifiers - new.modifiers and not overrides:
            yield change_of(habits, "symbol.changed-no-longer", old, new, word=word)


def _narrowing(old: Item, new: Item, habits: Habits) -> ApiChange:
    return change_of(habits, "symbol.visibility", old, new, old=_access(old), new=_access(new))


def _access(item: Item) -> str:
    words = ("private", "fileprivate", "internal", "protected", "open", "public")
    said = item.marks.get("access") or next((word for word in words if word in item.modifiers), "")
    word = said or ("protected" if item.heirs else "public" if item.public else "internal")
    # What a comment calls internal is so, whatever word stands before it.
    return "internal" if word == "public" and not item.public else word


def _bases(old: Item, new: Item, step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """A superclass, an interface or a mixin that a type no longer has, not even through another one."""
    lost = {
        name: shown
        for name, shown in old.bases.items()
        if name not in new.bases and name not in habits.own
    }
    if not lost or not step.new.complete:
        return
    reached, whole = step.after.ancestors(step.new.key)
    gone = [shown for name, shown in lost.items() if name not in reached]
    if not gone:
        return
    come = [name for name in new.bases if name not in old.bases]
    if come and not whole:
        return  # what came may bring it
    # What nobody outside can name is no loss.
    known = [step.before.find(name) for name in lost]
    if all(unit is not None and not unit.item.public for unit in known):
        return
    yield change_of(habits, "symbol.changed-bases", old, new, bases=tuple(gone))


def _losses_of_mixins(step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """Members of what a type no longer mixes in, and that it has from nowhere now."""
    gone = [
        name
        for name in step.old.parents
        if name not in step.new.parents and name not in step.old.item.bases
    ]
    for mixin in (step.before.find(name) for name in gone if step.new.complete):
        for key, item in mixin.members.items() if mixin is not None else ():
            name = plain(key)
            if not item.public or habits.dispensable(item):
                continue
            if step.new.forms(name) or step.old.forms(name):
                continue
            if step.after.origin(step.new, name, known=step.old.parents)[0] is Origin.NOWHERE:
                owned = replace(item, key=f"{step.old.key}.{item.name}")
                yield change_of(
                    habits, "symbol.removed", replace(owned, path=step.old.item.path), None
                )


def _new_base_requirements(
    old: Item, new: Item, step: ClassStep, habits: Habits
) -> Iterator[ApiChange]:
    """Interfaces that those who implement an interface have to implement as well."""
    come = {
        name: shown
        for name, shown in new.bases.items()
        if name not in old.bases and name not in habits.own
    }
    if old.sort not in habits.contracts or not come:
        return
    reached, _ = step.before.ancestors(step.old.key)
    asked = []
    for name, shown in come.items():
        unit = step.after.find(name)
        empty = unit is not None and not any(
            habits.required(item, unit) for item in unit.members.values()
        )
        ours = unit is not None and all(step.old.forms(plain(key)) for key in unit.members)
        if (
            name not in reached
            and not (empty and unit is not None and not unit.parents)
            and not ours
        ):
            asked.append(shown)
    if asked:
        yield change_of(habits, "symbol.changed-supertrait", old, new, bases=tuple(asked))


def _changes_of_kept_members(step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    for key, old in step.old.members.items():
        if old.public and key in step.new.members:
            yield from member_changes(old, step.new.members[key], step, habits)


def _member_changes(step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    lost: list[Item] = []
    for key, old in step.old.members.items():
        if not old.public:
            continue
        new = step.new.members.get(key)
        if new is None:
            lost.append(old)
        else:
            yield from member_changes(old, new, step, habits)
    come = [
        item
        for key, item in step.new.members.items()
        if key not in step.old.members and item.public
    ]
    for old in lost:
        yield from _losses(old, lost, come, step, habits)


def member_changes(old: Item, new: Item, step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """Yield what breaks callers of one member."""
    if not new.public or (new.heirs and not old.heirs):
        yield _narrowing(old, new, habits)
        return
    if old.sort != new.sort:
        if not {old.sort, new.sort} <= habits.alike:
            yield change_of(habits, "symbol.changed-kind", old, new, old=old.sort, new=new.sort)
        return
    yield from _head_changes(old, new, step, habits)
    rule = habits.called if old.parameters is not None else habits.valued
    yield from rule(old, new, step)


def _losses(
    old: Item, lost: Sequence[Item], come: Sequence[Item], step: ClassStep, habits: Habits
) -> Iterator[ApiChange]:
    """A member that its type neither declares nor takes from elsewhere any more."""
    if not step.new.complete or "deleted" in old.modifiers or habits.dispensable(old):
        return
    name = plain(_member(old))
    forms = [item for item in come if plain(_member(item)) == name]
    same = [item for item in lost if plain(_member(item)) == name]
    kept = [item for item in step.new.forms(name) if item.public]
    if habits.fits is not None and len(same) > 1 and any(habits.fits(old, item) for item in kept):
        return
    if len(forms) == len(same) == 1:
        yield from member_changes(old, forms[0], step, habits)
        return
    if kept and old.parameters is not None:
        yield change_of(
            habits, "symbol.removed-overload", old, kept[0], name=habits.label(old), old=old.shown
        )
        return
    yield from _loss_of_name(old, name, step, habits)


def _loss_of_name(old: Item, name: str, step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """A member of which no form is left: it is gone unless it is inherited, or may be."""
    origin, item = step.after.origin(step.new, name, known=step.old.parents, sort=old.sort)
    if origin is Origin.NOWHERE:
        # It may have overridden what a parent that stays still has.
        overridden = step.old.parents and step.before.origin(step.old, name)[0] is Origin.UNKNOWN
        if not overridden:
            yield change_of(habits, "symbol.removed", old, None)
    elif item is not None:
        yield from member_changes(old, replace(item, key=old.key), step, habits)


def _member(item: Item) -> str:
    """Return the name of a member, with what tells its forms apart."""
    head, bracket, rest = item.key.partition("(")
    return head.rpartition(".")[2] + bracket + rest


def _new_requirements(step: ClassStep, habits: Habits) -> Iterator[ApiChange]:
    """Members that those who implement or extend a type have to write now."""
    come = [
        item for key, item in step.new.members.items()
        if key not in step.old.members and not step.old.forms(plain(key)) and habits.required(item, step.new)
        and step.before.origin(step.old, plain(key))[0] is Origin.NOWHERE
    ]  # fmt: skip
    open_before = any(
        item.sort == "constructor" and not item.public for item in step.old.members.values()
    )
    closed = open_before or {"final", "sealed"} & step.old.item.modifiers
    if come and not closed:
        members = tuple(habits.label(item).rpartition(".")[2].rpartition("::")[2] for item in come)
        yield change_of(
            habits, "symbol.added-required", step.old.item, step.new.item, members=members
        )
