"""Keeps the first files of a range that changes more of them than a report is made of."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.model.changes import ChangeSet
from diff_insight.model.messages import Notice


def first_files(changes: ChangeSet, most: int) -> ChangeSet:
    """Return the changes with at most so many files, in the order of paths, and what says so.

    Args:
        changes: What a source gave; it may have left files out itself.
        most: How many files are kept; 0 is no limit.
    """
    kept = changes.files[:most] if most else changes.files
    unlisted = changes.unlisted + len(changes.files) - len(kept)
    if not unlisted:
        return changes
    cut = Notice("files-cut", {"count": len(kept), "total": len(kept) + unlisted})
    return replace(changes, files=tuple(kept), unlisted=unlisted, notices=(*changes.notices, cut))
