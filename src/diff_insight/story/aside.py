"""Keeps what users of a repository do not see out of the way: tests, private names, headings of changelogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.file_types import is_changelog, is_sample, is_test
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.story.joiners import names_of

#: What tests, samples, private names and headings of changelogs weigh less, and the least of it.
ASIDE = 25
LEAST_ASIDE = 9
_LEAST_FOLDED = 2


def is_private(fact: Fact) -> bool:
    """Tell whether a fact is about a symbol, or new parameters, whose names begin with an underscore."""
    row = kind_of(fact.kind)
    if not row.has(Trait.SYMBOL):
        return False
    given = fact.params.get("parameters") if row.has(Trait.NEW_SYMBOL) else None
    if isinstance(given, tuple) and given and all(_hidden(name) for name in given):
        return True
    return _hidden(fact.params.get("name"))


def _hidden(name: Value) -> bool:
    parts = str(name).removesuffix("()").split(".")
    return any(part.startswith("_") and not part.endswith("__") for part in parts)


def set_aside(item: StoryItem, analysis: FileAnalysis, *, private: bool) -> StoryItem:
    """Return an item with less weight, and as no feature, where users do not see what it tells."""
    row = kind_of(item.kind)
    code, section = row.has(Trait.CODE), row.has(Trait.NEW_SECTION)
    if item.role is Role.BREAKING or not (private or code or section):
        return item
    path = analysis.change.path
    unseen = private or (code and is_test(path)) or (section and is_changelog(path))
    if not unseen and not (code and is_sample(path)):
        return item
    role = Role.CHANGE if unseen and item.role is Role.NEW else item.role
    return item.weighing(max(LEAST_ASIDE, item.salience - ASIDE), role)


def with_contents(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return the items of a file; one that says that it came or went names what it holds."""
    whole = next((item for item in items if kind_of(item.kind).holds), None)
    if whole is None:
        return [*items]
    kinds = kind_of(whole.kind).holds
    inner = [item for item in items if item.kind in kinds and item.role is not Role.BREAKING]
    if not inner:
        return [*items]
    # Public names come first: their items weigh more.
    inner.sort(key=lambda item: -item.salience)
    facts = tuple(ref for item in (whole, *inner) for ref in item.facts)
    salience = max(item.salience for item in (whole, *inner))
    params = {**whole.params, "names": _together(inner)}
    told = replace(whole, params=params, facts=facts, salience=salience)
    return [told if item is whole else item for item in items if item not in inner]


def folded(items: Sequence[StoryItem], files: Sequence[FileAnalysis]) -> list[StoryItem]:
    """Return items of single files with those about tests as one, and those of private names.

    Where tests are all there is, they are told one by one.
    """
    tests = [item for item in items if _of_test(item, files)]
    rest = _without(items, tests)
    private = [
        item
        for item in rest
        if kind_of(item.kind).has(Trait.NEW_SYMBOL) and item.role is Role.CHANGE
    ]
    others = [item for item in rest if item.role is not Role.HOUSEKEEPING]
    told = [*items]
    if others and len({item.files for item in tests}) >= _LEAST_FOLDED:
        names = [files[index].change.path.rpartition("/")[2] for index in _files(tests)]
        told = [*rest, _one("tests.changed", tests, names_of(names))]
    if len(private) >= _LEAST_FOLDED:
        told = [*_without(told, private), _one("symbols.private", private, _together(private))]
    return told


def _without(items: Sequence[StoryItem], some: Sequence[StoryItem]) -> list[StoryItem]:
    """Return the items that are none of some others, told apart by what they are, not what they hold."""
    left_out = {id(item) for item in some}
    return [item for item in items if id(item) not in left_out]


def _of_test(item: StoryItem, files: Sequence[FileAnalysis]) -> bool:
    plain = item.role is Role.CHANGE and kind_of(item.kind).has(Trait.CODE)
    return plain and all(is_test(files[index].change.path) for index in item.files)


def _one(kind: str, items: Sequence[StoryItem], names: dict[str, Value]) -> StoryItem:
    indexes = _files(items)
    params: Params = {"count": len(indexes), "names": names}
    return StoryItem(
        kind=kind, role=Role.CHANGE, salience=max(item.salience for item in items), params=params,
        facts=tuple(ref for item in items for ref in item.facts), files=indexes, count=len(indexes),
    )  # fmt: skip


def _files(items: Sequence[StoryItem]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(index for item in items for index in item.files))


def _together(items: Sequence[StoryItem]) -> dict[str, Value]:
    """Return the names of several items as one list."""
    named: list[Value] = []
    left = 0
    for item in items:
        given, listed = item.params.get("parameters"), item.params.get("names")
        if isinstance(given, tuple):
            named += given
        elif isinstance(listed, Mapping) and isinstance(listed.get("items"), tuple):
            shown, total = listed["items"], listed.get("total")
            if isinstance(shown, tuple) and isinstance(total, int):
                named += shown
                left += total - len(shown)
        else:
            named.append(item.params.get("name"))
    names = names_of(list(dict.fromkeys(named)))
    total = names["total"]
    return {**names, "total": left + (total if isinstance(total, int) else 0)}
