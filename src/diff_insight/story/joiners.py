"""Joins facts of one kind in one file into as few items as a reader needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Alike, Custom, Listed, Many, Trait
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.story.salience import Moment, SalienceContext, cue_weight, weigh

#: Names kept in an item; the catalogs show three and count the rest.
MOST_NAMES = 12
Numbered = tuple[int, Fact]
#: Most items break nothing.
_PLAIN = SalienceContext()
#: Parameters that count something: those of facts that are otherwise equal add up.
_ADDITIVE = ("lines", "count")
#: Parameters that make no other fact.
_WHEREVER = frozenset((*_ADDITIVE, "section", "within", "shown", "cue"))


def make_item(kind: str, params: Params, facts: Sequence[Numbered], index: int) -> StoryItem:
    """Return an item of a kind with the salience and role that its row gives it."""
    breaking = proved = False
    refs = []
    for number, fact in facts:
        breaking = breaking or fact.breaking
        proved = proved or fact.is_proved_breaking
        refs.append(FactRef(index, number))
    item = StoryItem(
        kind=kind, role=Role.CHANGE, salience=0, params=params, facts=tuple(refs), files=(index,),
        count=len(facts),
    )  # fmt: skip
    return weigh(
        item, Moment.MADE, SalienceContext(breaking=True, proved=proved) if breaking else _PLAIN
    )


def names_of(values: Sequence[Value]) -> dict[str, Value]:
    """Return distinct names and how many there are with repeats, as the catalogs list them."""
    named = [str(value) for value in values if value]
    distinct = tuple(dict.fromkeys(named))
    return {"items": distinct[:MOST_NAMES], "total": len(named)}


def each(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """One item for each distinct fact; equal ones are counted, and what they count is summed."""
    if len(facts) == 1:
        return [make_item(kind, facts[0][1].params, facts, index)]
    same: dict[object, list[Numbered]] = defaultdict(list)
    for entry in facts:
        telling = [param for param in entry[1].params.items() if param[0] not in _WHEREVER]
        try:
            same[frozenset(telling)].append(entry)
        except TypeError:  # a value that holds others, which cannot be looked up
            same[repr(sorted(telling))].append(entry)
    return [make_item(kind, _sum_counts(group), group, index) for group in same.values()]


def _sum_counts(group: Sequence[Numbered]) -> Params:
    """Return the parameters of the first fact, with the sums of what all of them count."""
    first = group[0][1].params
    if len(group) == 1:
        return first
    sums = {
        name: sum(value for _, fact in group if isinstance(value := fact.params.get(name), int))
        for name in _ADDITIVE
        if name in first
    }
    return {**first, **sums}


def _list(join: Listed, kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    if len(facts) <= join.apart:
        return each(kind, facts, index)
    values = [fact.params.get(join.name) or fact.params.get(join.instead) for _, fact in facts]
    values = list(dict.fromkeys(values)) if join.once else values
    params: dict[str, Value] = {"count": len(values), "names": names_of(values)}
    return [make_item(join.plural, {**params, **_most_telling(facts, join.name)}, facts, index)]


def _most_telling(facts: Sequence[Numbered], name: str) -> Params:
    """Return the sentence with the strongest cue among several facts, and whose it is."""
    telling = [fact.params for _, fact in facts if fact.params.get("cue")]
    if not telling:
        return {}
    most = max(telling, key=lambda params: cue_weight(params.get("cue")))
    return {"quote": most["quote"], "cue": most["cue"], "among": most.get(name)}


def _many(join: Many, kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    groups: dict[tuple[bool, Value], list[Numbered]] = defaultdict(list)
    for number, fact in facts:
        groups[fact.breaking, fact.params.get("what")].append((number, fact))
    items: list[StoryItem] = []
    for (_, what), group in groups.items():
        if len(group) <= join.most:
            items += each(kind, group, index)
            continue
        names = names_of([fact.params.get(join.name) for _, fact in group])
        params: dict[str, Value] = {"count": len(group), "what": what, "names": names}
        items.append(make_item(join.plural, params, group, index))
    return items


def _alike(join: Alike, kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    groups: dict[str, list[Numbered]] = defaultdict(list)
    for number, fact in facts:
        groups[repr(fact.params.get(join.alike))].append((number, fact))
    items: list[StoryItem] = []
    for group in groups.values():
        if len(group) < 2:
            items += each(kind, group, index)
            continue
        params: dict[str, Value] = {
            join.alike: group[0][1].params.get(join.alike),
            "count": len(group),
            "names": names_of([fact.params.get("name") for _, fact in group]),
        }
        items.append(make_item(join.plural, params, group, index))
    return items


def _deadlines(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Name the direction; many deadlines that move together are one item."""
    groups: dict[tuple[Value, str, str], list[Numbered]] = defaultdict(list)
    for number, fact in facts:
        params = fact.params
        groups[params.get("what"), str(params.get("old")), str(params.get("new"))].append(
            (number, fact)
        )
    items = []
    for group in groups.values():
        params = group[0][1].params
        if len(group) > 1:
            names = names_of([fact.params.get("subject") for _, fact in group])
            items.append(
                make_item(
                    "deadlines.moved", {**params, "count": len(group), "names": names}, group, index
                )
            )
        else:
            items.append(make_item(_direction(params), params, group, index))
    return items


def _direction(params: Params) -> str:
    old, new = params.get("old"), params.get("new")
    same = (
        isinstance(old, Mapping)
        and isinstance(new, Mapping)
        and old.get("qualifier") == new.get("qualifier")
    )
    return (
        f"deadline.{params.get('direction')}" if same and params.get("days") else "deadline.moved"
    )


def _cells(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Up to three changed cells are told one by one."""
    if len(facts) <= 3:
        return each(kind, facts, index)
    names = names_of([fact.params.get("row") for _, fact in facts])
    columns = names_of([fact.params.get("column") for _, fact in facts])
    params: dict[str, Value] = {"count": len(facts), "names": names, "columns": columns}
    complete = [fact.params for _, fact in facts if fact.params["old"] and fact.params["new"]]
    if complete:
        # A unit or a name that is another in every row says less than what only one row says.
        times = Counter(map(_words_that_changed, complete))
        shown = min(complete, key=lambda cell: times[_words_that_changed(cell)])
        params |= {name: shown[name] for name in ("row", "column", "old", "new")}
    return [make_item("table.cells", params, facts, index)]


def _words_that_changed(cell: Params) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only stood in a cell before, and those that only stand in it now."""
    old, new = (frozenset(str(cell[name]).split()) for name in ("old", "new"))
    return old - new, new - old


def _anchors(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Several anchors of one page that others still link to are one item."""
    if len(facts) < 2:
        return each(kind, facts, index)
    params_of_all = [fact.params for _, fact in facts]
    linking = [params.get("files") for params in params_of_all]
    listed = [value.get("items") for value in linking if isinstance(value, Mapping)]
    names = list(
        dict.fromkeys(name for group in listed if isinstance(group, tuple) for name in group)
    )
    places = [params.get("places") for params in params_of_all]
    params: dict[str, Value] = {
        "count": len(facts),
        "names": names_of([params.get("anchor") for params in params_of_all]),
        "linking": len(names),
        "places": tuple(line for group in places if isinstance(group, tuple) for line in group[:1]),
        "target": params_of_all[0].get("target"),
    }
    return [make_item("references.broken-anchors", params, facts, index)]


def _code_blocks(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Count the places of changed code; the same line changed alike everywhere is named."""
    if len(facts) < 2 or kind_of(facts[0][1].kind).has(Trait.CODE_LINE):
        alone = each(kind, facts, index)
        if len(alone) < 2 or len(facts) < 2:
            return alone
    languages = names_of([fact.params.get("language") for _, fact in facts])
    params: dict[str, Value] = {"count": len(facts), "names": languages}
    line = next((fact.params for _, fact in facts if fact.params.get("old")), None)
    if line is not None:
        params |= {"old": line["old"], "new": line["new"]}
    else:
        params["shown"] = next((s for _, fact in facts if (s := fact.params.get("shown"))), "")
    return [make_item("code-blocks.changed", params, facts, index)]


_Joiner = Callable[[str, list[Numbered], int], list[StoryItem]]
#: Ways of joining that no general form describes.
_CUSTOM: Mapping[str, _Joiner] = {
    "table.cells": _cells,
    "deadlines.moved": _deadlines,
    "references.broken-anchors": _anchors,
    "code-blocks.changed": _code_blocks,
}


def join_facts(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Return the items of all facts of one kind in a file, as its row says."""
    match kind_of(kind).join:
        case Listed() as join:
            return _list(join, kind, facts, index)
        case Many() as join:
            return _many(join, kind, facts, index)
        case Alike() as join:
            return _alike(join, kind, facts, index)
        case Custom(plural=plural):
            return _CUSTOM[plural](kind, facts, index)
        case _:
            return each(kind, facts, index)
