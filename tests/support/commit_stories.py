"""Tells stories of a few commits and a changelog, for tests of threads."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.analysis.people.causes import causes_of
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import EntryOfFile, People
from diff_insight.model.earlier import EarlierReport
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.history import Commit, History
from diff_insight.model.story import Story
from diff_insight.story.build import build_story


def story_of_commits(
    files: list[FileAnalysis],
    *commits: tuple[str, str, list[int]],
    changelog: str = "",
    earlier: Sequence[EarlierReport] = (),
) -> Story:
    """Tell a story of commits, given as id, message and the indexes of their files."""
    history = tuple(Commit(id=name, message=message) for name, message, _ in commits)
    owners = {index: name for name, _, indexes in commits for index in indexes}
    entries = (
        [EntryOfFile(0, entry, False) for entry in read_entries(changelog, headings=False)]
        if changelog
        else []
    )
    people = People(
        causes=causes_of(History(commits=history, read=True), None),
        entries=tuple(entries),
        origins=tuple((owners.get(at, ""),) * len(file.facts) for at, file in enumerate(files)),
        touched=tuple(
            tuple(name for name, _, indexes in commits if at in indexes) for at in range(len(files))
        ),
    )
    return build_story(files, (), people=people, earlier=earlier)
