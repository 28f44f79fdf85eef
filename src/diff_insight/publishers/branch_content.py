"""What one commit with reports holds: the reports at free paths, their feeds, and the cursor."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from msgspec import Struct

from diff_insight.continuation.cursors import STATE_PATH, CursorMove
from diff_insight.continuation.state_file import (
    MOST_BATCHES,
    KeptState,
    read_state,
    write_state,
)
from diff_insight.model.branches import BranchState
from diff_insight.model.model_batches import BatchMove, ModelBatch
from diff_insight.ports import ReportBranch
from diff_insight.publishers.report_files import (
    PlannedReport,
    identity_of,
    pages_beside,
    placed_reports,
)
from diff_insight.runtime.inside import open_inside


class PlacedReport(Struct, frozen=True):
    """A report with its path on the branch."""

    report: PlannedReport
    path: str


#: Gives more files for placed reports; the function reads a file of the branch.
MoreFiles = Callable[[Sequence[PlacedReport], Callable[[str], bytes | None]], Mapping[str, bytes]]


class CursorMovedError(Exception):
    """Another run has reported on the same changes meanwhile."""


class BranchContent(Struct, frozen=True, kw_only=True):
    """Everything that a run has to put on a branch.

    Attributes:
        reports: Each report at the path that the template gives.
        written: Where each of them was written in the workspace, in the same order.
        message: Message of the commit.
        move: The cursor's step; None when no cursor follows these reports.
        more: Gives the feeds.
        batches: What the reports change about the batches that wait at a model's provider.
    """

    reports: Sequence[PlannedReport]
    written: Sequence[PurePath]
    message: str
    move: CursorMove | None = None
    more: MoreFiles | None = None
    batches: BatchMove | None = None

    def changes(self, branch: ReportBranch, state: BranchState) -> dict[str, bytes]:
        """Return the files that differ from what the branch holds; the cursor's is the last.

        Raises:
            CursorMovedError: The cursor is not where these reports begin.
        """
        cursor, done = self._state(branch, state)
        placed = [PlacedReport(report, str(report.path)) for report in self._reports(branch, state)]
        files = {
            each.path: _content(written) for each, written in zip(placed, self.written, strict=True)
        }
        for each, written in zip(placed, self.written, strict=True):
            for page in pages_beside(written, each.report):
                beside = PurePath(each.path).parent / page.parent.name / page.name
                files[str(beside)] = _content(page)
        if self.more is not None:
            files |= self.more(placed, lambda path: branch.content(state, path))
        files |= cursor
        changed = {
            path: content
            for path, content in files.items()
            if state.files.get(path) != _blob_id(content, state)
        }
        if changed and done:
            # Another run has come as far, from another beginning: its reports tell it all.
            raise CursorMovedError
        return changed

    def _state(self, branch: ReportBranch, state: BranchState) -> tuple[dict[str, bytes], bool]:
        """Return the cursor's file, and whether the cursor has come as far already."""
        if self.move is None and self.batches is None:
            return {}, False
        kept = read_state(branch.content(state, STATE_PATH))
        cursors = dict(kept.cursors)
        if self.move is not None:
            cursor = cursors.get(self.move.track)
            if cursor is not None and cursor.head == self.move.after.head:
                return {}, True
            before = self.move.before.head if self.move.before else ""
            if before != (cursor.head if cursor else ""):
                raise CursorMovedError
            cursors[self.move.track] = self.move.after
        batches = (
            kept.batches if self.batches is None else _batches_after(kept.batches, self.batches)
        )
        return {STATE_PATH: write_state(KeptState(cursors=cursors, batches=batches))}, False

    def _reports(self, branch: ReportBranch, state: BranchState) -> Iterator[PlannedReport]:
        """Yield the reports at their paths on the branch."""

        def identity(path: PurePath) -> str | None:
            content = branch.content(state, str(path))
            return None if content is None else identity_of(content)

        return placed_reports(self.reports, identity)


def _batches_after(batches: Sequence[ModelBatch], move: BatchMove) -> tuple[ModelBatch, ...]:
    """Return the batches that wait after a move.

    Raises:
        CursorMovedError: Another run has collected the batch.
    """
    if move.collected is not None and move.collected not in batches:
        raise CursorMovedError
    rest = [batch for batch in batches if batch != move.collected]
    # Reports that are published once more wait for the same batch.
    known = {_waiting(batch) for batch in rest}
    rest += [batch for batch in move.submitted if _waiting(batch) not in known]
    return tuple(rest[-MOST_BATCHES:])


def _waiting(batch: ModelBatch) -> tuple[str, str, str]:
    return batch.batch, batch.base, batch.head


def _content(written: PurePath) -> bytes:
    """Return a report that this run has written."""
    with open_inside(Path(), written) as file:
        return file.read()


def _blob_id(content: bytes, state: BranchState) -> str:
    """Return the id that git gives to a file, in the hash of the branch."""
    kind = "sha256" if len(state.head) == 64 else "sha1"
    return hashlib.new(
        kind, b"blob %d\0" % len(content) + content, usedforsecurity=False
    ).hexdigest()
