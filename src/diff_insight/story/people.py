"""What people say about a change: the commits that explain it, and whether a breaking one was declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diff_insight.markup.plain import clip
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import FactRef, Relation, Role, StoryItem

#: A commit that touches more files than this is quoted for the range, not with each of them.
MOST_FILES = 8
#: Files of a report in which one commit can be what most of it is about.
_LEAST_WIDE = 10
_SUBJECT = "commit.subject"
_LONGEST_TITLE = 120


def quoted(index: int, files: Sequence[FileAnalysis]) -> Iterator[StoryItem]:
    """Yield the item that quotes the commits of a file, when they are about few files.

    A commit that touches every file of the report is quoted once, for the range.
    """
    most = min(MOST_FILES, max(1, len(files) - 1))
    numbered = [
        (number, fact)
        for number, fact in enumerate(files[index].facts)
        if fact.kind == _SUBJECT and _whole(fact.params.get("files")) <= most
    ]
    if numbered:
        quotes = tuple(fact.params["quote"] for _, fact in numbered)
        refs = tuple(FactRef(index, number) for number, _ in numbered)
        kind = "relation.commit" if len(quotes) == 1 else "relation.commits"
        params: dict[str, Value] = {"quotes": {"items": quotes, "total": len(quotes)}}
        yield _item(kind, Relation.QUOTE, params, refs)


def with_reason(
    items: Sequence[StoryItem], files: Sequence[FileAnalysis], title: str
) -> tuple[StoryItem, ...]:
    """Put what people say behind the first item and its relations: the pull request, else a commit."""
    if not items:
        return ()
    end = next(
        (at for at, item in enumerate(items) if at and item.relation is Relation.NONE), len(items)
    )
    declared = {
        item.params.get("quote") for item in items[:end] if item.relation is Relation.DECLARED
    }
    said = _title(title, items[0]) or _subject(items[0], files, declared)
    if said is None:
        return tuple(items)
    return (*items[:end], said, *items[end:])


def with_declared(
    items: Sequence[StoryItem], files: Sequence[FileAnalysis], *, commits_read: bool
) -> tuple[StoryItem, ...]:
    """Put behind each breaking item whether it was declared; nothing where that is not known."""
    told: list[StoryItem] = []
    for item in items:
        told.append(item)
        if item.role is Role.BREAKING:
            told += _verdict(item, files, commits_read=commits_read)
    return tuple(told)


def _verdict(
    item: StoryItem, files: Sequence[FileAnalysis], *, commits_read: bool
) -> Iterator[StoryItem]:
    facts = [files[ref.file].facts[ref.fact] for ref in item.facts]
    by = [fact.declared for fact in facts if fact.declared is not None]
    if not by:
        if commits_read:
            yield _item("relation.undeclared", Relation.DECLARED, {}, item.facts)
        return
    if len(by) < len(facts):
        params: dict[str, Value] = {"count": len(facts), "declared": len(by)}
        yield _item("relation.declared-some", Relation.DECLARED, params, item.facts)
        return
    yield _item(
        f"relation.declared-{by[0].by}", Relation.DECLARED, {"quote": by[0].quote}, item.facts
    )


def _title(title: str, first: StoryItem) -> StoryItem | None:
    line = clip(" ".join(title.split()), _LONGEST_TITLE)
    if not line:
        return None
    return _item("relation.proposed", Relation.QUOTE, {"quote": line}, first.facts[:1])


def _subject(
    first: StoryItem, files: Sequence[FileAnalysis], declared: set[Value]
) -> StoryItem | None:
    """Return the commit that touches most of the files of an item, unless it was quoted already."""
    found: dict[str, list[FactRef]] = defaultdict(list)
    quotes: dict[str, Value] = {}
    for file in first.files:
        for number, fact in enumerate(files[file].facts):
            if fact.kind == _SUBJECT:
                commit = str(fact.params["commit"])
                found[commit].append(FactRef(file, number))
                quotes[commit] = fact.params["quote"]
    best = max(found, key=lambda commit: len(found[commit]), default=None)
    if best is None or len(found[best]) * 2 < len(first.files):
        return None
    if quotes[best] in declared:
        return None
    params: dict[str, Value] = {"quotes": {"items": (quotes[best],), "total": 1}}
    fact = files[found[best][0].file].facts[found[best][0].fact]
    reach = _whole(fact.params.get("files"))
    if len(files) >= _LEAST_WIDE and reach * 2 >= len(files) > reach:
        params |= {"count": reach, "total": len(files)}
        return _item("relation.commit-wide", Relation.QUOTE, params, tuple(found[best]))
    return _item("relation.commit", Relation.QUOTE, params, tuple(found[best]))


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _item(
    kind: str, relation: Relation, params: Mapping[str, Value], facts: tuple[FactRef, ...]
) -> StoryItem:
    return StoryItem(
        kind=kind, role=Role.CHANGE, salience=0, params=params, facts=facts,
        files=tuple(dict.fromkeys(ref.file for ref in facts)), relation=relation,
    )  # fmt: skip
