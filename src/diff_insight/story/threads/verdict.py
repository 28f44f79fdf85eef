"""Says what a range comes to that only corrects the pages of a site, or only looks after its machinery."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Proof, Trait
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.story.threads.setting import Setting

#: Lines that a correction changes at most, and what an item weighs that is more than one.
_MOST_CORRECTED = 60
_NEWS = 45
#: Lines of a change that nobody calls a correction before it is more than one.
_MOST_QUIET = 12
#: What people who label their commits call the part that depends on others.
_DEPENDENCIES = ("deps", "deps-dev", "dependencies")


def verdict_of(
    threads: Sequence[Thread], items: Sequence[StoryItem], setting: Setting
) -> StoryItem | None:
    """Return what a range comes to that only corrects its pages; None when it does more."""
    reading = [
        thread for thread in threads if thread.audience is Audience.READERS and thread.commits
    ]
    small = all(_corrects(thread, setting) for thread in reading)
    for_readers = [
        item
        for item in items
        if any(setting.audiences[index] is Audience.READERS for index in item.files)
    ]
    if not setting.site or not reading or not small or any(_is_news(item) for item in for_readers):
        return None
    files = tuple(
        index for index in range(len(setting.files)) if setting.audiences[index] is Audience.READERS
    )
    return StoryItem(
        kind="thread.corrections", role=Role.CHANGE, salience=0, params={"count": len(files), "headline": True}, facts=(), files=files,
        count=len(files),
    )  # fmt: skip


def is_upkeep(threads: Sequence[Thread], items: Sequence[StoryItem], setting: Setting) -> bool:
    """Tell whether a range holds nothing for anybody but the machinery that a project is made with."""
    return (
        all(audience is Audience.PLUMBING for audience in setting.audiences)
        and all(_looks_after(thread, setting) for thread in threads)
        and not any(item.role in (Role.BREAKING, Role.DEADLINE) for item in items)
    )


def _looks_after(thread: Thread, setting: Setting) -> bool:
    """Tell whether people call it upkeep, or a step of what their machinery depends on."""
    if thread.contradicted or thread.said_by is SaidBy.CHANGELOG:
        return False
    words = setting.words_of(thread)
    dependency = words.step or words.scope.casefold() in _DEPENDENCIES
    return thread.kind is ThreadKind.MAINTENANCE or (
        dependency and thread.kind is not ThreadKind.SECURITY
    )


def _corrects(thread: Thread, setting: Setting) -> bool:
    words = setting.words_of(thread)
    size = sum(setting.files[index].change.changes for index in thread.files)
    fixing = thread.kind is ThreadKind.FIX or words.trivial
    quiet = thread.kind in (ThreadKind.DOCS, ThreadKind.MAINTENANCE)
    if not words.trivial and _tells_more(thread, setting):
        return False
    return words.trivial or size <= (_MOST_CORRECTED if fixing else quiet * _MOST_QUIET)


def _tells_more(thread: Thread, setting: Setting) -> bool:
    """Tell whether pages say something from now on that they did not say: no word was only put right."""
    facts = (setting.files[ref.file].facts[ref.fact] for ref in thread.facts)
    return any(
        kind_of(fact.kind).has(Trait.NEW_TEXT) and kind_of(fact.kind).proof & Proof.NEW
        for fact in facts
    )


def _is_news(item: StoryItem) -> bool:
    return item.salience >= _NEWS or item.role in (Role.NEW, Role.BREAKING, Role.DEADLINE)
