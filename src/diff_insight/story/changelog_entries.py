"""Entries of changelogs and what's-new pages under headings such as Breaking changes: the page declares them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from diff_insight.file_types import is_changelog, stem
from diff_insight.kinds.catalogue import names_with
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import StoryItem
from diff_insight.story.joiners import Numbered, make_item, names_of
from diff_insight.story.salience import Moment, SalienceContext, weigh

#: Entries of one heading that are quoted one by one.
MOST_ENTRIES = 3
_PAGES = re.compile(
    r"(?i)what.{0,3}s.?new|release|upgrad|migrat|breaking|deprecat|(?<![a-z])changes(?![a-z])"
)
_BREAKING = re.compile(
    r"(?i)\bbreaking\b|\bincompatib|破壊的変更|重大变[化更]|不兼容|重大變更|不相容"
)
_LOST = re.compile(
    r"(?i)\bdeprecat|\bremov(ed|als?)\b|\bdiscontinued\b|\bretired\b|非推奨|廃止|削除|弃用|移除|棄用"
)


def declared_entries(
    by_kind: dict[str, list[Numbered]], analysis: FileAnalysis, index: int
) -> Iterator[StoryItem]:
    """Yield the items of such entries; takes their facts out of `by_kind`."""
    kinds = [kind for kind in names_with(Trait.ENTRY) if kind in by_kind]
    if not kinds or not _lists_changes(analysis.change.path):
        return
    by_heading: dict[str, list[Numbered]] = defaultdict(list)
    for kind in kinds:
        rest: list[Numbered] = []
        for entry in by_kind[kind]:
            heading = str(entry[1].params.get("section", ""))
            telling = _BREAKING.search(heading) or _LOST.search(heading)
            (by_heading[heading] if telling else rest).append(entry)
        by_kind[kind] = rest
    for heading, entries in by_heading.items():
        context = SalienceContext(incompatible=_BREAKING.search(heading) is not None)
        for item in _items(heading, sorted(entries, key=lambda entry: entry[0]), index):
            yield weigh(item, Moment.ENTRY, context)


def _items(heading: str, entries: list[Numbered], index: int) -> Iterator[StoryItem]:
    quotes = [fact.params.get("quote") for _, fact in entries]
    if len(entries) <= MOST_ENTRIES:
        for entry, quote in zip(entries, quotes, strict=True):
            params: dict[str, Value] = {"heading": heading, "quote": quote}
            yield make_item("entry.declared", params, [entry], index)
        return
    many: dict[str, Value] = {
        "heading": heading, "count": len(entries), "names": names_of(quotes),
    }  # fmt: skip
    yield make_item("entries.declared", many, entries, index)


def _lists_changes(path: str) -> bool:
    return is_changelog(path) or _PAGES.search(stem(path)) is not None
