"""Decides which patches a report shows and which become a link, lowest salience first."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.diffs.headers import hunks_start
from diff_insight.model.changes import FileChange, PatchStore
from diff_insight.model.insight import PatchReader
from diff_insight.model.ranges import CommitRange


def shown_patches(
    files: Sequence[FileChange], salience: Sequence[int], *, largest: int, total: int
) -> list[bool]:
    """Return for each file whether its patch is shown.

    Args:
        files: The files of a report.
        salience: How much each of them matters; the least is dropped first.
        largest: Bytes that one patch may have; 0 is unlimited.
        total: Bytes that all patches together may have; 0 is unlimited.
    """
    sizes = [change.patch.size if change.patch and has_hunks(change) else 0 for change in files]
    shown = [bool(size) and (not largest or size <= largest) for size in sizes]
    if largest == 0 or total == 0:
        return shown
    used = 0
    for index in sorted(range(len(files)), key=lambda index: (-salience[index], index)):
        if shown[index]:
            used += sizes[index]
            shown[index] = used <= total
    return shown


def patch_reader(change: FileChange, patches: PatchStore) -> PatchReader:
    """Return a function that reads the hunks of a file, one section after the other."""
    parts = change.patch.parts if change.patch else ()

    def read() -> str:
        sections = [patches.read(offset, length) for offset, length in parts]
        texts = [text[hunks_start(text) :].decode("utf-8", "replace") for text in sections]
        return "".join([text if text.endswith("\n") or not text else text + "\n" for text in texts])

    return read


def has_hunks(change: FileChange) -> bool:
    """Tell whether a change has a patch to show: not for binary files, pure renames, modes."""
    return change.changes > 0 and not change.binary and not change.unreadable


def file_diff_url(change: FileChange, commits: CommitRange) -> str:
    """Return the address of one file in the web comparison, or an empty string."""
    return commits.web.file_diff(commits.compare_url, change.path_bytes)
