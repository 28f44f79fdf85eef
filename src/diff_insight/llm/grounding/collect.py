"""Collects what a text about analysed files may take its tokens from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.llm.grounding.sources import Sources
from diff_insight.model.facts import FileAnalysis, files_by_unread_part
from diff_insight.model.messages import Notice, Params
from diff_insight.model.ranges import CommitRange
from diff_insight.model.story import Relation, StoryItem
from diff_insight.story.listed import files_without_bullet, sections
from diff_insight.wording.negative_findings import read_counts

#: How commits mark a breaking change, which our own sentences say where none does:
#: https://www.conventionalcommits.org/en/v1.0.0/
_MARKS = ("!", "BREAKING CHANGE")


def sources_of(
    files: Sequence[FileAnalysis],
    items: Iterable[StoryItem] = (),
    *,
    texts: Iterable[str] = (),
    diffs: Iterable[str] = (),
    commits: CommitRange | None = None,
    notices: Sequence[Notice] = (),
) -> Sources:
    """Return the sources for texts about one file, or about a range of many.

    Args:
        files: What the text speaks of: paths, counts and facts are sources.
        items: The story that is told about them.
        texts: Both versions of the files as far as they are had, and commit messages.
        diffs: Their unified diffs.
        commits: The range, for links to its lines.
        notices: What a report says of how the range was read.
    """
    items = tuple(items)
    return Sources(
        texts=(*texts, *_names(files), *_MARKS),
        diffs=tuple(diffs),
        params=(
            *_totals(files),
            *_parts(files),
            *(fact.params for file in files for fact in file.facts),
            *(item.params for item in items),
            *(notice.params for notice in notices),
            *_rests(items),
            *_remaining_counts(items),
        ),
        addresses=frozenset(() if commits is None else _addresses(files, commits)),
        lines=frozenset(_lines(files)),
    )


def _names(files: Sequence[FileAnalysis]) -> Iterator[str]:
    for file in files:
        yield file.change.path
        if file.change.previous_path is not None:
            yield file.change.previous_path
        yield from file.titles.values()


def _totals(files: Sequence[FileAnalysis]) -> Iterator[Params]:
    changes = [file.change for file in files]
    counts = [(change.additions, change.deletions, change.changes) for change in changes]
    for row in [*counts, tuple(map(sum, zip(*counts, strict=True)))]:
        yield dict(zip(("additions", "deletions", "changes"), row, strict=False))
    yield {"files": len(files)}
    yield {str(at): count for at, count in enumerate(read_counts(files))}
    for change in changes:
        yield {"similarity": change.similarity, "bytes": change.patch.size if change.patch else 0}


def _parts(files: Sequence[FileAnalysis]) -> Iterator[Params]:
    """Yield how many files were read in part, by reason."""
    for numbers in files_by_unread_part(files).values():
        yield {"names": {"items": (), "total": len(numbers)}}


def _rests(items: Sequence[StoryItem]) -> Iterator[Params]:
    """Yield how many files are left for the part behind the highlights, in all and by section."""
    yield {"rest": len(files_without_bullet(items))}
    for section in sections(items):
        yield {"rest": section.below}


def _remaining_counts(items: Sequence[StoryItem]) -> Iterator[Params]:
    """Yield how many edits are left when the first items are told: single edits come last.

    Details and what people wrote are always told, and are not counted.
    """
    main_items = [item for item in items if item.relation not in (Relation.DETAIL, Relation.QUOTE)]
    ordered = sorted(main_items, key=lambda item: kind_of(item.kind).has(Trait.EDIT))
    rest = 0
    for item in reversed(ordered):
        rest += item.count
        yield {"rest": rest}


def _lines(files: Sequence[FileAnalysis]) -> Iterator[int]:
    """Yield lines that facts stand on, and those of other files that they name."""
    for fact in (fact for file in files for fact in file.facts):
        for evidence in fact.evidence:
            yield evidence.start
            yield evidence.end
        places = fact.params.get("places")
        for location in places if isinstance(places, tuple) else ():
            line = location.get("line") if isinstance(location, Mapping) else None
            if isinstance(line, int):
                yield line


def _addresses(files: Sequence[FileAnalysis], commits: CommitRange) -> Iterator[str]:
    if commits.compare_url:
        yield commits.compare_url
    for commit in {commits.head, commits.start, commits.base} - {""}:
        for file in files:
            for path in {file.change.path_bytes, file.change.previous_path_bytes} - {None}:
                yield commits.web.file(commit, path or b"")
