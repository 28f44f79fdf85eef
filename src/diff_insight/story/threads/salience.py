"""How much threads matter: the weights of docs/salience.md for what people say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from diff_insight.analysis.people.cues import read_words
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.story.threads.build import Setting

#: What a kind weighs: its consequence for a reader.
_WEIGHTS: Mapping[ThreadKind, int] = {
    ThreadKind.SECURITY: 98,
    ThreadKind.DEADLINE: 96,
    ThreadKind.BREAKING: 92,
    ThreadKind.DEPRECATED: 84,
    ThreadKind.FEATURE: 60,
    ThreadKind.FIX: 50,
    ThreadKind.DOCS: 54,
    ThreadKind.MAINTENANCE: 24,
}
#: On a site most fixes mend the page, not the product.
_FIX_OF_SITE = 34
_LESS_FOR: Mapping[Audience, int] = {
    Audience.READERS: 0, Audience.CONTRIBUTORS: 40, Audience.PLUMBING: 46,
}  # fmt: skip
_FROM_CHANGELOG = 4
_HOLLOW = 60
#: What breaks by the words of people alone stands behind what the rules found to break.
_ONLY_DECLARED = 4
_TRANSLATIONS = 12
_LEAST = 9
_MOST_SIZE = 8


def ranked(threads: Sequence[Thread], setting: Setting) -> tuple[Thread, ...]:
    """Return threads by consequence for readers; equal ones as people listed them."""
    listed = Counter(thread.source.path for thread in threads if thread.source)

    def rank(thread: Thread) -> tuple[int, int]:
        return -weight(thread, setting), -listed[thread.source.path] if thread.source else 0

    return tuple(sorted(threads, key=rank))


def weight(thread: Thread, setting: Setting) -> int:
    """Return the salience of a thread."""
    if thread.id == "translations":
        return _TRANSLATIONS
    words = read_words(thread.title)
    base = _WEIGHTS[thread.kind]
    if thread.kind is ThreadKind.BREAKING and not _proved(thread, setting):
        base -= _ONLY_DECLARED
    if thread.kind is ThreadKind.FIX and setting.site and thread.said_by is not SaidBy.CHANGELOG:
        base = _FIX_OF_SITE
    size = sum(setting.files[index].change.changes for index in thread.files[:200]
               if setting.audiences[index] is Audience.READERS)  # fmt: skip
    base += words.weight if thread.kind not in (ThreadKind.BREAKING, ThreadKind.DEPRECATED) else 0
    base += (
        min(_MOST_SIZE, round(math.log2(size + 1)) // 2)
        if thread.said_by is not SaidBy.CHANGELOG
        else 0
    )
    base += _FROM_CHANGELOG if thread.said_by is SaidBy.CHANGELOG else 0
    base -= _LESS_FOR[thread.audience]
    base -= 0 if words.telling or thread.said_by is SaidBy.CHANGELOG else _HOLLOW
    return max(_LEAST, base)


def _proved(thread: Thread, setting: Setting) -> bool:
    return any(setting.files[ref.file].facts[ref.fact].breaking for ref in thread.facts)


def of_thread(item: StoryItem, thread: Thread, setting: Setting) -> StoryItem:
    """Return the item of a thread with the salience of the thread."""
    return item.with_salience(weight(thread, setting))


def on_top(item: StoryItem, others: Sequence[StoryItem]) -> StoryItem:
    """Return an item with more salience than all others."""
    return item.with_salience(max((item.salience, *(other.salience + 1 for other in others))))


def behind_readers(item: StoryItem, setting: Setting) -> StoryItem:
    """Return an item that is not for readers below all that is."""
    if item.role in (Role.BREAKING, Role.DEADLINE) or not item.files:
        return item
    seen = {setting.audiences[index] for index in item.files}
    translated = all(setting.languages[index] for index in item.files)
    if Audience.READERS in seen and not translated:
        return item
    return item.with_salience(min(item.salience, _TRANSLATIONS if translated else 20), Role.CHANGE)
