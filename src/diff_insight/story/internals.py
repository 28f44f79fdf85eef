"""Keeps what users of a repository do not see out of the way: tests, private names, headings of changelogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.file_types import is_test
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.story.joiners import names_of
from diff_insight.story.salience import Moment, SalienceContext, weigh

_LEAST_FOLDED = 2


def is_private(fact: Fact) -> bool:
    """Tell whether a fact is about a symbol, or new parameters, that only their own package sees.

    Where nothing says who sees it, its name does: it begins with an underscore.
    """
    row = kind_of(fact.kind)
    if not row.has(Trait.SYMBOL):
        return False
    if fact.params.get("access") == "private":
        return True
    parameters = fact.params.get("parameters") if row.has(Trait.NEW_SYMBOL) else None
    if isinstance(parameters, tuple) and parameters and all(map(_is_hidden, parameters)):
        return True
    return _is_hidden(fact.params.get("name"))


def _is_hidden(name: Value) -> bool:
    parts = str(name).removesuffix("()").split(".")
    return any(part.startswith("_") and not part.endswith("__") for part in parts)


def name_contents(items: Sequence[StoryItem]) -> list[StoryItem]:
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
    named = replace(whole, params={**whole.params, "names": _together(inner)}, facts=facts)
    parts = tuple(item.salience for item in (whole, *inner))
    named = weigh(named, Moment.JOINED, SalienceContext(parts=parts))
    return [named if item is whole else item for item in items if item not in inner]


def fold_internal(items: Sequence[StoryItem], files: Sequence[FileAnalysis]) -> list[StoryItem]:
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
    kept = [*items]
    if others and len({item.files for item in tests}) >= _LEAST_FOLDED:
        names = [files[index].change.path.rpartition("/")[2] for index in _files(tests)]
        kept = [*rest, _join("tests.changed", tests, names_of(names))]
    if len(private) >= _LEAST_FOLDED:
        kept = [*_without(kept, private), _join("symbols.private", private, _together(private))]
    return kept


def _without(items: Sequence[StoryItem], some: Sequence[StoryItem]) -> list[StoryItem]:
    """Return `items` without `some`, compared by identity."""
    left_out = {id(item) for item in some}
    return [item for item in items if id(item) not in left_out]


def _of_test(item: StoryItem, files: Sequence[FileAnalysis]) -> bool:
    plain = item.role is Role.CHANGE and kind_of(item.kind).has(Trait.CODE)
    return plain and all(is_test(files[index].change.path) for index in item.files)


def _join(kind: str, items: Sequence[StoryItem], names: dict[str, Value]) -> StoryItem:
    indexes = _files(items)
    params: Params = {"count": len(indexes), "names": names}
    joined = StoryItem(
        kind=kind, role=Role.CHANGE, salience=0, params=params, files=indexes, count=len(indexes),
        facts=tuple(ref for item in items for ref in item.facts),
    )  # fmt: skip
    return weigh(
        joined, Moment.JOINED, SalienceContext(parts=tuple(item.salience for item in items))
    )


def _files(items: Sequence[StoryItem]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(index for item in items for index in item.files))


def _together(items: Sequence[StoryItem]) -> dict[str, Value]:
    """Return the names of several items as one list."""
    named: list[Value] = []
    left = 0
    for item in items:
        parameters, listed = item.params.get("parameters"), item.params.get("names")
        if isinstance(parameters, tuple):
            named += parameters
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
