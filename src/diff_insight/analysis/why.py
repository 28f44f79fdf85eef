"""Adds to the analysed files what the diff alone does not show: commits, declarations, links to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.analysis.broken import SUFFIXES, what_is_gone, with_broken
from diff_insight.analysis.commits import (
    CommitMessage,
    by_path,
    read_message,
    subject_facts,
    touching,
)
from diff_insight.analysis.declared import declarations, unsupported_declarations, with_declarations
from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.analysis.moved_to_pages import with_moved_to_pages
from diff_insight.analysis.page_arrivals import with_page_arrivals
from diff_insight.analysis.page_copies import with_page_copies
from diff_insight.analysis.page_identity import Identity, with_page_identity
from diff_insight.analysis.people.gather import People, gather_people
from diff_insight.analysis.people.matching import with_entries
from diff_insight.model.changes import ChangeSet
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import History, PullRequestText
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit
from diff_insight.runtime.run_limits import seconds_left

#: Seconds of computing that all of the context may take.
SECONDS_OF_CONTEXT = 120.0
Categories = Mapping[str, Sequence[FileAnalysis]]


class FilesInContext(Struct, frozen=True, kw_only=True):
    """The files of each category with their context, and what could not be had of it."""

    categories: Categories
    people: Mapping[str, People]
    commits_read: bool
    notices: tuple[Notice, ...]
    history: History = History()


def add_context(
    categories: Categories,
    changes: ChangeSet,
    commits: CommitRange,
    source: DiffSource,
    *,
    proposal: PullRequestText | None,
    accepted: Sequence[str],
) -> FilesInContext:
    """Return the files with their context; without it where that takes too long to read.

    Args:
        categories: The analysed files by category.
        changes: The whole range.
        commits: Its two commits.
        source: Knows the commits, and searches the head.
        proposal: The pull request, when the range is one.
        accepted: Fingerprints of breaking facts that are accepted.
    """
    try:
        with cpu_limit(min(SECONDS_OF_CONTEXT, seconds_left() / 2)):
            return _context(
                categories, changes, commits, source, proposal=proposal, accepted=accepted
            )
    except OutOfTimeError:
        unread = (Notice("commits-unread"), Notice("references-unsearched"))
        return FilesInContext(categories=categories, people={}, commits_read=False, notices=unread)


def _context(
    categories: Categories,
    changes: ChangeSet,
    commits: CommitRange,
    source: DiffSource,
    *,
    proposal: PullRequestText | None,
    accepted: Sequence[str],
) -> FilesInContext:
    """Return the files with facts about links to them and commits behind them."""
    categories = with_page_copies(categories, commits, source)
    identity = with_page_identity(categories, changes, commits, source)
    categories = with_moved_to_pages(with_page_arrivals(identity.categories), commits, source)
    identity = replace(identity, categories=categories)
    categories, searched = _with_broken(identity, changes, commits, source)
    history = source.history(commits)
    messages = {commit.id: read_message(commit.message) for commit in history.commits}
    files = [file for analyses in categories.values() for file in analyses]
    declared = declarations(history, messages, proposal, files)
    known = frozenset(accepted)
    marked = {
        name: [with_declarations(file, declared, known) for file in analyses]
        for name, analyses in categories.items()
    }
    with_subjects = _with_subjects(marked, history, messages)
    people, unread = gather_people(with_subjects, changes, commits, source, history, proposal)
    return FilesInContext(
        categories={
            name: with_entries(with_subjects[name], people[name].entries) for name in with_subjects
        },
        people=people,
        commits_read=history.read,
        history=history,
        notices=(
            *identity.notices,
            *(notice for notice in searched if notice not in identity.notices),
            *history.notices,
            *unread,
            *unsupported_declarations(declared, files),
        ),
    )


def _with_broken(
    identity: Identity, changes: ChangeSet, commits: CommitRange, source: DiffSource
) -> tuple[Categories, tuple[Notice, ...]]:
    """Search the head for references to what is gone; nothing gone means nothing searched."""
    categories = identity.categories
    files = [file for analyses in categories.values() for file in analyses]
    gone = what_is_gone(changes.files, files, identity.served)
    words = gone.words()
    if not words:
        return categories, ()
    mentions = source.mentions(commits, words, SUFFIXES)
    if not mentions.lines:
        return categories, mentions.notices
    with_references = {
        name: with_broken(analyses, gone, mentions) for name, analyses in categories.items()
    }
    return with_references, mentions.notices


def _with_subjects(
    categories: Categories, history: History, messages: Mapping[str, CommitMessage]
) -> Categories:
    """Add what the commits of each file say, and let their conventional types have a say."""
    placed = by_path(history.commits)
    result = {}
    for name, files in categories.items():
        touched = [touching(file, placed, history.commits) for file in files]
        reach = Counter(commit.id for commits in touched for commit in commits)
        result[name] = [
            _with_commits(file, [messages[commit.id] for commit in commits],
                          subject_facts(commits, messages, reach))
            for file, commits in zip(files, touched, strict=True)
        ]  # fmt: skip
    return result


def _with_commits(
    file: FileAnalysis, said: Sequence[CommitMessage], subjects: Sequence[Fact]
) -> FileAnalysis:
    """Return a file with the facts of its commits, and the type that these facts give it."""
    if not said:
        return file
    fixes = all(message.type == "fix" for message in said)
    if not fixes:  # the rest of what people say gives a file no other type
        return file.with_facts((*file.facts, *subjects)) if subjects else file
    facts = (*file.facts, Fact("commit.fix", {"count": len(said)}), *subjects)
    return file.with_facts(facts, decide_type(file.change, facts))
