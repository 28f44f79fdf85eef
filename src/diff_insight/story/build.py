"""Builds the story of a category: per file, and across files, each thing said once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.facts.cross_file import repeated_edits
from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Across, Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import FactRef, Role, Story, StoryItem
from diff_insight.story.aside import folded
from diff_insight.story.certainty import is_likely
from diff_insight.story.file_story import file_story
from diff_insight.story.joiners import names_of
from diff_insight.story.quotes import quoted, with_declared, with_reason
from diff_insight.story.relations import contrast, related
from diff_insight.story.salience import BREAKING
from diff_insight.story.weights import SPEAKING, lifted, of_step, with_content, words_said

#: What telling an edit once for many files adds to its salience, at the most.
_MOST_FOR_MANY = 12
#: Where a row says that its items list pages by their titles.
_TITLE = "title"
#: An edit in at least so many files, and in half of them, is what the range is about.
_LEAST_SWEEPING = 10
_SWEEPING = 50
#: Items of one file that the range as a whole tells.
_MOST_OF_FILE = 3
#: Items below this salience are told only when their file has nothing better.
_MINOR = 35


def build_story(
    files: Sequence[FileAnalysis],
    watch: Sequence[str],
    *,
    commits_read: bool = False,
    title: str = "",
) -> Story:
    """Return the story of one category.

    Args:
        files: The analysed files, in path order.
        watch: Regular expressions that raise salience.
        commits_read: Whether it is known what the commits declare.
        title: Title of the pull request, when there is one.
    """
    patterns = [re.compile(expression) for expression in watch]
    words = [words_said(analysis, title, len(files) * SPEAKING) for analysis in files]
    said, speaking = [every for every, _ in words], [wide for _, wide in words]
    plain = [file_story(index, analysis, patterns) for index, analysis in enumerate(files)]
    across, told = _repeated(files)
    single = [item for items in plain for item in items if not told.issuperset(item.facts)]
    items = sorted(
        with_content(lifted([*across, *_join(folded(single, files), files)], speaking)),
        key=lambda item: (-item.salience, item.files, item.kind),
    )
    larger = contrast(items, files)
    whole = related(_prominent(items), files)
    whole = with_declared((*whole, larger) if larger else whole, files, commits_read=commits_read)
    return Story(
        items=with_reason(whole, files, title),
        by_file=tuple(
            (
                *with_declared(
                    related(items, files, by_file=True), files, commits_read=commits_read
                ),
                *quoted(index, files),
            )
            for index, items in enumerate(lifted(items, said) for items in plain)
        ),
    )


def _repeated(files: Sequence[FileAnalysis]) -> tuple[list[StoryItem], set[FactRef]]:
    """Return one item for each edit that many files share, and the facts it tells."""
    items: list[StoryItem] = []
    told: set[FactRef] = set()
    for fact, places in repeated_edits([analysis.facts for analysis in files]):
        if kind_of(fact.kind).has(Trait.ANY_VALUE):
            continue  # joined by kind instead, whatever the values are
        refs = tuple(FactRef(file, number) for file, number in places)
        told.update(refs)
        items.append(_shared(fact, refs, files))
    return _same_files(items), told


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


def _shared(fact: Fact, refs: tuple[FactRef, ...], files: Sequence[FileAnalysis]) -> StoryItem:
    """Return the item of an edit that many files share."""
    known = kind_of(fact.kind)
    indexes = tuple(dict.fromkeys(ref.file for ref in refs))
    first = files[refs[0].file].facts[refs[0].fact]
    step = of_step(fact.kind, first.params)
    role, salience = known.role, known.salience + step + min(_MOST_FOR_MANY, len(indexes))
    if any(files[ref.file].facts[ref.fact].breaking for ref in refs):
        role, salience = Role.BREAKING, max(salience, BREAKING)
    sweeping = len(indexes) >= _LEAST_SWEEPING and len(indexes) * 2 >= len(files)
    if sweeping and not known.has(Trait.COSMETIC):
        # One edit through most of the range is what the range is about.
        role, salience = (
            Role.CHANGE if role is Role.HOUSEKEEPING else role,
            max(salience, _SWEEPING + step),
        )
    return StoryItem(
        kind=fact.kind,
        role=role,
        salience=salience,
        params={**fact.params, "count": len(indexes)},
        facts=refs,
        files=indexes,
        count=len(indexes),
    )


def _join(items: list[StoryItem], files: Sequence[FileAnalysis]) -> list[StoryItem]:
    """Join items of one kind from different files where its row says so."""
    groups: dict[tuple[str, Role, bool], list[tuple[Across, StoryItem]]] = defaultdict(list)
    joined: list[StoryItem] = []
    for item in items:
        across = kind_of(item.kind).across
        if across is None or item.kind.endswith(REPEATED):
            joined.append(item)
        else:
            groups[across.plural, item.role, is_likely(item, files)].append((across, item))
    for (kind, role, _), ruled in groups.items():
        across, members = ruled[0][0], [item for _, item in ruled]
        indexes = tuple(dict.fromkeys(file for item in members for file in item.files))
        if len(indexes) < across.least:
            joined += members
            continue
        joined.append(
            StoryItem(
                kind=kind,
                role=role,
                salience=max(_reorganized(across, indexes), *(item.salience for item in members)),
                params={
                    "count": len(indexes),
                    "names": _names(members, indexes, files, across),
                    "keys": _keys(members),
                    "facts": sum(item.count for item in members),
                },
                facts=tuple(ref for item in members for ref in item.facts),
                files=indexes,
                count=len(indexes),
            )
        )
    return joined


def _reorganized(across: Across, indexes: Sequence[int]) -> int:
    """Return what many moves weigh at least: they are what a range is about."""
    return across.sweeping if len(indexes) >= _LEAST_SWEEPING else 0


def _names(
    items: Sequence[StoryItem],
    indexes: Sequence[int],
    files: Sequence[FileAnalysis],
    across: Across,
) -> dict[str, Value]:
    """Return what a joined item lists: files, or what is gone where that is what it tells."""
    if across.names and across.names != _TITLE:
        return names_of(list(dict.fromkeys(item.params[across.names] for item in items)))
    named = Counter(_last(files[index].change.path) for index in indexes)
    return names_of([_called(files[index], across, named) for index in indexes])


def _called(analysis: FileAnalysis, across: Across, named: Counter[str]) -> str:
    """Return what a list calls a file: a page by its own title, anything else by its name.

    A file that shares its name with another of the list has its folder in front.
    """
    title = analysis.titles.get(Side.HEAD) or analysis.titles.get(Side.BASE)
    if title and across.names == _TITLE:
        return title
    path = analysis.change.path
    name = _last(path)
    return _last(path, 2) if named[name] > 1 else name


def _last(path: str, parts: int = 1) -> str:
    """Return the last parts of a path."""
    return "/".join(path.rsplit("/", parts)[-parts:])


def _keys(items: Sequence[StoryItem]) -> dict[str, Value]:
    """Return the distinct front matter keys that items speak of."""
    distinct = dict.fromkeys(str(item.params["key"]) for item in items if item.params.get("key"))
    return names_of(list(distinct))


def _prominent(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Keep the few items of each file that a reader of the whole range needs.

    What is dropped here is still told with its file.
    """
    kept: list[StoryItem] = []
    seen: dict[int, int] = defaultdict(int)
    for item in items:
        if len(item.files) > 1 or item.role is Role.BREAKING:
            kept.append(item)
            continue
        most = _MOST_OF_FILE if item.salience >= _MINOR else 1
        if seen[item.files[0]] < most:
            seen[item.files[0]] += 1
            kept.append(item)
    return kept
