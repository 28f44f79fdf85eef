"""Parses `git diff --raw -z` and `--numstat -z`, the ground truth for paths, statuses and counts.

Format: https://git-scm.com/docs/diff-format ("Raw output format" and `--numstat` with `-z`).
"""

from __future__ import annotations

from diff_insight.diffs.sections import PatchLineCounts
from diff_insight.model.changes import (
    STATUS_BY_LETTER,
    SUBMODULE_MODE,
    FileChange,
    Status,
)


def parse_listing(output: bytes) -> list[FileChange]:
    """Return the changed files in git's order, without counts.

    Args:
        output: Everything that `git diff --raw -z --no-abbrev` printed.
    """
    fields = output.split(b"\0")
    changes: list[FileChange] = []
    position = 0
    while position < len(fields) and fields[position].startswith(b":"):
        meta = fields[position]
        two_paths = meta[-4:].lstrip(b"0123456789abcdef ")[:1] in {b"R", b"C"}
        previous = fields[position + 1] if two_paths else None
        path = fields[position + 2] if two_paths else fields[position + 1]
        changes.append(_change(meta, path, previous))
        position += 3 if two_paths else 2
    return changes


def parse_counts(output: bytes) -> dict[bytes, PatchLineCounts]:
    """Return counts by path.

    Args:
        output: Everything that `git diff --numstat -z --no-renames` printed.
    """
    counts: dict[bytes, PatchLineCounts] = {}
    for field in output.split(b"\0"):
        if field:
            added, removed, path = field.split(b"\t", 2)
            binary = added == b"-"
            counts[path] = (
                PatchLineCounts(binary=True)
                if binary
                else PatchLineCounts(int(added), int(removed))
            )
    return counts


def _change(meta: bytes, path: bytes, previous: bytes | None) -> FileChange:
    old_mode, new_mode, old_id, new_id, letter = meta[1:].decode("ascii").split(" ")
    return FileChange(
        path_bytes=path,
        previous_path_bytes=previous,
        status=STATUS_BY_LETTER.get(letter[0], Status.MODIFIED),
        old_mode=old_mode,
        new_mode=new_mode,
        old_id=old_id,
        new_id=new_id,
        similarity=int(letter[1:]) if letter[1:].isdigit() else None,
    )


def sections_of(change: FileChange) -> int:
    """Return how many `diff --git` sections git prints for a change: two for a type change."""
    if change.status is not Status.CHANGED:
        return 1
    submodule_only = change.old_mode == change.new_mode == SUBMODULE_MODE
    return 1 if submodule_only else 2
