"""How much threads matter: the weights of docs/salience.md for what people say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.facts.news.news_cues import Cue
from diff_insight.facts.news.sentence import said_cue
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.earlier import Continuation, Continues
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.story.salience import cue_weight
from diff_insight.story.threads.continuity import (
    TOLD_BEFORE,
    EarlierWords,
    continuation_params,
)
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.weights import (
    NEWS,
    brings,
    is_documented,
    is_proved,
    news_of,
    of_novelty,
    of_size,
    of_words,
    size_of,
    sweeps,
)

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
#: The list at the top of a repository is about its main product.
_OF_ALL = 2
#: Behind the newest version of a list its older ones stand back, but for what breaks or is insecure.
_OLDER: Mapping[ThreadKind, int] = {
    ThreadKind.DEPRECATED: 24, ThreadKind.FEATURE: 12, ThreadKind.FIX: 12, ThreadKind.DOCS: 12, ThreadKind.MAINTENANCE: 12,
}  # fmt: skip
_HOLLOW = 60
#: Beside code, documentation is the lesser news.
_DOCS_OF_CODE = 40
#: What commits weigh less where release notes say what is news, and what a sweep through many files does.
_BESIDE_NOTES = 30
_SWEEP = 10
#: What breaks by the words of people alone stands behind what the rules found to break.
_ONLY_DECLARED = 4
#: What an entry weighs less whose cause only changed how the project is built and tested.
_WORK_ON_IT = 16
_TRANSLATIONS = 12
#: What a dependency of a site's machinery weighs at the most.
_MACHINERY = 20
#: What comes with a page of its own beside code.
_DOCUMENTED = 6
#: What is new stands before what is reworked.
_NEW = 4
#: What the strongest proof adds at the most, and what the facts of a silent thread weigh at the most.
_MOST_PROVED = 4
_MOST_SILENT = 74
_LEAST = 9
#: What the strongest cue among the new words of its pages adds.
_MOST_FOR_NEWS = 8
#: What more it adds that both they and the title are about security.
_FOR_SECURITY = 8


def rank_threads(threads: Sequence[Thread], setting: Setting) -> tuple[Thread, ...]:
    """Return threads by consequence for readers; equal ones as people listed them."""
    listed = Counter(thread.source.path for thread in threads if thread.source)

    def rank(thread: Thread) -> tuple[int, int, int]:
        source = thread.source
        if source is None:
            return -weight(thread, setting), 0, -size_of(thread, setting)
        return -weight(thread, setting), -listed[source.path], source.start

    return tuple(sorted(threads, key=rank))


def weight(thread: Thread, setting: Setting) -> int:
    """Return the salience of a thread."""
    if thread.id == "translations":
        return _TRANSLATIONS
    words = setting.words_of(thread)
    base = _WEIGHTS[thread.kind]
    declared = thread.said_by is SaidBy.CHANGELOG
    if thread.kind is ThreadKind.BREAKING and not declared and not is_proved(thread, setting):
        base -= _ONLY_DECLARED
    if thread.kind is ThreadKind.FIX and setting.site and thread.said_by is not SaidBy.CHANGELOG:
        more = brings(thread, setting) or news_of(thread, setting) >= NEWS
        base = _WEIGHTS[ThreadKind.FIX] if more else _FIX_OF_SITE
    if setting.site and thread.kind is ThreadKind.FEATURE:
        base = _WEIGHTS[ThreadKind.DOCS]  # what is new on a page, its facts say
    elif not setting.site and thread.kind is ThreadKind.DOCS:
        base = _DOCS_OF_CODE
    size = math.log2(size_of(thread, setting) + 1)
    base += of_words(words, thread, setting)
    base += of_size(thread, size)
    base += of_novelty(thread, setting)
    base += _of_news(thread, setting) if setting.site else 0
    base += _DOCUMENTED if not declared and is_documented(thread, setting) else 0
    base += _FROM_CHANGELOG if declared else 0
    base += _OF_ALL if thread.source and thread.source.path in setting.main_lists else 0
    else_said = thread.said_by is not SaidBy.CHANGELOG and thread.said_by is not SaidBy.RULES
    base -= _of_older(thread, setting)
    base -= _BESIDE_NOTES if else_said and thread.id in setting.unnoted else 0
    base -= _WORK_ON_IT if declared and _is_work_on_it(thread, setting) else 0
    base -= _SWEEP if sweeps(thread, setting) and len(setting.people.causes) > 1 else 0
    base -= _LESS_FOR[thread.audience]
    base -= TOLD_BEFORE if _is_told(thread, setting) else 0
    base -= 0 if words.telling or thread.said_by is SaidBy.CHANGELOG else _HOLLOW
    return max(_LEAST, base)


def _of_news(thread: Thread, setting: Setting) -> int:
    """Return what the strongest cue among the new words of its pages adds to a thread."""
    news = news_of(thread, setting)
    grave = news >= cue_weight(Cue.SECURITY) and said_cue(thread.title) is Cue.SECURITY
    return min(_MOST_FOR_NEWS, news // 2) + (_FOR_SECURITY if grave else 0)


def _of_older(thread: Thread, setting: Setting) -> int:
    """Return what an entry weighs less that stands under an older version than the newest of its list."""
    newest = setting.newest.get(thread.source.path, "") if thread.source else ""
    if not newest or not thread.since or thread.since == newest:
        return 0
    return _OLDER.get(thread.kind, 0)


def _is_work_on_it(thread: Thread, setting: Setting) -> bool:
    """Tell whether all that an entry's cause changed is what the project is made with."""
    lists = {entry.file for entry in setting.people.entries}
    audiences = {setting.audiences[index] for index in thread.files if index not in lists}
    return bool(audiences) and Audience.READERS not in audiences


def _is_told(thread: Thread, setting: Setting) -> bool:
    continuation = setting.continuation_of(thread)
    return continuation is not None and continuation.how is Continues.TOLD


def of_thread(item: StoryItem, thread: Thread, setting: Setting) -> StoryItem:
    """Return the item of a thread with the salience of the thread and of its strongest proof."""
    strongest = max((proof.salience for proof in item.proofs), default=0)
    declared = thread.said_by is SaidBy.CHANGELOG
    if thread.kind is ThreadKind.BREAKING or declared:
        strongest = 0  # the order of the changelog counts, not what the rules happen to see
    proved = any(proof.role is Role.NEW for proof in item.proofs)
    new = _NEW if proved and thread.new and not declared else 0
    return item.with_salience(weight(thread, setting) + min(_MOST_PROVED, strongest // 8) + new)


def on_behalf(item: StoryItem, thread: Thread, setting: Setting) -> StoryItem:
    """Return the strongest item of a thread whose title says nothing, with the salience of the thread."""
    return item.with_salience(
        max(item.salience, min(_MOST_SILENT, weight(thread, setting) + _HOLLOW))
    )


def below(item: StoryItem, least: int) -> StoryItem:
    """Return an item that does not stand before what people say."""
    return item if item.salience < least else item.with_salience(least - 1)


def on_top(item: StoryItem, others: Sequence[StoryItem]) -> StoryItem:
    """Return an item with more salience than all others."""
    return item.with_salience(max((item.salience, *(other.salience + 1 for other in others))))


def _is_of_machinery(item: StoryItem, setting: Setting) -> bool:
    """Tell whether an item is about what a site is built with, which its readers never install."""
    plumbing = all(setting.audiences[index] is Audience.PLUMBING for index in item.files)
    return bool(item.files) and plumbing and kind_of(item.kind).has(Trait.DEPENDENCY)


def behind_readers(item: StoryItem, setting: Setting) -> StoryItem:
    """Return an item that is not for readers below all that is."""
    if setting.site and _is_of_machinery(item, setting):
        return item.with_salience(min(item.salience, _MACHINERY))
    if item.role in (Role.BREAKING, Role.DEADLINE) or not item.files:
        return item
    seen = {setting.audiences[index] for index in item.files}
    translated = all(setting.languages[index] for index in item.files)
    if Audience.READERS in seen and not translated:
        return item
    return item.with_salience(min(item.salience, _TRANSLATIONS if translated else 20), Role.CHANGE)


def with_told_deadlines(items: Sequence[StoryItem], earlier: EarlierWords) -> list[StoryItem]:
    """Return items with those deadlines marked, and below what is new, that an earlier report told."""
    return [_with_told_deadline(item, earlier) for item in items]


def _with_told_deadline(item: StoryItem, earlier: EarlierWords) -> StoryItem:
    subject, day = item.params.get("subject"), item.params.get("new")
    if item.role is not Role.DEADLINE or not (isinstance(subject, str) and isinstance(day, str)):
        return item
    date = earlier.deadline(subject, day)
    if not date:
        return item
    params = {**item.params, **continuation_params(Continuation(Continues.TOLD, date))}
    return replace(item, params=params).with_salience(max(0, item.salience - TOLD_BEFORE))
