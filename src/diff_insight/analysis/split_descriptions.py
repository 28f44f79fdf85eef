"""OpenAPI descriptions that stand in several files: what changed in a part of one, for those who call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.analysis.public_api import with_reason
from diff_insight.facts.data.data_trees import is_published_interface
from diff_insight.facts.file_view import BOTH_SIDES
from diff_insight.file_types import extension
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit

_FORMATS = ("yaml", "yml", "json")
#: Seconds of computing for all descriptions.
_SECONDS = 20.0

Categories = Mapping[str, tuple[FileAnalysis, ...]]


def with_split_descriptions(
    categories: Categories, commits: CommitRange, source: DiffSource
) -> dict[str, tuple[FileAnalysis, ...]]:
    """Return the analyses with what parts of a description mean for those who call it.

    Args:
        categories: The analysed files of every category.
        commits: The range.
        source: Gives the files of both sides.
    """
    files = [analysis for of_category in categories.values() for analysis in of_category]
    parts = {analysis.change.path for analysis in files if _may_be_part(analysis)}
    base, head = [source.tree(commits, side) for side in Side] if parts else [None, None]
    if base is None or head is None:
        return dict(categories)
    from diff_insight.facts.interfaces.openapi_parts import facts_of_parts  # noqa: PLC0415 - rare

    try:
        with cpu_limit(_SECONDS):
            facts = facts_of_parts(parts, base, head)
    except (OutOfTimeError, MemoryError, RecursionError) as error:
        facts, reason = {}, "time" if isinstance(error, OutOfTimeError) else "limit"
    else:
        reason = ""
    return {
        name: tuple(
            with_reason(_with(analysis, facts.get(analysis.change.path, ())), reason)
            if analysis.change.path in parts
            else analysis
            for analysis in analyses
        )
        for name, analyses in categories.items()
    }


def _may_be_part(analysis: FileAnalysis) -> bool:
    change = analysis.change
    return (
        change.status in BOTH_SIDES
        and not change.unreadable
        and extension(change.path) in _FORMATS
        and not any(kind_of(fact.kind).has(Trait.INTERFACE) for fact in analysis.facts)
        and is_published_interface(change.path, api=True)
    )


def _with(analysis: FileAnalysis, facts: Iterable[Fact]) -> FileAnalysis:
    """Return a part with what it means in place of the names of its keys."""
    new = list(facts)
    if not new:
        return analysis
    lines = {(each.side, each.start) for fact in new for each in fact.evidence}
    kept = [
        fact for fact in analysis.facts
        if not fact.evidence or not all((each.side, each.start) in lines for each in fact.evidence)
    ]  # fmt: skip
    every = sorted((*new, *kept), key=lambda fact: not fact.breaking)
    return analysis.with_facts(every, decide_type(analysis.change, every))
