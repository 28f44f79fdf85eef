"""Makes items of threads: the words of people lead, facts prove them, and nothing is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from diff_insight.analysis.people.cues import names_version, obliges, read_words
from diff_insight.analysis.people.fragments import is_fragment
from diff_insight.file_types import is_changelog
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.markup.plain import sentences_of
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, SaidBy, Thread, ThreadKind
from diff_insight.story.salience import BREAKING
from diff_insight.story.threads.build import Setting
from diff_insight.story.threads.salience import (
    behind_readers,
    below,
    of_thread,
    on_behalf,
    on_top,
)

#: Facts shown with a thread, and what an item weighs that is worth it, or stands for itself.
MOST_PROOFS = 2
_PROVING = 25
_STANDING = 64
_ROLES: Mapping[ThreadKind, Role] = {
    ThreadKind.BREAKING: Role.BREAKING,
    ThreadKind.DEADLINE: Role.DEADLINE,
    ThreadKind.FEATURE: Role.NEW,
}
_MOST_ACTIONS = 5
_ASKING = (ThreadKind.SECURITY, ThreadKind.DEADLINE, ThreadKind.BREAKING, ThreadKind.DEPRECATED)
#: Lines that a correction changes at most, and what an item weighs that is more than one.
_MOST_CORRECTED = 60
_NEWS = 45


def with_threads(
    items: Sequence[StoryItem], threads: Sequence[Thread], setting: Setting
) -> list[StoryItem]:
    """Return the items of a range with those of its threads, the most consequential first.

    Args:
        items: What the facts add up to, in order of salience.
        threads: The threads in order of rank.
        setting: The category.
    """
    telling = [
        thread for thread in threads if _telling(thread, setting) and not _is_told(thread, items)
    ]
    if not telling:
        return [*items]
    items = _without_changelogs(items, setting)
    if len(telling) == 1 and len(setting.people.causes) <= 1:
        return _led(items, telling[0], setting)
    proofs, kept, owned = _shared_out(items, telling, threads, setting)
    made = {thread.id: _item(thread, proofs[thread.id], setting) for thread in telling}
    if len(setting.people.causes) == 1 and setting.people.causes[0].id in made:
        # The one pull request of a range leads, whatever else is said in it.
        only = setting.people.causes[0].id
        made[only] = on_top(made[only], [*made.values(), *items])
    lead = max(item.salience for item in made.values())
    kept = [
        below(item, made[owned[id(item)]].salience) if id(item) in owned
        else item if _leads(item) else below(item, lead)
        for item in kept
    ]  # fmt: skip
    if any(thread.audience is Audience.READERS for thread in telling):
        kept = [behind_readers(item, setting) for item in kept]
    verdict = _verdict(
        telling, [*kept, *(proof for every in proofs.values() for proof in every)], setting
    )
    if verdict is not None:
        kept.append(on_top(verdict, [*made.values(), *kept]))
    return sorted([*made.values(), *kept], key=lambda item: -item.salience)


class _Shares(NamedTuple):
    """The items of a range: proofs of each thread, those that stand for themselves.

    `owned` tells the thread of those that have one.
    """

    proofs: dict[str, list[StoryItem]]
    kept: list[StoryItem]
    owned: dict[int, str]


def _shared_out(
    items: Sequence[StoryItem],
    telling: Sequence[Thread],
    threads: Sequence[Thread],
    setting: Setting,
) -> _Shares:
    """Deal the items out to the threads that made them."""
    silent = {thread.id: thread for thread in threads if thread not in telling}
    owner = _owners([*telling, *silent.values()])
    shares = _Shares({thread.id: [] for thread in telling}, [], {})
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
        elif _stands(item):
            shares.kept.append(item)
            shares.owned[id(item)] = name
        elif len(shares.proofs[name]) < MOST_PROOFS and _proves(item):
            shares.proofs[name].append(item)
    return shares


def _without_changelogs(items: Sequence[StoryItem], setting: Setting) -> list[StoryItem]:
    """Return the items without those of changelogs and fragments, whose entries are told."""
    told = {one.file for one in setting.people.entries}
    read = {
        index for index, file in enumerate(setting.files)
        if index in told and (is_changelog(file.change.path) or is_fragment(file.change.path))
    }  # fmt: skip
    return [
        item for item in items if _leads(item) or not item.files or not read.issuperset(item.files)
    ]


def _leads(item: StoryItem) -> bool:
    """Tell whether an item may stand before what people say: what certainly breaks, what has a day."""
    return item.role in (Role.BREAKING, Role.DEADLINE) and item.salience >= BREAKING


def _verdict(
    threads: Sequence[Thread], items: Sequence[StoryItem], setting: Setting
) -> StoryItem | None:
    """Return what a range comes to that only corrects its pages; None when it does more."""
    reading = [
        thread for thread in threads if thread.audience is Audience.READERS and thread.commits
    ]
    small = all(_corrects(thread, setting) for thread in reading)
    seen = [
        item
        for item in items
        if any(setting.audiences[index] is Audience.READERS for index in item.files)
    ]
    if not setting.site or not reading or not small or any(_is_news(item) for item in seen):
        return None
    files = tuple(
        index for index in range(len(setting.files)) if setting.audiences[index] is Audience.READERS
    )
    return StoryItem(
        kind="thread.corrections", role=Role.CHANGE, salience=0, params={"count": len(files)}, facts=(), files=files,
        count=len(files),
    )  # fmt: skip


def _corrects(thread: Thread, setting: Setting) -> bool:
    words = read_words(thread.title)
    size = sum(setting.files[index].change.changes for index in thread.files)
    fixing = thread.kind is ThreadKind.FIX or words.trivial
    return words.trivial or (
        size <= _MOST_CORRECTED
        and (fixing or thread.kind in (ThreadKind.DOCS, ThreadKind.MAINTENANCE))
    )


def _is_news(item: StoryItem) -> bool:
    return item.salience >= _NEWS or item.role in (Role.NEW, Role.BREAKING, Role.DEADLINE)


def actions(threads: Sequence[Thread], setting: Setting) -> tuple[StoryItem, ...]:
    """Return what the most consequential threads ask of readers, each once."""
    asked = dict.fromkeys(
        (sentence, thread.files[:1])
        for thread in threads
        if thread.audience is Audience.READERS
        for sentence in _asked(thread, setting)
    )
    return tuple(
        StoryItem(
            kind="thread.action", role=Role.CHANGE, salience=0, params={"quote": sentence}, facts=(), files=files,
        )
        for sentence, files in list(asked)[:_MOST_ACTIONS]
    )  # fmt: skip


def _asked(thread: Thread, setting: Setting) -> Iterator[str]:
    """Yield what a thread asks of readers: in the words of its notes, or in new words of its pages."""
    if thread.kind in _ASKING and thread.action:
        yield thread.action
    if not setting.site or thread.kind is ThreadKind.MAINTENANCE:
        return
    for ref in thread.facts:
        fact = setting.files[ref.file].facts[ref.fact]
        row = kind_of(fact.kind)
        quote = str(fact.params.get("quote", ""))
        if row.has(Trait.ENTRY) and not setting.languages[ref.file]:
            yield from (sentence for sentence in sentences_of(quote) if obliges(sentence))


def _is_told(thread: Thread, items: Sequence[StoryItem]) -> bool:
    """Tell whether an item of the facts says a replacement already."""
    if not thread.id.startswith("substitution-"):
        return False
    old, _, new = thread.title.replace("`", "").replace(".*", "").partition(" → ")
    return any(
        old in str(item.params.get("old", "")) and new in str(item.params.get("new", ""))
        for item in items
        if len(item.files) * 2 >= len(thread.files)
    )


def _telling(thread: Thread, setting: Setting) -> bool:
    """Tell whether a thread says something beside its facts."""
    if thread.id == "translations" or thread.contradicted:
        return True
    if len(setting.people.causes) == 1 and thread.commits and names_version(thread.title):
        return True  # “Astro v7” names what the one pull request of a range is about
    by_people = thread.said_by in (SaidBy.COMMIT, SaidBy.PULL_REQUEST)
    return bool(thread.title) and (not by_people or read_words(thread.title).telling)


def _led(items: Sequence[StoryItem], thread: Thread, setting: Setting) -> list[StoryItem]:
    """Return all items behind the one cause of the range."""
    lead = _item(thread, (), setting)
    # The headline says it: a bullet would say it again.
    lead = replace(lead, params={**lead.params, "headline": True})
    return [on_top(lead, items), *items]


def _item(thread: Thread, proofs: Sequence[StoryItem], setting: Setting) -> StoryItem:
    role = _ROLES.get(thread.kind, Role.CHANGE)
    if role is Role.NEW and not thread.new:
        role = Role.CHANGE
    if thread.audience is not Audience.READERS and role is not Role.BREAKING:
        role = Role.CHANGE
    facts = tuple(dict.fromkeys(ref for item in proofs for ref in item.facts)) or _cited(
        thread, setting
    )
    files = tuple(dict.fromkeys(ref.file for ref in facts)) or thread.files[:1]
    item = StoryItem(
        kind=f"thread.{_form(thread)}", role=role, salience=0, params=_params(thread, setting), facts=facts, files=files,
        count=max(1, len(thread.files)), proofs=tuple(proofs),
    )  # fmt: skip
    return of_thread(item, thread, setting)


def _form(thread: Thread) -> str:
    """Return what the item of a thread is called: its kind behind `thread.`."""
    if thread.contradicted:
        return "contradicted"
    if thread.said_by is SaidBy.RULES:
        return thread.id.partition("-")[0]
    return "said"


def _params(thread: Thread, setting: Setting) -> Params:
    params: dict[str, Value] = {**_said(thread), "count": len(thread.files)}
    if thread.id == "translations":
        names = sorted({setting.languages[index] for index in thread.files})
        params |= {"languages": {"items": tuple(names), "total": len(names)}}
    elif thread.id.startswith("substitution-"):
        old, _, new = thread.title.replace("`", "").partition(" → ")
        params |= {"old": old, "new": new}
    elif thread.source is not None:
        place: dict[str, Value] = {
            "path": thread.source.path.decode("utf-8", "replace"),
            "line": thread.source.start,
        }
        params["places"] = (place,)
    if thread.contradicted:
        denied = setting.people.contradictions[thread.id]
        params |= {"name": denied.name, "old": denied.old, "new": denied.new, "said": denied.said}
    return params


def _said(thread: Thread) -> dict[str, Value]:
    return {
        "title": thread.title,
        "changelog": thread.said_by is SaidBy.CHANGELOG,
        "number": thread.number,
        "scope": thread.scope,
        "since": thread.since,
        "why": thread.why,
    }


def _cited(thread: Thread, setting: Setting) -> tuple[FactRef, ...]:
    """Return the facts on the lines that a changelog says it on, else the first fact."""
    source = thread.source
    if source is None:
        return thread.facts[:1]
    index = next(
        (at for at in thread.files if setting.files[at].change.path_bytes == source.path), None
    )
    if index is None:
        return thread.facts[:1]
    return (
        tuple(
            FactRef(index, number)
            for number, fact in enumerate(setting.files[index].facts)
            if any(
                line.side == "head" and line.start <= source.end and line.end >= source.start
                for line in fact.evidence
            )
        )[:1]
        or thread.facts[:1]
    )


def _owners(threads: Sequence[Thread]) -> dict[FactRef, str]:
    owner: dict[FactRef, str] = {}
    for thread in threads:
        for ref in thread.facts:
            owner.setdefault(ref, thread.id)
        if thread.source is not None:
            continue
    return owner


def _thread_of(item: StoryItem, owner: Mapping[FactRef, str]) -> str | None:
    """Return the thread of most facts of an item; none where none has half of them."""
    votes = Counter(owner[ref] for ref in item.facts if ref in owner)
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    return best if 2 * count >= len(item.facts) else None


def _stands(item: StoryItem) -> bool:
    """Tell whether an item is told for itself whatever people say."""
    return item.role in (Role.BREAKING, Role.DEADLINE) or item.salience >= _STANDING


def _proves(item: StoryItem) -> bool:
    vague = kind_of(item.kind).has(Trait.VAGUE) or item.relation is not Relation.NONE
    return item.salience >= _PROVING and not vague
