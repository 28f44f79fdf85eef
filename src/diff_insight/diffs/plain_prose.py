"""Finds lines of a plain diff that name a file in words, in whatever language: its content is lost.

GNU diff says in the user's language that a file is only on one side, or is binary. Such a line
speaks of one of the two folders that are compared, and that is how it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diff_insight.diffs.headers import HEADER_LIMIT, parse_header
from diff_insight.diffs.scan import ScannedSection
from diff_insight.diffs.store import FilePatchStore

#: Lines between sections that name files and lose nothing.
_HARMLESS = (b"diff ", b"Index: ", b"=====", b"--- ", b"+++ ", b"retrieving ", b"RCS file: ")
#: Bytes between two sections that are looked at, and sections that are asked for their folders.
_MOST_PROSE = 1 << 20
_MOST_ASKED = 50


def line_about_a_file(
    store: FilePatchStore, sections: Sequence[ScannedSection]
) -> tuple[int, bytes] | None:
    """Return offset and text of the first such line, or None; a diff by git has none.

    Args:
        store: The text of the diff.
        sections: The files it shows.
    """
    folders = _folders(store, sections)
    if not folders:
        return None
    names = b"|".join(map(re.escape, folders))
    speaks = re.compile(
        rb"(?:^|[\s\"'\xab\x98\x9c])(?:" + names + rb")(?:/\S|\s?:|\s*[^\x00-\x7f])"
    )
    for start, text in _gaps(store, sections):
        offset = start
        for line in text.split(b"\n"):
            if speaks.search(line) and not line.startswith(_HARMLESS):
                return offset, line
            offset += len(line) + 1
    return None


def _folders(store: FilePatchStore, sections: Sequence[ScannedSection]) -> list[bytes]:
    """Return the names of the folders that are compared; none where they are those of git."""
    folders: set[bytes] = set()
    for section in sections[:_MOST_ASKED]:
        text = store.read(section.offset, min(section.length, HEADER_LIMIT))
        if text.startswith(b"diff --git "):
            return []
        header = parse_header(text)
        tops = {
            path.partition(b"/")[0]
            for path in (header.old_path, header.new_path)
            if path and b"/" in path
        }
        folders |= tops
    return sorted(folders) if len(folders) == 2 else []


def _gaps(store: FilePatchStore, sections: Iterable[ScannedSection]) -> Iterator[tuple[int, bytes]]:
    """Yield what stands between sections, with its offset."""
    end = 0
    for section in sections:
        if section.offset > end:
            yield end, store.read(end, min(section.offset - end, _MOST_PROSE))
        end = section.offset + section.length
    if end < store.size():
        yield end, store.read(end, min(store.size() - end, _MOST_PROSE))
