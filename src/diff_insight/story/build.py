"""Builds the story of a category: per file, and across files, each thing said once."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.gather import People
from diff_insight.file_types import is_sample
from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Across, Trait
from diff_insight.model.changes import Side
from diff_insight.model.earlier import EarlierReport
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, Story, StoryItem
from diff_insight.model.threads import Audience, FactRef
from diff_insight.runtime.kept_rows import RowFile, keep_mappings, keep_sequence, row_file
from diff_insight.story.certainty import is_likely
from diff_insight.story.file_story import file_story
from diff_insight.story.internals import fold_internal
from diff_insight.story.joiners import names_of
from diff_insight.story.listed import MOST_BULLETS
from diff_insight.story.mentions import SPEAKING, words_about
from diff_insight.story.quotes import commit_quotes, with_declared
from diff_insight.story.relations import contrast, with_relations
from diff_insight.story.salience import Moment, SalienceContext, weigh
from diff_insight.story.same_kind import join_same_kind
from diff_insight.story.shared_edits import shared_edits
from diff_insight.story.theme_words import speaks_of, theme_of
from diff_insight.story.threads.actions import actions
from diff_insight.story.threads.items import with_threads
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.thread_builder import build_threads
from diff_insight.story.threads.thread_salience import rank_threads, with_told_deadlines
from diff_insight.story.twins import join_twins
from diff_insight.story.version_lines import join_version_lines

#: Where a row says that its items list pages by their titles.
_TITLE = "title"
#: Items of one file that the range as a whole tells.
_MOST_OF_FILE = 3
#: Words of an edit that is told where few things changed.
_LEAST_WORDS = 5
#: Items below this salience are told only when their file has nothing better.
_MINOR = 35


def build_story(
    files: Sequence[FileAnalysis],
    watch: Sequence[str],
    *,
    commits_read: bool = False,
    title: str = "",
    people: People | None = None,
    earlier: Sequence[EarlierReport] = (),
) -> Story:
    """Return the story of one category.

    Args:
        files: The analysed files, in path order.
        watch: Regular expressions that raise salience.
        commits_read: Whether it is known what the commits declare.
        title: Title of the pull request, when there is one.
        people: What people say about the files.
        earlier: What earlier reports of the category have told, the newest first.
    """
    setting = Setting(files, people or People(), earlier)
    threads = rank_threads(build_threads(setting), setting)
    patterns = [re.compile(expression) for expression in watch]
    words = [words_about(analysis, title, len(files) * SPEAKING) for analysis in files]
    said, speaking = [every for every, _ in words], [wide for _, wide in words]
    rows = row_file(len(files))
    plain = [
        keep_sequence(file_story(number, file, patterns), rows) for number, file in enumerate(files)
    ]
    shared, covered = shared_edits(files)
    single = list(_single_items(plain, covered, rows))
    items = sorted(
        _weigh_range(
            join_version_lines([*shared, *_join(fold_internal(single, files), files, setting)]),
            speaking,
        ),
        key=lambda item: (-item.salience, _is_unnamed(item), item.files, item.kind),
    )
    phrase, about = theme_of(items, files)
    items = [
        weigh(item, Moment.THEME, SalienceContext(theme=speaks_of(item, phrase))) for item in items
    ]
    items = sorted(items, key=lambda item: -item.salience)
    items = with_threads(with_told_deadlines(items, setting.earlier), threads, setting)
    items = join_same_kind(join_twins(items, files), files)
    larger = contrast(items, files)
    whole = with_relations(_prominent(items), files)
    whole = with_declared((*whole, larger) if larger else whole, files, commits_read=commits_read)
    return Story(
        items=whole,
        threads=threads,
        actions=actions(threads, setting),
        theme=_theme_item(phrase, about),
        by_file=tuple(
            keep_sequence(
                (
                    *with_declared(
                        with_relations(items, files, by_file=True), files, commits_read=commits_read
                    ),
                    *commit_quotes(index, files),
                ),
                rows,
            )
            for index, items in enumerate(_boost_mentioned(items, said) for items in plain)
        ),
    )


def _is_unnamed(item: StoryItem) -> bool:
    """Tell whether an item is about a page without a title, which says less than others of its weight."""
    across = kind_of(item.kind).across
    return across is not None and across.names == _TITLE and item.params.get(_TITLE) == ""


def _single_items(
    by_file: Sequence[Sequence[StoryItem]], covered: set[FactRef], rows: RowFile | None
) -> Iterator[StoryItem]:
    """Yield the items of files that no shared one tells.

    All of them are weighed against each other; of a large range, what they say stays on disk.
    """
    for items in by_file:
        left = [item for item in items if not covered.issuperset(item.facts)]
        if rows is None:
            yield from left
            continue
        kept = keep_mappings(rows, *(item.params for item in left))
        for item, params in zip(left, kept, strict=True):
            rules = tuple((sys.intern(rule), points) for rule, points in item.rules)
            yield replace(item, kind=sys.intern(item.kind), params=params, rules=rules)


def _theme_item(phrase: str, files: tuple[int, ...]) -> StoryItem | None:
    """Return what says which words the new parts of several files have in common."""
    if not phrase:
        return None
    return StoryItem(
        kind="headline.theme", role=Role.CHANGE, salience=0, params={"phrase": phrase, "count": len(files)},
        facts=(), files=files, relation=Relation.DETAIL,
    )  # fmt: skip


def _weigh_range(items: Sequence[StoryItem], words: Sequence[str]) -> list[StoryItem]:
    """Return the items of a range with what people say of them, and what is best where nothing is good."""
    weighed = _boost_mentioned(items, words)
    context = SalienceContext(alone=_best_alone(weighed))
    return [weigh(item, Moment.RANGE, context) for item in weighed]


def _boost_mentioned(items: Sequence[StoryItem], words: Sequence[str]) -> list[StoryItem]:
    """Return items with more weight for those whose subject people name, heaviest first."""
    context = SalienceContext(words=words)
    weighed = [weigh(item, Moment.SAID, context) for item in items]
    return sorted(weighed, key=lambda item: -item.salience)


def _best_alone(items: Sequence[StoryItem]) -> int:
    """Return what the best item weighs that may stand alone; 0 where any has content of its own."""
    rows = [(item, kind_of(item.kind)) for item in items if item.relation is Relation.NONE]
    if any(item.role is not Role.HOUSEKEEPING and not row.has(Trait.UNTOLD) for item, row in rows):
        return 0
    return max((row.alone for _, row in rows), default=0)


def _join(
    items: list[StoryItem], files: Sequence[FileAnalysis], setting: Setting
) -> list[StoryItem]:
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
        members.sort(key=lambda item: _is_aside(item, files, setting))
        indexes = tuple(dict.fromkeys(file for item in members for file in item.files))
        if len(indexes) < across.least:
            joined += members
            continue
        item = StoryItem(
            kind=kind,
            role=role,
            salience=0,
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
        parts = tuple(item.salience for item in members)
        joined.append(weigh(item, Moment.JOINED, SalienceContext(parts=parts)))
    return joined


def _is_aside(item: StoryItem, files: Sequence[FileAnalysis], setting: Setting) -> bool:
    """Tell whether an item is about machinery or samples, which a list names last."""
    return all(
        setting.audiences[index] is not Audience.READERS or is_sample(files[index].change.path)
        for index in item.files
    )


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
    if across.names == _TITLE:  # what has a title of its own says more than the name of a file
        indexes = sorted(indexes, key=lambda index: not files[index].titles)
    return names_of([_name_in_list(files[index], across, named) for index in indexes])


def _name_in_list(analysis: FileAnalysis, across: Across, named: Counter[str]) -> str:
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


def _tells(item: StoryItem) -> bool:
    """Tell whether an item is worth a bullet where there are few: no upkeep, and of edits no single words."""
    words = str(item.params.get("quote", "")).split()
    edit = kind_of(item.kind).has(Trait.EDIT)
    return item.role is not Role.HOUSEKEEPING and (not edit or len(words) >= _LEAST_WORDS)


def _prominent(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Keep the few items of each file that a reader of the whole range needs; where there are few at all, more.

    What is dropped here is still told with its file.
    """
    few = sum(map(_tells, items)) <= MOST_BULLETS
    kept: list[StoryItem] = []
    seen: dict[int, int] = defaultdict(int)
    spoken: set[int] = set()
    for item in items:
        row = kind_of(item.kind)
        silent = row.has(Trait.UNTOLD) or (row.has(Trait.VAGUE) and len(item.files) == 1)
        if silent and not spoken.isdisjoint(item.files):
            continue
        spoken.update(item.files)
        voice = kind_of(item.kind).has(Trait.VOICE)
        if len(item.files) > 1 or item.role is Role.BREAKING or voice:
            kept.append(item)
            continue
        most = _MOST_OF_FILE if item.salience >= _MINOR else 1
        if (few and _tells(item)) or seen[item.files[0]] < most:
            seen[item.files[0]] += 1
            kept.append(item)
    return kept
