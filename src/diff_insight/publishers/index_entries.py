"""The list of all reports on a branch, kept in a file there and read back as data of strangers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.report.identity import range_id

#: Entries that are kept, the newest, and bytes of a file that is read.
MOST_ENTRIES = 5_000
_LARGEST = 10_000_000
_LONGEST = 600
_VERSION = 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)?")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,200}")
_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4}){0,2}")
_ID = re.compile(r"[0-9a-f]{16}")


class IndexedReport(Struct, frozen=True):
    """A report in one locale: where it is on the branch, and its headline."""

    path: str
    headline: str


class IndexEntry(Struct, frozen=True, kw_only=True):
    """One category of one range.

    Attributes:
        key: Range and category, which a later report of the same replaces.
        time: When the head was committed; empty when unknown.
        breaking: Number of proved breaking changes.
        reports: By locale, in the order in which they were asked for.
    """

    key: str
    repository: str
    date: str
    time: str
    category: str
    breaking: int
    reports: Mapping[str, IndexedReport]


def new_entries(placed: Iterable[PlacedReport]) -> list[IndexEntry]:
    """Return the entries of the Markdown reports of a run."""
    entries: dict[str, IndexEntry] = {}
    for each in placed:
        insight, locale = each.report.insight, each.report.locale
        if each.report.format != "markdown":
            continue
        identity = range_id(insight.range, insight.fingerprint)
        key = f"{identity} {insight.category}"
        headline = " ".join(insight.headline[locale].split())[:_LONGEST]
        before = entries[key].reports if key in entries else {}
        entries[key] = IndexEntry(
            key=key,
            repository=insight.range.repository,
            date=insight.date,
            time=insight.origin.head_time,
            category=insight.category,
            breaking=insight.breaking,
            reports={**before, locale: IndexedReport(each.path, headline)},
        )
    return list(entries.values())


def merge_entries(new: Sequence[IndexEntry], known: Sequence[IndexEntry]) -> list[IndexEntry]:
    """Return all entries, the newest first; of one day, what was published last stands first."""
    keys = {entry.key for entry in new}
    every = [*reversed(new), *(entry for entry in known if entry.key not in keys)]
    every.sort(key=lambda entry: (entry.date, entry.time), reverse=True)
    return every[:MOST_ENTRIES]


def write_entries(entries: Sequence[IndexEntry]) -> bytes:
    """Return the file of a list, one entry a line."""
    rows = (
        json.dumps(
            {
                "key": entry.key,
                "repository": entry.repository,
                "date": entry.date,
                "time": entry.time,
                "category": entry.category,
                "breaking": entry.breaking,
                "reports": {
                    locale: {"path": report.path, "headline": report.headline}
                    for locale, report in entry.reports.items()
                },
            },
            ensure_ascii=False,
        )
        for entry in entries
    )
    head = f'{{"schema_version": {_VERSION}, "reports": [\n'
    return (head + ",\n".join(rows) + "\n]}\n").encode("utf-8", "replace")


def read_entries(content: bytes | None) -> list[IndexEntry]:
    """Return the entries of a file; what is not as this module writes it is left out."""
    if content is None or len(content) > _LARGEST:
        return []
    try:
        document = json.loads(content)
        rows = document["reports"] if document["schema_version"] == _VERSION else []
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    read = (_entry(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return [entry for entry in read if entry is not None][:MOST_ENTRIES]


def _entry(row: Mapping[str, Any]) -> IndexEntry | None:
    texts = {name: str(row.get(name, "")) for name in ("repository", "date", "time", "category")}
    identity, _, category = str(row.get("key", "")).partition(" ")
    breaking, reports = row.get("breaking"), row.get("reports")
    sound = (
        _ID.fullmatch(identity)
        and category == texts["category"]
        and _NAME.fullmatch(category)
        and _DAY.fullmatch(texts["date"])
        and _MOMENT.fullmatch(texts["time"])
        and isinstance(breaking, int)
        and isinstance(reports, dict)
    )
    if not sound or not isinstance(breaking, int) or not isinstance(reports, dict):
        return None
    shown = {
        locale: IndexedReport(
            str(report.get("path"))[:_LONGEST], str(report.get("headline"))[:_LONGEST]
        )
        for locale, report in reports.items()
        if isinstance(report, dict) and _LOCALE.fullmatch(locale)
    }
    key = f"{identity} {category}"
    return IndexEntry(key=key, breaking=breaking, reports=shown, **texts) if shown else None
