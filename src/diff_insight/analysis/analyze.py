"""Analyses the files of a selection: facts from both versions, and types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from time import process_time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.facts.extract import LARGEST_PATCH, extract, has_text, unread
from diff_insight.facts.file_view import BOTH_SIDES
from diff_insight.facts.registry import load_families
from diff_insight.facts.whole_file import INTERFACES
from diff_insight.file_types import extension
from diff_insight.model.changes import ChangeSet, FileChange, Side, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.file_findings import FileFindings
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource, StoredFindings, Workers
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit
from diff_insight.runtime.gc_pause import without_gc
from diff_insight.runtime.kept_rows import RowFile, keep_sequence, row_file
from diff_insight.runtime.run_limits import seconds_left

if TYPE_CHECKING:
    from diff_insight.facts.interfaces.interface_files import Interface

#: Above this many bytes of diff, facts come from hunks alone, and a notice says so.
WHOLE_VERSIONS_LIMIT = 64_000_000
#: Seconds of computing that one file may take, and all files of a category in one process.
SECONDS_OF_FILE, SECONDS_OF_ALL = 6.0, 240.0
#: Files that are analysed in one go.
BATCH = 15
#: Extensions of interfaces that are often split over several files.
_SPLIT = frozenset("proto graphql graphqls gql tf tofu".split())


class _Allowance:
    """What the files of a category may take in this process, one by one and all together."""

    def __init__(self) -> None:
        # The other half of what is left of the run is for all that comes after the files.
        self._left = min(SECONDS_OF_ALL, seconds_left() / 2)

    @contextmanager
    def of_file(self) -> Iterator[None]:
        """Bound the work on one file.

        Raises:
            OutOfTimeError: It takes too long, or nothing is left.
        """
        started = process_time()
        try:
            with cpu_limit(min(SECONDS_OF_FILE, self._left)):
                yield
        finally:
            self._left -= process_time() - started


def reads_whole_versions(changes: ChangeSet) -> bool:
    """Tell whether the diff is small enough to read whole versions of every file."""
    texts = (text.size for change in changes.files if (text := change.is_text) is not None)
    unread = sum(size for size in texts if size > LARGEST_PATCH)
    return changes.patch_bytes - unread <= WHOLE_VERSIONS_LIMIT


def analysis_notices(commits: CommitRange, changes: ChangeSet) -> tuple[Notice, ...]:
    """Return what a reader has to know about which way the range goes, and how it was read."""
    backwards = (Notice("backwards"),) if commits.backwards else ()
    return backwards if reads_whole_versions(changes) else (*backwards, Notice("hunks-only"))


def analyze(
    files: Sequence[FileChange],
    changes: ChangeSet,
    source: DiffSource,
    workers: Workers,
    *,
    advance: Callable[[int], None],
    stored: StoredFindings | None = None,
) -> tuple[FileAnalysis, ...]:
    """Return the analysis of each file, in order.

    Args:
        files: The files of one category.
        changes: The whole range, for patches.
        source: Gives both versions of a file.
        workers: Share the work between cores.
        advance: Told how many files have been done.
        stored: What other processes have found of the files; the others are read here.
    """
    rows = row_file(len(files))
    known = [_take_findings(change, stored, rows) for change in files]
    rest = [change for change, findings in zip(files, known, strict=True) if findings is None]
    advance(len(files) - len(rest))
    made = iter(_analyze_all(rest, changes, source, workers, advance, rows))
    return tuple(
        (next(made) if findings is None else findings).about(change)
        for change, findings in zip(files, known, strict=True)
    )


def _take_findings(
    change: FileChange, stored: StoredFindings | None, rows: RowFile | None
) -> FileFindings | None:
    """Return what another process has found of a file."""
    findings = stored.take(change) if stored else None
    return None if findings is None else _keep_facts(findings, rows)


def _keep_facts(findings: FileFindings, rows: RowFile | None) -> FileFindings:
    return replace(findings, facts=keep_sequence(findings.facts, rows)) if rows else findings


def _analyze_all(
    files: Sequence[FileChange],
    changes: ChangeSet,
    source: DiffSource,
    workers: Workers,
    advance: Callable[[int], None],
    rows: RowFile | None,
) -> list[FileFindings]:
    """Return what each file gives, in order; the workers share them."""
    load_families(change.path for change in files if has_text(change))
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]

    @cache
    def standing() -> tuple[Interface, ...]:
        return tuple(_standing(changes, source))

    allowance = _Allowance()
    whole = reads_whole_versions(changes)

    def do(batch: Sequence[FileChange]) -> list[FileFindings]:
        if whole:
            source.expect([version for change in batch for version in _versions(change)])
        with without_gc():
            return [
                _keep_facts(
                    _analyze_one(change, changes, source, standing, allowance, whole=whole), rows
                )
                for change in batch
            ]

    done = workers.map(do, batches, lambda count: advance(count * BATCH))
    return [findings for batch in done for findings in batch]


def _analyze_one(
    change: FileChange,
    changes: ChangeSet,
    source: DiffSource,
    standing: Callable[[], Sequence[Interface]],
    allowance: _Allowance,
    *,
    whole: bool,
) -> FileFindings:
    reader = partial(_read, source, change)
    try:
        with allowance.of_file():
            extraction = extract(change, changes.patches, reader, whole_versions=whole)
            facts = extraction.facts
            if change.status is Status.REMOVED and extension(change.path) in INTERFACES:
                facts = _with_successors(facts, change, source, standing)
            elif extension(change.path) in _SPLIT:
                facts = _with_moves(facts, change, source, standing)
    except OutOfTimeError:
        extraction = unread(change, "time")
        facts = extraction.facts
    except (MemoryError, RecursionError):
        extraction = unread(change, "limit")
        facts = extraction.facts
    type_, rule = decide_type(change, facts)
    return FileFindings(
        facts=facts, type=type_, rule=rule, titles=extraction.titles, anchors=extraction.anchors,
        detected=extraction.detected, lines=extraction.lines, read_in_part=extraction.read_in_part,
    )  # fmt: skip


def _with_moves(
    facts: tuple[Fact, ...],
    change: FileChange,
    source: DiffSource,
    standing: Callable[[], Sequence[Interface]],
) -> tuple[Fact, ...]:
    """Look for what a file no longer declares in the other files of the range."""
    from diff_insight.facts.interfaces.interface_files import (  # noqa: PLC0415 - rare
        may_have_moved,
        with_moves,
    )

    if not any(map(may_have_moved, facts)):
        return facts
    text = (_read(source, change, Side.BASE) or b"").decode("utf-8", "replace")
    return with_moves(facts, change.path, text, standing)


def _with_successors(
    facts: tuple[Fact, ...],
    change: FileChange,
    source: DiffSource,
    standing: Callable[[], Sequence[Interface]],
) -> tuple[Fact, ...]:
    """Look for what a removed interface held in the other files of the range."""
    if not any(fact.breaking for fact in facts):
        return facts
    from diff_insight.facts.interfaces.interface_files import with_successors  # noqa: PLC0415 - rare

    text = _read(source, change, Side.BASE) or b""
    return with_successors(facts, text.decode("utf-8", "replace"), standing)


def _standing(changes: ChangeSet, source: DiffSource) -> Iterator[Interface]:
    """Yield the published interfaces of the head among the files of the range; read once for all."""
    from diff_insight.facts.interfaces.interface_files import published_interface  # noqa: PLC0415 - rare

    for other in changes.files:
        if other.status is Status.REMOVED or extension(other.path) not in INTERFACES:
            continue
        content = _read(source, other, Side.HEAD)
        held = (
            published_interface(other.path, content.decode("utf-8", "replace"))
            if content is not None
            else None
        )
        if held is not None:
            yield held


def _versions(change: FileChange) -> Iterator[tuple[Side, bytes]]:
    """Yield the versions that the facts of a change will be read from, most likely."""
    small = change.patch is not None and change.patch.size <= LARGEST_PATCH
    if change.status in BOTH_SIDES and change.changes and small and has_text(change):
        # The one before is made of this one and the hunks.
        yield Side.HEAD, change.path_bytes


def _read(source: DiffSource, change: FileChange, side: Side) -> bytes | None:
    previous = change.previous_path_bytes if side is Side.BASE else None
    return source.read(side, change.path_bytes if previous is None else previous)
