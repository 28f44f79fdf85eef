"""How much threads matter: the weights of docs/salience.md for what people say."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from diff_insight.analysis.people.cues import Words, read_words
from diff_insight.file_types import is_page
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.story.threads.setting import Setting

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
#: Beside code, documentation is the lesser news.
_DOCS_OF_CODE = 40
#: What commits weigh less where release notes say what is news, and what a sweep through many files does.
_BESIDE_NOTES = 30
_SWEEP = 10
_LEAST_SWEPT, _LINES_SWEPT = 10, 6
#: What breaks by the words of people alone stands behind what the rules found to break.
_ONLY_DECLARED = 4
_TRANSLATIONS = 12
_POLISH = 12
#: What people call new, and what comes with a page of its own beside code.
_CALLED_NEW, _DOCUMENTED = 4, 6
#: What is new stands before what is reworked.
_NEW = 4
#: What the strongest proof adds at the most, and what the facts of a silent thread weigh at the most.
_MOST_PROVED = 8
_MOST_SILENT = 66
_INSIDE = 20
_GONE = re.compile(r"(?i)(?:remov|delet|drop)")
_LEAST = 9
_MOST_SIZE = 10


def rank_threads(threads: Sequence[Thread], setting: Setting) -> tuple[Thread, ...]:
    """Return threads by consequence for readers; equal ones as people listed them."""
    listed = Counter(thread.source.path for thread in threads if thread.source)

    def rank(thread: Thread) -> tuple[int, int, int]:
        source = thread.source
        if source is None:
            return -weight(thread, setting), 0, 0
        return -weight(thread, setting), -listed[source.path], source.start

    return tuple(sorted(threads, key=rank))


def weight(thread: Thread, setting: Setting) -> int:
    """Return the salience of a thread."""
    if thread.id == "translations":
        return _TRANSLATIONS
    words = read_words(thread.title)
    base = _WEIGHTS[thread.kind]
    declared = thread.said_by is SaidBy.CHANGELOG
    if thread.kind is ThreadKind.BREAKING and not declared and not _is_proved(thread, setting):
        base -= _ONLY_DECLARED
    if thread.kind is ThreadKind.FIX and setting.site and thread.said_by is not SaidBy.CHANGELOG:
        base = _FIX_OF_SITE
    if setting.site and thread.kind is ThreadKind.FEATURE:
        base = _WEIGHTS[ThreadKind.DOCS]  # what is new on a page, its facts say
    elif not setting.site and thread.kind is ThreadKind.DOCS:
        base = _DOCS_OF_CODE
    size = sum(setting.files[index].change.changes for index in thread.files[:200]
               if setting.audiences[index] is Audience.READERS)  # fmt: skip
    base += _of_words(words, thread, setting)
    base += (
        min(_MOST_SIZE, round(math.log2(size + 1))) if thread.said_by is not SaidBy.CHANGELOG else 0
    )
    base += _CALLED_NEW if thread.new else 0
    base += _DOCUMENTED if _is_documented(thread, setting) else 0
    base += _FROM_CHANGELOG if thread.said_by is SaidBy.CHANGELOG else 0
    else_said = thread.said_by is not SaidBy.CHANGELOG and thread.said_by is not SaidBy.RULES
    base -= _BESIDE_NOTES if else_said and thread.id in setting.unnoted else 0
    base -= _SWEEP if _sweeps(thread, setting) and len(setting.people.causes) > 1 else 0
    base -= _LESS_FOR[thread.audience]
    base -= 0 if words.telling or thread.said_by is SaidBy.CHANGELOG else _HOLLOW
    return max(_LEAST, base)


def _is_documented(thread: Thread, setting: Setting) -> bool:
    """Tell whether a change of code comes with a page for its users."""
    if setting.site or thread.kind is not ThreadKind.FEATURE:
        return False
    paths = [setting.files[index].change.path for index in thread.files]
    return any(is_page(path) for path in paths) and not all(is_page(path) for path in paths)


def _sweeps(thread: Thread, setting: Setting) -> bool:
    """Tell whether a cause makes small edits in many files."""
    if len(thread.files) < _LEAST_SWEPT:
        return False
    lines = sum(setting.files[index].change.changes for index in thread.files)
    swept = set[int]().union(*(substitution.files for substitution in setting.people.substitutions))
    replaced = len(swept.intersection(thread.files)) * 3 >= 2 * len(thread.files)
    return replaced or lines <= _LINES_SWEPT * len(thread.files)


def _of_words(words: Words, thread: Thread, setting: Setting) -> int:
    """Return what the words of a title add to its kind, or take away."""
    if thread.kind in (ThreadKind.BREAKING, ThreadKind.DEPRECATED, ThreadKind.SECURITY):
        return 0
    if words.weight > 0 and thread.kind is ThreadKind.FIX:
        return 0  # that something is mended is its consequence
    if words.weight > 0 and (
        words.labelled or words.reverts or (setting.site and _GONE.match(words.text) is not None)
    ):
        return 0  # people said what it is; or a page lost some words
    if words.weight > 0 and words.inside:
        return -_INSIDE
    inside = _INSIDE if words.inside and thread.said_by is SaidBy.CHANGELOG else 0
    return words.weight - (_POLISH if words.polish else 0) - inside


def _is_proved(thread: Thread, setting: Setting) -> bool:
    return any(setting.files[ref.file].facts[ref.fact].breaking for ref in thread.facts)


def of_thread(item: StoryItem, thread: Thread, setting: Setting) -> StoryItem:
    """Return the item of a thread with the salience of the thread and of its strongest proof."""
    strongest = max((proof.salience for proof in item.proofs), default=0)
    if thread.kind is ThreadKind.BREAKING:
        strongest = 0  # the order of the changelog counts, not what the rules happen to see
    new = _NEW if any(proof.role is Role.NEW for proof in item.proofs) else 0
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


def behind_readers(item: StoryItem, setting: Setting) -> StoryItem:
    """Return an item that is not for readers below all that is."""
    if item.role in (Role.BREAKING, Role.DEADLINE) or not item.files:
        return item
    seen = {setting.audiences[index] for index in item.files}
    translated = all(setting.languages[index] for index in item.files)
    if Audience.READERS in seen and not translated:
        return item
    return item.with_salience(min(item.salience, _TRANSLATIONS if translated else 20), Role.CHANGE)
