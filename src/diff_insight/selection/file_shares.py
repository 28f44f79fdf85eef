"""Cuts the files of a range into shares of about the same work, the same ones in every process."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from diff_insight.model.changes import FileChange

#: Bytes of a patch that are as much work as opening a file.
_OPENING = 3000


def share_of(files: Sequence[FileChange], number: int, count: int) -> list[FileChange]:
    """Return the files of one share: a run of them, so that neighbours are read together.

    Args:
        files: All of them, in order.
        number: Which share, from 1 to `count`.
        count: How many there are; together they hold each file once.
    """
    ends = list(accumulate(_work(change) for change in files))
    whole = ends[-1] if ends else 0
    # A file belongs to the share that its middle lies in.
    return [
        change
        for change, end in zip(files, ends, strict=True)
        if (2 * end - _work(change)) * count // (2 * whole) == number - 1
    ]


def _work(change: FileChange) -> int:
    text = change.is_text
    return _OPENING + (text.size if text is not None else 0)
