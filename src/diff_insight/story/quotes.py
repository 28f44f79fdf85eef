"""What people say about a change: the commits that explain it, and whether a breaking one was declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import FactRef

#: A commit that touches more files than this is quoted for the range, not with each of them.
MOST_FILES = 8


def commit_quotes(index: int, files: Sequence[FileAnalysis]) -> Iterator[StoryItem]:
    """Yield the item that quotes the commits of a file, when they are about few files.

    A commit that touches every file of the report is quoted once, for the range.
    """
    most = min(MOST_FILES, max(1, len(files) - 1))
    numbered = [
        (number, fact)
        for number, fact in enumerate(files[index].facts)
        if kind_of(fact.kind).has(Trait.SUBJECT) and _whole(fact.params.get("files")) <= most
    ]
    if numbered:
        quotes = tuple(fact.params["quote"] for _, fact in numbered)
        refs = tuple(FactRef(index, number) for number, _ in numbered)
        kind = "relation.commit" if len(quotes) == 1 else "relation.commits"
        params: dict[str, Value] = {"quotes": {"items": quotes, "total": len(quotes)}}
        yield _item(kind, Relation.QUOTE, params, refs)


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
    result: list[StoryItem] = []
    for number, item in enumerate(items):
        result.append(item)
        said = verdicts.get(number)
        if said is None or any(
            (said.kind, said.params) == (known_item.kind, known_item.params)
            for known_item in result
        ):
            continue
        if len(undeclared) > 1 and said is undeclared[0]:
            facts = tuple(
                dict.fromkeys(ref for known_item in undeclared for ref in known_item.facts)
            )
            # Items may join several changes: what counts is what the report counts elsewhere.
            broken = sum(files[ref.file].facts[ref.fact].breaking for ref in facts)
            params: dict[str, Value] = {"count": broken}
            result.append(_item("relation.undeclared-all", Relation.DECLARED, params, facts))
        elif said not in undeclared[1:]:
            result.append(said)
    return tuple(result)


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


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _item(
    kind: str, relation: Relation, params: Mapping[str, Value], facts: tuple[FactRef, ...]
) -> StoryItem:
    return StoryItem(
        kind=kind, role=Role.CHANGE, salience=0, params=params, facts=facts,
        files=tuple(dict.fromkeys(ref.file for ref in facts)), relation=relation,
    )  # fmt: skip
