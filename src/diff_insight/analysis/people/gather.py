"""Gathers what people say about a range: causes, changelog entries, and which commit made each fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.analysis.people.causes import Cause, causes_of, commits_behind_merges
from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.contradictions import Contradiction, contradictions
from diff_insight.analysis.people.cues import takes_from_users
from diff_insight.analysis.people.dialects import as_markdown
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.fragments import read_fragment
from diff_insight.analysis.people.fresh_entries import new_entries, without_prereleases
from diff_insight.analysis.people.known_lines import lines_known_before, lines_that_go
from diff_insight.analysis.people.origins import LineAuthors, changed_paths, single_origin
from diff_insight.analysis.people.references import version_key
from diff_insight.analysis.people.repository_sort import is_mixed
from diff_insight.analysis.people.substitutions import Substitution, common_substitutions
from diff_insight.analysis.people.version_sections import read_version_sections
from diff_insight.diffs.hunks import BrokenPatchError
from diff_insight.facts.extract import LARGEST_PATCH, read_hunks
from diff_insight.file_types import extension, is_changelog, is_fragment, stem
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import ChangeSet, FileChange, Hunk, Side, Status
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.history import History, LineHistory, PullRequestText
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.threads import ThreadKind
from diff_insight.ports import DiffSource

#: Bytes of patches that are read again for what people say; behind them facts have no commit.
MOST_PATCHES = 12_000_000
#: Numbers of lines up to which hunks are set where they stand in their file.
_MOST_LINES = 100_000
#: Files of one name that are read for what stood there before.
_MOST_ALIKE = 3
_TEXTS = ("md", "mdx", "markdown", "rst", "txt", "adoc", "asciidoc", "asc", "org", "")
_PAGES = re.compile(
    r"(?i)what.{0,3}s.?new|release|upgrad|migrat|breaking|deprecat|(?<![a-z])changes(?![a-z])"
)
#: A folder, or the end of a name, that may be a language.
_LANGUAGE_FOLDER = re.compile(
    rb"(?:^|/)[a-z]{2}(?:[-_][A-Za-z]{2,4})?/|\.[a-z]{2}(?:[-_][A-Za-z]{2,4})?\.\w+$"
)
#: Pages that tell what is new along with what to mind.
_NEWS = re.compile(r"(?i)what.{0,3}s.?new|release|news|announc|blog")
_PAGE_VERSION = re.compile(r"(?<![\d.])\d{1,4}(?:[._]\d{1,5}){1,2}(?![\d.])")
#: Pages on how the project itself makes releases.
_WORK = re.compile(
    r"(?i)releas(?:es?|ing)[-_ /]?(?:process|guide|checklist|procedure|schedule|plan|cadence|cycle|polic|manager|team|branch)|(?:^|/)releasing|how[-_ ]?to[-_ ]?release|contribut"
)


class EntryOfFile(Struct, frozen=True):
    """An entry that a file of the category gains: index of the file, the entry, the fragment or not."""

    file: int
    entry: ChangelogEntry
    fragment: bool


class People(Struct, frozen=True, kw_only=True):
    """What people say about the files of one category.

    Attributes:
        causes: Pull requests and commits, the newest first.
        entries: What changelogs, release notes and fragments gain, in the order of their files.
        origins: For each file the commit of each fact; empty where it is not known.
        touched: For each file the commits that touch it.
        substitutions: What many files put in the place of something else.
        contradictions: Titles of causes that the diff denies, by the cause's id.
        tree: The paths of the head where folders may be languages, or the changed paths do not tell a
            site from a package; empty when not known.
    """

    causes: tuple[Cause, ...] = ()
    entries: tuple[EntryOfFile, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()
    touched: tuple[tuple[str, ...], ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    contradictions: Mapping[str, Contradiction] = field(default_factory=dict)
    tree: frozenset[bytes] = frozenset()


def gather_people(
    categories: Mapping[str, Sequence[FileAnalysis]],
    changes: ChangeSet,
    commits: CommitRange,
    source: DiffSource,
    history: History,
    proposal: PullRequestText | None,
) -> tuple[dict[str, People], tuple[Notice, ...]]:
    """Return what people say of each category, and what of it could not be had.

    Args:
        categories: The analysed files.
        changes: The whole range.
        commits: Its two commits.
        source: Gives versions of files, and what each commit did.
        history: The commits.
        proposal: The pull request, when the range is one.
    """
    causes = causes_of(history, proposal)
    several = len(history.commits) > 1
    paths = changed_paths(file.change for files in categories.values() for file in files)
    by_commit = source.commit_lines(commits, paths) if several else LineHistory()
    authors = LineAuthors(by_commit.lines) if several else None
    multilingual = any(_LANGUAGE_FOLDER.search(path) for path in paths)
    mixed = is_mixed(path.decode("utf-8", "replace") for path in paths)
    tree = source.mentions(commits, (), ()).tree if multilingual or mixed else frozenset()
    # Each added page of notes asks it, and it lists all files of a commit.
    base = cache(lambda: source.tree(commits, Side.BASE))
    gathered = {}
    for name, files in categories.items():
        hunks = _hunks([file.change for file in files], changes)
        gone = lines_that_go(hunks) if len(files) > 1 else frozenset()
        entries = [
            entry
            for at, file in enumerate(files)
            for entry in _entries(at, file, hunks[at], source, base, gone)
        ]
        people = _of_category(files, hunks, history, causes, authors)
        fresh = without_history(entries, [file.change.path for file in files])
        gathered[name] = replace(people, entries=tuple(fresh), tree=tree)
    return gathered, by_commit.notices


def _of_category(
    files: Sequence[FileAnalysis],
    hunks: Sequence[Sequence[Hunk]],
    history: History,
    causes: tuple[Cause, ...],
    authors: LineAuthors | None,
) -> People:
    if authors is not None:
        silent = authors.without_trace(commits_behind_merges(history), files, hunks)
        causes = tuple(cause for cause in causes if not silent.issuperset(cause.commits))
        origins = tuple(authors.origins(file, hunks[at]) for at, file in enumerate(files))
    elif history.commits:
        origins = tuple(single_origin(files, history.commits[0]))
    else:
        origins = tuple(("",) * len(file.facts) for file in files)
    return People(
        causes=causes,
        origins=origins,
        touched=tuple(_touching(file.change, history) for file in files),
        substitutions=tuple(common_substitutions(hunks)),
        contradictions=contradictions(causes, hunks),
    )


def _hunks(files: Sequence[FileChange], changes: ChangeSet) -> list[Sequence[Hunk]]:
    """Return the hunks of each file, as long as there is room for them."""
    left = MOST_PATCHES
    read: list[Sequence[Hunk]] = []
    for change in files:
        size = change.patch.size if change.patch else 0
        if not size or size > min(left, LARGEST_PATCH) or change.unreadable:
            read.append(())
            continue
        left -= size
        try:
            read.append(read_hunks(change, changes.patches))
        except BrokenPatchError:
            read.append(())  # the file's own entry says that its patch is broken
    return read


def _entries(
    index: int,
    analysis: FileAnalysis,
    hunks: Sequence[Hunk],
    source: DiffSource,
    base: Callable[[], SourceTree | None],
    gone: AbstractSet[str],
) -> Iterator[EntryOfFile]:
    change = analysis.change
    path = change.path
    if change.status is Status.REMOVED or not change.additions or _repeats(analysis):
        return
    fragment = change.status is Status.ADDED and is_fragment(path)
    page = _is_release_page(path) and not is_changelog(path)
    readme = stem(path).lower() == "readme" and not page
    suffix = extension(path)
    readable = suffix in _TEXTS or suffix.isdigit()  # CHANGELOG.4
    if not fragment and not ((is_changelog(path) or page or readme) and readable):
        return
    content = source.read(Side.HEAD, change.path_bytes)
    text = content.decode("utf-8", "replace") if content else _added_text(hunks)
    if fragment:
        yield from (EntryOfFile(index, entry, True) for entry in read_fragment(path, text))
        return
    blocks = [block for hunk in hunks for block in hunk.blocks]
    added = frozenset(
        number for block in blocks for number in range(block.new_start, block.new_start + len(block.new_lines))
    )  # fmt: skip
    if readme:
        sections = read_version_sections(as_markdown(path, text), added)
        yield from (EntryOfFile(index, entry, False) for entry in sections)
        return
    removed = "\n".join(line for block in blocks for line in block.old_lines)
    if change.status is Status.ADDED:
        removed = _standing_elsewhere(path, base())
    entries = read_entries(as_markdown(path, text), headings=page, added=added)
    migration = page and not _NEWS.search(path)
    known = lines_known_before(analysis.facts, text, gone)
    for entry in without_prereleases(new_entries(entries, added, removed, known=known)):
        yield EntryOfFile(index, _of_migration(entry) if migration else entry, False)


def without_history(entries: Sequence[EntryOfFile], paths: Sequence[str]) -> Iterator[EntryOfFile]:
    """Yield entries without those of pages on versions before all that the range's lists of changes gain.

    Args:
        entries: What the files of a category gain.
        paths: The paths of the files.
    """
    listed = [
        version_key(each.entry.version) for each in entries
        if each.entry.version and not each.fragment and is_changelog(paths[each.file])
    ]  # fmt: skip
    oldest = min(filter(None, listed), default=())
    for each in entries:
        page = (
            ()
            if is_changelog(paths[each.file])
            else version_key(_version_of_page(paths[each.file]))
        )
        if not (page and oldest and page < oldest[: len(page)]):
            yield each


def _version_of_page(path: str) -> str:
    """Return the version that the name of a page begins or ends with, such as `7.0-Upgrade.md`."""
    named = _PAGE_VERSION.search(stem(path))
    return named[0].replace("_", ".") if named else ""


def _standing_elsewhere(path: str, tree: SourceTree | None) -> str:
    """Return the text of files of the base with the name of an added one in a folder of the same name.

    The notes of a version stand in the folder of each later version, with links of its own.
    """
    if tree is None:
        return ""
    ending = "/" + "/".join(path.split("/")[-2:])
    alike = sorted(each for each in tree.paths if each.endswith(ending))
    return "\n".join(tree.text(each) or "" for each in alike[-_MOST_ALIKE:])


def _repeats(analysis: FileAnalysis) -> bool:
    """Tell whether an added file only repeats another one, such as the notes in the folder of a new version."""
    moved = any(kind_of(fact.kind).has(Trait.MOVES_FILE) for fact in analysis.facts)
    return analysis.change.status is Status.ADDED and moved


def _of_migration(entry: ChangelogEntry) -> ChangelogEntry:
    """Return an entry of a page on what those who upgrade have to mind: what it takes away breaks."""
    if entry.kind in (None, ThreadKind.FEATURE, ThreadKind.FIX):
        if takes_from_users(entry.words.text):
            return replace(entry, kind=ThreadKind.BREAKING, declared=True)
        return replace(entry, new=entry.new and entry.words.kind is ThreadKind.FEATURE)
    return entry


def _is_release_page(path: str) -> bool:
    """Tell whether a page, or the folder it stands in, is named for what changes between versions."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    names = (stem(path), folder)
    return any(map(_PAGES.search, names)) and not any(
        map(_WORK.search, (f"{folder}/{stem(path)}", folder))
    )


def _added_text(hunks: Sequence[Hunk]) -> str:
    """Return the new lines of hunks, each at the number that it has in its file."""
    lines: list[str] = []
    for hunk in hunks:
        lines += [""] * (min(hunk.new_start, _MOST_LINES) - 1 - len(lines))
        lines += hunk.new_lines
    return "\n".join(lines)


def _touching(change: FileChange, history: History) -> tuple[str, ...]:
    names = {change.path_bytes, change.previous_path_bytes or change.path_bytes}
    if len(history.commits) == 1:
        return (history.commits[0].id,)
    return tuple(
        commit.id
        for commit in history.commits
        if commit.paths and not names.isdisjoint(commit.paths)
    )
