"""Makes a file change of each section of a diff text: status, counts, and what has been lost."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.diffs.headers import HEADER_LIMIT, SectionHeader
from diff_insight.diffs.scan import ScannedSection
from diff_insight.file_types import is_binary_name
from diff_insight.model.changes import FileChange, PatchSpan, Status

_EMPTY_BLOBS = ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")  # fmt: skip


def change_of(section: ScannedSection, header: SectionHeader) -> FileChange | None:
    """Return the change that a section tells; None when it names no file."""
    path = header.new_path or header.old_path
    if path is None:
        return None
    has_hunks = header.body < min(section.length, HEADER_LIMIT)
    silent = not has_hunks and not _is_empty(header)
    binary = header.binary or (silent and is_binary_name(path))
    missing = silent and not binary and _lacks_content(header)
    return FileChange(
        path_bytes=path,
        previous_path_bytes=header.old_path if _is_move(header) else None,
        status=_status(header),
        binary=binary,
        additions=section.added,
        deletions=section.removed,
        old_mode=header.old_mode,
        new_mode=header.new_mode,
        old_id=header.old_id,
        new_id=header.new_id,
        similarity=header.similarity,
        patch=PatchSpan(((section.offset, section.length),)),
        unreadable="patch-missing" if missing else "",
    )


def first_repeated(files: Sequence[FileChange]) -> FileChange | None:
    """Return the first change of a path that was changed before; None when there is none."""
    seen: set[bytes] = set()
    for change in files:
        if change.path_bytes in seen:
            return change
        seen.add(change.path_bytes)
    return None


def _is_move(header: SectionHeader) -> bool:
    return header.renamed or header.copied


def _status(header: SectionHeader) -> Status:
    marks = (
        (header.renamed, Status.RENAMED),
        (header.copied, Status.COPIED),
        (header.added, Status.ADDED),
        (header.removed, Status.REMOVED),
    )
    return next((status for held, status in marks if held), Status.MODIFIED)


def _is_empty(header: SectionHeader) -> bool:
    """Tell whether an empty file was added or removed."""
    blob = header.new_id if header.added else header.old_id if header.removed else ""
    return bool(blob) and any(empty.startswith(blob) for empty in _EMPTY_BLOBS)


def _lacks_content(header: SectionHeader) -> bool:
    """Tell whether a section without hunks should have had some."""
    if _is_move(header) and (header.similarity in (None, 100) or header.old_id == header.new_id):
        return False
    if header.added or header.removed:
        return bool(header.new_id or header.old_id)
    return header.old_mode == header.new_mode or header.old_id != header.new_id


def join_type_changes(files: list[FileChange]) -> list[FileChange]:
    """Make one `changed` row of a removed and an added section of the same path."""
    joined: list[FileChange] = []
    for change in files:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.path_bytes == change.path_bytes
            and (last.status, change.status) == (Status.REMOVED, Status.ADDED)
            and last.patch
            and change.patch
        ):
            binary = last.binary or change.binary
            joined[-1] = replace(
                change,
                status=Status.CHANGED,
                binary=binary,
                additions=0 if binary else change.additions,
                deletions=0 if binary else last.deletions,
                old_mode=last.old_mode,
                old_id=last.old_id,
                patch=PatchSpan(last.patch.parts + change.patch.parts),
            )
        else:
            joined.append(change)
    return joined
