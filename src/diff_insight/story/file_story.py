"""Turns the facts of one file into items: equal kinds are joined, so that nothing is said twice."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import FactRef, Role, StoryItem
from diff_insight.story.kinds import AROUND, BREAKING, VERSION_STEPS, WATCHED, kind_of

#: Names kept in an item; the catalogs show three and count the rest.
MOST_NAMES = 12
#: Passages told one by one; more of them in one file are a rewriting.
MOST_PASSAGES = 8
#: Spaces in a quote that says something by itself.
_TELLING = 3
_PASSAGES = (
    "text.added",
    "text.removed",
    "text.reworded",
    "text.sentence-added",
    "text.sentence-removed",
)
#: Dependencies that whoever installs a package gets with it.
_INSTALLED = ("dependency", "peer-dependency")
_MOVES = ("dependency.added", "dependency.removed", "dependency.moved", "dependencies.added",
          "dependencies.removed", "dependencies.moved")  # fmt: skip
_Numbered = tuple[int, Fact]


def file_story(
    index: int, analysis: FileAnalysis, watch: Sequence[re.Pattern[str]]
) -> tuple[StoryItem, ...]:
    """Return the items of one file, most consequential first.

    Args:
        index: The file's place in its category.
        analysis: The file's facts.
        watch: Expressions that raise the salience of what they match.
    """
    by_kind: dict[str, list[_Numbered]] = defaultdict(list)
    for number, fact in enumerate(analysis.facts):
        if fact.kind.startswith("commit."):
            continue  # quoted behind what they explain (story/people.py)
        by_kind[fact.kind].append((number, fact))
    items: list[StoryItem] = []
    _outline(by_kind, items, index)
    _rewritten(by_kind, items, index)
    for kind, facts in by_kind.items():
        items += _JOINERS.get(kind, _each)(kind, facts, index)
    size = min(4, round(math.log10(analysis.change.changes + 1)))
    weighed = [_weigh(item, analysis, size, watch) for item in items]
    return tuple(sorted(weighed, key=lambda item: (-item.salience, item.facts[0].fact)))


def make_item(
    kind: str, params: Params, facts: Sequence[_Numbered], index: int, *, named: str | None = None
) -> StoryItem:
    """Return an item of a kind with the salience and role that the table gives it."""
    breaking = any(fact.breaking for _, fact in facts)
    known = kind_of(named or kind)
    return StoryItem(
        kind=kind,
        role=Role.BREAKING if breaking else known.role,
        salience=max(known.salience, BREAKING) if breaking else known.salience,
        params=params,
        facts=tuple(FactRef(index, number) for number, _ in facts),
        files=(index,),
        count=len(facts),
    )


def names_of(values: Sequence[Value]) -> dict[str, Value]:
    """Return distinct names and how many there are with repeats, as the catalogs list them."""
    named = [str(value) for value in values if value]
    distinct = tuple(dict.fromkeys(named))
    return {"items": distinct[:MOST_NAMES], "total": len(named)}


def _weigh(
    item: StoryItem, analysis: FileAnalysis, size: int, watch: Sequence[re.Pattern[str]]
) -> StoryItem:
    salience = item.salience + (size if item.role is not Role.HOUSEKEEPING else 0)
    if item.kind in ("version.moved", "dependency.moved"):
        salience += VERSION_STEPS.get(str(item.params.get("step")), 0)
    if item.kind in _MOVES and item.params.get("what") not in _INSTALLED:
        salience += AROUND
    if watch:
        told = " ".join([analysis.change.path, *(str(value) for value in item.params.values())])
        salience += WATCHED if any(pattern.search(told) for pattern in watch) else 0
    return replace(item, salience=salience)


def _each(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
    """One item for each distinct fact; equal ones are counted."""
    same: dict[str, list[_Numbered]] = defaultdict(list)
    for number, fact in facts:
        key = repr(sorted((k, v) for k, v in fact.params.items() if k != "section"))
        same[key].append((number, fact))
    return [make_item(kind, group[0][1].params, group, index) for group in same.values()]


def _listed(plural: str, name: str) -> Callable[[str, list[_Numbered], int], list[StoryItem]]:
    """Return a joiner: two or more facts become one item that lists the parameter `name`."""

    def join(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
        if len(facts) < 2:
            return _each(kind, facts, index)
        params: dict[str, Value] = {
            "count": len(facts),
            "names": names_of([fact.params.get(name) for _, fact in facts]),
        }
        return [make_item(plural, params, facts, index)]

    return join


def _many(
    plural: str, name: str, most: int = 3
) -> Callable[[str, list[_Numbered], int], list[StoryItem]]:
    """Return a joiner: more than `most` facts of one sort become an item; breaking ones apart."""

    def join(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
        groups: dict[tuple[bool, Value], list[_Numbered]] = defaultdict(list)
        for number, fact in facts:
            groups[fact.breaking, fact.params.get("what")].append((number, fact))
        items: list[StoryItem] = []
        for (_, what), group in groups.items():
            if len(group) <= most:
                items += _each(kind, group, index)
                continue
            names = names_of([fact.params.get(name) for _, fact in group])
            params: dict[str, Value] = {"count": len(group), "what": what, "names": names}
            items.append(make_item(plural, params, group, index))
        return items

    return join


def _deadlines(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
    """Name the direction; many deadlines that move together are one item."""
    groups: dict[tuple[Value, str, str], list[_Numbered]] = defaultdict(list)
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


def _cells(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
    """Up to three changed cells are told one by one."""
    if len(facts) <= 3:
        return _each(kind, facts, index)
    names = names_of([fact.params.get("row") for _, fact in facts])
    columns = names_of([fact.params.get("column") for _, fact in facts])
    params: dict[str, Value] = {"count": len(facts), "names": names, "columns": columns}
    return [make_item("table.cells", params, facts, index)]


def _anchors(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
    """Several anchors of one page that others still link to are one item."""
    if len(facts) < 2:
        return _each(kind, facts, index)
    told = [fact.params for _, fact in facts]
    linking = [params.get("files") for params in told]
    listed = [value["items"] for value in linking if isinstance(value, Mapping)]
    names = list(dict.fromkeys(name for each in listed if isinstance(each, tuple) for name in each))
    places = [params["places"] for params in told]
    params: dict[str, Value] = {
        "count": len(facts),
        "names": names_of([one["anchor"] for one in told]),
        "linking": len(names),
        "places": tuple(place for each in places if isinstance(each, tuple) for place in each[:1]),
        "target": told[0].get("target"),
    }
    return [make_item("references.broken-anchors", params, facts, index)]


def _code_blocks(kind: str, facts: list[_Numbered], index: int) -> list[StoryItem]:
    if len(facts) < 2:
        return _each(kind, facts, index)
    languages = names_of([fact.params.get("language") for _, fact in facts])
    return [
        make_item("code-blocks.changed", {"count": len(facts), "names": languages}, facts, index)
    ]


_JOINERS: Mapping[str, Callable[[str, list[_Numbered], int], list[StoryItem]]] = {
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
    "table.cell": _cells,
    "deadline.moved": _deadlines,
    "reference.broken-anchor": _anchors,
    "code-block.changed": _code_blocks,
    "code-block.line": _code_blocks,
}


def _outline(by_kind: dict[str, list[_Numbered]], items: list[StoryItem], index: int) -> None:
    """Join sections that came and went into one item; takes its facts out of `by_kind`."""
    removed, added = by_kind["outline.section-removed"], by_kind["outline.section-added"]
    if not removed or not added or len(removed) + len(added) < 3:
        _drop_empty(by_kind)
        return
    top = min(_level(fact) for _, fact in removed + added)
    gone = [fact for _, fact in removed if _level(fact) == top]
    come = [fact for _, fact in added if _level(fact) == top]
    if gone and come:
        params: dict[str, Value] = {
            "removed": names_of([fact.params["heading"] for fact in gone]),
            "first_removed": gone[0].params["heading"],
            "first_added": come[0].params["heading"],
            "removed_count": len(gone),
            "added": names_of([fact.params["heading"] for fact in come]),
            "added_count": len(come),
            "sub_removed": len(removed) - len(gone),
            "sub_added": len(added) - len(come),
            "questions": all(str(fact.params["heading"]).endswith("?") for fact in gone),
        }
        items.append(make_item("outline.replaced", params, removed + added, index))
        del by_kind["outline.section-removed"], by_kind["outline.section-added"]
    _drop_empty(by_kind)


def _rewritten(by_kind: dict[str, list[_Numbered]], items: list[StoryItem], index: int) -> None:
    """Make one item of many new, lost and reworded passages; takes its facts out of `by_kind`."""
    kinds = [kind for kind in _PASSAGES if kind in by_kind]
    facts = [entry for kind in kinds for entry in by_kind[kind]]
    uncounted = [fact.params["count"] for _, fact in by_kind.get("text.more", ())]
    if len(facts) <= MOST_PASSAGES:
        return
    added = [fact for _, fact in by_kind.get("text.added", ())]
    telling = next(
        (fact for fact in added if str(fact.params["quote"]).count(" ") >= _TELLING), None
    )
    first = telling or next((fact for kind in ("text.added", "text.reworded", "text.removed")
                  for _, fact in by_kind.get(kind, ())), facts[0][1])  # fmt: skip
    params: dict[str, Value] = {
        "count": len(facts) + sum(count for count in uncounted if isinstance(count, int)),
        "quote": first.params["quote"],
        "shorter": first.kind == "text.removed",
    }
    items.append(make_item("text.rewritten", params, facts, index))
    for kind in (*kinds, "text.more"):
        by_kind.pop(kind, None)


def _drop_empty(by_kind: dict[str, list[_Numbered]]) -> None:
    for kind in [kind for kind, facts in by_kind.items() if not facts]:
        del by_kind[kind]


def _level(fact: Fact) -> int:
    level = fact.params.get("level")
    return level if isinstance(level, int) else 0
