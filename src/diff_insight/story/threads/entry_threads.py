"""Builds the threads of changelog entries, and gives causes the words of the entries that describe them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.cues import Words, takes_from_users, with_verb
from diff_insight.analysis.people.gather import EntryOfFile, People
from diff_insight.analysis.people.matching import may_be_shown, names_in, names_runtime
from diff_insight.model.threads import Audience, FactRef, SaidBy, Source, Thread, ThreadKind
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.telling_sentences import action_in, reason_in

_GONE = re.compile(r"(?i)\bremoved\b|\bdrop(?:s|ped)? support\b")
#: What moves is a package, whatever runtime its name or its version speaks of.
_OTHER_PACKAGE = re.compile(r"(?i)(?:update|bump|upgrade)[sd]?\s++(?:the\s++)?`[^`]*+`")
#: Entries of one commit that are its own description; more of them are a release.
_FEW_ENTRIES = 3
#: What stays news whatever its note calls it.
_GRAVE = (ThreadKind.SECURITY, ThreadKind.BREAKING, ThreadKind.DEADLINE)
#: Characters of a commit's name by which people and tools refer to it at least.
_SHORT_NAME = 7
#: Entries that say what was wrong; characters of one that is no title any more.
_MENDING = (ThreadKind.FIX, ThreadKind.SECURITY)
_LONG_ENTRY = 140
_FLAW = re.compile(r"(?i)\bCVE-\d{4}-\d{4,7}|\bGHSA(?:-[\w]{4}){3}")
#: How a verb ends that begins a title: “Add”, “Adds”, “Added”, “Adding”.
_ENDING = re.compile(r"(?:e[sd]?|s|ing)$")
#: Words that two texts about one thing begin with: with a name among them, without one; and those that are compared.
_LEAST_WORDS, _TELLING_WORDS, _MOST_WORDS = 4, 6, 40
_NAMED = re.compile(r"\w[-_./(:]\w|\(\)|--\w")


def entry_thread(file_entry: EntryOfFile, setting: Setting) -> Thread:
    """Return the thread of one entry of a changelog."""
    entry, words = file_entry.entry, file_entry.entry.words
    path = setting.files[file_entry.file].change.path_bytes
    digest = hashlib.sha256(path + b"\0" + words.text.encode("utf-8", "replace")).hexdigest()[:12]
    kind = entry.kind or ThreadKind.FEATURE
    if kind is ThreadKind.BREAKING and not entry.declared:
        kind = ThreadKind.BREAKING if _GONE.search(words.text) else ThreadKind.FEATURE
    facts, files = _proofs(file_entry, setting)
    other = _OTHER_PACKAGE.match(words.text) is not None
    taking = takes_from_users(words.text) or (names_runtime(entry) and not other)
    if taking and kind in (ThreadKind.FEATURE, ThreadKind.DEPRECATED):
        # What it takes away breaks where the diff shows that it does.
        taken = replace(file_entry, entry=replace(entry, kind=ThreadKind.BREAKING))
        losses, homes = _proofs(taken, setting)
        if any(setting.files[ref.file].facts[ref.fact].breaking for ref in losses):
            kind, facts, files = ThreadKind.BREAKING, losses, homes
    internal = kind is ThreadKind.MAINTENANCE
    return Thread(
        id=f"entry-{digest}",
        title=with_verb(words, fix=entry.declared and kind in _MENDING).rstrip(".:："),
        said_by=SaidBy.CHANGELOG,
        kind=kind,
        audience=Audience.CONTRIBUTORS if internal else setting.audiences[file_entry.file],
        facts=facts,
        files=(file_entry.file, *files),
        action=action_in(entry.detail),
        why=reason_in(entry.detail, words.text),
        since=entry.version,
        number=words.number,
        scope=words.scope,
        source=Source(path, entry.start, entry.end),
        reverts=words.reverts,
        new=kind is ThreadKind.FEATURE and entry.new and (entry.declared or words.kind is not None),
    )


def with_entries(
    thread: Thread, entries: Sequence[EntryOfFile], setting: Setting
) -> Iterator[Thread]:
    """Yield a thread in the words of its changelog entries, which are written for readers.

    Where several entries describe one cause, none of them is about all that it did: each keeps what
    its own words show.
    """
    made = [(file_entry, entry_thread(file_entry, setting)) for file_entry in entries]
    for_readers = [pair for pair in made if pair[1].audience is Audience.READERS]
    alone = len(for_readers) == 1
    first = True
    for file_entry, own in for_readers:
        entry = replace(own, facts=thread.facts, files=thread.files) if alone else own
        yield replace(
            entry,
            id=thread.id if first else entry.id,
            title=_shorter(entry.title, thread.title) if alone else entry.title,
            commits=thread.commits,
            number=thread.number or entry.number,
            kind=_kind(thread, file_entry, entry, setting) if first else entry.kind,
            action=entry.action or (thread.action if first else ""),
            contradicted=thread.contradicted,
            reverts=thread.reverts or entry.reverts,
        )
        first = False
    if first:
        # All that was noted of it is work on the project: its own title says no more.
        inside = bool(made) and thread.kind not in _GRAVE
        work = replace(thread, kind=ThreadKind.MAINTENANCE, audience=Audience.CONTRIBUTORS)
        yield work if inside else thread


def _shorter(entry: str, title: str) -> str:
    """Return the words of an entry, or the title of its cause where the entry is a whole paragraph."""
    return title if title and len(title) < len(entry) > _LONG_ENTRY else entry


def _kind(thread: Thread, file_entry: EntryOfFile, entry: Thread, setting: Setting) -> ThreadKind:
    """Return what an entry means: more than it says where its cause does, and its words agree.

    What its list calls a fix is none that breaks because of a verb in the title of its cause.
    """
    words = file_entry.entry.words
    settled = entry.kind is ThreadKind.FIX and (
        file_entry.entry.declared or words.kind is ThreadKind.FIX
    )
    shown = any(setting.files[ref.file].facts[ref.fact].breaking for ref in entry.facts)
    marked = shown or setting.words_of(thread).labelled
    says = shown or words.weight > 0
    breaks = thread.kind is ThreadKind.BREAKING and says and not words.trivial
    breaks = breaks and (marked or not settled)
    if breaks or thread.kind is ThreadKind.SECURITY:
        return min(thread.kind, entry.kind, key=_rank)
    return entry.kind


def entries_of_causes(people: People) -> dict[str, list[int]]:
    """Return the entries that describe a cause: by its number, or because one commit made both."""
    by_name = {commit[:_SHORT_NAME]: cause for cause in people.causes for commit in cause.commits}
    by_number = {cause.number: cause for cause in people.causes if cause.number}
    by_commit = {commit: cause for cause in people.causes for commit in cause.commits}
    by_words = {_identity(cause.words): cause for cause in reversed(people.causes)}
    by_commits: dict[str, list[int]] = defaultdict(list)
    owned: dict[str, list[int]] = defaultdict(list)
    for number, file_entry in enumerate(people.entries):
        words = file_entry.entry.words
        named = by_number.get(words.number) or by_name.get(words.commit[:_SHORT_NAME])
        if named is not None:
            owned[named.id].append(number)
            continue
        alike = next((by_words[text] for text in _beginnings(words) if text in by_words), None)
        if alike is not None:
            owned[alike.id].append(number)
            continue
        commits = people.touched[file_entry.file] if file_entry.file < len(people.touched) else ()
        if len(commits) == 1 and commits[0] in by_commit and by_commit[commits[0]].words.telling:
            by_commits[by_commit[commits[0]].id].append(number)
    for cause, numbers in by_commits.items():
        if len(numbers) <= _FEW_ENTRIES:
            owned[cause] += numbers
    return owned


def _identity(words: Words) -> str:
    """Return by what two texts about one thing are known: a number of its own, else their words."""
    flaw = _FLAW.search(words.text)
    if flaw:
        return flaw[0].upper()
    verb, _, rest = words.text.replace("`", "").rstrip(".").casefold().partition(" ")
    return f"{_ENDING.sub('', verb)} {rest}"


def _beginnings(words: Words) -> Iterator[str]:
    """Yield the identity of a text, and of its beginnings: an entry often goes on where the title of its commit ends."""
    whole = _identity(words)
    yield whole
    parts = whole.split(" ")[:_MOST_WORDS]
    for count in range(len(parts) - 1, _LEAST_WORDS - 1, -1):
        beginning = " ".join(parts[:count])
        if count >= _TELLING_WORDS or _NAMED.search(beginning):
            yield beginning


def _proofs(
    file_entry: EntryOfFile, setting: Setting
) -> tuple[tuple[FactRef, ...], tuple[int, ...]]:
    """Return the facts about names that an entry writes as code, and their files."""
    names = names_in(file_entry.entry)
    if not may_be_shown(file_entry.entry, names):
        return (), ()
    proofs = setting.named_facts.proofs_of(file_entry.entry, names)
    refs = tuple(ref for ref in proofs if ref.file != file_entry.file)
    return refs, tuple(dict.fromkeys(ref.file for ref in refs))


def _rank(kind: ThreadKind) -> int:
    return tuple(ThreadKind).index(kind)
