"""Tells which added pages are the new place of a page that is gone: they moved, and are no news."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.changes import Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value

#: Words of a file's name, its ending among them, from which on two files of that name are one page.
_WORD = re.compile(r"[^\W_]{2,}")
_LEAST_WORDS = 3
Categories = Mapping[str, Sequence[FileAnalysis]]


def with_page_arrivals(categories: Categories) -> Categories:
    """Return the files; an added page that serves the address of a page of its title came from there.

    Args:
        categories: The analysed files by category, with what serves the addresses of pages that are gone.
    """
    categories = _with_moved_by_name(categories)
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


def _with_moved_by_name(categories: Categories) -> Categories:
    """Return the files; a page that is gone and one that came elsewhere under its telling name are one that moved."""
    every = [file for files in categories.values() for file in files]
    gone = _by_name(file for file in every if file.change.status is Status.REMOVED)
    come = _by_name(file for file in every if file.change.status is Status.ADDED)
    pairs = [(gone[name], come[name]) for name in gone.keys() & come.keys()]
    if not pairs:
        return categories
    moved = {
        file.change.path: file.with_facts(facts, decide_type(file.change, facts))
        for old, new in pairs
        for file, facts in _of_pair(old, new)
    }
    return {
        name: [moved.get(file.change.path, file) for file in files]
        for name, files in categories.items()
    }


def _by_name(files: Iterable[FileAnalysis]) -> Mapping[str, FileAnalysis]:
    """Return pages that came or went, by their names as far as those tell one from all others."""
    pages: dict[str, list[FileAnalysis]] = defaultdict(list)
    for file in files:
        name = file.change.path.rpartition("/")[2]
        if len(_WORD.findall(name)) >= _LEAST_WORDS and any(map(_elsewhere, file.facts)):
            pages[name].append(file)
    return {name: alike[0] for name, alike in pages.items() if len(alike) == 1}


def _elsewhere(fact: Fact) -> str:
    """Return the kind of what a fact says when the page that came or went only moved."""
    unserved = "by" not in fact.params
    return dict(kind_of(fact.kind).served).get("elsewhere", "") if unserved else ""


def _of_pair(
    old: FileAnalysis, new: FileAnalysis
) -> Iterator[tuple[FileAnalysis, tuple[Fact, ...]]]:
    """Yield both files of a page that moved with their facts: the new one says from where."""
    loss = next(fact for fact in old.facts if _elsewhere(fact))
    params: dict[str, Value] = {"old": old.change.path, "new": new.change.path, "only": False}
    yield (
        old,
        tuple(
            replace(fact, kind=_elsewhere(fact), breaking=False) if _elsewhere(fact) else fact
            for fact in old.facts
        ),
    )
    yield (
        new,
        tuple(
            Fact(_elsewhere(fact), params, fact.evidence, loss.breaking, certainty=loss.certainty)
            if _elsewhere(fact)
            else fact
            for fact in new.facts
        ),
    )


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
