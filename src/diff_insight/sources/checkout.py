"""A diff source over a local checkout (or bare repository) that holds both commits."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import cast

from msgspec.structs import replace

from diff_insight.diffs.listing import parse_listing
from diff_insight.diffs.printed import PrintedDiff
from diff_insight.diffs.store import FilePatchStore
from diff_insight.errors import EnvironmentFailure
from diff_insight.git.ambiguous import ambiguity_notices, refs_of
from diff_insight.git.attributes import generated_paths
from diff_insight.git.command import Git
from diff_insight.git.commit_lines import read_commit_lines
from diff_insight.git.commit_log import CommitLog
from diff_insight.git.diffing import DIFF_OPTIONS, RunningDiff, text_patches
from diff_insight.git.isolated import isolate
from diff_insight.git.objects import EMPTY_TREES, BlobReader
from diff_insight.git.repository import Repository
from diff_insight.git.search import find_mentions, source_tree
from diff_insight.git.some_files import first_listed, trees_of
from diff_insight.model.changes import (
    SUBMODULE_MODE,
    ChangeSet,
    FileChange,
    Side,
)
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.model.source_tree import SourceTree
from diff_insight.ranges.resolve import resolve_range
from diff_insight.sources.ahead import PrefetchedDiff
from diff_insight.sources.diff_failures import (
    LONGEST_DIFF,
    TooManyFilesError,
    check_bounds,
    diff_failure,
)
from diff_insight.sources.encoded_text import with_encoded_text
from diff_insight.sources.hidden_text import with_hidden_text
from diff_insight.sources.missing_files import exclude, missing_files
from diff_insight.sources.patched import parts_of, patched_files

_RENAMES_CUT = b"rename detection was skipped"
#: A version of a file above this many bytes is not read for facts.
LARGEST_VERSION = 20_000_000
#: Seconds between two looks at what git has printed.
_PAUSE = 0.003
#: Seconds in which git lists what it can list at all quickly; a million files take it far longer.
_SLOW_LISTING = 3.0
#: Files that are compared of a listing without end, where no limit was set.
MOST_FILES = 200_000


class CheckoutSource:
    """Runs `git diff`: its listing is the truth, the patches behind it fill it.

    What git prints goes to a temporary file, so memory does not grow with the diff.

    Args:
        repository: The checkout.
        now: The present moment, for requests such as "since 24h".
        trusted: Whether the work tree's attributes may say what is text and what is binary.
        with_history: Whether the repository holds the range's commits and the head's files, as
            a clone of two commits and the files that differ does not.
        ahead: What git compares already; it is put away with this source.
        most_files: Changed files that are compared, the first in the order of paths; 0 is no limit.
    """

    def __init__(
        self,
        repository: Repository,
        now: datetime | None = None,
        *,
        trusted: bool = True,
        with_history: bool = True,
        ahead: PrefetchedDiff | None = None,
        most_files: int = 0,
    ) -> None:
        self._most_files = most_files
        self._with_history = with_history
        self._repository = repository
        self._now = now
        self._trusted = trusted
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._git = repository.git
        self._blobs = BlobReader(repository.git)
        self._ids: dict[tuple[Side, bytes], str] = {}
        self._store = ahead.store if ahead else FilePatchStore()
        self._log: CommitLog | None = None
        self._ahead = ahead
        self._ambiguous: tuple[Notice, ...] = ()

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the two commits that the request names."""
        self._ambiguous = ambiguity_notices(request, refs_of(self._git, request))
        if self._ahead is not None and self._ahead.request == request:
            return self._ahead.commits
        return resolve_range(request, self._repository, self._now)

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range.

        Raises:
            EnvironmentFailure: git failed, or too many objects are missing.
        """
        self._forget_log()
        try:
            return self._diff_whole(commits)
        except TooManyFilesError as error:
            listing, total = error.listing, error.total
            if not listing:
                git = self._repository.git
                listing, total = first_listed(git, commits.start, commits.head, self._most())
            return self.diff_of(parse_listing(listing), commits, total=total)

    def _most(self) -> int:
        return self._most_files or MOST_FILES

    def diff_of(
        self, changes: Sequence[FileChange], commits: CommitRange, *, total: int
    ) -> ChangeSet:
        """Return some changed files of a range that has more of them than a report is made of.

        Args:
            changes: The files, as git lists them without renames.
            commits: The range.
            total: How many files the range changes.

        Raises:
            EnvironmentFailure: git failed.
        """
        self._trusted = False  # the trees are written elsewhere
        self._isolate()
        folder = cast("tempfile.TemporaryDirectory[str]", self._folder)
        base, head = trees_of(self._git, Path(folder.name), changes)
        self._most_files = 0
        some = self._diff_between(base, head, self._start(base, head), commits)
        return replace(some, unlisted=max(0, total - len(changes)))

    def _diff_whole(self, commits: CommitRange) -> ChangeSet:
        base, head = commits.start, commits.head
        return self._diff_between(base, head, self._running(base, head), commits)

    def _diff_between(
        self, base: str, head: str, running: RunningDiff, commits: CommitRange
    ) -> ChangeSet:
        """Return what git says of two commits, or of two trees in their place."""
        files, warnings = self._compare(running, base, head, commits.start)
        unreadable: list[FileChange] = []
        if files is None:
            unreadable = missing_files(self._repository.git, base, head, warnings)
            excluded = [exclude(change.path_bytes) for change in unreadable]
            again = self._start(base, head, ("--", ":/", *excluded))
            files, warnings = self._compare(again, base, head, commits.start)
            if files is None:
                raise diff_failure(warnings)
        shown = sum(length for file in files for _, length in parts_of(file))
        diff = text_patches(base, head)
        files, hidden = with_hidden_text(files, self._git, self._blobs, self._store, diff)
        files, encoded = with_encoded_text(files, self._git, self._blobs, self._store)
        self._remember(files)
        if self._with_history:
            self._log = _log(self._git, commits.start, commits.head)
        notices = (Notice("renames-cut"),) if _RENAMES_CUT in warnings else ()
        return ChangeSet(
            files=tuple(sorted(files + unreadable, key=lambda change: change.path_bytes)),
            patches=self._store,
            source="checkout",
            options=DIFF_OPTIONS,
            notices=self._ambiguous + notices + hidden + encoded,
            patch_bytes=shown,
        )

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Let git look versions up that will be read next."""
        self._blobs.expect([self._ids[version] for version in wanted if version in self._ids])

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file; None for submodules, missing or huge blobs."""
        object_id = self._ids.get((side, path))
        return self._blobs.read(object_id, limit=LARGEST_VERSION) if object_id else None

    def commit_time(self, commit: str) -> datetime | None:
        """Return the committer date."""
        return self._repository.commit_time(commit)

    def history(self, commits: CommitRange) -> History:
        """Return the commits of the range; git has read them since its diff was asked for."""
        if self._log is None:
            return History()
        log, self._log = self._log, None
        return log.read()

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """Return what each commit of the range did to the files, as far as git tells in time."""
        if not self._with_history:
            return LineHistory()
        base = commits.start if commits.start not in EMPTY_TREES.values() else ""
        return read_commit_lines(self._git, base, commits.head, paths)

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Return the files of the head, and those with one of the suffixes that hold a word."""
        if not self._with_history:
            return Mentions(notices=(Notice("references-unsearched"),))
        return find_mentions(self._git, self._blobs, commits.head, words, suffixes)

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Return the files of one side; a clone of the files that differ has no others."""
        if not self._with_history:
            return None
        commit = commits.start if side is Side.BASE else commits.head
        return source_tree(self._git, self._blobs, commit)

    def close(self) -> None:
        """End git and drop the temporary files."""
        if self._ahead is not None:
            self._ahead.running.abandon()
            self._ahead = None
        self._forget_log()
        self._blobs.close()
        self._store.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _forget_log(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None

    def _isolate(self) -> None:
        """Take a work tree that is not trusted out of git's sight."""
        if self._trusted or self._folder is not None:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="diff-insight-")
        self._git = isolate(self._repository.git, Path(self._folder.name))

    def _start(self, base: str, head: str, paths: Sequence[str] = ()) -> RunningDiff:
        """Let git compare two commits; what it prints goes to the store."""
        self._isolate()
        self._store.file.seek(0)
        self._store.file.truncate()
        return RunningDiff(self._git, base, head, output=self._store.file, paths=paths)

    def _running(self, base: str, head: str) -> RunningDiff:
        """Return git's comparison of two commits, which it may have begun already."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and (ahead.commits.start, ahead.commits.head) != (base, head):
            ahead.running.abandon()
            ahead = None
        return ahead.running if ahead else self._start(base, head)

    def _compare(
        self, running: RunningDiff, base: str, head: str, marked: str
    ) -> tuple[list[FileChange] | None, bytes]:
        """Return what git says of two commits, or None when it fails; and its warnings.

        Args:
            running: git at work.
            base: One commit or tree.
            head: The other one.
            marked: The commit whose attributes say what is generated.
        """
        printed = PrintedDiff(self._store, self._most_files)
        listed: list[FileChange] = []
        started = monotonic()
        ends, counts = started + LONGEST_DIFF, started + _SLOW_LISTING
        try:
            while running.at_work(_PAUSE):  # what can be done meanwhile is done now
                while printed.read_on() and not printed.too_many:
                    pass
                check_bounds(printed, ends)
                if monotonic() > counts and not printed.listing:
                    counts = ends
                    self._count_files(base, head)
                listed = listed or self._parse_listing(printed.listing, marked)
        except BaseException:
            running.abandon()
            raise
        whole, warnings = running.finish()
        if not whole:
            return None, warnings
        listing, sections = printed.finish()
        check_bounds(printed, ends)
        listed = listed or self._parse_listing(listing, marked)
        files, more = patched_files(listed, sections, self._git, base, head)
        return files, warnings + more

    def _count_files(self, base: str, head: str) -> None:
        """Look at how many files differ while git still looks for renames among them.

        A rename makes one file of two: with more than twice as many as are compared there are too many.

        Raises:
            TooManyFilesError: There are.
        """
        most = self._most()
        with suppress(EnvironmentFailure):  # what fails here fails there as well, and is told there
            listing, total = first_listed(self._git, base, head, most)
            if total > 2 * most:
                raise TooManyFilesError(listing, total)

    def _parse_listing(self, listing: bytes, base: str) -> list[FileChange]:
        """Return the changes of a listing, with what attributes of the base call generated or vendored.

        The head's attributes are part of what is proposed, and the work tree is anybody's.
        """
        changes = parse_listing(listing)
        if not changes:
            return []
        paths = [change.path_bytes for change in changes]
        marks = generated_paths(self._repository.git, base, paths)
        return [
            replace(listed_change, generated=marks[listed_change.path_bytes])
            if listed_change.path_bytes in marks
            else listed_change
            for listed_change in changes
        ]

    def _remember(self, files: list[FileChange]) -> None:
        for change in files:
            if SUBMODULE_MODE not in (change.old_mode, change.new_mode):
                old_path = change.previous_path_bytes or change.path_bytes
                self._ids[Side.BASE, old_path] = change.old_id
                self._ids[Side.HEAD, change.path_bytes] = change.new_id


def _log(git: Git, base: str, head: str) -> CommitLog:
    """Start to read the commits of a range; all of the head's when the base is no commit."""
    is_commit = base not in EMPTY_TREES.values()
    return CommitLog(git, base if is_commit else "", head)
