"""What people say about a change: the commits that explain it, and whether a breaking one was declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diff_insight.markup.plain import clip
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import FactRef

#: A commit that touches more files than this is quoted for the range, not with each of them.
MOST_FILES = 8
#: Files of a report in which one commit can be what most of it is about.
_LEAST_WIDE = 10
#: Files of an item that is explained although it is not the first.
_LEAST_FILES = 3
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
    """Put what people say behind what they explain.

    The first item has the title of the pull request, else its commit; the first of the others that
    many files share has its own.
    """
    if not items:
        return ()
    told = [*items]
    end = _end(told, 0)
    quoted_so_far = {item.params.get("quote") for item in told[:end]}
    said = _title(title, told[0]) or _subject(told[0], files, quoted_so_far)
    if said is not None:
        told.insert(end, said)
        quoted_so_far |= _quotes(said)
    for at, item in enumerate(told):
        if at and item.relation is Relation.NONE and len(item.files) >= _LEAST_FILES:
            also = _subject(item, files, quoted_so_far)
            if also is not None:
                told.insert(_end(told, at), also)
                break
    return tuple(told)


def _end(items: Sequence[StoryItem], start: int) -> int:
    """Return the place behind an item and its relations."""
    behind = range(start + 1, len(items))
    return next((at for at in behind if items[at].relation is Relation.NONE), len(items))


def _quotes(item: StoryItem) -> set[Value]:
    value = item.params.get("quotes")
    items = value.get("items") if isinstance(value, Mapping) else None
    return set(items) if isinstance(items, tuple) else {item.params.get("quote")}


def with_declared(
    items: Sequence[StoryItem], files: Sequence[FileAnalysis], *, commits_read: bool
) -> tuple[StoryItem, ...]:
    """Put behind breaking items whether they were declared; nothing where that is not known.

    What is the same for several of them is said behind the first.
    """
    verdicts = {
        number: verdict
        for number, item in enumerate(items)
        if item.role is Role.BREAKING
        for verdict in _verdict(item, files, commits_read=commits_read)
    }
    if not verdicts:
        return tuple(items)
    undeclared = [said for said in verdicts.values() if said.kind == "relation.undeclared"]
    told: list[StoryItem] = []
    for number, item in enumerate(items):
        told.append(item)
        said = verdicts.get(number)
        if said is None or any((said.kind, said.params) == (one.kind, one.params) for one in told):
            continue
        if len(undeclared) > 1 and said is undeclared[0]:
            facts = tuple(dict.fromkeys(ref for one in undeclared for ref in one.facts))
            # Items may join several changes: what counts is what the report counts elsewhere.
            broken = sum(files[ref.file].facts[ref.fact].breaking for ref in facts)
            params: dict[str, Value] = {"count": broken}
            told.append(_item("relation.undeclared-all", Relation.DECLARED, params, facts))
        elif said not in undeclared[1:]:
            told.append(said)
    return tuple(told)


def _verdict(
    item: StoryItem, files: Sequence[FileAnalysis], *, commits_read: bool
) -> Iterator[StoryItem]:
    facts = [files[ref.file].facts[ref.fact] for ref in item.facts]
    if not any(fact.breaking for fact in facts):
        return  # the page that is quoted declares it
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
