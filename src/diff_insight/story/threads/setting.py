"""Holds what is the same for all threads of a category: its files, whom each concerns, and what people said of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from diff_insight.analysis.people.cues import Words, read_words
from diff_insight.analysis.people.gather import People
from diff_insight.analysis.people.matching import NamedFacts
from diff_insight.file_types import is_changelog
from diff_insight.model.earlier import Continuation, EarlierReport
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.threads import Audience, Thread
from diff_insight.story.threads.audience import audiences, is_site, languages
from diff_insight.story.threads.continuity import EarlierWords

#: Entries of release notes before what they leave out counts less.
_LEAST_NOTES = 2
#: Fragments before a change without one is a change that its makers found not worth a note.
_LEAST_FRAGMENTS = 3


class Setting:
    """What is the same for all threads of a category."""

    def __init__(
        self,
        files: Sequence[FileAnalysis],
        people: People,
        earlier: Sequence[EarlierReport] = (),
    ) -> None:
        self.files = files
        self.earlier = EarlierWords(earlier)
        self.people = people
        self.site = is_site(files, people.tree)
        self.languages = languages(files, people.tree)
        self.audiences = audiences(files, site=self.site)
        self.unnoted = _causes_without_note(people)
        self.newest = _newest_versions(files, people)
        self.main_lists = _main_lists(files, people)
        self._causes = {cause.id: cause for cause in people.causes}

    @cached_property
    def named_facts(self) -> NamedFacts:
        """What shows readers that an entry of a changelog is true."""
        files = (
            (index, file.facts)
            for index, file in enumerate(self.files)
            if self.audiences[index] is Audience.READERS
        )
        return NamedFacts(files, (each.entry for each in self.people.entries))

    def continuation_of(self, thread: Thread) -> Continuation | None:
        """Return how a thread goes on from what earlier reports told; None where it is new."""
        return self.earlier.continuation(thread, self._causes.get(thread.id), self.files)

    def words_of(self, thread: Thread) -> Words:
        """Return what the title of a thread says: of a cause as people wrote it, labels and all."""
        cause = self._causes.get(thread.id)
        if cause is not None and thread.title.endswith(cause.words.text):
            return cause.words
        return read_words(thread.title)


def _newest_versions(files: Sequence[FileAnalysis], people: People) -> dict[bytes, str]:
    """Return the first version in each list of changes whose entries name versions."""
    newest: dict[bytes, str] = {}
    for entry in people.entries:
        if not entry.fragment and is_changelog(files[entry.file].change.path):
            newest.setdefault(files[entry.file].change.path_bytes, entry.entry.version)
    return newest


def _main_lists(files: Sequence[FileAnalysis], people: People) -> frozenset[bytes]:
    """Return the lists of changes of the main product: at the top, or of the part that others are named after."""
    paths = {files[entry.file].change.path_bytes for entry in people.entries}
    parts = {path.rpartition(b"/")[0].rpartition(b"/")[2] for path in paths}
    main = {
        part for part in parts
        if part and any(other.startswith((part + b"-", part + b"_")) for other in parts)
    }  # fmt: skip
    return frozenset(
        path for path in paths
        if b"/" not in path or path.rpartition(b"/")[0].rpartition(b"/")[2] in main
    )  # fmt: skip


def _causes_without_note(people: People) -> frozenset[str]:
    """Return the causes that release notes of the range leave out: those as old as the notes, without an entry."""
    notes = {entry.file for entry in people.entries if not entry.fragment and entry.entry.version}
    if sum(entry.file in notes for entry in people.entries) < _LEAST_NOTES:
        return _causes_without_fragment(people)
    writing = (
        {commit for file in notes for commit in people.touched[file]} if people.touched else set()
    )
    written = False
    omitted: set[str] = set()
    for cause in people.causes:  # the newest first
        written = written or not writing.isdisjoint(cause.commits)
        if written:
            omitted.add(cause.id)
    return frozenset(omitted)


def _causes_without_fragment(people: People) -> frozenset[str]:
    """Return the causes that left no fragment, where several others of the range did."""
    fragments = {entry.file for entry in people.entries if entry.fragment}
    if len(fragments) < _LEAST_FRAGMENTS or not people.touched:
        return frozenset()
    noted = {commit for file in fragments for commit in people.touched[file]}
    return frozenset(cause.id for cause in people.causes if noted.isdisjoint(cause.commits))
