"""What a site knows of a document without reading it again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.report.identity import range_id
from diff_insight.runtime.kept_rows import RowFile, keep_mappings

#: Characters of a report's text that are searched.
LONGEST_TEXT = 4_000
_MARKUP = re.compile(r"\]\((?:[^)\s\]]|\](?!\())*+\)|[\[\]`*\\]|<[^<>]*+>")


class EntryText(Struct, frozen=True):
    """The words of an entry in one locale; backticks mark code in the first two."""

    headline: str
    summary: str
    words: str


class SiteEntry(Struct, frozen=True, kw_only=True):
    """One document of a site.

    Attributes:
        name: Name of its pages without a suffix, the same for the same range and category.
        digest: SHA-256 of the document.
        time: When the head was committed; empty when unknown.
        locales: Languages of its pages.
        texts: Its words by locale, kept on disk: a site holds what it knows of all of its documents at once.
    """

    name: str
    digest: str
    date: str
    time: str
    category: str
    repository: str
    files: int
    additions: int
    deletions: int
    breaking: int
    locales: tuple[str, ...]
    texts: Mapping[str, EntryText]


def entry_of(insight: Insight, digest: str, locales: Sequence[str]) -> SiteEntry:
    """Return the entry of a document.

    Args:
        insight: The document.
        digest: Its SHA-256.
        locales: Which of its languages have pages.
    """
    identity = range_id(insight.range, insight.fingerprint)
    key = hashlib.sha256(f"{identity} {insight.category}".encode()).hexdigest()[:8]
    return SiteEntry(
        name=f"{insight.date}-{insight.category}-{key}",
        digest=digest,
        date=insight.date,
        time=insight.origin.head_time,
        category=insight.category,
        repository=insight.range.repository,
        files=len(insight.files),
        additions=insight.additions,
        deletions=insight.deletions,
        breaking=insight.breaking,
        locales=tuple(locales),
        texts={locale: _text(insight, locale) for locale in locales},
    )


def keep_entry(entry: SiteEntry, rows: RowFile) -> SiteEntry:
    """Return an entry whose words stand on disk."""
    (texts,) = keep_mappings(rows, entry.texts)
    return replace(entry, texts=texts)


def _text(insight: Insight, locale: str) -> EntryText:
    highlights = insight.highlights[locale]
    bullets = (
        *highlights.to_do,
        *highlights.breaking_changes,
        *highlights.new_features,
        *highlights.other_updates,
    )
    paths = (entry.analysis.change.path for entry in insight.files)
    words = " ".join((*map(_plain, bullets), *paths))
    return EntryText(
        headline=insight.headline[locale],
        summary=" ".join(insight.summary[locale].split()),
        words=" ".join(words.split())[:LONGEST_TEXT],
    )


def _plain(markdown: str) -> str:
    return _MARKUP.sub("", markdown)
