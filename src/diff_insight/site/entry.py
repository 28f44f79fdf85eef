"""What a site knows of a document without reading it again, and the file that keeps it."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct, field

from diff_insight.errors import UsageError
from diff_insight.localization.locales import available
from diff_insight.model.insight import Insight
from diff_insight.report.identity import range_id
from diff_insight.runtime.inside import read_inside
from diff_insight.settings.settings import CategoryPaths

#: The file in the site's folder that tells the next run what is there.
STATE_NAME = "site-state.json"
#: Characters of a report's text that are searched.
LONGEST_TEXT = 4_000
#: Bytes of a state that are read.
_LARGEST_STATE = 500_000_000
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Za-z0-9._-]{1,200}-[0-9a-f]{8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
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
        texts: Its words by locale.
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
    texts: dict[str, EntryText]


class SiteState(Struct, frozen=True, kw_only=True):
    """What the last run made: by which build, and from which documents."""

    build: str = ""
    entries: list[SiteEntry] = field(default_factory=list)


def entry_of(insight: Insight, digest: str) -> SiteEntry:
    """Return the entry of a document."""
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
        texts={locale: _text(insight, locale) for locale in insight.locales},
    )


def _text(insight: Insight, locale: str) -> EntryText:
    highlights = insight.highlights[locale]
    bullets = (
        *highlights.to_do,
        *highlights.breaking_changes,
        *highlights.new_features,
        *highlights.other_updates,
    )
    paths = (entry.analysis.change.path for entry in insight.files)
    words = " ".join((insight.range.repository, *map(_plain, bullets), *paths))
    return EntryText(
        headline=insight.headline[locale],
        summary=" ".join(insight.summary[locale].split()),
        words=" ".join(words.split())[:LONGEST_TEXT],
    )


def _plain(markdown: str) -> str:
    return _MARKUP.sub("", markdown)


def read_state(folder: Path) -> SiteState:
    """Return what the last run made; nothing where that cannot be read, or is nothing that a run writes.

    Who may write to the place of the site may write a state: what becomes a path or an address is checked.
    """
    try:
        content = read_inside(folder, PurePath(STATE_NAME), limit=_LARGEST_STATE)
        state = msgspec.json.decode(content or b"{}", type=SiteState)
        return state if all(map(_is_ours, state.entries)) else SiteState()
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError, UsageError):
        return SiteState()


def _is_ours(entry: SiteEntry) -> bool:
    """Tell whether an entry is one that a run may have written.

    Raises:
        ValueError: A moment of it is none.
        UsageError: Its category cannot be a name.
    """
    CategoryPaths(entry.category, ())
    date.fromisoformat(entry.date)
    if entry.time:
        datetime.fromisoformat(entry.time)
    return bool(
        _NAME.fullmatch(entry.name)
        and _DIGEST.fullmatch(entry.digest)
        and entry.texts.keys() <= set(available())
    )


def write_state(state: SiteState) -> bytes:
    """Return the file that keeps a state."""
    return msgspec.json.encode(state)
