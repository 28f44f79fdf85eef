"""What a changed C# type and its members lose, or newly ask of those who use, extend or implement it."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.csharp_rules import RULES
from diff_insight.facts.code.api.csharp_step import (
    CSharpStep,
    CSharpType,
    changed_kind,
    is_type,
    label_of,
    removal,
    simple_name,
)
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.model.messages import Value


def type_changes(step: CSharpStep) -> Iterator[ApiChange]:
    """Yield what breaks users of a type and of its members."""
    old, new = step.old.item, step.new.item
    if not old.public:
        return
    if not new.public:
        yield _hiding(old, new)
        return
    if old.sort != new.sort:
        # A record is a class that compares by its values.
        yield changed_kind(old, new, alike={"class", "record"})
        return
    for rule in RULES:
        yield from rule.find(old, new, step)
    yield from _members(step)
    for item in step.new.members.values():
        yield from _requirements(item, step)
    if old.sort == "enum":
        yield from _numbers(step)


def _hiding(old: Item, new: Item) -> ApiChange:
    params = {"name": label_of(new), "old": _access(old), "new": _access(new)}
    return ApiChange(kind="symbol.visibility", key=old.key, params=params, base=old, head=new)


def _access(item: Item) -> str:
    words = [
        word for word in ("public", "protected", "internal", "private") if word in item.modifiers
    ]
    return " ".join(words) or (
        "public"
        if item.public
        else "private"
        if "." in item.key and not is_type(item)
        else "internal"
    )


def _members(step: CSharpStep) -> Iterator[ApiChange]:
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
            for rule in RULES:
                yield from rule.find(old, new, step)
    come = [
        item for key, item in step.new.members.items()
        if key not in step.old.members and item.public and not is_type(item)
    ]  # fmt: skip
    for old in lost:
        yield from _member_loss(old, lost, come, step)


def _member_loss(
    old: Item, lost: list[Item], come: list[Item], step: CSharpStep
) -> Iterator[ApiChange]:
    """A member that its type neither declares nor inherits any more, or that takes other parameters."""
    if "override" in old.modifiers or _inherits(old, step):
        return
    others = [
        item for item in come if simple_name(item) == simple_name(old) and item.sort == old.sort
    ]
    same = [
        item for item in lost if simple_name(item) == simple_name(old) and item.sort == old.sort
    ]
    kept = [
        item
        for item in step.new.members.values()
        if simple_name(item) == simple_name(old) and item.public
    ]
    if old.parameters is None or not kept:
        if "implicit" not in old.marks:
            yield removal(old)
    elif len(others) == len(same) == 1:
        new = others[0]
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        free = len(new.parameters or ()) - new.optional <= len(old.parameters)
        certain = not free or (new.parameters or ())[: len(old.parameters)] != old.parameters
        yield ApiChange(
            kind="symbol.signature", key=old.key, params=params, base=old, head=new, certain=certain
        )
    else:
        # Another form may take the call with what it leaves open.
        certain = not any(
            (item.parameters or ())[: len(old.parameters)] == old.parameters
            and len(item.parameters or ()) - item.optional <= len(old.parameters)
            for item in kept
        )
        params = {"name": label_of(old), "old": old.shown}
        yield ApiChange(
            kind="symbol.removed-overload", key=old.key, params=params, base=old, head=kept[0],
            certain=certain,
        )  # fmt: skip


def _inherits(old: Item, step: CSharpStep) -> bool:
    """Tell whether a base class has a member of this name, or may have it because nobody knows it."""
    if old.sort in ("constructor", "value", "operator"):
        return False
    waiting = list(step.new.item.bases)
    unknown = False
    for _ in range(20):
        if not waiting:
            break
        name = waiting.pop().partition("<")[0]
        origin = step.bases.get(name)
        if origin is None:
            unknown = unknown or name not in {
                base.partition("<")[0] for base in step.old.item.bases
            }
            continue
        if any(simple_name(item) == simple_name(old) for item in origin.members.values()):
            return True
        waiting += origin.item.bases
    return unknown


def _requirements(new: Item, step: CSharpStep) -> Iterator[ApiChange]:
    """An abstract member that implementations lack, or a member that every object has to set."""
    owner, old = step.new.item, step.old
    if new.key in old.members or is_type(new) or not new.public:
        return
    label = label_of(new).rpartition(".")[2]
    params: dict[str, Value] = {"name": label_of(owner), "members": (label,)}
    if "required" in new.modifiers:
        yield ApiChange(
            kind="symbol.added-element", key=new.key, params=params, base=old.item, head=new
        )
    if "abstract" not in new.modifiers or "override" in new.modifiers or new.provided:
        return
    if any(simple_name(item) == simple_name(new) for item in old.members.values()):
        return  # told as other parameters or another kind
    if owner.sort == "interface" or any(
        item.sort == "constructor" and item.public for item in old.members.values()
    ):
        yield ApiChange(
            kind="symbol.added-required", key=new.key, params=params, base=old.item, head=new
        )


def _numbers(step: CSharpStep) -> Iterator[ApiChange]:
    before, after = _enum_values(step.old), _enum_values(step.new)
    for name, (old, value) in before.items():
        counterpart = after.get(name)
        if counterpart is not None and counterpart[1] != value and value and counterpart[1]:
            params = {"name": label_of(old), "old": value, "new": counterpart[1]}
            yield ApiChange(
                kind="symbol.changed-number",
                key=old.key,
                params=params,
                base=old,
                head=counterpart[0],
            )


def _enum_values(type_: CSharpType) -> dict[str, tuple[Item, str]]:
    """Return the values of an enum with their numbers; empty where a number is not known."""
    values: dict[str, tuple[Item, str]] = {}
    number: int | None = -1
    for item in sorted(type_.members.values(), key=lambda entry: (entry.order, entry.start)):
        if item.sort != "value":
            continue
        if item.type:
            try:
                number = int(item.type.replace("_", ""), 0)
            except ValueError:
                number = None
        else:
            number = None if number is None else number + 1
        values[simple_name(item)] = (item, "" if number is None else str(number))
    return values
