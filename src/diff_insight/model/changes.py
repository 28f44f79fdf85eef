"""Values of a complete diff: one `FileChange` for each changed file, and the hunks of its patch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import starmap
from typing import Protocol

from msgspec import Struct, field

from diff_insight.model.messages import Notice


class Side(StrEnum):
    """The two versions of a file."""

    BASE = "base"
    HEAD = "head"


class Status(StrEnum):
    """What happened to a file, in the words of the GitHub compare API."""

    ADDED = "added"
    MODIFIED = "modified"
    REMOVED = "removed"
    RENAMED = "renamed"
    COPIED = "copied"
    CHANGED = "changed"


#: git's letters in `--raw` output.
STATUS_BY_LETTER = {
    "A": Status.ADDED,
    "M": Status.MODIFIED,
    "D": Status.REMOVED,
    "R": Status.RENAMED,
    "C": Status.COPIED,
    "T": Status.CHANGED,
}

NO_MODE = "000000"
SYMLINK_MODE = "120000"
SUBMODULE_MODE = "160000"


class PatchSpan(Struct, frozen=True):
    """Where the sections of one file stand in a patch store: (offset, length) pairs in bytes."""

    parts: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """Bytes of the patch, headers included."""
        return sum(length for _, length in self.parts)


class PatchStore(Protocol):
    """Gives back the bytes of one file's patch sections, so that no diff is held in memory."""

    def read(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        ...


class FileChange(Struct, frozen=True, kw_only=True):
    """One changed file as git lists it.

    Attributes:
        path_bytes: Path after the change (before it, for a removed file), as git's bytes.
        previous_path_bytes: Path before a rename or copy, else None.
        additions: Lines added as git counts them; 0 for binary files.
        deletions: Lines removed as git counts them; 0 for binary files.
        old_mode: git file mode before, `000000` when absent.
        old_id: Blob or commit id before; empty when unknown.
        similarity: Rename or copy similarity in percent, else None.
        patch: Where the patch stands; None when there is none.
        unreadable: Reason key when the content could not be had, else an empty string.
        hidden: Where hunks stand of a text that attributes call binary; for facts alone.
        generated: Why the file counts as generated (`lock`, `generated`, `vendored`), else "".
    """

    path_bytes: bytes
    status: Status
    binary: bool = False
    additions: int = 0
    deletions: int = 0
    previous_path_bytes: bytes | None = None
    old_mode: str = NO_MODE
    new_mode: str = NO_MODE
    old_id: str = ""
    new_id: str = ""
    similarity: int | None = None
    patch: PatchSpan | None = None
    unreadable: str = ""
    hidden: PatchSpan | None = None
    generated: str = ""

    @property
    def path(self) -> str:
        """The path as text; bytes that are not UTF-8 become U+FFFD."""
        return self.path_bytes.decode("utf-8", "replace")

    @property
    def previous_path(self) -> str | None:
        """The path before a rename or copy as text."""
        previous = self.previous_path_bytes
        return None if previous is None else previous.decode("utf-8", "replace")

    @property
    def is_text(self) -> PatchSpan | None:
        """Where the hunks stand that facts are read from; None for a binary file."""
        return self.hidden if self.binary else self.patch

    @property
    def changes(self) -> int:
        """Lines added plus lines removed."""
        return self.additions + self.deletions


_WORD = re.compile(r"\w+")


class Block(Struct, frozen=True):
    """A run of removed lines replaced by a run of added lines (either may be empty).

    `old_start` and `new_start` are 1-based line numbers of the first line of each run.
    """

    old_start: int
    old_lines: tuple[str, ...]
    new_start: int
    new_lines: tuple[str, ...]

    def numbered_lines(self) -> Iterator[tuple[Side, int, str]]:
        """Yield side, number and text of each line."""
        for number, line in enumerate(self.old_lines, self.old_start):
            yield Side.BASE, number, line
        for number, line in enumerate(self.new_lines, self.new_start):
            yield Side.HEAD, number, line

    def versions(self) -> Iterator[tuple[tuple[Side, int], tuple[Side, int]]]:
        """Yield pairs of lines that are two versions of one: at one place, with half of their words."""
        if len(self.old_lines) != len(self.new_lines):
            return
        for at, (old, new) in enumerate(zip(self.old_lines, self.new_lines, strict=True)):
            first, second = set(_WORD.findall(old)), set(_WORD.findall(new))
            if first & second and 2 * len(first & second) >= min(len(first), len(second)):
                yield (Side.BASE, self.old_start + at), (Side.HEAD, self.new_start + at)

    def split(self, lines: Iterable[tuple[Side, int, str]]) -> Iterator[Block]:
        """Yield some of the lines as runs of their own.

        The runs of both sides are taken for versions of each other where there are as many.
        """
        runs: dict[Side, list[list[tuple[int, str]]]] = {side: [] for side in Side}
        for side, number, line in lines:
            if runs[side] and runs[side][-1][-1][0] == number - 1:
                runs[side][-1].append((number, line))
            else:
                runs[side].append([(number, line)])
        old, new = runs[Side.BASE], runs[Side.HEAD]
        if len(old) == len(new):
            yield from starmap(self._part, zip(old, new, strict=True))
            return
        yield from (self._part(run, []) for run in old)
        yield from (self._part([], run) for run in new)

    def _part(self, old: list[tuple[int, str]], new: list[tuple[int, str]]) -> Block:
        return Block(
            old[0][0] if old else self.old_start,
            tuple(line for _, line in old),
            new[0][0] if new else self.new_start,
            tuple(line for _, line in new),
        )


class Hunk(Struct, frozen=True):
    """One hunk: its header and its lines (without line ends), context included.

    `old_lines` and `new_lines` are the hunk's view of both sides; `section` is the text that git
    puts behind the second `@@`.
    """

    old_start: int
    new_start: int
    section: str
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    old_final_newline: bool = True
    new_final_newline: bool = True


class ChangeSet(Struct, frozen=True, kw_only=True):
    """The complete diff of a range.

    Attributes:
        files: One entry for each changed file, in path order.
        patches: Where the patch texts are kept.
        source: Which rung gave the diff: `checkout` or `diff-text`.
        options: The options that make `git diff --raw --numstat -z` list the same.
        notices: What a reader has to know about how the diff was had.
        unlisted: How many changed files at least are none of these, because there are too many.
    """

    files: Sequence[FileChange]
    patches: PatchStore
    source: str
    options: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    patch_bytes: int = 0
    unlisted: int = 0
