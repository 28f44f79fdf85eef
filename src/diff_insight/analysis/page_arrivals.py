"""Tells which added pages are the new place of a page that is gone: they moved, and are no news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.changes import Status
from diff_insight.model.facts import Fact, FileAnalysis

Categories = Mapping[str, Sequence[FileAnalysis]]


def with_page_arrivals(categories: Categories) -> Categories:
    """Return the files; an added page that serves the address of a page of its title came from there.

    Args:
        categories: The analysed files by category, with what serves the addresses of pages that are gone.
    """
    gone: dict[tuple[str, str], str] = {}
    for files in categories.values():
        for file in files:
            if file.change.status is Status.REMOVED:
                gone |= {
                    (str(fact.params["by"]), str(fact.params.get("title"))): file.change.path
                    for fact in file.facts
                    if fact.params.get("by") and fact.params.get("title")
                }
    if not gone:
        return categories
    return {
        name: [_tell_arrivals(file, gone) for file in files] for name, files in categories.items()
    }


def _tell_arrivals(file: FileAnalysis, gone: Mapping[tuple[str, str], str]) -> FileAnalysis:
    if file.change.status is not Status.ADDED:
        return file
    facts = tuple(_of_arrival(fact, file.change.path, gone) for fact in file.facts)
    return file if facts == file.facts else file.with_facts(facts, decide_type(file.change, facts))


def _of_arrival(fact: Fact, path: str, gone: Mapping[tuple[str, str], str]) -> Fact:
    kind = dict(kind_of(fact.kind).served).get("arrival")
    old = gone.get((path, str(fact.params.get("title")))) if kind else None
    if kind is None or old is None:
        return fact
    return Fact(kind, {"old": old, "new": path, "only": False}, fact.evidence)
