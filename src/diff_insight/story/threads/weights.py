"""What makes a thread more or less than its kind: its words, its size, and what its facts bring."""

from __future__ import annotations

import re

from diff_insight.analysis.people.cues import Words, asks_of_users
from diff_insight.analysis.people.matching import speaks_of_runtime
from diff_insight.analysis.people.references import version_in
from diff_insight.file_types import is_changelog, is_page
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.story import Role
from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.story.salience import cue_weight
from diff_insight.story.threads.setting import Setting

#: A small edit in many files, file by file.
_LEAST_SWEPT, _LINES_SWEPT = 10, 6
#: What people call new; a page of its own is the news of a site.
_CALLED_NEW, _PAGE = 4, 10
_POLISH, _INSIDE = 12, 20
#: That what people have written fails now, and everywhere.
_FAILS = 4
_RUNTIME_ALONE = 2
_OLD_FAILS = re.compile(
    r"(?i)\b(?:panics?|crash(?:es)?|throws?|errors?|fails?|rejects?|syntax|all|every|by default|must)\b"
)
_GONE = re.compile(r"(?i)(?:remov|delet|drop)")
#: What a flaw weighs more that loses data, ends a program or opens it to others.
_GRAVE_FIX = 4
_GRAVE = re.compile(
    r"(?i)\b(?:overflow|crash(?:es|ed)?|panics?|deadlock|data (?:loss|race|corruption)|corrupt\w*|memory leak|hang(?:s|ing)?|injection|out of bounds|use[- ]after[- ]free|infinite loop|segfault|unbounded|denial of service)\b|クラッシュ|崩溃|データ損失|数据丢失"
)
_MOST_SIZE, _MOST_SIZE_OF_ENTRY = 10, 6
#: Facts of a thread that are asked for news, and what a cue weighs at least that is news.
_MOST_ASKED, NEWS = 200, 14
#: What a cue weighs that no modest word of a title takes away: an end, a deprecation, security.
_STRONG_NEWS = 20


def of_size(thread: Thread, size: float) -> int:
    """Return what the size of a thread adds; among entries the order of the list counts."""
    if thread.said_by is not SaidBy.CHANGELOG:
        return min(_MOST_SIZE, round(size))
    if thread.kind is not ThreadKind.BREAKING:
        return 0
    fails = _FAILS if _OLD_FAILS.search(thread.title) else 0
    # What has to be installed first is the lesser news beside what is called otherwise.
    runtime = _RUNTIME_ALONE if speaks_of_runtime(thread.title) else 0
    return min(_MOST_SIZE_OF_ENTRY, round(size / 2)) + fails - runtime


def is_documented(thread: Thread, setting: Setting) -> bool:
    """Tell whether a change of code comes with a page for its users."""
    if setting.site or thread.kind is not ThreadKind.FEATURE:
        return False
    paths = [setting.files[index].change.path for index in thread.files]
    return any(is_page(path) for path in paths) and not all(is_page(path) for path in paths)


def sweeps(thread: Thread, setting: Setting) -> bool:
    """Tell whether a cause makes small edits in many files."""
    if len(thread.files) < _LEAST_SWEPT:
        return False
    lines = sum(setting.files[index].change.changes for index in thread.files)
    swept = set[int]().union(*(each.files for each in setting.people.substitutions))
    replaced = len(swept.intersection(thread.files)) * 3 >= 2 * len(thread.files)
    return replaced or lines <= _LINES_SWEPT * len(thread.files)


def of_words(words: Words, thread: Thread, setting: Setting) -> int:
    """Return what the words of a title add to its kind, or take away."""
    if thread.kind in (ThreadKind.BREAKING, ThreadKind.DEPRECATED, ThreadKind.SECURITY):
        return 0
    listed = thread.said_by is SaidBy.CHANGELOG
    if words.weight > 0 and _is_said_by_kind(words, thread, setting):
        return 0
    if words.weight > 0 and words.inside:
        return -_INSIDE
    grave = _GRAVE_FIX if thread.kind is ThreadKind.FIX and _GRAVE.search(words.text) else 0
    less = (_INSIDE if listed and (words.inside or words.step) else 0) - grave
    less += _INSIDE if words.translation and (setting.site or not words.labelled) else 0
    news = news_of(thread, setting)
    less += _POLISH if words.polish and news < _STRONG_NEWS else 0
    if words.trivial and news >= NEWS:
        return -less  # its new words say more than the title
    if listed and words.weight > 0 and not asks_of_users(words.text):
        return -less  # the order of the list counts
    return words.weight - less


def _is_said_by_kind(words: Words, thread: Thread, setting: Setting) -> bool:
    """Tell whether the kind of a thread says what its words would: something is mended, or labelled."""
    gone = setting.site and _GONE.match(words.text) is not None  # a page lost some words
    return thread.kind is ThreadKind.FIX or words.labelled or words.reverts or gone


def size_of(thread: Thread, setting: Setting) -> int:
    """Return how many lines for readers a thread changes."""
    return sum(
        setting.files[index].change.changes
        for index in thread.files[:_MOST_ASKED]
        if setting.audiences[index] is Audience.READERS
        and not is_changelog(setting.files[index].change.path)
    )


def news_of(thread: Thread, setting: Setting) -> int:
    """Return what the strongest cue weighs in what the pages of a thread say from now on."""
    facts = (setting.files[ref.file].facts[ref.fact] for ref in thread.facts[:_MOST_ASKED])
    cues = (
        cue_weight(fact.params.get("cue"))
        for fact in facts
        if kind_of(fact.kind).has(Trait.NEW_TEXT | Trait.ENTRY)
    )
    return max(cues, default=0)


def of_novelty(thread: Thread, setting: Setting) -> int:
    """Return what it adds that a thread is about something new; on a site its facts say whether it is."""
    if not setting.site:
        return _CALLED_NEW if thread.new else 0
    facts = (setting.files[ref.file].facts[ref.fact] for ref in thread.facts[:_MOST_ASKED])
    rows = (kind_of(fact.kind) for fact in facts)
    if any(row.role is Role.NEW and row.across and row.across.names == "title" for row in rows):
        return _PAGE
    if version_in(thread.title) and _lists_release(thread, setting):
        return _PAGE
    return _CALLED_NEW if thread.new and brings(thread, setting) else 0


def _lists_release(thread: Thread, setting: Setting) -> bool:
    """Tell whether a thread changes the site's list of releases: its title names the one that it is about."""
    return any(is_changelog(setting.files[index].change.path) for index in thread.files)


def brings(thread: Thread, setting: Setting) -> bool:
    """Tell whether a thread brings something that was not there: a page, a section, a row."""
    facts = (setting.files[ref.file].facts[ref.fact] for ref in thread.facts[:_MOST_ASKED])
    return any(kind_of(fact.kind).role is Role.NEW for fact in facts)


def is_proved(thread: Thread, setting: Setting) -> bool:
    """Tell whether the rules found that a thread breaks something."""
    return any(setting.files[ref.file].facts[ref.fact].breaking for ref in thread.facts)
