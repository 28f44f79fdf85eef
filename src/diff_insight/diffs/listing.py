"""Parses `git diff --raw --numstat -z`, the ground truth for paths, statuses and counts.

Format: https://git-scm.com/docs/diff-format ("Raw output format" and `--numstat` with `-z`).
"""

from __future__ import annotations

from diff_insight.model.changes import (
    STATUS_BY_LETTER,
    SUBMODULE_MODE,
    FileChange,
    Status,
)

_Counts = tuple[int, int, bool]


def parse_listing(output: bytes) -> list[FileChange]:
    """Return the changed files in git's order.

    Args:
        output: Everything that `git diff --raw --numstat -z --no-abbrev` printed.
    """
    fields = output.split(b"\0")
    entries: list[tuple[bytes, bytes, bytes | None]] = []
    position = 0
    while position < len(fields) and fields[position].startswith(b":"):
        meta = fields[position]
        two_paths = meta[-4:].lstrip(b"0123456789abcdef ")[:1] in {b"R", b"C"}
        previous = fields[position + 1] if two_paths else None
        path = fields[position + 2] if two_paths else fields[position + 1]
        entries.append((meta, path, previous))
        position += 3 if two_paths else 2
    counts = _parse_numstat(fields[position:])
    return [_change(meta, path, previous, counts) for meta, path, previous in entries]


def _parse_numstat(fields: list[bytes]) -> dict[bytes, _Counts]:
    """Return counts by path; with `-z` a rename's paths follow in two fields of their own."""
    counts: dict[bytes, _Counts] = {}
    position = 0
    while position < len(fields) and fields[position]:
        added, removed, path = fields[position].split(b"\t", 2)
        if path:
            position += 1
        else:
            path = fields[position + 2]
            position += 3
        binary = added == b"-"
        counts[path] = (0, 0, True) if binary else (int(added), int(removed), False)
    return counts


def _change(
    meta: bytes, path: bytes, previous: bytes | None, counts: dict[bytes, _Counts]
) -> FileChange:
    old_mode, new_mode, old_id, new_id, letter = meta[1:].decode("ascii").split(" ")
    additions, deletions, binary = counts.get(path, (0, 0, False))
    return FileChange(
        path_bytes=path,
        previous_path_bytes=previous,
        status=STATUS_BY_LETTER.get(letter[0], Status.MODIFIED),
        binary=binary,
        additions=additions,
        deletions=deletions,
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
