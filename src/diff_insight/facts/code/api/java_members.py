"""What of a changed member of a Java type breaks the code that uses or overrides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item, generics_kind
from diff_insight.facts.code.api.java_project import JavaProject, JavaType, item_name, label_of
from diff_insight.facts.code.api.java_types import erasure, simple
from diff_insight.model.messages import Value

_NAMES = re.compile(r"[\w.$]+|\S")


class JavaStep(Struct, frozen=True):
    """One type in both versions, with the projects around them."""

    base: JavaProject
    head: JavaProject
    old: JavaType
    new: JavaType


def gained_word(old: Item, new: Item, word: str, *, certain: bool = True) -> ApiChange:
    """Return the change of a thing that a word of the language applies to from now on."""
    params = {"name": label_of(new), "word": word}
    return ApiChange(
        kind="symbol.changed-now", key=old.key, params=params, base=old, head=new, certain=certain
    )


def static_word(old: Item, new: Item) -> Iterator[ApiChange]:
    """A member that became static, or is no longer."""
    if "static" in new.modifiers - old.modifiers:
        yield gained_word(old, new, "static")
    elif "static" in old.modifiers - new.modifiers:
        params = {"name": label_of(new), "word": "static"}
        yield ApiChange(
            kind="symbol.changed-no-longer", key=old.key, params=params, base=old, head=new
        )


def type_parameters(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """More or fewer type parameters, or other bounds."""
    before, after = ([generic.bounds for generic in side.generics] for side in (old, new))
    names = [
        {generic.name: str(position) for position, generic in enumerate(side.generics)}
        for side in (old, new)
    ]
    numbered = [
        [frozenset(_rename_variables(bound, named) for bound in bounds) for bounds in side]
        for side, named in zip((before, after), names, strict=True)
    ]
    if numbered[0] == numbered[1]:
        return
    if len(before) == len(after) and all(b <= a for a, b in zip(*numbered, strict=True)):
        return  # wider
    if old.parameters is not None and not before:
        return  # inferred by every caller
    params = {"name": label_of(new), "old": _generic_list(old), "new": _generic_list(new)}
    yield ApiChange(kind=generics_kind(old, new), key=old.key, params=params, base=old, head=new)


def _rename_variables(text: str, names: dict[str, str]) -> str:
    return re.sub(r"[\w.$]+", lambda match: names.get(match[0], simple(match[0])), text)


def _generic_list(item: Item) -> str:
    parts = [
        generic.name
        + (f" extends {' & '.join(sorted(map(simple, generic.bounds)))}" if generic.bounds else "")
        for generic in item.generics
    ]
    return f"<{', '.join(parts)}>" if parts else ""


def member_words(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A member that became static, abstract or final, or is no longer static."""
    if old.sort != new.sort or old.sort not in ("method", "field"):
        return
    yield from static_word(old, new)
    gained = new.modifiers - old.modifiers
    if old.sort == "method":
        if "abstract" in gained and old.provided and not new.provided:
            yield gained_word(old, new, "abstract")
        if "final" in gained and "static" not in new.modifiers and _is_open(step):
            yield gained_word(old, new, "final", certain=False)
    elif "final" in gained:
        yield gained_word(old, new, "final")


def _is_open(step: JavaStep) -> bool:
    owner = step.old.item
    return owner.sort == "class" and "final" not in owner.modifiers and any(
        item.sort == "constructor" and item.public for item in step.old.members.values()
    )  # fmt: skip


def member_type(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """Another type of a field, or of what a method returns."""
    if (
        old.sort != new.sort
        or old.sort not in ("field", "method")
        or not _differ(old.type, new.type, step, old, new)
    ):
        return
    kind = "symbol.value-type" if old.sort == "field" else "symbol.result"
    old_type, new_type = (simple(item.type) for item in (old, new))
    if old_type == new_type:  # of another package
        old_type, new_type = old.type, new.type
    if old.sort == "method":
        old_type, new_type = ("" if type_ == "void" else type_ for type_ in (old_type, new_type))
    params = {"name": label_of(new), "old": old_type, "new": new_type}
    yield ApiChange(kind=kind, key=old.key, params=params, base=old, head=new)


def _differ(a: str, b: str, step: JavaStep, old: Item, new: Item) -> bool:
    """Tell whether two types are not the same one; names without packages may be."""
    variables = [
        {
            generic.name: f"${position}"
            for position, generic in enumerate((*owner.generics, *item.generics))
        }
        for owner, item in ((step.old.item, old), (step.new.item, new))
    ]
    words = [
        [named.get(word, word) for word in _NAMES.findall(text)]
        for text, named in zip((a, b), variables, strict=True)
    ]
    if len(words[0]) != len(words[1]):
        bare = [erasure(text, {}) for text in (a, b)]
        return bare[0] != bare[1] or ("<" in a and "<" in b)
    for generic, other in zip(*words, strict=True):
        if generic == other:
            continue
        open_ = "?" in (generic, other) or "$" in (generic[0], other[0])
        if open_ and erasure(a, {}) == erasure(b, {}):
            return False
        if simple(generic) != simple(other) or (
            "." in generic and "." in other and generic[:1].islower() and other[:1].islower()
        ):
            return True
    return False


def variable_arguments(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A method that no longer takes any number of arguments, or takes other ones."""
    if old.parameters is None or new.parameters is None or old.parameters == new.parameters:
        return
    lost = (
        bool(old.parameters)
        and old.parameters[-1].endswith("...")
        and not new.parameters[-1:][0].endswith("...")
    )
    other = any(
        _differ(a.replace("...", "[]"), b.replace("...", "[]"), step, old, new)
        for a, b in zip(old.parameters, new.parameters, strict=True)
    ) if len(old.parameters) == len(new.parameters) else False  # fmt: skip
    if lost or other:
        params = {"name": label_of(new), "old": old.shown, "new": new.shown}
        yield ApiChange(kind="symbol.signature", key=old.key, params=params, base=old, head=new)


def exceptions(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """Checked exceptions that callers must handle now, or cannot handle any more."""
    if old.parameters is None or new.parameters is None:
        return
    for kind, more, less, project, type_ in (
        ("symbol.added-exception", new, old, step.head, step.new), ("symbol.removed-exception", old, new, step.base, step.old)
    ):  # fmt: skip
        names = {simple(name) for name in less.bases}
        thrown = [
            (shown, project.is_checked(name, type_.file, type_.item.path))
            for name, shown in more.bases.items()
            if simple(name) not in names and not _is_covered(name, less, project, type_)
        ]
        sentence_names = tuple(shown for shown, checked in thrown if checked is not False)
        if sentence_names:
            certain = kind == "symbol.added-exception" and all(checked for _, checked in thrown)
            params: dict[str, Value] = {"name": label_of(new), "exceptions": sentence_names}
            yield ApiChange(
                kind=kind, key=old.key, params=params, base=old, head=new, certain=certain
            )


def _is_covered(name: str, other: Item, project: JavaProject, near: JavaType) -> bool:
    """Tell whether an exception is one of those that a method throws anyway."""
    exception = project.find(name, near.file, near.item.path)
    above = (
        {ancestor for ancestor, _ in project.ancestors(exception)}
        if exception is not None
        else set()
    )
    if exception is None:
        fake = Item(key=name, sort="class", path=near.item.path, bases={f"extends {name}": name})
        above = {ancestor for ancestor, _ in project.ancestors(JavaType(fake, near.file, {}))}
    return bool(above & {simple(ancestor) for ancestor in other.bases})


def lost_default(old: Item, new: Item, step: JavaStep) -> Iterator[ApiChange]:
    """A default that went: of an element of an annotation, or a method of an interface."""
    owner = step.new.item.sort
    if owner == "annotation" and old.provided and not new.provided:
        params: dict[str, Value] = {"name": step.new.item.key, "members": (item_name(new) + "()",)}
        yield ApiChange(
            kind="symbol.removed-default", key=old.key, params=params, base=old, head=new
        )
