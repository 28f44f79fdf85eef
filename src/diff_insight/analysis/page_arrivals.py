"""Tells which added pages are the new place of a page that is gone: they moved, and are no news."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.changes import Status
from diff_insight.model.facts import Fact, FileAnalysis

_GONE, _COME = "page.removed", "page.added"
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
    gone, come = (
        {name: pages[0] for name, pages in _by_name(every, kind).items() if len(pages) == 1}
        for kind in (_GONE, _COME)
    )
    pairs = {gone[name].change.path: come[name].change.path for name in gone.keys() & come.keys()}
    if not pairs:
        return categories
    losses = {
        pairs[path]: fact
        for file in gone.values()
        if (path := file.change.path) in pairs
        for fact in file.facts
        if fact.kind == _GONE
    }
    olds = {new: old for old, new in pairs.items()}

    def tell(file: FileAnalysis) -> FileAnalysis:
        path = file.change.path
        if path not in pairs and path not in losses:
            return file
        facts = tuple(_of_pair(fact, path, pairs, olds, losses) for fact in file.facts)
        return file.with_facts(facts, decide_type(file.change, facts))

    return {name: [tell(file) for file in files] for name, files in categories.items()}


def _by_name(files: Sequence[FileAnalysis], kind: str) -> Mapping[str, list[FileAnalysis]]:
    """Return the pages of which a kind is told, by their names as far as those tell one from others."""
    pages: dict[str, list[FileAnalysis]] = defaultdict(list)
    for file in files:
        name = file.change.path.rpartition("/")[2]
        if len(_WORD.findall(name)) >= _LEAST_WORDS and any(
            fact.kind == kind and "by" not in fact.params for fact in file.facts
        ):
            pages[name].append(file)
    return pages


def _of_pair(
    fact: Fact,
    path: str,
    pairs: Mapping[str, str],
    olds: Mapping[str, str],
    losses: Mapping[str, Fact],
) -> Fact:
    if fact.kind == _GONE and path in pairs:
        return replace(fact, kind="file.removed", breaking=False)
    if fact.kind == _COME and path in losses:
        params = {"old": olds[path], "new": path, "only": False}
        loss = losses[path]
        return Fact("page.moved", params, fact.evidence, loss.breaking, certainty=loss.certainty)
    return fact


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
