"""Joins facts of one kind in one file into as few items as a reader needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from diff_insight.model.facts import Fact
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.story.kinds import BREAKING, kind_of

#: Names kept in an item; the catalogs show three and count the rest.
MOST_NAMES = 12
Numbered = tuple[int, Fact]
#: Parameters that count something: those of facts that are otherwise equal add up.
_ADDITIVE = ("lines", "count")
#: Parameters that make no other fact.
_WHEREVER = frozenset((*_ADDITIVE, "section"))


def make_item(
    kind: str, params: Params, facts: Sequence[Numbered], index: int, *, named: str | None = None
) -> StoryItem:
    """Return an item of a kind with the salience and role that the table gives it."""
    known = kind_of(named or kind)
    breaking = False
    refs = []
    for number, fact in facts:
        breaking = breaking or fact.breaking
        refs.append(FactRef(index, number))
    return StoryItem(
        kind=kind,
        role=Role.BREAKING if breaking else known.role,
        salience=max(known.salience, BREAKING) if breaking else known.salience,
        params=params,
        facts=tuple(refs),
        files=(index,),
        count=len(facts),
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
        told = [param for param in entry[1].params.items() if param[0] not in _WHEREVER]
        try:
            same[frozenset(told)].append(entry)
        except TypeError:  # a value that holds others, which cannot be looked up
            same[repr(sorted(told))].append(entry)
    return [make_item(kind, _summed(group), group, index) for group in same.values()]


def _summed(group: Sequence[Numbered]) -> Params:
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


def _listed(
    plural: str, name: str, *, once: bool = False
) -> Callable[[str, list[Numbered], int], list[StoryItem]]:
    """Return a joiner: two or more facts become one item that lists the parameter `name`.

    `once` counts those of one name as one.
    """

    def join(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
        if len(facts) < 2:
            return each(kind, facts, index)
        values = [fact.params.get(name) for _, fact in facts]
        values = list(dict.fromkeys(values)) if once else values
        params: dict[str, Value] = {"count": len(values), "names": names_of(values)}
        return [make_item(plural, params, facts, index)]

    return join


def _many(
    plural: str, name: str, most: int = 3
) -> Callable[[str, list[Numbered], int], list[StoryItem]]:
    """Return a joiner: more than `most` facts of one sort become an item; breaking ones apart."""

    def join(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
        groups: dict[tuple[bool, Value], list[Numbered]] = defaultdict(list)
        for number, fact in facts:
            groups[fact.breaking, fact.params.get("what")].append((number, fact))
        items: list[StoryItem] = []
        for (_, what), group in groups.items():
            if len(group) <= most:
                items += each(kind, group, index)
                continue
            names = names_of([fact.params.get(name) for _, fact in group])
            params: dict[str, Value] = {"count": len(group), "what": what, "names": names}
            items.append(make_item(plural, params, group, index))
        return items

    return join


def _few(plural: str, name: str) -> Callable[[str, list[Numbered], int], list[StoryItem]]:
    """Return a joiner: up to three facts are told one by one, more are listed."""
    listed = _listed(plural, name)

    def join(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
        return each(kind, facts, index) if len(facts) <= 3 else listed(kind, facts, index)

    return join


def _alike(plural: str, alike: str) -> Callable[[str, list[Numbered], int], list[StoryItem]]:
    """Return a joiner: facts with one value of the parameter `alike` become one item of names."""

    def join(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
        groups: dict[str, list[Numbered]] = defaultdict(list)
        for number, fact in facts:
            groups[repr(fact.params.get(alike))].append((number, fact))
        items: list[StoryItem] = []
        for group in groups.values():
            if len(group) < 2:
                items += each(kind, group, index)
                continue
            params: dict[str, Value] = {
                alike: group[0][1].params.get(alike),
                "count": len(group),
                "names": names_of([fact.params.get("name") for _, fact in group]),
            }
            items.append(make_item(plural, params, group, index))
        return items

    return join


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
    return [make_item("table.cells", params, facts, index)]


def _anchors(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Several anchors of one page that others still link to are one item."""
    if len(facts) < 2:
        return each(kind, facts, index)
    told = [fact.params for _, fact in facts]
    linking = [params.get("files") for params in told]
    listed = [value.get("items") for value in linking if isinstance(value, Mapping)]
    names = list(dict.fromkeys(name for each in listed if isinstance(each, tuple) for name in each))
    places = [params.get("places") for params in told]
    params: dict[str, Value] = {
        "count": len(facts),
        "names": names_of([one.get("anchor") for one in told]),
        "linking": len(names),
        "places": tuple(place for each in places if isinstance(each, tuple) for place in each[:1]),
        "target": told[0].get("target"),
    }
    return [make_item("references.broken-anchors", params, facts, index)]


def _code_blocks(kind: str, facts: list[Numbered], index: int) -> list[StoryItem]:
    """Count the places of changed code; the same line changed alike everywhere is named."""
    if len(facts) < 2 or facts[0][1].kind == "code-block.line":
        alone = each(kind, facts, index)
        if len(alone) < 2 or len(facts) < 2:
            return alone
    languages = names_of([fact.params.get("language") for _, fact in facts])
    return [
        make_item("code-blocks.changed", {"count": len(facts), "names": languages}, facts, index)
    ]


JOINERS: Mapping[str, Callable[[str, list[Numbered], int], list[StoryItem]]] = {
    "link.added": _listed("links.added", "text"),
    "link.removed": _listed("links.removed", "text"),
    "link.retargeted": _listed("links.retargeted", "text"),
    "picture.added": _listed("pictures.added", "target"),
    "picture.removed": _listed("pictures.removed", "target"),
    "picture.retargeted": _listed("pictures.retargeted", "new"),
    "table.row-added": _listed("table.rows-added", "row"),
    "table.row-removed": _listed("table.rows-removed", "row"),
    "outline.section-added": _listed("outline.sections-added", "heading"),
    "outline.section-removed": _listed("outline.sections-removed", "heading"),
    "table.column-added": _listed("table.columns-added", "column"),
    "table.column-removed": _listed("table.columns-removed", "column"),
    "outline.section-renamed": _listed("outline.sections-renamed", "new"),
    "outline.section-moved": _listed("outline.sections-moved", "heading"),
    "front-matter.key-added": _listed("front-matter.keys", "key"),
    "front-matter.key-removed": _listed("front-matter.keys", "key"),
    "front-matter.key-changed": _listed("front-matter.keys", "key"),
    "key.added": _many("keys.added", "key"),
    "key.removed": _many("keys.removed", "key"),
    "key.changed": _many("keys.changed", "key"),
    "dependency.added": _many("dependencies.added", "name"),
    "dependency.removed": _many("dependencies.removed", "name"),
    "dependency.moved": _many("dependencies.moved", "name", most=6),
    "member.added": _many("members.added", "name"),
    "member.removed": _many("members.removed", "name", most=6),
    "member.changed": _many("members.changed", "name", most=6),
    "member.required": _many("members.required", "name", most=6),
    "setup.added": _many("setups.added", "name"),
    "setup.removed": _many("setups.removed", "name"),
    "setup.changed": _many("setups.changed", "name"),
    "symbol.added": _listed("symbols.added", "name"),
    "symbol.removed": _listed("symbols.removed", "name"),
    "symbol.moved": _alike("symbols.moved", "to"),
    "symbol.moved-here": _alike("symbols.moved-here", "from"),
    "symbol.parameter-added": _alike("symbols.parameter-added", "parameters"),
    "symbol.parameter-required": _alike("symbols.parameter-required", "parameters"),
    "symbol.parameter-removed": _alike("symbols.parameter-removed", "parameters"),
    "symbol.parameter-changed": _listed("symbols.parameter-changed", "name", once=True),
    "symbol.signature": _listed("symbols.signature", "name"),
    "symbol.result": _listed("symbols.result", "name"),
    "symbol.visibility": _listed("symbols.visibility", "name"),
    "symbol.deprecated": _listed("symbols.deprecated", "name"),
    "symbol.value": _few("symbols.value", "name"),
    "symbol.changed": _listed("symbols.changed", "name"),
    "symbol.imported": _listed("symbols.imported", "name"),
    "symbol.documented": _listed("symbols.documented", "name"),
    "table.cell": _cells,
    "deadline.moved": _deadlines,
    "reference.broken-anchor": _anchors,
    "code-block.changed": _code_blocks,
    "code-block.line": _code_blocks,
}
