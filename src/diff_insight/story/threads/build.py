"""Builds the threads of a category from causes, changelog entries, replacements and translations."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.causes import Cause
from diff_insight.analysis.people.cues import Words, asks, plain_marks, read_words, version_in
from diff_insight.analysis.people.gather import FileEntry, People
from diff_insight.analysis.people.matching import names_in, proves
from diff_insight.file_types import is_changelog, is_page
from diff_insight.markup.plain import sentences_of
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.threads import Audience, FactRef, SaidBy, Source, Thread, ThreadKind
from diff_insight.story.threads.audience import audiences, is_site, languages

#: Entries of one commit that are its own description; more of them are a release.
_FEW_ENTRIES = 3
_LONGEST_ACTION = 300
#: What says how a project is built, and which versions of its tools it uses.
_MANIFEST = re.compile(
    r"(?i)(?:^|/)(?:pom\.xml|[\w.-]+\.gradle(?:\.kts)?|gradle\.properties|libs\.versions\.toml|cargo\.toml|package\.json|pyproject\.toml|setup\.(?:py|cfg)|go\.(?:mod|sum)"
    r"|requirements[\w-]*\.txt|gemfile|[\w.-]+\.(?:csproj|sln|props|lock)|composer\.json|versions\.ya?ml)$"
)
_LEAST_WORDS = 5
#: Entries of release notes before what they leave out counts less.
_LEAST_NOTES = 2
_NO_PROSE = re.compile(
    r"[#>|*<\[!`+=-]|\d+[.)]\s|(?i:co-authored-by|signed-off-by|see merge request|closes|fixes|resolves|refs?|breaking[ -]change|pr|issue|related|reviewed-by|change-id|part of|link|source)\b|https?://"
)


class Setting:
    """What is the same for all threads of a category."""

    def __init__(self, files: Sequence[FileAnalysis], people: People) -> None:
        self.files = files
        self.people = people
        self.site = is_site(files)
        self.languages = languages(files, people.tree)
        self.audiences = audiences(files, site=self.site)
        self.unnoted = _unnoted(people)


def _unnoted(people: People) -> frozenset[str]:
    """Return the causes that release notes of the range leave out: those as old as the notes, without an entry."""
    notes = {one.file for one in people.entries if not one.fragment and one.entry.version}
    if sum(one.file in notes for one in people.entries) < _LEAST_NOTES:
        return frozenset()
    writing = (
        {commit for file in notes for commit in people.touched[file]} if people.touched else set()
    )
    written = False
    left_out: set[str] = set()
    for cause in people.causes:  # the newest first
        written = written or not writing.isdisjoint(cause.commits)
        if written:
            left_out.add(cause.id)
    return frozenset(left_out)


def build_threads(setting: Setting) -> tuple[Thread, ...]:
    """Return the threads of a category, in the order in which people made them."""
    facts = _facts_by_commit(setting.people)
    entries = _own_entries(setting.people)
    translated: list[Thread] = []
    threads: list[Thread] = []
    claimed: set[int] = set()
    for cause in setting.people.causes:
        thread = _of_cause(cause, facts, setting)
        if not thread.files and not thread.facts and len(setting.people.causes) > 1:
            continue  # it left nothing in this category
        if _is_translation(cause, thread, setting):
            translated.append(thread)
            continue
        numbers = entries.get(cause.id, ())
        claimed.update(numbers)
        said = [setting.people.entries[number] for number in numbers]
        threads += _with_entries(thread, said, setting) if said else [thread]
    threads += [
        _of_entry(entry, setting)
        for number, entry in enumerate(setting.people.entries)
        if number not in claimed and not entry.entry.words.translation
    ]
    threads = _without_twins(threads)
    threads += _substitutions(setting)
    threads += _translations(translated, setting)
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


def _facts_by_commit(people: People) -> Mapping[str, list[FactRef]]:
    found: dict[str, list[FactRef]] = defaultdict(list)
    for file, origins in enumerate(people.origins):
        for number, commit in enumerate(origins):
            if commit:
                found[commit].append(FactRef(file, number))
    return found


def _own_entries(people: People) -> dict[str, list[int]]:
    """Return the entries that describe a cause: by its number, or because one commit made both."""
    by_number = {cause.number: cause for cause in people.causes if cause.number}
    by_commit = {commit: cause for cause in people.causes for commit in cause.commits}
    written: dict[str, list[int]] = defaultdict(list)
    owned: dict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(people.entries):
        named = by_number.get(said.entry.words.number)
        if named is not None:
            owned[named.id].append(number)
            continue
        commits = people.touched[said.file] if said.file < len(people.touched) else ()
        if len(commits) == 1 and commits[0] in by_commit:
            written[by_commit[commits[0]].id].append(number)
    for cause, numbers in written.items():
        if len(numbers) <= _FEW_ENTRIES:
            owned[cause] += numbers
    return owned


def _of_cause(cause: Cause, facts: Mapping[str, Sequence[FactRef]], setting: Setting) -> Thread:
    refs = tuple(ref for commit in cause.commits for ref in facts.get(commit, ()))
    commits = set(cause.commits)
    touched = (
        index for index, every in enumerate(setting.people.touched) if not commits.isdisjoint(every)
    )
    files = tuple(sorted({ref.file for ref in refs} | set(touched)))
    if len(setting.people.causes) == 1:
        files = tuple(range(len(setting.files)))
    denied = setting.people.contradictions.get(cause.id)
    return Thread(
        id=cause.id,
        title=_titled(cause.words),
        said_by=cause.said_by,
        kind=_kind(cause.words.kind, files, refs, setting, cause),
        audience=_audience(cause, files, setting),
        facts=refs,
        files=files,
        commits=cause.commits,
        action=_action(cause.body),
        why=_why(cause.body),
        number=cause.number,
        scope=cause.words.scope,
        contradicted=denied.said if denied else "",
        reverts=cause.words.reverts,
        new=cause.words.kind is ThreadKind.FEATURE,
    )


def _titled(words: Words) -> str:
    """Return a title with the part of the product that people put in front: `css: keep escapes`."""
    scope = words.scope
    if not scope or scope.casefold() in words.text.casefold() or version_in(scope):
        return words.text
    return f"{scope}: {words.text}"


def _kind(
    said: ThreadKind | None,
    files: Sequence[int],
    refs: Sequence[FactRef],
    setting: Setting,
    cause: Cause,
) -> ThreadKind:
    """Return what people call it, else what its facts are."""
    broken = any(setting.files[ref.file].facts[ref.fact].breaking for ref in refs)
    if said in (ThreadKind.SECURITY, ThreadKind.DEPRECATED, ThreadKind.DEADLINE):
        return said
    if broken or (said is ThreadKind.BREAKING and cause.words.labelled):
        return ThreadKind.BREAKING
    if said is ThreadKind.DOCS and setting.site:
        # On a site everything is documentation: what it does to it says more.
        said = read_words(cause.words.text).kind
    if not setting.site and said is not ThreadKind.MAINTENANCE and _only_pages(files, setting):
        return ThreadKind.DOCS
    if said in (ThreadKind.FEATURE, ThreadKind.FIX, ThreadKind.MAINTENANCE):
        return said
    return ThreadKind.DOCS if setting.site or said is ThreadKind.DOCS else ThreadKind.FEATURE


def _only_pages(files: Sequence[int], setting: Setting) -> bool:
    """Tell whether a cause changes nothing for users but pages."""
    paths = [
        setting.files[at].change.path for at in files if setting.audiences[at] is Audience.READERS
    ]
    return bool(paths) and all(is_page(path) or is_changelog(path) for path in paths)


def _audience(cause: Cause, files: Sequence[int], setting: Setting) -> Audience:
    """Return whom a cause concerns: readers as soon as something of it is for them."""
    seen = {setting.audiences[index] for index in files}
    if cause.words.kind is ThreadKind.MAINTENANCE and cause.words.labelled and not setting.site:
        return Audience.CONTRIBUTORS if Audience.READERS in seen else Audience.PLUMBING
    if (
        not setting.site
        and Audience.READERS in seen
        and cause.words.kind is not ThreadKind.BREAKING
    ):
        readers = [
            setting.files[at].change.path
            for at in files
            if setting.audiences[at] is Audience.READERS
        ]
        if cause.words.inside or all(_MANIFEST.search(path) for path in readers):
            return Audience.CONTRIBUTORS
    return next((audience for audience in Audience if audience in seen), Audience.READERS)


def _is_translation(cause: Cause, thread: Thread, setting: Setting) -> bool:
    """Tell whether all pages of a cause are translations."""
    pages = [
        setting.languages[index]
        for index in thread.files
        if setting.audiences[index] is Audience.READERS
    ]
    if not any(pages):
        return False
    return all(pages) or (cause.words.translation and 2 * sum(map(bool, pages)) > len(pages))


def _with_entries(thread: Thread, said: Sequence[FileEntry], setting: Setting) -> Iterator[Thread]:
    """Yield a thread in the words of its changelog entries, which are written for readers."""
    first = True
    for one in said:
        entry = _of_entry(one, setting)
        if entry.audience is not Audience.READERS:
            continue
        yield replace(
            entry,
            id=thread.id if first else entry.id,
            facts=thread.facts if first else entry.facts,
            files=thread.files if first else entry.files,
            commits=thread.commits,
            number=thread.number or entry.number,
            kind=min(thread.kind, entry.kind, key=_rank) if first and thread.kind in (ThreadKind.SECURITY, ThreadKind.BREAKING) else entry.kind,
            action=entry.action or (thread.action if first else ""),
            contradicted=thread.contradicted,
            reverts=thread.reverts or entry.reverts,
        )  # fmt: skip
        first = False
    if first:
        yield thread


def _of_entry(said: FileEntry, setting: Setting) -> Thread:
    entry, words = said.entry, said.entry.words
    path = setting.files[said.file].change.path_bytes
    digest = hashlib.sha256(path + b"\0" + words.text.encode("utf-8", "replace")).hexdigest()[:12]
    kind = entry.kind or ThreadKind.FEATURE
    if kind is ThreadKind.BREAKING and not entry.declared:
        kind = ThreadKind.BREAKING if "removed" in words.text.lower() else ThreadKind.FEATURE
    internal = kind is ThreadKind.MAINTENANCE
    facts, files = _proofs(said, setting)
    return Thread(
        id=f"entry-{digest}",
        title=words.text.removesuffix("."),
        said_by=SaidBy.CHANGELOG,
        kind=kind,
        audience=Audience.CONTRIBUTORS if internal else setting.audiences[said.file],
        facts=facts,
        files=(said.file, *files),
        action=_action(entry.detail),
        why=_why(entry.detail),
        since=entry.version,
        number=words.number,
        scope=words.scope,
        source=Source(path, entry.start, entry.end),
        reverts=words.reverts,
        new=entry.kind is ThreadKind.FEATURE,
    )


def _proofs(said: FileEntry, setting: Setting) -> tuple[tuple[FactRef, ...], tuple[int, ...]]:
    """Return the facts about names that an entry writes as code, and their files."""
    names = names_in(said.entry)
    if not names:
        return (), ()
    refs = tuple(
        FactRef(index, number)
        for index, file in enumerate(setting.files)
        if index != said.file and setting.audiences[index] is Audience.READERS
        for number, fact in enumerate(file.facts)
        if proves(fact, said.entry, names)
    )
    return refs, tuple(dict.fromkeys(ref.file for ref in refs))


def _action(text: str) -> str:
    """Return the first sentence that asks something of a reader."""
    for line in text.split("\n"):
        if line.startswith(("#", ">", "|", "```", "- [")):
            continue
        for sentence in sentences_of(" ".join(line.split())[:2000]):
            if len(sentence) <= _LONGEST_ACTION and asks(sentence):
                return sentence.strip("*_ ")
    return ""


def _why(text: str) -> str:
    """Return the first sentence of a text that is prose: no list, heading, trailer or template."""
    for written in text.split("\n"):
        line = " ".join(written.split())
        if not line or _NO_PROSE.match(line):
            continue
        sentence = next(iter(sentences_of(plain_marks(line[:2000]))), "")
        telling = len(sentence.split()) >= _LEAST_WORDS or not sentence.isascii()
        return sentence.removesuffix(".") if telling and len(sentence) <= _LONGEST_ACTION else ""
    return ""


def _substitutions(setting: Setting) -> Iterator[Thread]:
    """Yield the replacements that the range makes in many files for readers."""
    for one in setting.people.substitutions:
        readers = [
            index
            for index in one.files
            if setting.audiences[index] is Audience.READERS and not setting.languages[index]
        ]
        if len(readers) < 3:
            continue
        name = f"{one.old} → {one.new}"
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        yield Thread(
            id=f"substitution-{digest}", title=f"`{one.old}{'.*' if one.open else ''}` → `{one.new}{'.*' if one.open else ''}`",
            said_by=SaidBy.RULES, kind=ThreadKind.DOCS, files=tuple(one.files),
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


def _rank(kind: ThreadKind) -> int:
    return tuple(ThreadKind).index(kind)
