"""What of a changed Java type breaks the code that uses, extends or implements it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.java_members import (
    JavaStep,
    exceptions,
    gained_word,
    lost_default,
    member_type,
    member_words,
    static_word,
    type_parameters,
    variable_arguments,
)
from diff_insight.facts.code.api.java_project import (
    JavaType,
    is_type,
    item_name,
    item_owner,
    label_of,
)
from diff_insight.facts.code.api.java_types import simple
from diff_insight.model.messages import Value

_KINDS = {"annotation": "@interface"}


def type_changes(step: JavaStep) -> Iterator[ApiChange]:
    """Yield what breaks users of a type and of its members."""
    old, new = step.old.item, step.new.item
    if not old.public:
        return
    if not new.public or (new.heirs and not old.heirs):
        yield _hiding(old, new)
        return
    for rule in OF_TYPES:
        yield from rule.find(old, new, step)
    if _other_kind(old, new):
        return
    yield from _members(step)
    for item in step.new.members.values():
        yield from _requirements(item, step)


def removal(item: Item) -> ApiChange:
    """Return the change that tells of a thing that is gone."""
    return ApiChange(
        kind="symbol.removed", key=item.key, params={"name": label_of(item)}, base=item
    )


def _hiding(old: Item, new: Item) -> ApiChange:
    params = {"name": label_of(new), "old": _access(old), "new": _access(new)}
    return ApiChange(kind="symbol.visibility", key=old.key, params=params, base=old, head=new)


def _access(item: Item) -> str:
    words = {"public", "protected", "private"} & item.modifiers
    return next(iter(words)) if words else "package-private"


def _other_kind(old: Item, new: Item) -> bool:
    return old.sort != new.sort and (old.sort, new.sort) != ("class", "record")


def _members(step: JavaStep) -> Iterator[ApiChange]:
    lost: list[Item] = []
    for key, old in step.old.members.items():
        if not old.public or is_type(old):
            continue
        new = step.new.members.get(key)
        if new is None:
            lost.append(old)
        elif not new.public or (new.heirs and not old.heirs):
            if "implicit" not in new.marks:
                yield _hiding(old, new)
        else:
            for rule in OF_MEMBERS:
                yield from rule.find(old, new, step)
    come = [
        item for key, item in step.new.members.items()
        if key not in step.old.members and not is_type(item) and item.public
    ]  # fmt: skip
    for old in lost:
        yield from _member_loss(old, lost, come, step)


def _member_loss(
    old: Item, lost: list[Item], come: list[Item], step: JavaStep
) -> Iterator[ApiChange]:
    """A member that its type no longer declares and does not inherit; or one with other parameters."""
    name = item_name(old)
    others = [item for item in come if item_name(item) == name and item.sort == old.sort]
    same = [item for item in lost if item_name(item) == name and item.sort == old.sort]
    inherited = _heir(old, step)
    if inherited is None or "Override" in old.marks:
        return
    if isinstance(inherited, Item):
        for rule in OF_MEMBERS:
            yield from rule.find(old, inherited, step)
        return
    if old.sort in ("method", "constructor") and len(others) == len(same) == 1:
        new = others[0]
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        yield ApiChange(kind="symbol.signature", key=old.key, params=params, base=old, head=new)
        return
    kept = [
        item
        for item in step.new.members.values()
        if item_name(item) == name and item.sort == old.sort
    ]
    if old.parameters is not None and kept:
        params = {"name": label_of(old), "old": old.shown}
        yield ApiChange(
            kind="symbol.removed-overload", key=old.key, params=params, base=old, head=kept[0]
        )
        return
    if "implicit" in old.marks:
        params = {"name": label_of(old), "old": "()"}
        yield ApiChange(
            kind="symbol.removed-overload", key=old.key, params=params, base=old, head=step.new.item
        )
        return
    yield removal(old)


def _heir(old: Item, step: JavaStep) -> Item | bool | None:
    """Return what a type inherits in place of a member; None when an unknown ancestor may give it."""
    before = {name for name, ancestor in step.base.ancestors(step.old) if ancestor is None}
    ancestors = list(step.head.ancestors(step.new))
    signature = old.key[len(item_owner(old)) + 1 :]
    if old.sort == "constructor":
        return False
    for _, ancestor in ancestors:
        if ancestor is None:
            continue
        for item in ancestor.members.values():
            if item.key[len(item_owner(item)) + 1 :] == signature and _is_inheritable(
                item, ancestor
            ):
                return item
        # A generic ancestor knows the same method with a variable in place of the type.
        if ancestor.item.generics and any(
            item_name(item) == item_name(old) and _is_inheritable(item, ancestor)
            and len(item.parameters or ()) == len(old.parameters or ()) and item.sort == old.sort
            for item in ancestor.members.values()
        ):  # fmt: skip
            return None
    new_unknown = {name for name, ancestor in ancestors if ancestor is None} - before
    return None if new_unknown else False


def _is_inheritable(item: Item, owner: JavaType) -> bool:
    """Tell whether heirs have a member, who may be more visible than the type that declares it."""
    return bool({"public", "protected"} & item.modifiers) or owner.item.sort == "interface"


def _requirements(new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """An abstract member that implementations lack, or an element that every use has to give."""
    owner = step.new.item
    if new.key in step.old.members or "abstract" not in new.modifiers or is_type(new):
        return
    if new.provided or "Override" in new.marks or _is_closed(step) or _is_known(new, step):
        return
    params: dict[str, Value] = {"name": owner.key, "members": (label_of(new).rpartition(".")[2],)}
    kind = "symbol.added-element" if owner.sort == "annotation" else "symbol.added-required"
    yield ApiChange(kind=kind, key=new.key, params=params, base=step.old.item, head=new)


def _is_closed(step: JavaStep) -> bool:
    """Tell whether nobody else could extend or implement a type."""
    old = step.old.item
    if old.sort in ("enum", "record"):
        return True
    if "sealed" in old.modifiers or (old.sort == "interface" and _is_marked_closed(old)):
        return True
    return old.sort == "class" and not any(
        item.sort == "constructor" and item.public for item in step.old.members.values()
    )


def _is_known(new: Item, step: JavaStep) -> bool:
    """Tell whether implementations had a member before: inherited, or told as one with other parameters."""
    signature = new.key[len(item_owner(new)) + 1 :]
    inherited = any(
        key[len(ancestor.item.key) + 1 :] == signature
        for _, ancestor in step.base.ancestors(step.old) if ancestor is not None for key in ancestor.members
    )  # fmt: skip
    return inherited or any(
        item_name(item) == item_name(new) and item.key not in step.new.members
        and "abstract" in item.modifiers
        for item in step.old.members.values()
    )  # fmt: skip


def _is_marked_closed(item: Item) -> bool:
    return bool({"DoNotImplement", "NoImplement", "ProviderType"} & item.marks.keys())


def _kind(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A class that became an interface, and the like."""
    if _other_kind(old, new):
        words = [_KINDS.get(item.sort, item.sort) for item in (old, new)]
        params = {"name": new.key, "old": words[0], "new": words[1]}
        yield ApiChange(kind="symbol.changed-kind", key=old.key, params=params, base=old, head=new)


def _class_words(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A class that became final, abstract or sealed, or a nested one whose `static` changed."""
    if new.sort not in (old.sort, "record"):
        return
    open_before = any(
        item.sort == "constructor" and item.public for item in step.old.members.values()
    )
    gained = new.modifiers - old.modifiers
    if "final" in gained and open_before and "sealed" not in old.modifiers and old.sort == "class":
        yield gained_word(old, new, "final")
    if "sealed" in gained and (open_before or old.sort == "interface"):
        yield gained_word(old, new, "sealed")
    if "abstract" in gained and old.sort == "class" and open_before:
        yield gained_word(old, new, "abstract")
    if item_owner(old) and old.sort == new.sort == "class":
        yield from static_word(old, new)


def _bases(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A superclass or an interface that a type no longer has, itself or through another one."""
    if _other_kind(old, new):
        return
    has = dict(step.head.ancestors(step.new))
    lost: list[str] = []
    certain = True
    known_before = {re.sub(r"<.*", "", simple(name.removeprefix("extends "))) for name in old.bases}
    unknown = any(base is None and name not in known_before for name, base in has.items())
    for canonical, shown in old.bases.items():
        name = re.sub(r"<.*", "", simple(canonical.removeprefix("extends ")))
        if name in has or name == "Object":
            continue
        before = step.base.find(
            canonical.removeprefix("extends "), step.old.file, step.old.item.path
        )
        if before is not None and not before.item.public:
            continue  # callers never saw it; what it gave is compared member by member
        certain = certain and not unknown
        lost.append(shown)
    if lost:
        params: dict[str, Value] = {"name": new.key, "bases": tuple(lost)}
        yield ApiChange(
            kind="symbol.changed-bases",
            key=old.key,
            params=params,
            base=old,
            head=new,
            certain=certain,
        )
    if step.base.is_checked(old.key, step.old.file, old.path) is False and step.head.is_checked(
        new.key, step.new.file, new.path
    ):
        params = {"name": new.key}
        yield ApiChange(
            kind="symbol.changed-checked", key=old.key, params=params, base=old, head=new
        )


class JavaRule(Struct, frozen=True):
    """One rule: what it looks for is the first sentence of its function."""

    name: str
    find: Callable[[Item, Item, JavaStep], Iterator[ApiChange]]


OF_TYPES = (
    JavaRule("java-kind", _kind),
    JavaRule("java-class-modifiers", _class_words),
    JavaRule("java-bases", _bases),
    JavaRule("java-generics", type_parameters),
)
OF_MEMBERS = (
    JavaRule("java-member-modifiers", member_words),
    JavaRule("java-type", member_type),
    JavaRule("java-varargs", variable_arguments),
    JavaRule("java-throws", exceptions),
    JavaRule("java-member-generics", type_parameters),
    JavaRule("java-default", lost_default),
)
