r"""Undoes what tools do to a whole diff on its way: UTF-16, a byte order mark, CR LF line ends.

git ends the header lines of a diff with a line feed, whatever the files hold. Where a header line
ends with `\r\n`, every line was changed, and the carriage returns are no part of the files.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from diff_insight.diffs.store import FilePatchStore

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEADER = re.compile(rb"^(?:diff --git |--- )[^\r\n]*(\r?)\n", re.MULTILINE)
#: Bytes in which the first header line is looked for.
_EDGE = 1 << 16


def as_written(store: FilePatchStore) -> FilePatchStore:
    """Return a store with the diff as git wrote it; the same one when nothing was done to it."""
    start = store.read(0, 3)
    if start[:2] in _UTF16:
        store = _replace_store(store, _transcode(_pieces(store)))
    elif start == codecs.BOM_UTF8:
        store = _replace_store(store, _pieces(store, skip=3))
    header = _HEADER.search(store.read(0, _EDGE))
    if header is not None and header[1]:
        store = _replace_store(store, _line_feeds(_pieces(store)))
    return store


def _pieces(store: FilePatchStore, *, skip: int = 0) -> Iterator[bytes]:
    return store.chunks(skip, store.size())


def _replace_store(store: FilePatchStore, pieces: Iterable[bytes]) -> FilePatchStore:
    """Return a new store with other bytes, and close the old one."""
    made = FilePatchStore()
    try:
        made.fill(pieces)
    except OSError:
        made.close()
        raise
    store.close()
    return made


def _transcode(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _line_feeds(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        text = held + piece
        held = b"\r" if text.endswith(b"\r") else b""
        yield text[: len(text) - len(held)].replace(b"\r\n", b"\n")
    yield held
