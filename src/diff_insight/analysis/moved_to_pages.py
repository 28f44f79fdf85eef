"""Tells which passages, callouts and sections of a page stand on a page that the range adds, or in a file that the page brings in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.analysis.included_files import included_files
from diff_insight.facts.pages.fences import is_fence
from diff_insight.file_types import is_page
from diff_insight.kinds.catalogue import kind_of
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import FileChange, Side, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import DiffSource

Categories = Mapping[str, Sequence[FileAnalysis]]
#: Pages that are read, and bytes of each.
_MOST_PAGES, _MOST_BYTES = 40, 200_000
#: Spaces that a sentence has at least which stands on two pages by no chance.
_LEAST_SPACES = 5
#: Characters of a line of code that stands in two files by no chance.
_LONG_LINE = 12


class _Page:
    """A file in which text of another one may stand now: its words, its headings, its lines."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.words = " ".join(filter(None, map(words_of, lines)))
        self.lines = frozenset(line.strip() for line in lines)
        self.headings = frozenset(
            words_of(line.lstrip("#= ")) for line in lines if line.startswith(("#", "="))
        )


def with_moved_to_pages(
    categories: Categories, commits: CommitRange, source: DiffSource
) -> Categories:
    """Return the files; what stands word for word on an added page, or in a file brought in, is not gone.

    Args:
        categories: The analysed files by category.
        commits: The two commits.
        source: Reads the pages.
    """
    every = [file for files in categories.values() for file in files]
    if not any(_told_as(fact) for file in every for fact in file.facts):
        return categories
    added = dict(_added_pages(every, source))
    reader = _Included(commits, source)
    return {
        name: [_tell_moves(file, added, reader, source) for file in files]
        for name, files in categories.items()
    }


def _added_pages(files: Sequence[FileAnalysis], source: DiffSource) -> Iterator[tuple[str, _Page]]:
    """Yield the paths of added pages with what stands there."""
    added = [
        file.change
        for file in files
        if file.change.status is Status.ADDED and is_page(file.change.path)
    ]
    for change in added[:_MOST_PAGES]:
        text = _text(source, change.path)
        if text:
            yield change.path, _Page(text)


class _Included:
    """Reads the files that pages bring in, each once; the head is listed when the first one is asked for."""

    def __init__(self, commits: CommitRange, source: DiffSource) -> None:
        self._commits = commits
        self._source = source
        self._known: dict[str, _Page | None] = {}

    @cached_property
    def _tree(self) -> SourceTree | None:
        return self._source.tree(self._commits, Side.HEAD)

    def pages(self, change: FileChange) -> Iterator[tuple[str, _Page]]:
        """Yield the paths of what a page brings in at the head, with what stands there."""
        for path in included_files(change.path, _text(self._source, change.path)):
            if path not in self._known and len(self._known) < 2 * _MOST_PAGES:
                self._known[path] = self._page(path)
            page = self._known.get(path)
            if page is not None:
                yield path, page

    def _page(self, path: str) -> _Page | None:
        text = (
            self._tree.text(path) if self._tree is not None and path in self._tree.paths else None
        )
        return _Page(text) if text and len(text) <= _MOST_BYTES else None


def _text(source: DiffSource, path: str, side: Side = Side.HEAD) -> str:
    content = source.read(side, path.encode("utf-8", "surrogateescape"))
    if content is None or len(content) > _MOST_BYTES:
        return ""
    return content.decode("utf-8", "replace")


def _told_as(fact: Fact) -> str:
    """Return the kind of what moved instead of one that is gone; empty for all else."""
    return "" if fact.breaking else dict(kind_of(fact.kind).served).get("moved", "")


def _tell_moves(
    file: FileAnalysis, added: Mapping[str, _Page], reader: _Included, source: DiffSource
) -> FileAnalysis:
    gone = [fact for fact in file.facts if _told_as(fact)]
    if file.change.status in (Status.ADDED, Status.REMOVED) or not gone:
        return file
    pages = {**added, **dict(reader.pages(file.change))}
    if not pages:
        return file
    old = _text(source, file.change.previous_path or file.change.path, Side.BASE).split("\n")
    moved = {
        id(fact): path
        for fact in gone
        if "heading" not in fact.params and (path := _only_place(fact, pages, old))
    }
    moved |= _moved_headings(
        [fact for fact in gone if "heading" in fact.params], gone, moved, pages
    )
    if not moved:
        return file
    facts = tuple(
        _of_move(fact, moved[id(fact)]) if id(fact) in moved else fact for fact in file.facts
    )
    return file.with_facts(facts, decide_type(file.change, facts))


def _moved_headings(
    headings: Sequence[Fact],
    gone: Sequence[Fact],
    moved: Mapping[int, str],
    pages: Mapping[str, _Page],
) -> dict[int, str]:
    """Return where the headings of a page stand now whose section moved, those within a section with it."""
    places: dict[int, str] = {}
    top: Fact | None = None
    for fact in sorted(headings, key=lambda heading: heading.evidence[0].start):
        within = {moved[id(each)] for each in gone if id(each) in moved and _is_within(each, fact)}
        if top is not None and _level(fact) > _level(top):
            within.add(places[id(top)])
        paths = [path for path in within if _words(fact) in pages[path].headings]
        if len(paths) == 1:
            places[id(fact)] = paths[0]
        if top is None or _level(fact) <= _level(top):
            top = fact if len(paths) == 1 else None
    return places


def _level(heading: Fact) -> int:
    level = heading.params.get("level", 0)
    return level if isinstance(level, int) else 0


def _of_move(fact: Fact, path: str) -> Fact:
    lines = sum(line.end - line.start + 1 for line in fact.evidence)
    return Fact(_told_as(fact), {"lines": lines, "quote": _words(fact), "to": path}, fact.evidence)


def _is_within(fact: Fact, section: Fact) -> bool:
    """Tell whether what a fact says is gone stood below the heading of a section that is gone."""
    start, end = section.evidence[0].start, section.params.get("end", 0)
    return any(
        isinstance(end, int) and line.side is Side.BASE and start < line.start <= end
        for line in fact.evidence
    )


def _only_place(fact: Fact, pages: Mapping[str, _Page], old: Sequence[str]) -> str:
    """Return the one file that has what a fact says is gone: code line by line, text by its words."""
    if "language" in fact.params:
        lines = {
            line.strip()
            for proof in fact.evidence
            for line in old[proof.start - 1 : proof.end]
            if line.strip() and not is_fence(line)
        }
        paths = [path for path, page in pages.items() if lines and lines <= page.lines]
        paths = paths if any(len(line) >= _LONG_LINE for line in lines) else []
    else:
        words = _words(fact).removesuffix("…")
        telling = words.count(" ") >= _LEAST_SPACES
        paths = [path for path, page in pages.items() if telling and words in page.words]
    return paths[0] if len(paths) == 1 else ""


def _words(fact: Fact) -> str:
    names = ("heading", "shown", "quote")
    return next((str(fact.params[name]) for name in names if fact.params.get(name)), "")
