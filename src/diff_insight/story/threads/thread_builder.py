"""Builds the threads of a category from causes, changelog entries, replacements and translations."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.cues import read_words
from diff_insight.analysis.people.gather import People
from diff_insight.model.threads import Audience, FactRef, SaidBy, Thread, ThreadKind
from diff_insight.story.threads.cause_threads import cause_thread, is_translation
from diff_insight.story.threads.entry_threads import entries_of_causes, entry_thread, with_entries
from diff_insight.story.threads.setting import Setting

_REVERTED = re.compile(r"(?i)(?:⏪\S*\s*)?revert(?:s|ed)?:?\s+[\"“'`]?(\S.*?)[\"”'`]?$")


def build_threads(setting: Setting) -> tuple[Thread, ...]:
    """Return the threads of a category, in the order in which people made them."""
    facts = _facts_by_commit(setting.people)
    entries = entries_of_causes(setting.people)
    translations: list[Thread] = []
    threads: list[Thread] = []
    claimed: set[int] = set()
    for cause in setting.people.causes:
        thread = cause_thread(cause, facts, setting)
        if not thread.files and not thread.facts and len(setting.people.causes) > 1:
            continue  # it left nothing in this category
        if is_translation(cause, thread, setting):
            translations.append(thread)
            continue
        numbers = entries.get(cause.id, ())
        claimed.update(numbers)
        own = [setting.people.entries[number] for number in numbers]
        threads += with_entries(thread, own, setting) if own else [thread]
    threads += [
        entry_thread(entry, setting)
        for number, entry in enumerate(setting.people.entries)
        if number not in claimed and not entry.entry.words.translation
    ]
    threads = _with_taken_back(_without_twins(threads))
    threads += _substitutions(setting)
    threads += _translations(translations, setting)
    return tuple(threads)


def _without_twins(threads: Sequence[Thread]) -> list[Thread]:
    """Join entries that several versions or packages have in the same words."""
    first: dict[str, int] = {}
    joined: list[Thread] = []
    for thread in threads:
        twin = first.get(thread.title.casefold()) if thread.said_by is SaidBy.CHANGELOG else None
        if twin is None:
            if thread.said_by is SaidBy.CHANGELOG:
                first[thread.title.casefold()] = len(joined)
            joined.append(thread)
            continue
        other = joined[twin]
        joined[twin] = replace(
            other,
            facts=tuple(dict.fromkeys((*other.facts, *thread.facts))),
            files=tuple(dict.fromkeys((*other.files, *thread.files))),
            commits=tuple(dict.fromkeys((*other.commits, *thread.commits))),
        )
    return joined


def _with_taken_back(threads: Sequence[Thread]) -> list[Thread]:
    """Return threads in which what the range itself takes back, and its taking back, are no news."""
    count = Counter(thread.title.casefold() for thread in threads)
    undone: set[str] = set()
    for thread in threads:
        named = _REVERTED.match(thread.title) if thread.reverts else None
        title = read_words(named[1]).text.casefold() if named else ""
        if title and count[title] == 1:
            undone |= {title, thread.title.casefold()}
    return [
        replace(thread, kind=ThreadKind.MAINTENANCE, audience=Audience.CONTRIBUTORS, new=False)
        if thread.title.casefold() in undone else thread
        for thread in threads
    ]  # fmt: skip


def _facts_by_commit(people: People) -> Mapping[str, list[FactRef]]:
    facts: dict[str, list[FactRef]] = defaultdict(list)
    for file, origins in enumerate(people.origins):
        for number, commit in enumerate(origins):
            if commit:
                facts[commit].append(FactRef(file, number))
    return facts


def _substitutions(setting: Setting) -> Iterator[Thread]:
    """Yield the replacements that the range makes in many files for readers."""
    for substitution in setting.people.substitutions:
        readers = [
            index
            for index in substitution.files
            if setting.audiences[index] is Audience.READERS and not setting.languages[index]
        ]
        if len(readers) < 3:
            continue
        name = f"{substitution.old} → {substitution.new}"
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        yield Thread(
            id=f"substitution-{digest}", title=f"`{substitution.old}{'.*' if substitution.open else ''}` → `{substitution.new}{'.*' if substitution.open else ''}`",
            said_by=SaidBy.RULES, kind=ThreadKind.DOCS, files=tuple(substitution.files),
        )  # fmt: skip


def _translations(threads: Sequence[Thread], setting: Setting) -> Iterator[Thread]:
    """Yield the one thread of all translations: commits of translators, and translated files."""
    files = tuple(index for index, language in enumerate(setting.languages) if language)
    if not files:
        return
    refs = tuple(
        FactRef(index, number)
        for index in files
        for number in range(len(setting.files[index].facts))
    )
    yield Thread(
        id="translations", title="", said_by=SaidBy.RULES, kind=ThreadKind.MAINTENANCE, facts=refs, files=files,
        commits=tuple(commit for thread in threads for commit in thread.commits),
    )  # fmt: skip
