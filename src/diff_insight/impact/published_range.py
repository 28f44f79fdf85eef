"""Takes from the reading of a dependency's range what concerns those who use it, and turns it into subjects."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.file_types import is_page
from diff_insight.impact.languages import uses_of
from diff_insight.impact.range_impact import subjects_of
from diff_insight.impact.reference import SymbolSubject
from diff_insight.impact.subjects import NameSubject, Subject, symbol_subject
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.threads import FactRef, SaidBy, ThreadKind
from diff_insight.model.upstream_range import UpstreamFile, UpstreamRange
from diff_insight.ports import DiffSource

#: Sentences of a changelog, and the kinds of entries that they are of, the gravest first.
_MOST_SAID = 3
_SAYING = (ThreadKind.SECURITY, ThreadKind.BREAKING, ThreadKind.DEPRECATED)
#: Why a file was read in part that another run may see otherwise.
_PASSING = frozenset(("time", "limit"))
#: Files of the base that are kept for their declarations, and characters of all of them.
MOST_TEXTS, MOST_CHARACTERS = 3_000, 32_000_000


def published_range(
    commits: CommitRange, insight: Insight | None, source: DiffSource
) -> UpstreamRange:
    """Return what a range says to those who use it.

    Args:
        commits: The range.
        insight: Its document; None where nothing but pages, tests and the like changed.
        source: Gives its files.
    """
    if insight is None:
        return UpstreamRange(commits=commits)
    entries = insight.files
    files = [entry.analysis for entry in entries]
    names: dict[int, dict[int, tuple[str, ...]]] = {}
    for ref, subject in subjects_of(files, source):
        # Pages are not published with the code, nor are addresses of files.
        if isinstance(subject, NameSubject | SymbolSubject) and not is_page(
            files[ref.file].change.path
        ):
            known = subject.names if isinstance(subject, NameSubject) else ()
            names.setdefault(ref.file, {})[ref.fact] = known
    return UpstreamRange(
        commits=commits,
        files=tuple(
            UpstreamFile(
                name=entries[index].name,
                analysis=replace(
                    files[index],
                    change=replace(files[index].change, patch=None, hidden=None),
                    facts=tuple(files[index].facts[number] for number in kept),
                ),
                names=tuple(kept.values()),
            )
            for index, kept in names.items()
        ),
        said=_changelog_words(insight),
        is_lasting=not insight.coverage.unreadable
        and _PASSING.isdisjoint(reason for _, reason in insight.coverage.read_in_part),
    )


def published_subjects(published: UpstreamRange) -> list[tuple[FactRef, Subject]]:
    """Return what of a range is looked up, with the fact that it is of."""
    matches: list[tuple[FactRef, Subject]] = []
    for index, file in enumerate(published.files):
        for number, (fact, names) in enumerate(zip(file.analysis.facts, file.names, strict=True)):
            subject = NameSubject(names) if names else symbol_subject(file.analysis, fact)
            if subject is not None:
                matches.append((FactRef(index, number), subject))
    return matches


def declaring_texts(published: UpstreamRange, base: SourceTree) -> dict[str, str] | None:
    """Return the files of the base that say where a name leads; None where they are too many to keep.

    Args:
        published: What the range says.
        base: The files before it.
    """
    ends: tuple[str, ...] = ()
    for _, subject in published_subjects(published):
        language = uses_of(subject.path) if isinstance(subject, SymbolSubject) else None
        ends += language.declares_in if language is not None else ()
    paths = sorted(path for path in base.paths if ends and path.endswith(ends))
    if len(paths) > MOST_TEXTS:
        return None
    texts: dict[str, str] = {}
    characters = 0
    for path in paths:
        text = base.text(path)
        characters += len(text or "")
        if text is None or characters > MOST_CHARACTERS:
            return None
        texts[path] = text
    return texts


def kept_tree(paths: Sequence[str], texts: dict[str, str]) -> SourceTree:
    """Return the files of a base by its paths and those texts of it that matter."""

    def content(path: str) -> bytes | None:
        text = texts.get(path)
        return None if text is None else text.encode("utf-8", "replace")

    return SourceTree(paths=frozenset(paths), content=content)


def _changelog_words(insight: Insight) -> tuple[str, ...]:
    """Return what the changelog says of what breaks, is deprecated or is a matter of security."""
    threads = [
        thread
        for thread in insight.threads
        if thread.said_by is SaidBy.CHANGELOG and thread.kind in _SAYING and thread.title
    ]
    threads.sort(key=lambda thread: _SAYING.index(thread.kind))
    return tuple(dict.fromkeys(thread.title for thread in threads))[:_MOST_SAID]
