"""Gives the files of a listing their patches and their counts of lines."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.diffs.listing import parse_counts, sections_of
from diff_insight.diffs.sections import PatchLineCounts, PatchSection
from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.diffing import count_lines
from diff_insight.model.changes import FileChange, PatchSpan, Status

#: Stands for a section that git did not print.
_NONE = PatchSection(0, 0, PatchLineCounts())


def patched_files(
    listed: Sequence[FileChange], printed: Sequence[PatchSection], git: Git, base: str, head: str
) -> tuple[list[FileChange] | None, bytes]:
    """Return the changes that git has listed before their patches, and its errors.

    The changes are None when git, asked to count, fails.

    Args:
        listed: What git listed.
        printed: The sections of the patches.
        git: The repository, asked for the counts that a patch does not tell.
        base: One commit or tree.
        head: The other one.

    Raises:
        EnvironmentFailure: Listing and patches do not belong together.
    """
    # The patches come in the order of the listing.
    sections = iter(printed)
    patched = [_with_patch(change, [next(sections, _NONE) for _ in range(sections_of(change))])
               for change in listed]  # fmt: skip
    if next(sections, None) is not None or any((0, 0) in parts_of(change) for change in patched):
        raise EnvironmentFailure(
            "git's patch and git's listing name different numbers of files",
            cause="the repository changed while it was read",
            cure="run again",
        )
    untold = [change for change in patched if not _tells(change)]
    if not untold:
        return patched, b""
    paths = sorted({path for change in untold for path in _paths(change)})
    output, said = count_lines(git, base, head, paths)
    if output is None:
        return None, said
    counts = parse_counts(output)
    return [
        change if _tells(change) else _with_git_counts(change, counts) for change in patched
    ], said


def parts_of(change: FileChange) -> tuple[tuple[int, int], ...]:
    """Return where the sections of a change stand, as (offset, length)."""
    return change.patch.parts if change.patch else ()


def _with_patch(change: FileChange, sections: Sequence[PatchSection]) -> FileChange:
    return replace(
        change,
        patch=PatchSpan(tuple((section.offset, section.length) for section in sections)),
        additions=sum(section.counts.additions for section in sections),
        deletions=sum(section.counts.deletions for section in sections),
        binary=any(section.counts.binary for section in sections),
    )


def _tells(change: FileChange) -> bool:
    """Tell whether the patch of a change shows what git counts.

    With the content as it was there is nothing that shows a binary, and a change of type, printed
    as two files, is counted as one.
    """
    return change.status is not Status.CHANGED and change.old_id != change.new_id


def _paths(change: FileChange) -> tuple[bytes, ...]:
    previous = change.previous_path_bytes
    return (change.path_bytes,) if previous is None else (previous, change.path_bytes)


def _with_git_counts(change: FileChange, counts: dict[bytes, PatchLineCounts]) -> FileChange:
    """Return a change with git's counts; of a rename git has told the two paths apart."""
    sides = [counts.get(path, PatchLineCounts()) for path in _paths(change)]
    now = sides[-1] if change.status is Status.CHANGED else PatchLineCounts()
    return replace(
        change,
        additions=now.additions,
        deletions=now.deletions,
        binary=any(side.binary for side in sides),
    )
