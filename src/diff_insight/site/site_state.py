"""The file that tells the next run what a site holds: a line for the build, and one for each document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from diff_insight.errors import UsageError
from diff_insight.localization.locales import available
from diff_insight.runtime.inside import open_inside
from diff_insight.runtime.kept_rows import RowFile
from diff_insight.settings.settings import CategoryPaths
from diff_insight.site.entry import SiteEntry, keep_entry

#: The file in the site's folder.
STATE_NAME = "site-state.jsonl"
#: Bytes of a line, and documents, that are read.
_LONGEST_LINE, _MOST = 2_000_000, 1_000_000
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Za-z0-9._-]{1,200}-[0-9a-f]{8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class SiteState(Struct, frozen=True, kw_only=True):
    """What the last run made: by which build, and from which documents."""

    build: str = ""
    entries: Sequence[SiteEntry] = ()


class _Head(Struct, frozen=True):
    build: str


def read_state(folder: Path, rows: RowFile) -> SiteState:
    """Return what the last run made; nothing where that cannot be read, or is nothing that a run writes.

    Who may write to the place of the site may write a state: what becomes a path or an address is checked.

    Args:
        folder: The site.
        rows: Where the words of its documents are kept.
    """
    try:
        with open_inside(folder, PurePath(STATE_NAME)) as file:
            head = msgspec.json.decode(file.readline(_LONGEST_LINE), type=_Head)
            lines = iter(partial(file.readline, _LONGEST_LINE), b"")
            entries = [
                _read_entry(line, rows) for line, _ in zip(lines, range(_MOST), strict=False)
            ]
        return SiteState(build=head.build, entries=entries)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError, UsageError):
        return SiteState()


def _read_entry(line: bytes, rows: RowFile) -> SiteEntry:
    """Return an entry that a run may have written.

    Raises:
        ValueError: It is none.
        UsageError: Its category cannot be a name.
    """
    entry = msgspec.json.decode(line, type=SiteEntry)
    CategoryPaths(entry.category, ())
    date.fromisoformat(entry.date)
    if entry.time:
        datetime.fromisoformat(entry.time)
    known = set(available()) >= set(entry.locales) == set(entry.texts)
    if not (known and _NAME.fullmatch(entry.name) and _DIGEST.fullmatch(entry.digest)):
        raise ValueError(entry.name)
    return keep_entry(entry, rows)


def write_state(state: SiteState) -> Iterator[bytes]:
    """Yield the lines of a state."""
    yield msgspec.json.encode(_Head(state.build)) + b"\n"
    for entry in state.entries:
        yield msgspec.json.encode(replace(entry, texts=dict(entry.texts))) + b"\n"
