"""Compares some files of two commits alone, where all of them are too many.

Two trees with nothing but these files are written into a repository of ours; git then compares them
as it compares any two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, cast

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import PIPE, Git
from diff_insight.git.diffing import FIXED
from diff_insight.model.changes import NO_MODE, FileChange

_LISTED = ("diff", *FIXED, "--ignore-submodules=none", "--no-renames", "--raw", "-z")
#: Bytes of the listing that are kept.
MOST_BYTES = 25_000_000
#: Bytes that are read at once.
_CHUNK = 1 << 20


def first_listed(git: Git, base: str, head: str, most: int) -> tuple[bytes, int]:
    """Return git's listing of the first files that differ, without renames, and how many differ.

    What git lists is counted as it comes, and not kept.

    Raises:
        EnvironmentFailure: git failed.
    """
    kept, fields = bytearray(), 0
    with git.start([*_LISTED, base, head], stdout=PIPE) as process:
        try:
            stream = cast("IO[bytes]", process.stdout)
            while piece := stream.read(_CHUNK):
                if fields < 2 * most and len(kept) < MOST_BYTES:
                    kept += piece
                fields += piece.count(b"\0")
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise EnvironmentFailure(
            "git could not list the files that differ",
            cause="they are too many for the memory that it may take, or objects are missing",
            cure="compare a smaller range, raise max-memory, or run git fsck",
        )
    # A file has two fields, what it was and is, and its path; the last ones may be cut.
    whole = bytes(kept).split(b"\0")[:-1][: 2 * most]
    return b"".join(field + b"\0" for field in whole[: len(whole) // 2 * 2]), fields // 2


def trees_of(git: Git, folder: Path, changes: Sequence[FileChange]) -> tuple[str, str]:
    """Return the ids of two trees that hold both sides of some changes and nothing else.

    Args:
        git: A repository of ours, which may be written to and knows the objects.
        folder: Where an index may lie.
        changes: Files with modes and ids, none of them renamed.

    Raises:
        EnvironmentFailure: The trees could not be written.
    """
    base = _tree(git, folder, ((each.old_mode, each.old_id, each.path_bytes) for each in changes))
    head = _tree(git, folder, ((each.new_mode, each.new_id, each.path_bytes) for each in changes))
    return base, head


def _tree(git: Git, folder: Path, entries: Iterable[tuple[str, str, bytes]]) -> str:
    listed = b"".join(
        f"{mode} {blob}\t".encode() + path + b"\0"
        for mode, blob, path in entries
        if mode != NO_MODE
    )
    index = folder / "some-files"
    index.unlink(missing_ok=True)
    alone = git.with_index(index)
    added = alone.run("update-index", "-z", "--index-info", stdin=listed)
    written = alone.text("write-tree", "--missing-ok") if added.returncode == 0 else None
    if written is None:
        raise EnvironmentFailure(
            "git could not write the trees of the first files",
            cause=added.stderr.decode("utf-8", "replace").strip()
            or "the temporary directory is full",
            cure="free space in the temporary directory, or set TMPDIR",
        )
    return written
