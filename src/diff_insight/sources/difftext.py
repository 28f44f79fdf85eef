"""A diff source over the text of a unified diff: a file, or standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from diff_insight.diffs.headers import HEADER_LIMIT, SectionHeader, parse_header
from diff_insight.diffs.plain_prose import line_about_a_file
from diff_insight.diffs.scan import BrokenDiffError, ScannedSection, scan
from diff_insight.diffs.store import CHUNK, FilePatchStore
from diff_insight.diffs.text_form import as_written
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.model.changes import ChangeSet, FileChange, Side
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.model.source_tree import SourceTree
from diff_insight.sources.text_changes import change_of, first_repeated, join_type_changes

#: White space up to this many bytes is an empty diff.
EMPTY_LIMIT = 64
#: Bytes of a line that an error shows.
_FAILED = ("fatal:", "error:", "usage:", "git:", "bash:", "sh:", "ssh:")
_SHOWN = 60
#: The end of the last line of a patch that says by itself that no line end follows.
_NO_NEWLINE = b"\n\\ No newline at end of file"


class DiffTextSource:
    """Reads a unified diff; base, head and repository are labels only, and nothing else is read.

    Args:
        file: The diff as an open binary file; anything but a file on disk is copied.
        name: What messages call it.
        repository: `OWNER/NAME` label, or an empty string.
        server: Web address of the server for links.
    """

    def __init__(self, file: IO[bytes], *, name: str, repository: str, server: str) -> None:
        self._store = FilePatchStore(file) if _on_disk(file) else _copy(file)
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
        # What is no file on disk, such as a pipe, has been copied and is done with.
        with nullcontext() if _on_disk(file) else file:
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
            UsageError: The text is no unified diff, is broken, or names a file twice.
        """
        self._store = as_written(self._store)
        size = self._store.size()
        try:
            sections = scan(self._store)
        except BrokenDiffError as error:
            raise self._failure(error) from error
        if (lost := line_about_a_file(self._store, sections)) is not None:
            offset, line = lost
            shown = line[:_SHOWN].decode("utf-8", "replace")
            reason = f"a file is named without its content at {shown!r} (LC_ALL=C diff -N gives it)"
            raise self._failure(BrokenDiffError(reason, section=-1, offset=offset))
        if not sections and (size > EMPTY_LIMIT or self._store.read(0, size).strip()):
            raise self._no_diff(size)
        files = join_type_changes(
            self._uncut([self._change(section) for section in sections], sections)
        )
        if (twice := first_repeated(files)) is not None:
            raise UsageError(
                f"the diff names {twice.path!r} twice",
                cause="it is a series of patches, or several diffs in one",
                cure="give one diff of the whole range: git diff BASE HEAD",
            )
        return ChangeSet(
            files=tuple(sorted(files, key=lambda change: change.path_bytes)),
            patches=self._store,
            source="diff-text",
            patch_bytes=size,
        )

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Nothing but the diff is known."""

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Nothing but the diff is known."""
        return None

    def commit_time(self, commit: str) -> datetime | None:
        """Labels have no date."""
        return None

    def history(self, commits: CommitRange) -> History:
        """A diff names no commits."""
        return History()

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Nothing but the diff is known."""
        return None

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """A diff names no commits."""
        return LineHistory()

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Nothing but the diff is known."""
        return Mentions()

    def close(self) -> None:
        """Close the diff."""
        self._store.close()

    def _uncut(
        self, files: list[FileChange], sections: Sequence[ScannedSection]
    ) -> list[FileChange]:
        """Mark the last file when its last line has no end: nobody knows how much of it is there."""
        size = self._store.size()
        if not sections or sections[-1].offset + sections[-1].length < size:
            return files
        last = self._store.read(max(0, size - len(_NO_NEWLINE)), len(_NO_NEWLINE))
        whole = last.endswith(b"\n") or last == _NO_NEWLINE
        if whole or files[-1].unreadable or not files[-1].changes:
            return files
        return [*files[:-1], replace(files[-1], unreadable="patch-cut")]

    def _change(self, section: ScannedSection) -> FileChange:
        header = self._header(section.offset, section.length)
        change = change_of(section, header)
        if change is None:
            raise self._failure(
                BrokenDiffError("a section names no file", section=-1, offset=section.offset)
            )
        return change

    def _header(self, offset: int, length: int) -> SectionHeader:
        return parse_header(self._store.read(offset, min(length, HEADER_LIMIT)))

    def _no_diff(self, size: int) -> UsageError:
        """Return the error for a text that is no diff; what a command that failed has said is told."""
        first = self._store.read(0, min(size, _SHOWN)).decode("utf-8", "replace").strip()
        said = first.splitlines()[0] if first else ""
        failed = said.startswith(_FAILED)
        return UsageError(
            f"no unified diff was found in {self._name}",
            cause=f"the command that should have printed it failed: {said!r}"
            if failed
            else "it has neither 'diff --git' lines nor '---' and '+++' lines",
            cure="run that command alone, and mend it (set -o pipefail ends a pipe that fails)"
            if failed
            else "give what git diff prints, without colors",
        )

    def _failure(self, error: BrokenDiffError) -> UsageError:
        """Return the error for the user, with the name of the file it is in."""
        where = ""
        if error.section >= 0:
            header = self._header(error.section, HEADER_LIMIT)
            path = header.new_path or header.old_path or b""
            where = f" (file {path.decode('utf-8', 'replace')!r})"
        return UsageError(
            f"the diff in {self._name} is broken near byte {error.offset}: {error}{where}",
            cause="it was cut, edited, had its white space changed, or was made with other options",
            cure="write it again with git diff > FILE",
        )


def _on_disk(file: IO[bytes]) -> bool:
    """Tell whether any part of a file can be read at any time."""
    try:
        return stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _copy(file: IO[bytes]) -> FilePatchStore:
    """Copy a stream into a temporary file."""
    store = FilePatchStore()
    try:
        store.fill(iter(partial(file.read, CHUNK), b""))
    except OSError as error:
        store.close()
        raise EnvironmentFailure(
            f"the diff could not be kept in a temporary file: {error.strerror}",
            cure="free space in the temporary directory, or set TMPDIR",
        ) from error
    return store
