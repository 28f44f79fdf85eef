"""Reads blobs by id through one long-running `git cat-file --batch`."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import IO, cast

from diff_insight.git.command import Git


class BlobReader:
    """Answers one object id at a time; the process starts with the first question.

    The protocol is that of `git cat-file --batch`: a line with the object id in; a line
    `<id> <type> <size>`, the bytes and a line end out, or `<id> missing`.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, object_id: str, *, limit: int | None = None) -> bytes | None:
        """Return the bytes of a blob; None when it is missing, no blob, or above `limit` bytes."""
        process = self._process
        if process is None or self._owner != os.getpid():
            # A forked helper must not talk into its parent's pipes.
            process = self._start()
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        header = _ask(stdin, stdout, object_id)
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

    def _start(self) -> subprocess.Popen[bytes]:
        self._owner = os.getpid()
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


def _ask(stdin: IO[bytes], stdout: IO[bytes], object_id: str) -> list[bytes]:
    """Ask for an object and return the words of the answer; none when the process has died."""
    with suppress(BrokenPipeError):
        stdin.write(object_id.encode() + b"\n")
        stdin.flush()
    return stdout.readline().split()


def _skip(stream: IO[bytes], size: int) -> None:
    """Read and drop `size` bytes."""
    while size > 0:
        size -= len(stream.read(min(size, 1 << 20))) or size
