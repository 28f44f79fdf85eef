"""Holds what is the same for all threads of a category: its files, whom each concerns, and what people said of them."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.analysis.people.cues import Words, read_words
from diff_insight.analysis.people.gather import People
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.threads import Thread
from diff_insight.story.threads.audience import audiences, is_site, languages

#: Entries of release notes before what they leave out counts less.
_LEAST_NOTES = 2


class Setting:
    """What is the same for all threads of a category."""

    def __init__(self, files: Sequence[FileAnalysis], people: People) -> None:
        self.files = files
        self.people = people
        self.site = is_site(files, people.tree)
        self.languages = languages(files, people.tree)
        self.audiences = audiences(files, site=self.site)
        self.unnoted = _causes_without_note(people)
        self._words = {cause.id: cause.words for cause in people.causes}

    def words_of(self, thread: Thread) -> Words:
        """Return what the title of a thread says: of a cause as people wrote it, labels and all."""
        words = self._words.get(thread.id)
        if words is not None and thread.title.endswith(words.text):
            return words
        return read_words(thread.title)


def _causes_without_note(people: People) -> frozenset[str]:
    """Return the causes that release notes of the range leave out: those as old as the notes, without an entry."""
    notes = {entry.file for entry in people.entries if not entry.fragment and entry.entry.version}
    if sum(entry.file in notes for entry in people.entries) < _LEAST_NOTES:
        return frozenset()
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
