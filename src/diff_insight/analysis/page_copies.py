"""Tells which added pages only repeat a page that stood elsewhere before, as those of a new version's folder do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.file_types import is_page
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource

#: Lines that two pages share by chance at most.
_LEAST_LINES = 4


def with_page_copies(
    categories: Mapping[str, Sequence[FileAnalysis]], commits: CommitRange, source: DiffSource
) -> Mapping[str, Sequence[FileAnalysis]]:
    """Return the files; what a page says that is equal to one of the base, byte for byte, is not new.

    Args:
        categories: The analysed files by category.
        commits: The two commits of the range.
        source: Lists the files of the base.
    """
    wanted = {
        file.change.new_id for files in categories.values() for file in files if _may_repeat(file)
    }
    tree = source.tree(commits, Side.BASE) if wanted else None
    if tree is None:
        return categories
    places: dict[str, list[str]] = defaultdict(list)
    for path, content in tree.ids.items():
        if content in wanted:
            places[content].append(path)
    return {
        name: [_as_copy(file, places.get(file.change.new_id, ())) for file in files]
        for name, files in categories.items()
    }


def _may_repeat(file: FileAnalysis) -> bool:
    change = file.change
    added = change.status is Status.ADDED and change.additions >= _LEAST_LINES
    return added and is_page(change.path) and _page_fact(file) is not None


def _page_fact(file: FileAnalysis) -> Fact | None:
    """Return the fact that says that a page is new."""
    return next((fact for fact in file.facts if dict(kind_of(fact.kind).served).get("copy")), None)


def _as_copy(file: FileAnalysis, places: Sequence[str]) -> FileAnalysis:
    fact = _page_fact(file) if places and _may_repeat(file) else None
    if fact is None:
        return file
    path = file.change.path
    origin = max(places, key=lambda old: (_common_end(old, path), old))
    kind = dict(kind_of(fact.kind).served)["copy"]
    copied = Fact(kind, {"old": origin, "new": path}, fact.evidence)
    type_, rule = decide_type(file.change, (copied,))
    return replace(file, facts=(copied,), type=type_, rule=rule)


def _common_end(first: str, second: str) -> int:
    """Return how many names two paths end with in common."""
    pairs = zip(reversed(first.split("/")), reversed(second.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
