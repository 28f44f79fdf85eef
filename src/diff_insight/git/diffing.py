"""Runs `git diff` over two commits: one process lists what changed and then prints the patches."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, cast

from diff_insight.git.command import PIPE, Git

#: Renames, with git's own default limit written down so that every git version lists the same, and
#: submodules even when the repository asks git to ignore them.
DIFF_OPTIONS = ("-M", "-l1000", "--ignore-submodules=none")
#: What no setting or attribute of the repository may change.
FIXED = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-abbrev")
_PATCH = ("-p", "--full-index", "--src-prefix=a/", "--dst-prefix=b/")
_LISTED = ("--raw", "-z", *_PATCH)
_COUNTS = (*FIXED, "--ignore-submodules=none", "--no-renames", "--numstat", "-z")
#: Bytes of paths that a command is given, and how often it is asked about some of them.
_MOST_PATHS, _MOST_TIMES = 100_000, 8


def text_patches(base: str, head: str) -> tuple[str, ...]:
    """Return the arguments of git that print patches, also of what attributes call binary."""
    return ("diff", *FIXED, *DIFF_OPTIONS, *_PATCH, "--text", base, head)


def literal(path: bytes) -> str:
    """Return the pathspec of a path as it is, from the top of the repository."""
    return ":(top,literal)" + path.decode("utf-8", "surrogateescape")


def count_lines(
    git: Git, base: str, head: str, paths: Sequence[bytes]
) -> tuple[bytes | None, bytes]:
    """Return git's `--numstat -z` of some paths, or of all when they are many; and its errors.

    The counts are None when git fails.
    """
    counted, said = b"", b""
    for places in _in_batches(paths):
        done = git.run("diff", *_COUNTS, base, head, *places)
        said += done.stderr
        if done.returncode != 0:
            return None, said
        counted += done.stdout
    return counted, said


def _in_batches(paths: Sequence[bytes]) -> Iterator[list[str]]:
    """Yield arguments that name some of the paths each; none, for all files, when they are many."""
    if sum(map(len, paths)) > _MOST_TIMES * _MOST_PATHS:
        yield []
        return
    batch: list[str] = []
    size = 0
    for path in paths:
        if size + len(path) > _MOST_PATHS and batch:
            yield ["--", *batch]
            batch, size = [], 0
        batch.append(literal(path))
        size += len(path)
    if batch:
        yield ["--", *batch]


class RunningDiff:
    """A `git diff` that runs from the moment that this is made.

    Args:
        git: The repository.
        base: One commit or tree.
        head: The other one.
        output: Where the listing and the patches go, an empty file.
        paths: Pathspecs, with the `--` before them.
    """

    def __init__(
        self, git: Git, base: str, head: str, *, output: IO[bytes], paths: Sequence[str] = ()
    ) -> None:
        command = ["diff", *FIXED, *DIFF_OPTIONS, *_LISTED, base, head, *paths]
        self._process = git.start(command, stdout=output, stderr=PIPE)
        self._errors = cast("IO[bytes]", self._process.stderr)
        self._said = b""

    def at_work(self, patience: float) -> bool:
        """Tell whether it has not come to its end, also after some seconds of waiting for that."""
        if not select.select([self._errors], [], [], patience)[0]:
            return True
        piece = os.read(self._errors.fileno(), 1 << 16)
        self._said += piece
        return bool(piece)  # with its end this stream ends

    def finish(self) -> tuple[bool, bytes]:
        """Wait for it and tell whether it came to its end, and what git said beside."""
        with self._process:
            said = self._said + self._errors.read()
        return self._process.returncode == 0, said

    def abandon(self) -> None:
        """End it, whatever it has said so far."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.communicate()
