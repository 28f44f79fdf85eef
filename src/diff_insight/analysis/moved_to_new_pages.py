"""Tells which passages and callouts that a page lost stand on a page that the range adds: they moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.file_types import is_page
from diff_insight.kinds.catalogue import kind_of
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.ports import DiffSource

Categories = Mapping[str, Sequence[FileAnalysis]]
#: Added pages that are read, and bytes of each.
_MOST_PAGES, _MOST_BYTES = 40, 200_000
#: Spaces that a sentence has at least which stands on two pages by no chance.
_LEAST_SPACES = 5


def with_moved_to_new_pages(categories: Categories, source: DiffSource) -> Categories:
    """Return the files; what stands word for word on an added page is not gone.

    Args:
        categories: The analysed files by category.
        source: Reads the added pages.
    """
    every = [file for files in categories.values() for file in files]
    if not any(_told_as(fact) for file in every for fact in file.facts):
        return categories
    pages = dict(_added_pages(every, source))
    if not pages:
        return categories
    return {
        name: [_tell_moves(file, pages) for file in files] for name, files in categories.items()
    }


def _added_pages(files: Sequence[FileAnalysis], source: DiffSource) -> Iterator[tuple[str, str]]:
    """Yield the paths of added pages with their words."""
    added = [
        file.change
        for file in files
        if file.change.status is Status.ADDED and is_page(file.change.path)
    ]
    for change in added[:_MOST_PAGES]:
        content = source.read(Side.HEAD, change.path_bytes)
        if content is not None and len(content) <= _MOST_BYTES:
            lines = content.decode("utf-8", "replace").split("\n")
            yield change.path, " ".join(filter(None, map(words_of, lines)))


def _told_as(fact: Fact) -> str:
    """Return the kind of what moved instead of one that is gone; empty for all else."""
    kind = dict(kind_of(fact.kind).served).get("moved", "")
    quote = str(fact.params.get("quote") or "")
    return kind if quote.count(" ") >= _LEAST_SPACES and not fact.breaking else ""


def _tell_moves(file: FileAnalysis, pages: Mapping[str, str]) -> FileAnalysis:
    if file.change.status is Status.ADDED or not any(map(_told_as, file.facts)):
        return file
    facts = tuple(_of_move(fact, pages) for fact in file.facts)
    return file if facts == file.facts else file.with_facts(facts, decide_type(file.change, facts))


def _of_move(fact: Fact, pages: Mapping[str, str]) -> Fact:
    kind = _told_as(fact)
    quote = str(fact.params.get("quote") or "")
    wanted = quote.removesuffix("…")
    places = [path for path, words in pages.items() if wanted in words] if kind else []
    if len(places) != 1:
        return fact
    lines = sum(line.end - line.start + 1 for line in fact.evidence)
    return Fact(kind, {"lines": lines, "quote": quote, "to": places[0]}, fact.evidence)
