"""Keeps patch texts in a temporary file and gives them back by offset and length."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

#: Bytes read at a time while looking for section boundaries.
CHUNK = 1 << 20


class FilePatchStore:
    """A patch store over one open binary file; closing it deletes a temporary file."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        # The store owns the file for as long as the run lasts.
        self.file: IO[bytes] = file or tempfile.TemporaryFile(prefix="diff-insight-")  # noqa: SIM115

    def fill(self, pieces: Iterable[bytes]) -> None:
        """Write the pieces one after the other, to the disk's own file."""
        self.file.writelines(pieces)
        self.file.flush()

    def read(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        # Without a seek: helper processes read the same open file at the same time.
        return os.pread(self.file.fileno(), length, offset)

    def chunks(self, offset: int, length: int) -> Iterator[bytes]:
        """Yield the bytes of a part in pieces of at most `CHUNK` bytes."""
        while length > 0:
            piece = self.read(offset, min(CHUNK, length))
            if not piece:
                return
            offset += len(piece)
            length -= len(piece)
            yield piece

    def size(self) -> int:
        """Return the number of bytes in the store."""
        return self.file.seek(0, 2)

    def close(self) -> None:
        """Close the file."""
        self.file.close()
