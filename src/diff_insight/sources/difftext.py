"""A diff source over the text of a unified diff: a file, or standard input."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from diff_insight.diffs.headers import SectionHeader, parse_header
from diff_insight.diffs.sections import (
    BrokenHunkError,
    count_lines,
    git_sections,
    has_git_headers,
    plain_sections,
)
from diff_insight.diffs.store import CHUNK, FilePatchStore
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.model.changes import ChangeSet, FileChange, PatchSpan, Side, Status
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.selection.kinds import is_binary_name

#: Bytes of a section that are read to find its header lines.
HEADER_LIMIT = 64 * 1024
_EMPTY_BLOBS = ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")  # fmt: skip


class DiffTextSource:
    """Reads a unified diff; base, head and repository are labels only, and nothing else is read.

    Args:
        file: The diff as an open binary file; it is copied when it cannot seek.
        name: What messages call it.
        repository: `OWNER/NAME` label, or an empty string.
        server: Web address of the server for links.
    """

    def __init__(self, file: IO[bytes], *, name: str, repository: str, server: str) -> None:
        self._store = FilePatchStore(file if file.seekable() else _copied(file))
        self._name = name
        self._repository = repository
        self._server = server

    @classmethod
    def open(cls, path: Path, *, repository: str, server: str) -> DiffTextSource:
        """Open a diff file.

        Raises:
            UsageError: It cannot be read.
        """
        try:
            file = path.open("rb")
        except OSError as error:
            raise UsageError(
                f"the diff {str(path)!r} cannot be read: {error.strerror}",
                cure="name a readable file, or - for standard input",
            ) from error
        return cls(file, name=str(path), repository=repository, server=server)

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Take base and head as labels."""
        base, head = request.base or "", request.head or ""
        return CommitRange(
            base=base,
            head=head,
            merge_base=base,
            comparison=request.comparison,
            repository=self._repository if base and head else "",
            server=self._server,
        )

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every file of the diff, in path order.

        Raises:
            UsageError: The text is no unified diff, or one of its hunks is broken.
        """
        size = self._store.size()
        git = has_git_headers(self._store)
        spans = git_sections(self._store) if git else plain_sections(self._store)
        if size and not spans:
            raise UsageError(
                f"no unified diff was found in {self._name}",
                cause="it has neither 'diff --git' lines nor '---' and '+++' lines",
                cure="give what git diff prints",
            )
        files = _join_type_changes([self._change(offset, length) for offset, length in spans])
        return ChangeSet(
            files=tuple(sorted(files, key=lambda change: change.path_bytes)),
            patches=self._store,
            source="diff-text",
            patch_bytes=size,
        )

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Nothing but the diff is known."""
        return None

    def committed_at(self, commit: str) -> datetime | None:
        """Labels have no date."""
        return None

    def close(self) -> None:
        """Close the diff."""
        self._store.close()

    def _change(self, offset: int, length: int) -> FileChange:
        header = parse_header(self._store.read(offset, min(length, HEADER_LIMIT)))
        path = header.new_path or header.old_path
        if path is None:
            raise self._broken(offset, "a file section names no file")
        try:
            added, removed = count_lines(self._store, offset, length)
        except BrokenHunkError as error:
            shown = path.decode("utf-8", "replace")
            raise self._broken(offset, f"{error} (file {shown!r})") from error
        has_hunks = header.body < min(length, HEADER_LIMIT)
        binary = header.binary or (not has_hunks and is_binary_name(path) and not _moved(header))
        missing = not has_hunks and not binary and _lost_content(header)
        return FileChange(
            path_bytes=path,
            previous_path_bytes=header.old_path if _moved(header) else None,
            status=_status(header),
            binary=binary,
            additions=added,
            deletions=removed,
            old_mode=header.old_mode,
            new_mode=header.new_mode,
            old_id=header.old_id,
            new_id=header.new_id,
            similarity=header.similarity,
            patch=PatchSpan(((offset, length),)),
            unreadable="patch-missing" if missing else "",
        )

    def _broken(self, offset: int, reason: str) -> UsageError:
        return UsageError(
            f"the diff in {self._name} is broken near byte {offset}: {reason}",
            cause="it was cut, edited, or had its white space changed",
            cure="write it again with git diff > FILE",
        )


def _moved(header: SectionHeader) -> bool:
    return header.renamed or header.copied


def _status(header: SectionHeader) -> Status:
    marks = (
        (header.renamed, Status.RENAMED),
        (header.copied, Status.COPIED),
        (header.added, Status.ADDED),
        (header.removed, Status.REMOVED),
    )
    return next((status for held, status in marks if held), Status.MODIFIED)


def _lost_content(header: SectionHeader) -> bool:
    """Tell whether a section without hunks should have had some."""
    if _moved(header) and (header.similarity in (None, 100) or header.old_id == header.new_id):
        return False
    if header.added or header.removed:
        blob = header.new_id if header.added else header.old_id
        return bool(blob) and not any(empty.startswith(blob) for empty in _EMPTY_BLOBS)
    return header.old_mode == header.new_mode or header.old_id != header.new_id


def _join_type_changes(files: list[FileChange]) -> list[FileChange]:
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
            joined[-1] = replace(
                change,
                status=Status.CHANGED,
                deletions=last.deletions,
                old_mode=last.old_mode,
                old_id=last.old_id,
                patch=PatchSpan(last.patch.parts + change.patch.parts),
            )
        else:
            joined.append(change)
    return joined


def _copied(file: IO[bytes]) -> IO[bytes]:
    """Copy a stream that cannot seek into a temporary file."""
    store = FilePatchStore()
    try:
        while chunk := file.read(CHUNK):
            store.file.write(chunk)
    except OSError as error:
        raise EnvironmentFailure(
            f"the diff could not be kept in a temporary file: {error.strerror}",
            cure="free space in the temporary directory, or set TMPDIR",
        ) from error
    return store.file
