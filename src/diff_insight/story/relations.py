"""Joins facts that say more together: same day, only row, larger without a deadline, links lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import FactRef

#: Links that must be gone, with none added, before their loss is worth a sentence.
_LINKS_LOST = 3


def with_relations(
    items: Sequence[StoryItem], files: Sequence[FileAnalysis], *, by_file: bool = False
) -> tuple[StoryItem, ...]:
    """Return the items of a file or range with the items that relations add, each behind its cause.

    Args:
        items: Items in order of salience.
        files: All files of the category.
        by_file: Whether the items are those of one file, where there is room for lists.
    """
    result: list[StoryItem] = []
    for item in items:
        result.append(item)
        if kind_of(item.kind).has(Trait.VOICE) and item.params.get("why"):
            result.append(_why(item))
        if item.count == 1 and item.params.get("only_row"):
            result.append(_bounds(item))
        if item.role is Role.DEADLINE and len(item.files) == 1:
            result += _same_day(item, files)
        if item.kind == "links.removed" and item.count >= _LINKS_LOST:
            result += _link_losses(item, items)
        if by_file and kind_of(item.kind).has(Trait.DETAILED):
            result += _details(item)
    return tuple(result)


def contrast(items: Sequence[StoryItem], files: Sequence[FileAnalysis]) -> StoryItem | None:
    """Return the item that says the largest change is not the one that matters most."""
    if not items or items[0].role is not Role.DEADLINE or len(items[0].files) != 1:
        return None
    lead = items[0].files[0]
    largest = max(range(len(files)), key=lambda index: files[index].change.changes)
    dated = {index for item in items if item.role is Role.DEADLINE for index in item.files}
    bigger = files[largest].change.changes > 2 * files[lead].change.changes
    if largest in dated or not bigger or not files[largest].facts:
        return None
    return _item("relation.larger", Relation.CONTRAST, {}, (FactRef(largest, 0),), (largest,))


def _why(item: StoryItem) -> StoryItem:
    """Return what people put behind their title."""
    return StoryItem(
        kind="relation.why", role=Role.CHANGE, salience=0, params={"quote": item.params["why"]},
        facts=item.facts, files=item.files, relation=Relation.QUOTE,
    )  # fmt: skip


def _bounds(item: StoryItem) -> StoryItem:
    """Say what did not change where a reader would assume it did: the other rows of a table."""
    empty = item.params.get("empty_columns")
    if isinstance(empty, tuple) and empty:
        params: dict[str, Value] = {"columns": {"items": empty, "total": len(empty)}}
        return _item("relation.only-row-empty", Relation.BOUND, params, item.facts, item.files)
    return _item("relation.only-row", Relation.BOUND, {}, item.facts, item.files)


def _same_day(item: StoryItem, files: Sequence[FileAnalysis]) -> Iterator[StoryItem]:
    """Join a deadline with the page's own date when both name one day."""
    file = item.files[0]
    days = {side: _day(item.params.get(side)) for side in ("old", "new")}
    for number, fact in enumerate(files[file].facts):
        stamped = fact.params.get("new")
        side = next((name for name, day in days.items() if day == stamped), None)
        if side and stamped and kind_of(fact.kind).has(Trait.PAGE_DATE):
            params = {"key": fact.params.get("key"), "date": stamped}
            refs = (*item.facts, FactRef(file, number))
            yield _item(f"relation.same-day-{side}", Relation.SAME_DAY, params, refs, item.files)


def _link_losses(item: StoryItem, items: Sequence[StoryItem]) -> Iterator[StoryItem]:
    """Links that went while none came."""
    if not any(
        other.kind in ("links.added", "link.added") and other.files == item.files for other in items
    ):
        yield _item("relation.no-new-link", Relation.BOUND, {}, item.facts, item.files)


def _details(item: StoryItem) -> Iterator[StoryItem]:
    """List the sections that came and went, and say how a new page describes itself."""
    if "removed_count" in item.params:
        for kind, name in (
            ("relation.sections-gone", "removed"),
            ("relation.sections-new", "added"),
        ):
            if item.params[f"{name}_count"] == 1:
                continue  # its sentence has named it
            params = {"names": item.params[name]}
            yield _item(kind, Relation.DETAIL, params, item.facts, item.files)
    elif item.params.get("description"):
        params = {"text": item.params["description"]}
        yield _item("relation.description", Relation.DETAIL, params, item.facts, item.files)


def _day(value: Value) -> str:
    return str(value.get("date", "")) if isinstance(value, Mapping) else ""


def _item(
    kind: str,
    relation: Relation,
    params: Mapping[str, Value],
    facts: tuple[FactRef, ...],
    files: tuple[int, ...],
) -> StoryItem:
    return StoryItem(
        kind=kind, role=Role.CHANGE, salience=0, params=params, facts=facts, files=files,
        relation=relation,
    )  # fmt: skip
