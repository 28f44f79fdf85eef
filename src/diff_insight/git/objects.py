"""Reads blobs by id through one long-running `git cat-file --batch`."""

from __future__ import annotations

import os
import subprocess
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
        stdin.write(object_id.encode() + b"\n")
        stdin.flush()
        header = stdout.readline().split()
        if len(header) != 3:  # "<id> missing", or the process died
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


def _skip(stream: IO[bytes], size: int) -> None:
    """Read and drop `size` bytes."""
    while size > 0:
        size -= len(stream.read(min(size, 1 << 20))) or size
