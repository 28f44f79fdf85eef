"""Holds what file lists say against the trees, which know every path, mode and object id."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from diff_insight.github.api.rows import FileRow
from diff_insight.github.api.trees import Difference
from diff_insight.model.changes import NO_MODE, FileChange, Status


def agrees(row: FileRow, differ: Mapping[bytes, Difference]) -> bool:
    """Tell whether the trees say of a row's paths what the row says."""
    old, new = differ.get(row.path, (None, None))
    if row.status is Status.REMOVED:
        return new is None and old is not None and old.sha == row.sha
    if new is None or new.sha != row.sha or (row.status is Status.ADDED) != (
        old is None and row.previous is None
    ):  # fmt: skip
        return False
    if row.status is Status.RENAMED:
        gone = differ.get(row.previous or b"", (None, None))
        return gone[0] is not None and gone[1] is None
    return True


def with_entries(change: FileChange, differ: Mapping[bytes, Difference]) -> FileChange:
    """Return a change with the modes and ids of the trees."""
    old = differ.get(change.previous_path_bytes or change.path_bytes, (None, None))[0]
    new = differ.get(change.path_bytes, (None, None))[1]
    return replace(
        change,
        old_mode=old.mode if old else NO_MODE,
        new_mode=new.mode if new else NO_MODE,
        old_id=old.sha if old else "",
        new_id=new.sha if new else "",
    )


def without_content(path: bytes, entries: Difference) -> FileChange:
    """Return the change of a file whose content cannot be had."""
    old, new = entries
    status = Status.ADDED if old is None else Status.REMOVED if new is None else Status.MODIFIED
    bare = FileChange(path_bytes=path, status=status, unreadable="object-missing")
    return with_entries(bare, {path: entries})
