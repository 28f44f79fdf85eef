"""Reads blobs by id through one long-running `git cat-file --batch`."""

from __future__ import annotations

import os
import subprocess
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, cast

from diff_insight.git.command import Git
from diff_insight.runtime.cpu_limit import unbroken

#: Id of the empty tree by object format.
EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


#: Questions that stand in git's pipe at once: the smallest pipe there is (4,096 bytes) takes them.
MOST_EXPECTED = 60


class BlobReader:
    """Answers one object id after another; the process starts with the first question.

    The protocol is that of `git cat-file --batch`: a line with the object id in; a line
    `<id> <type> <size>`, the bytes and a line end out, or `<id> missing`.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._asked: deque[str] = deque()

    def expect(self, object_ids: Sequence[str]) -> None:
        """Ask for blobs that will be read next, most likely and in this order: git looks ahead.

        What is beyond `MOST_EXPECTED` is left for the time when it is read.
        """
        with unbroken():
            process = self._ready()
            self._ask(process, object_ids[: max(0, MOST_EXPECTED - len(self._asked))])

    def read(self, object_id: str, *, limit: int | None = None) -> bytes | None:
        """Return the bytes of a blob; None when it is missing, no blob, or above `limit` bytes.

        Args:
            object_id: The blob.
            limit: Largest size in bytes.
        """
        with unbroken():  # half an answer would be taken for the next one
            process = self._ready()
            while self._asked and self._asked[0] != object_id:
                self._answer(process, 0)  # it was expected, and nobody wanted it
                process = self._ready()
            if not self._asked:
                self._ask(process, [object_id])
            return self._answer(process, limit)

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return the process; a forked helper must not talk into its parent's pipes."""
        if self._process is None or self._owner != os.getpid():
            return self._start()
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], object_ids: Sequence[str]) -> None:
        stdin = cast("IO[bytes]", process.stdin)
        self._asked += object_ids
        with suppress(BrokenPipeError):
            stdin.write("".join(f"{name}\n" for name in object_ids).encode())
            stdin.flush()

    def _answer(self, process: subprocess.Popen[bytes], limit: int | None) -> bytes | None:
        """Read what git says to the oldest question."""
        stdout = cast("IO[bytes]", process.stdout)
        self._asked.popleft()
        header = stdout.readline().split()
        if not header:  # git gives up on an object that a partial clone lacks
            self.close()
            return None
        if len(header) != 3:  # "<id> missing"
            return None
        size = int(header[2])
        too_large = limit is not None and size > limit
        content = b"" if too_large else stdout.read(size)
        if too_large:
            _skip(stdout, size)
        stdout.read(1)
        return content if header[1] == b"blob" and not too_large else None

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        self._process.wait()
        self._process = None
        self._asked.clear()

    def _start(self) -> subprocess.Popen[bytes]:
        self._owner = os.getpid()
        self._asked.clear()
        self._process = self._git.start(
            ["cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self._process


def missing_objects(git: Git, *commits: str) -> set[str]:
    """Return the ids of the objects of some commits that this clone does not hold."""
    # cat-file would try to fetch them, and end at the first that it cannot have.
    listed = git.run("rev-list", "--objects", "--missing=print", "--no-walk", *commits)
    lines = listed.stdout.decode("ascii", "replace").split("\n")
    return {line[1:] for line in lines if line.startswith("?")}


def _skip(stream: IO[bytes], size: int) -> None:
    """Read and drop `size` bytes."""
    while size > 0:
        size -= len(stream.read(min(size, 1 << 20))) or size
