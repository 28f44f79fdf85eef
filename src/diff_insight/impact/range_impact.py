"""Adds to finished documents what the reader's own code uses of the things that they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from diff_insight.analysis.public_api import changed_tree
from diff_insight.impact.finding import used_findings, weight
from diff_insight.impact.impact_text import ImpactTelling, with_impact
from diff_insight.impact.look_up import OtherRepository, look_up
from diff_insight.impact.reference import SymbolSubject
from diff_insight.impact.subjects import AddressSubject, Subject, subjects
from diff_insight.model.changes import Side
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.threads import FactRef
from diff_insight.model.uses import Use
from diff_insight.ports import DiffSource, OwnCode
from diff_insight.wording.places import Places

Uses = Mapping[FactRef, tuple[Use, ...]]
#: Versions of files that are kept while their lines are asked for.
_KEPT = 64


def add_impact(
    insights: Sequence[Insight], commits: CommitRange, source: DiffSource, own: OwnCode | None
) -> list[Insight]:
    """Return the documents with their uses; as they are where there is no code of one's own.

    Args:
        insights: The documents, with the texts of a model where one wrote some: it saw no use.
        commits: The range.
        source: Gives the files of the compared repository.
        own: The reader's own code.
    """
    if own is None:
        return list(insights)
    return [_with_uses(insight, commits, source, own) for insight in insights]


def _with_uses(insight: Insight, commits: CommitRange, source: DiffSource, own: OwnCode) -> Insight:
    files = [entry.analysis for entry in insight.files]
    matches = subjects_of(files, source)
    if not matches:
        return insight
    tree = base_tree(files, commits, source)
    uses, notices = uses_here(matches, OtherRepository(commits.repository, tree), own)
    names = [entry.name for entry in insight.files]
    findings = used_findings(files, uses, Places(insight.range, files, names))
    unused = [label_of(subject) for ref, subject in matches if ref not in uses]
    telling = ImpactTelling(
        findings=tuple(sorted(findings, key=weight)),
        unused=tuple(dict.fromkeys(unused)) if own.is_named else (),
        notices=notices,
    )
    entries = [with_fact_uses(entry, index, uses) for index, entry in enumerate(insight.files)]
    return with_impact(replace(insight, files=tuple(entries)), telling)


def uses_here(
    matches: Sequence[tuple[FactRef, Subject]], other: OtherRepository, own: OwnCode
) -> tuple[Uses, tuple[Notice, ...]]:
    """Return the uses of each fact that has some, and what limits kept out."""
    result = look_up([subject for _, subject in matches], other, own)
    uses = {matches[number][0]: every for number, every in sorted(result.uses.items())}
    return uses, result.notices


def subjects_of(files: Sequence[FileAnalysis], source: DiffSource) -> list[tuple[FactRef, Subject]]:
    """Return what of a range code elsewhere may use."""

    @lru_cache(maxsize=_KEPT)
    def lines(side: Side, path: bytes) -> list[str]:
        return (source.read(side, path) or b"").decode("utf-8", "replace").split("\n")

    def line(file: FileAnalysis, side: Side, number: int) -> str:
        previous = file.change.previous_path_bytes if side is Side.BASE else None
        every = lines(side, file.change.path_bytes if previous is None else previous)
        return every[number - 1] if number <= len(every) else ""

    return list(subjects(files, line))


def label_of(subject: Subject) -> str:
    """Return what a subject is called in a list."""
    if isinstance(subject, SymbolSubject):
        return str(subject.fact.params.get("name") or subject.fact.params.get("old"))
    return subject.path if isinstance(subject, AddressSubject) else ", ".join(subject.names)


def with_fact_uses(entry: FileEntry, index: int, uses: Uses) -> FileEntry:
    """Return a file whose facts have their uses."""
    here = {ref.fact: matches for ref, matches in uses.items() if ref.file == index}
    if not here:
        return entry
    facts = (
        replace(fact, uses=here[number]) if number in here else fact
        for number, fact in enumerate(entry.analysis.facts)
    )
    return replace(entry, analysis=entry.analysis.with_facts(facts))


def base_tree(
    files: Iterable[FileAnalysis], commits: CommitRange, source: DiffSource
) -> SourceTree:
    """Return the files of the base; the changed ones alone where nothing else can be had."""
    tree = source.tree(commits, Side.BASE)
    return tree or changed_tree([file.change for file in files], Side.BASE, source)
