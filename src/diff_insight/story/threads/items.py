"""Joins the items of threads with those of facts: the words of people lead, facts prove them, nothing is said twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.references import names_version
from diff_insight.file_types import is_changelog, is_fragment
from diff_insight.model.changes import Status
from diff_insight.model.earlier import Continues
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, SaidBy, Thread, ThreadKind
from diff_insight.story.replaced_words import without_places
from diff_insight.story.salience import BREAKING
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.shares import owners_of, share_out
from diff_insight.story.threads.thread_item import thread_item
from diff_insight.story.threads.thread_salience import behind_readers, below, on_top
from diff_insight.story.threads.verdict import is_upkeep, verdict_of

_ABOVE_ALL = 1_000


def with_threads(
    items: Sequence[StoryItem], threads: Sequence[Thread], setting: Setting
) -> list[StoryItem]:
    """Return the items of a range with those of its threads, the most consequential first.

    Args:
        items: What the facts add up to, in order of salience.
        threads: The threads in order of rank.
        setting: The category.
    """
    speaking = [
        thread for thread in threads if _speaks(thread, setting) and not _repeats(thread, items)
    ]
    owner = owners_of(speaking)
    entries = {thread.id for thread in speaking if thread.said_by is SaidBy.CHANGELOG}
    speaking = [thread for thread in speaking if not _is_noted(thread, owner, entries, setting)]
    if not speaking:
        return [*items]
    items = _without_changelogs(items, setting)
    items = [item for item in without_places(items) if not _is_covered(item, speaking)]
    single = len(speaking) == 1 and len(setting.people.causes) <= 1
    if single and speaking[0].said_by in (SaidBy.COMMIT, SaidBy.PULL_REQUEST):
        return _with_upkeep(_behind_lead(items, speaking[0], setting), speaking, setting)
    proofs, kept, owners = share_out(items, speaking, threads, setting)
    speaking = [_as_shown(thread, proofs[thread.id], kept, setting) for thread in speaking]
    thread_items = {
        thread.id: thread_item(thread, proofs[thread.id], setting) for thread in speaking
    }
    if len(setting.people.causes) == 1 and setting.people.causes[0].id in thread_items:
        # The one pull request of a range leads, whatever else is said in it.
        only = setting.people.causes[0].id
        thread_items[only] = on_top(thread_items[only], [*thread_items.values(), *items])
    # What was reported before holds nothing down that is new.
    # Nor do corrections, translations and machinery.
    weighty = {thread.id for thread in speaking if _holds_down(thread, setting)}
    fresh = (
        item for name, item in thread_items.items()
        if name in weighty and item.params.get("continues") != Continues.TOLD
    )  # fmt: skip
    lead = max((item.salience for item in fresh), default=_ABOVE_ALL)
    declared = {
        thread.id
        for thread in speaking
        if thread.kind in (ThreadKind.SECURITY, ThreadKind.BREAKING)
    }
    kept = [
        item if _leads(item) and owners.get(id(item)) not in declared
        else below(item, thread_items[owners[id(item)]].salience) if id(item) in owners
        else below(item, lead)
        for item in kept
    ]  # fmt: skip
    if any(thread.audience is Audience.READERS for thread in speaking):
        kept = [behind_readers(item, setting) for item in kept]
    verdict = verdict_of(
        speaking, [*kept, *(proof for every in proofs.values() for proof in every)], setting
    )
    if verdict is not None:
        kept.append(on_top(verdict, [*thread_items.values(), *kept]))
    ordered = sorted([*thread_items.values(), *kept], key=lambda item: -item.salience)
    return _with_upkeep(ordered, speaking, setting)


def _with_upkeep(
    items: list[StoryItem], threads: Sequence[Thread], setting: Setting
) -> list[StoryItem]:
    """Return the items of a range, the first with the verdict that all of it is upkeep where it is."""
    if not items or not is_upkeep(threads, items, setting):
        return items
    first = replace(items[0], params={**items[0].params, "upkeep": True})
    return [first, *items[1:]]


def _as_shown(
    thread: Thread, proofs: Sequence[StoryItem], kept: Sequence[StoryItem], setting: Setting
) -> Thread:
    """Return a thread of a site as the kind that its own items show: what breaks with others' pages is told with those.

    Args:
        thread: What people say.
        proofs: The items that are told with it.
        kept: The items that are told for themselves.
        setting: The category.
    """
    if (
        not setting.site
        or thread.kind is not ThreadKind.BREAKING
        or setting.words_of(thread).kind is ThreadKind.BREAKING
        or any(item.role is Role.BREAKING for item in proofs)
    ):
        return thread
    losses = {ref for ref in thread.facts if setting.files[ref.file].facts[ref.fact].breaking}
    elsewhere = {ref for item in kept if item.role is Role.BREAKING for ref in item.facts}
    return replace(thread, kind=ThreadKind.DOCS) if losses and losses <= elsewhere else thread


def _without_changelogs(items: Sequence[StoryItem], setting: Setting) -> list[StoryItem]:
    """Return the items without those of changelogs and fragments, whose entries are told."""
    with_entries = {entry.file for entry in setting.people.entries}
    read = {
        index for index, file in enumerate(setting.files)
        if (index in with_entries and is_changelog(file.change.path))
        # What a release collects is gone from its folder, and told by the list.
        or (is_fragment(file.change.path) and (index in with_entries or file.change.status is Status.REMOVED))
    }  # fmt: skip
    sentences = {_bare(entry.entry.words.text) for entry in setting.people.entries}
    return [
        item
        for item in items
        if not item.files
        or not (read.issuperset(item.files) or _says_entry(item, with_entries, sentences))
        or (_leads(item) and (item.role is Role.DEADLINE or _is_shown(item, setting)))
    ]


def _says_entry(item: StoryItem, with_entries: set[int], sentences: set[str]) -> bool:
    """Tell whether an item of a page quotes what an entry says that was read from it."""
    quote = item.params.get("quote")
    if not (with_entries.issuperset(item.files) and isinstance(quote, str)):
        return False
    said = _bare(quote)
    cut = said.endswith("…")
    return said in sentences or (cut and any(each.startswith(said[:-1]) for each in sentences))


def _bare(text: str) -> str:
    return text.replace("`", "").rstrip(". ")


def _is_shown(item: StoryItem, setting: Setting) -> bool:
    """Tell whether a fact shows that something breaks, and not only the words of a list of changes."""
    return any(setting.files[ref.file].facts[ref.fact].breaking for ref in item.facts)


def _leads(item: StoryItem) -> bool:
    """Tell whether an item may stand before what people say: what certainly breaks, what has a day."""
    return item.role in (Role.BREAKING, Role.DEADLINE) and item.salience >= BREAKING


def _holds_down(thread: Thread, setting: Setting) -> bool:
    """Tell whether what no title speaks of stands behind a thread: it is more than corrections and upkeep."""
    words = setting.words_of(thread)
    return not setting.site or (
        thread.audience is Audience.READERS and not words.trivial and not words.translation
    )


def _repeats(thread: Thread, items: Sequence[StoryItem]) -> bool:
    """Tell whether a thread says a replacement that an item of the facts says already."""
    if not thread.id.startswith("substitution-"):
        return False
    old, _, new = thread.title.replace("`", "").replace(".*", "").partition(" → ")
    return any(
        old in str(item.params.get("old", "")) and new in str(item.params.get("new", ""))
        for item in items
        if len(item.files) * 3 >= 2 * len(thread.files)
    )


def _is_noted(
    thread: Thread, owner: Mapping[FactRef, str], entries: set[str], setting: Setting
) -> bool:
    """Tell whether an entry says of all that a commit breaks that it does."""
    if thread.kind is not ThreadKind.BREAKING or thread.id in entries:
        return False
    broken = [ref for ref in thread.facts if setting.files[ref.file].facts[ref.fact].breaking]
    return bool(broken) and all(owner[ref] in entries for ref in broken)


def _is_covered(item: StoryItem, threads: Sequence[Thread]) -> bool:
    """Tell whether an item is one of the places of a replacement that a thread tells."""
    old, new = item.params.get("old"), item.params.get("new")
    if item.role is Role.BREAKING or not (isinstance(old, str) and isinstance(new, str)):
        return False
    return any(
        before in old and old.replace(before, behind) == new
        for thread in threads
        if thread.id.startswith("substitution-")
        for before, behind in [thread.title.replace("`", "").replace(".*", "").split(" → ")]
    )


def _speaks(thread: Thread, setting: Setting) -> bool:
    """Tell whether a thread says something beside its facts."""
    if thread.id == "translations" or thread.contradicted:
        return True
    if len(setting.people.causes) == 1 and thread.commits and names_version(thread.title):
        return True  # “Astro v7” names what the one pull request of a range is about
    by_people = thread.said_by in (SaidBy.COMMIT, SaidBy.PULL_REQUEST)
    return bool(thread.title) and (not by_people or setting.words_of(thread).telling)


def _behind_lead(items: Sequence[StoryItem], thread: Thread, setting: Setting) -> list[StoryItem]:
    """Return all items behind the one cause of the range."""
    lead = thread_item(thread, (), setting)
    # The headline says it: a bullet would say it again.
    lead = replace(lead, params={**lead.params, "headline": True})
    return [on_top(lead, items), *items]
