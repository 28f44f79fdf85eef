"""Finds what many files of a category share, so that it is told once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.facts.cross_file import repeated_edits
from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.story.joiners import names_of
from diff_insight.story.salience import Moment, SalienceContext, weigh


def shared_edits(files: Sequence[FileAnalysis]) -> tuple[list[StoryItem], set[FactRef]]:
    """Return one item for each edit that many files share, and all facts that these items cover."""
    items: list[StoryItem] = []
    covered: set[FactRef] = set()
    breaking = _breaking_facts(files)
    for fact, places in repeated_edits([analysis.facts for analysis in files]):
        if kind_of(fact.kind).has(Trait.ANY_VALUE):
            continue  # joined by kind instead, whatever the values are
        refs = tuple(FactRef(file, number) for file, number in places)
        covered.update(refs)
        items.append(_shared_item(fact, refs, files, breaking))
    return _same_files(items), covered


def _same_files(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Join sections that came or went in the very same files."""
    groups: dict[tuple[str, tuple[int, ...]], list[StoryItem]] = defaultdict(list)
    for item in items:
        groups[item.kind, item.files].append(item)
    joined: list[StoryItem] = []
    for (kind, indexes), members in groups.items():
        row = kind_of(kind)
        if row.join is None or not row.has(Trait.WITH_SAME_FILES) or len(members) < 2:
            joined += members
            continue
        refs = tuple(ref for item in members for ref in item.facts)
        params: dict[str, Value] = {
            "count": len(indexes),
            "sections": len(members),
            "names": names_of([item.params["heading"] for item in members]),
        }
        joined.append(
            replace(
                members[0],
                kind=row.join.plural + REPEATED,
                params=params,
                facts=refs,
                count=len(refs),
            )
        )
    return joined


def _breaking_facts(files: Sequence[FileAnalysis]) -> dict[FactRef, bool]:
    """Return the facts that break something, and whether that is proved."""
    return {
        FactRef(index, number): fact.is_proved_breaking
        for index, file in enumerate(files)
        for number, fact in enumerate(file.facts)
        if fact.breaking
    }


def _shared_item(
    fact: Fact,
    refs: tuple[FactRef, ...],
    files: Sequence[FileAnalysis],
    breaking: Mapping[FactRef, bool],
) -> StoryItem:
    """Return the item of an edit that many files share."""
    indexes = tuple(dict.fromkeys(ref.file for ref in refs))
    context = SalienceContext(
        total=len(files),
        breaking=any(ref in breaking for ref in refs),
        proved=any(breaking.get(ref, False) for ref in refs),
        params=files[refs[0].file].facts[refs[0].fact].params,
    )
    item = StoryItem(
        kind=fact.kind, role=Role.CHANGE, salience=0, params={**fact.params, "count": len(indexes)},
        facts=refs, files=indexes, count=len(indexes),
    )  # fmt: skip
    return weigh(item, Moment.SHARED, context)
