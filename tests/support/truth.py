"""What git says about a range, parsed independently, and checks of changes against real trees."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diff_insight.facts.extract import read_hunks
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.changes import ChangeSet, FileChange, Hunk, Status
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo
from support.trees import Tree

_LETTERS = {
    "A": Status.ADDED, "M": Status.MODIFIED, "D": Status.REMOVED, "R": Status.RENAMED,
    "C": Status.COPIED, "T": Status.CHANGED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What git says about one file."""

    path: bytes
    previous: bytes | None
    status: Status
    additions: int
    deletions: int
    binary: bool
    #: Whether only name or mode changed: the text of a diff does not say then what is binary.
    same_content: bool = field(default=False, compare=False)


def truth(repo: TestRepo, options: Sequence[str], base: str, head: str) -> list[Row]:
    """Return git's listing, parsed here once more and differently."""
    told = repo.git("diff", "--raw", "--numstat", "-z", "--no-abbrev", *options, base, head)
    pieces = iter(told.split(b"\0")[:-1])
    listed: list[tuple[bytes, bytes | None, Status, bool]] = []
    counts: dict[bytes, bytes] = {}
    for piece in pieces:
        if piece.startswith(b":"):
            _, _, old_id, new_id, letter = piece.decode().split(" ")
            first = next(pieces)
            path, previous = (next(pieces), first) if letter[0] in "RC" else (first, None)
            listed.append((path, previous, _LETTERS[letter[0]], old_id == new_id))
        else:
            numbers, path = _two(piece)
            if not path:
                next(pieces)
                path = next(pieces)
            counts[path] = numbers
    return [
        Row(path, previous, status, *_numbers(counts[path]), same)
        for path, previous, status, same in listed
    ]


def _two(piece: bytes) -> tuple[bytes, bytes]:
    end = piece.index(b"\t", piece.index(b"\t") + 1)
    return piece[:end], piece[end + 1 :]


def _numbers(told: bytes) -> tuple[int, int, bool]:
    added, removed = told.split(b"\t")
    return (0, 0, True) if added == b"-" else (int(added), int(removed), False)


def row_of(change: FileChange) -> Row:
    """Return what the product says about one file."""
    return Row(
        change.path_bytes, change.previous_path_bytes, change.status,
        change.additions, change.deletions, change.binary,
    )  # fmt: skip


def direct(base: str, head: str) -> CommitRange:
    return CommitRange(base=base, head=head, merge_base="", comparison=Comparison.DIRECT)


def checkout(path: Path) -> CheckoutSource:
    return CheckoutSource(Repository(Git(path, os.environ)))


def as_lines(content: bytes) -> list[str]:
    """Return the lines of a version as hunks hold them."""
    found = content.decode("utf-8", "backslashreplace").split("\n")
    return found[:-1] if found[-1] == "" else found


def apply_blocks(old: list[str], hunks: Sequence[Hunk]) -> list[str]:
    """Return the new version that the blocks make of the old one."""
    new: list[str] = []
    done = 0
    for hunk in hunks:
        first = max(0, hunk.old_start - 1)
        assert list(hunk.old_lines) == old[first : first + len(hunk.old_lines)]
        for block in hunk.blocks:
            start = max(0, block.old_start - 1)
            new += old[done:start]
            assert len(new) == max(0, block.new_start - 1)
            assert list(block.old_lines) == old[start : start + len(block.old_lines)]
            new += block.new_lines
            done = max(done, start + len(block.old_lines))  # a new file behind a removed one
    return new + old[done:]


def check_hunks(change: FileChange, changes: ChangeSet, old: Tree, new: Tree) -> None:
    """Check that the hunks turn one version of a file into the other."""
    hunks = read_hunks(change, changes.patches)
    blocks = [block for hunk in hunks for block in hunk.blocks]
    before = _shown(old, change.previous_path_bytes or change.path_bytes, change, Status.ADDED)
    after = _shown(new, change.path_bytes, change, Status.REMOVED)
    if change.binary:
        assert not hunks
        return
    assert apply_blocks(as_lines(before), hunks) == as_lines(after)
    if change.status is Status.CHANGED:
        return  # git counts the lines that differ, and shows a removed and an added file
    assert sum(len(block.new_lines) for block in blocks) == change.additions
    assert sum(len(block.old_lines) for block in blocks) == change.deletions
    for hunk in hunks[-1:]:
        if hunk.old_start - 1 + len(hunk.old_lines) == len(as_lines(before)) > 0:
            assert hunk.old_final_newline == before.endswith(b"\n")
        if hunk.new_start - 1 + len(hunk.new_lines) == len(as_lines(after)) > 0:
            assert hunk.new_final_newline == after.endswith(b"\n")


def _shown(tree: Tree, path: bytes, change: FileChange, absent: Status) -> bytes:
    return b"" if change.status is absent else tree[path].shown
