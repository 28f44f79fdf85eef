r"""Finds where each file's section starts in what git has just written, at the speed of a search.

Inside a hunk every line starts with a space, `+`, `-` or `\`, so `diff --git ` at the start of a
line is always a header. Diffs of unknown origin are read by `scan`.
"""

from __future__ import annotations

from diff_insight.diffs.store import FilePatchStore

_GIT_HEADER = b"diff --git "


def git_sections(store: FilePatchStore, first: int = 0) -> list[tuple[int, int]]:
    """Return (offset, length) of every `diff --git` section of a git diff stored from `first` on."""
    size = store.size()
    needle = b"\n" + _GIT_HEADER
    starts: list[int] = []
    if store.read(first, len(_GIT_HEADER)) == _GIT_HEADER:
        starts.append(first)
    tail = b""
    position = first
    for chunk in store.chunks(first, size - first):
        window = tail + chunk
        origin = position - len(tail)
        found = window.find(needle)
        while found >= 0:
            starts.append(origin + found + 1)
            found = window.find(needle, found + 1)
        tail = window[-(len(needle) - 1) :]
        position += len(chunk)
    return _spans(starts, size)


def _spans(starts: list[int], size: int) -> list[tuple[int, int]]:
    ends = [*starts[1:], size] if starts else []
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]
