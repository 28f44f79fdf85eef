"""Finds the sections on single versions that a README has, and what the newest of them say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.cues import read_words
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.lines import first_sentence
from diff_insight.model.threads import ThreadKind

_HEADING = re.compile(r"(#{1,6})[ \t]++(\S.*)")
#: A version by itself, with the day of its release.
_VERSION = re.compile(
    r"\[?v?(\d{1,4}(?:\.\d{1,5}){1,3})\]?(?:[ \t(\u2013-]{1,4}[\d-]{8,10}\)?)?[ \t]*"
)
#: Versions that make a list of them.
_LEAST = 2


def read_version_sections(text: str, added: frozenset[int]) -> list[ChangelogEntry]:
    """Return what a README tells of versions whose heading is new.

    Args:
        text: The file as Markdown.
        added: Numbers of the lines that are new.
    """
    lines = text.split("\n")
    sections = list(_sections(lines))
    if len(sections) < _LEAST:
        return []
    entries: list[ChangelogEntry] = []
    for version, start, end in sections:
        if start in added:
            within = frozenset(range(start, end)) & added
            listed = read_entries(text, headings=False, added=within)
            entries += listed or _opening(version, lines, start, end)
    return entries


def _sections(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the version, the first line and the line behind the last of each section on one version."""
    open_: tuple[int, str, int] | None = None
    for number, line in enumerate(lines, 1):
        heading = _HEADING.match(line)
        if heading is None:
            continue
        level = len(heading[1])
        if open_ is not None and level <= open_[0]:
            yield open_[1], open_[2], number
            open_ = None
        version = _VERSION.fullmatch(heading[2])
        if version and open_ is None:
            open_ = (level, version[1], number)
    if open_ is not None:
        yield open_[1], open_[2], len(lines) + 1


def _opening(version: str, lines: list[str], start: int, end: int) -> list[ChangelogEntry]:
    """Return the first paragraph of a section as an entry."""
    first = next((at for at in range(start, end - 1) if lines[at].strip()), None)
    if first is None:
        return []
    last = next((at for at in range(first, end - 1) if not lines[at].strip()), end - 1)
    sentence, detail = first_sentence(lines[first:last])
    words = read_words(sentence)
    kind = words.kind or ThreadKind.FEATURE
    return [
        ChangelogEntry(
            words=words, kind=kind, detail=detail, version=version, start=first + 1, end=last,
            item=False, section=start, new=False,
        )
    ]  # fmt: skip
