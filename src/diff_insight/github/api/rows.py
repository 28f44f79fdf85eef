"""The rows of GitHub's file lists: what they say, which of them can be trusted, and their patches.

An API patch has no header lines; they are written here, as git would, so that `diffs` can read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from diff_insight.diffs.hunks import BrokenPatchError, parse_hunks
from diff_insight.model.changes import (
    NO_MODE,
    SUBMODULE_MODE,
    FileChange,
    PatchSpan,
    Status,
)

_SUBPROJECT = re.compile(r"[-+]Subproject commit ([0-9a-f]{40,64})")
_PLAIN = re.compile(rb"[\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]*")
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


class FileRow(Struct, frozen=True, kw_only=True):
    """One file of a comparison, as the API lists it."""

    path: bytes
    previous: bytes | None
    status: Status
    sha: str
    additions: int
    deletions: int
    patch: str | None

    @property
    def paths(self) -> tuple[bytes, ...]:
        """Every path that the row speaks of."""
        return (self.path,) if self.previous is None else (self.path, self.previous)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing: a patch with the counts of the row, or a pure rename."""
        if self.status is Status.CHANGED:  # two sections, and the API shows one
            return False
        if self.patch is None:
            return self.status is Status.RENAMED and not self.additions + self.deletions
        try:
            hunks = parse_hunks(self.patch + "\n")
        except BrokenPatchError:
            return False
        blocks = [block for hunk in hunks for block in hunk.blocks]
        added = sum(len(block.new_lines) for block in blocks)
        removed = sum(len(block.old_lines) for block in blocks)
        return (added, removed) == (self.additions, self.deletions) != (0, 0)


def read_rows(listed: object) -> list[FileRow]:
    """Return the changed files of an API list."""
    items = listed if isinstance(listed, list) else []
    return [_row(item) for item in items if item["status"] != "unchanged"]


def _row(item: Mapping[str, object]) -> FileRow:
    previous = item.get("previous_filename")
    return FileRow(
        path=str(item["filename"]).encode("utf-8", "surrogatepass"),
        previous=None if previous is None else str(previous).encode("utf-8", "surrogatepass"),
        status=Status(str(item["status"])),
        sha=str(item["sha"] or ""),
        additions=int(str(item["additions"])),
        deletions=int(str(item["deletions"])),
        patch=str(item["patch"]) if "patch" in item else None,
    )


def section_of(row: FileRow) -> bytes:
    """Return the diff section of a row, with header lines."""
    old = row.previous or row.path
    lines = [b"diff --git %s %s" % (_quote(b"a/" + old), _quote(b"b/" + row.path))]
    if row.previous is not None:
        verb = b"copy" if row.status is Status.COPIED else b"rename"
        lines += [b"%s from %s" % (verb, _quote(old)), b"%s to %s" % (verb, _quote(row.path))]
    if row.patch:
        added, removed = row.status is Status.ADDED, row.status is Status.REMOVED
        lines.append(b"--- " + (b"/dev/null" if added else _quote(b"a/" + old)))
        lines.append(b"+++ " + (b"/dev/null" if removed else _quote(b"b/" + row.path)))
        lines.append(row.patch.encode("utf-8", "surrogatepass"))
    return b"\n".join(lines) + b"\n"


def change_of_row(row: FileRow, span: PatchSpan | None, *, unreadable: str = "") -> FileChange:
    """Return the change that a row tells; its counts are those of its patch."""
    ids = _SUBPROJECT.findall(row.patch or "")
    submodule = bool(ids) and len(ids) == row.additions + row.deletions
    mode = SUBMODULE_MODE if submodule else NO_MODE
    removed = row.status is Status.REMOVED
    return FileChange(
        path_bytes=row.path,
        previous_path_bytes=row.previous,
        status=row.status,
        additions=row.additions,
        deletions=row.deletions,
        old_mode=NO_MODE if row.status is Status.ADDED else mode,
        new_mode=NO_MODE if removed else mode,
        old_id=row.sha if removed else ids[0] if submodule else "",
        new_id="" if removed else row.sha,
        similarity=100 if row.status is Status.RENAMED and not row.patch else None,
        patch=None if unreadable else span,
        unreadable=unreadable,
    )


def _quote(name: bytes) -> bytes:
    """Write a name as git does in a header: in quotes when it holds characters that need it."""
    if _PLAIN.fullmatch(name):
        return name
    escaped = b"".join(
        b"\\" + _ESCAPES[code].encode()
        if code in _ESCAPES
        else b"\\%03o" % code
        if code < 0x20 or code == 0x7F
        else bytes([code])
        for code in name
    )
    return b'"' + escaped + b'"'


def paths_of(rows: Sequence[FileRow]) -> set[bytes]:
    """Return every path that rows speak of."""
    return {path for row in rows for path in row.paths}
