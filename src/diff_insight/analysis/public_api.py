"""Puts what a comparison of both commits' public APIs finds in place of what one file's text says of its symbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import process_time

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.readers import language_of, reader_of
from diff_insight.kinds.catalogue import KINDS
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import FileChange, Side, Status
from diff_insight.model.facts import Evidence, Fact, FileAnalysis
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import DiffSource
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit
from diff_insight.runtime.run_limits import seconds_left

#: Seconds of computing for the public APIs of all languages.
SECONDS_OF_API = 120.0

Categories = Mapping[str, tuple[FileAnalysis, ...]]


def with_public_api(
    categories: Categories, commits: CommitRange, source: DiffSource
) -> dict[str, tuple[FileAnalysis, ...]]:
    """Return the analyses with what breaks users of the code, and nothing else of code called breaking.

    Args:
        categories: The analysed files of every category.
        commits: The range.
        source: Gives the files of both sides.
    """
    files = [analysis for of_category in categories.values() for analysis in of_category]
    by_language: dict[str, list[FileChange]] = defaultdict(list)
    for analysis in files:
        for language in _languages_of(analysis.change):
            by_language[language].append(analysis.change)
    if not by_language:
        return dict(categories)
    trees = [source.tree(commits, side) for side in Side]
    of_category: dict[str, list[ApiChange]] = defaultdict(list)
    compared: dict[bytes, str] = {}
    left = min(SECONDS_OF_API, seconds_left() / 2)
    for language, changes in sorted(by_language.items()):
        started = process_time()
        api_changes, reason = _compare(language, _sides(changes, trees, source), left)
        left -= process_time() - started
        for change in api_changes:
            item = change.base or change.head
            if item is not None:
                of_category[item.path].append(change)
        compared |= dict.fromkeys((change.path_bytes for change in changes), reason)
    return {
        name: tuple(
            with_reason(_with_api_changes(analysis, of_category), why)
            if (why := compared.get(analysis.change.path_bytes)) is not None
            else analysis
            for analysis in analyses
        )
        for name, analyses in categories.items()
    }


def _languages_of(change: FileChange) -> set[str]:
    """Return the languages that a file is written in, before and after: a rename may change it."""
    if change.unreadable:
        return set()
    return {language_of(path) for side in Side if (path := _path(change, side))} - {""}


def _compare(language: str, sides: Sides, seconds: float) -> tuple[list[ApiChange], str]:
    """Return what changed of the API of a language; or nothing, and why it was not read."""
    try:
        with cpu_limit(seconds):
            return list(reader_of(language)(sides)), ""
    except OutOfTimeError:
        return [], "time"
    except MemoryError:
        return [], "limit"


def with_reason(analysis: FileAnalysis, reason: str) -> FileAnalysis:
    """Say why nobody can tell what breaks in a file, where that is so."""
    if not reason or reason in analysis.read_in_part:
        return analysis
    return replace(analysis, read_in_part=(*analysis.read_in_part, reason))


def _sides(
    changes: Sequence[FileChange], trees: Sequence[SourceTree | None], source: DiffSource
) -> Sides:
    changed = [Changed(_path(change, Side.BASE), _path(change, Side.HEAD)) for change in changes]
    base, head = trees
    if base is not None and head is not None:
        return Sides(base, head, changed)
    alone = [changed_tree(changes, side, source) for side in Side]
    return Sides(alone[0], alone[1], changed, whole=False)


def changed_tree(changes: Sequence[FileChange], side: Side, source: DiffSource) -> SourceTree:
    """Return one side of the files that differ, where nothing else can be had."""
    paths = {path: change for change in changes if (path := _path(change, side))}

    def content(path: str) -> bytes | None:
        change = paths.get(path)
        if change is None:
            return None
        previous = change.previous_path_bytes if side is Side.BASE else None
        return source.read(side, change.path_bytes if previous is None else previous)

    return SourceTree(paths=frozenset(paths), content=content)


def _path(change: FileChange, side: Side) -> str:
    """Return where a file stands on one side; empty where it is not there."""
    if side is Side.BASE:
        return (
            ""
            if change.status in (Status.ADDED, Status.COPIED)
            else change.previous_path or change.path
        )
    return "" if change.status is Status.REMOVED else change.path


def _with_api_changes(
    analysis: FileAnalysis, api_changes: Mapping[str, Sequence[ApiChange]]
) -> FileAnalysis:
    """Put what breaks in place of what the text alone says of the same names."""
    paths = {_path(analysis.change, side) for side in Side} - {""}
    changes = [change for path in sorted(paths) for change in api_changes.get(path, ())]
    facts = [_as_text(fact) for fact in analysis.facts]
    if not changes and facts == list(analysis.facts):
        return analysis
    for change in changes:
        facts = list(_merge_change(facts, change))
    facts.sort(key=lambda fact: not fact.breaking)
    return analysis.with_facts(facts, decide_type(analysis.change, facts))


def _as_text(fact: Fact) -> Fact:
    """Take back that a change of a symbol breaks something: its file alone cannot tell."""
    is_symbol = fact.breaking and KINDS[fact.kind].has(Trait.SYMBOL)
    return replace(fact, breaking=False) if is_symbol else fact


def _merge_change(facts: Iterable[Fact], change: ApiChange) -> Iterator[Fact]:
    """Yield facts with one that tells a change of the API."""
    names = {_bare(item.key) for item in (change.base, change.head) if item is not None}
    names.add(_bare(str(change.params.get("name", ""))))
    gone = KINDS[change.kind].has(Trait.NAME_GONE)
    replaced = Trait.NAME_GONE if gone else Trait.SYMBOL_CHANGED
    placed = False
    for fact in facts:
        name = _bare(str(fact.params.get("name", fact.params.get("old", ""))))
        if name not in names or not KINDS[fact.kind].has(replaced) or fact.surface:
            yield fact
        elif not placed:
            placed = True
            renamed = gone and KINDS[fact.kind].has(Trait.NEW_NAME)
            yield _with_standing(fact if renamed else _fact(change), change)
    if not placed:
        yield fact_of(change)


def fact_of(change: ApiChange) -> Fact:
    """Return the fact that tells a change of the API."""
    return _with_standing(_fact(change), change)


def _with_standing(fact: Fact, change: ApiChange) -> Fact:
    """Return a fact that says who can see the change, and how certain it is."""
    return replace(
        fact, breaking=change.breaking, surface=change.surface,
        certainty="proved" if change.certain or not change.breaking else "likely",
    )  # fmt: skip


def _fact(change: ApiChange) -> Fact:
    evidence = tuple(
        Evidence(side, item.start, item.end)
        for side, item in ((Side.BASE, change.base), (Side.HEAD, change.head))
        if item is not None
    )
    return Fact(change.kind, dict(change.params), evidence)


def _bare(name: str) -> str:
    """Return a name without what is behind it: parentheses, with the types that tell forms apart.

    Languages write the step from a type to its member in several ways.
    """
    return name.partition("(")[0].replace("::", ".").replace("#", ".")
