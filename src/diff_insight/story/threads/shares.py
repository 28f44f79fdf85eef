"""Deals the items of a range out to the threads that made them: what proves a thread, and what stands for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diff_insight.file_types import is_test
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, Thread, ThreadKind
from diff_insight.story.internals import is_private
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.thread_salience import on_behalf

#: Facts shown with a thread, and what an item weighs that is worth it, or stands for itself.
MOST_PROOFS = 5
_PROVING = 25
_STANDING = 64


class Shares(NamedTuple):
    """The items of a range: proofs of each thread, those that stand for themselves.

    `owners` tells the thread of those that have one.
    """

    proofs: dict[str, list[StoryItem]]
    kept: list[StoryItem]
    owners: dict[int, str]


def share_out(
    items: Sequence[StoryItem],
    speaking: Sequence[Thread],
    threads: Sequence[Thread],
    setting: Setting,
) -> Shares:
    """Deal the items out to the threads that made them."""
    silent = {thread.id: thread for thread in threads if thread not in speaking}
    owner = owners_of([*speaking, *silent.values()])
    items = _news_first(items, silent, owner)
    breaking = {thread.id for thread in speaking if thread.kind is ThreadKind.BREAKING}
    shares = Shares({thread.id: [] for thread in speaking}, [], {})
    audiences = {thread.id: thread.audience for thread in speaking}
    for item in items:
        name = _thread_of(item, owner)
        if name in silent:
            thread = silent[name]
            if setting.site and thread.audience is Audience.READERS and _proves(item):
                del silent[name]  # the first of its items is the strongest
                shares.kept.append(on_behalf(item, thread, setting))
                continue
        if name not in shares.proofs:
            shares.kept.append(item)
        elif (
            name in breaking
            and item.role is Role.BREAKING
            and len(shares.proofs[name]) < MOST_PROOFS
        ):
            shares.proofs[name].append(item)  # the same loss, in the words of those who declare it
        elif _stands(item):
            shares.kept.append(item)
            shares.owners[id(item)] = name
        elif (
            len(shares.proofs[name]) < MOST_PROOFS
            and _proves(item)
            and _is_seen(item, audiences[name], setting)
        ):
            shares.proofs[name].append(item)
    return shares


def _news_first(
    items: Sequence[StoryItem], silent: Mapping[str, Thread], owner: Mapping[FactRef, str]
) -> list[StoryItem]:
    """Return items with the sentence that carries the news before all else of a thread that says nothing."""
    news = [
        item for item in items
        if item.params.get("quote") and item.params.get("cue") and kind_of(item.kind).has(Trait.NEW_TEXT)
    ]  # fmt: skip
    first = {name: item for item in reversed(news) if (name := _thread_of(item, owner)) in silent}
    ahead = list(first.values())
    return [*ahead, *(item for item in items if item not in ahead)]


def owners_of(threads: Sequence[Thread]) -> dict[FactRef, str]:
    """Return the thread that each fact belongs to: the first one that claims it."""
    owner: dict[FactRef, str] = {}
    for thread in threads:
        for ref in thread.facts:
            owner.setdefault(ref, thread.id)
    return owner


def _thread_of(item: StoryItem, owner: Mapping[FactRef, str]) -> str | None:
    """Return the thread that made all facts of an item; none where others made some of them."""
    threads = {owner.get(ref) for ref in item.facts}
    return threads.pop() if len(threads) == 1 else None


def _stands(item: StoryItem) -> bool:
    """Tell whether an item is told for itself whatever people say."""
    return item.role in (Role.BREAKING, Role.DEADLINE) or item.salience >= _STANDING


def _is_seen(item: StoryItem, audience: Audience, setting: Setting) -> bool:
    """Tell whether those whom a thread concerns see what an item is about.

    What only tests hold or a package keeps to itself proves nothing to anybody, and what builds the project nothing to its users.
    """
    if setting.site:
        return any(setting.audiences[index] is Audience.READERS for index in item.files)
    paths = [setting.files[index].change.path for index in item.files]
    facts = [setting.files[ref.file].facts[ref.fact] for ref in item.facts]
    if (paths and all(map(is_test, paths))) or (facts and all(map(is_private, facts))):
        return False
    plumbing = all(setting.audiences[index] is Audience.PLUMBING for index in item.files)
    return audience is not Audience.READERS or not plumbing or not paths


def _proves(item: StoryItem) -> bool:
    row = kind_of(item.kind)
    vague = row.has(Trait.VAGUE) or item.relation is not Relation.NONE
    # One line of code for another is how it was done, not what.
    line = row.has(Trait.CODE) and row.has(Trait.EDIT)
    return item.salience >= _PROVING and not (vague or line)
