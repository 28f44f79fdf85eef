"""A diff source over GitHub's REST API, for where git cannot be used.

Three ways, each checked by the next: the compare API (300 files), the files of the pull request
(3,000), and the two trees, which say exactly which paths differ. Patches come from the first two;
where one is missing or wrong, git compares the two versions of that file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.diffs.store import FilePatchStore
from diff_insight.errors import DiffInsightError
from diff_insight.git.diffing import DIFF_OPTIONS
from diff_insight.git.imported import Files, import_sides
from diff_insight.git.remote import object_format
from diff_insight.github.api.agreement import agrees, with_entries, without_content
from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.commit_pages import commits_of
from diff_insight.github.api.contents import Contents
from diff_insight.github.api.revisions import ApiRevisions
from diff_insight.github.api.rows import (
    FileRow,
    change_of_row,
    paths_of,
    read_rows,
    section_of,
)
from diff_insight.github.api.trees import Difference, Root, TreeEntry, differences, root_of
from diff_insight.model.changes import (
    SUBMODULE_MODE,
    ChangeSet,
    FileChange,
    PatchSpan,
    Side,
)
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.web_links import DEFAULT_SERVER
from diff_insight.ranges.resolve import resolve_range
from diff_insight.sources.checkout import LARGEST_VERSION, CheckoutSource

#: The compare API lists at most this many files, and does not say when there are more.
MOST_COMPARED = 300
_MOST_PULL_FILES = 3000
#: Larger pages of pull-request files lose patches.
_PAGE = 50


class ApiPlace(Struct, frozen=True, kw_only=True):
    """What is compared: repository, server for links, fork of the head, number of the pull request."""

    repository: str
    server: str = DEFAULT_SERVER
    fork: str = ""
    pull: int | None = None


class GitHubApiSource:
    """Reads a range through the REST API.

    Args:
        api: The repository.
        settings: How the API is reached.
        environ: The process environment, for git on this machine.
        sleep: Waits for a number of seconds.
        now: The present moment, for requests such as "since 24h".
    """

    def __init__(
        self,
        api: ApiPlace,
        settings: ApiSettings,
        environ: Mapping[str, str],
        sleep: Callable[[float], None],
        now: datetime | None = None,
    ) -> None:
        self._place = api
        self._environ = environ
        self._now = now
        self._client = GitHubClient(settings, sleep)
        self._contents = Contents(self._client)
        self._revisions = ApiRevisions(self._client, api.repository, api.server, api.fork)
        self._store = FilePatchStore()
        self._ids: dict[tuple[Side, bytes], tuple[str, str]] = {}
        self._notices: list[Notice] = []

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the two commits that the request names."""
        return resolve_range(request, self._revisions, self._now)

    def merge_base(self, base: str, head: str) -> str | None:
        """Return the merge base of two commits, or None: one request instead of a history."""
        return self._revisions.find_merge_base(base, head)

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range.

        Raises:
            EnvironmentFailure: Neither the trees nor a complete list of files could be had.
        """
        self._notices = []
        rows, whole = self._list_files(commits)
        try:
            differ = self._differences(commits)
        except DiffInsightError as error:
            if not whole:
                raise
            self._note_failure("api-trees", error)
            return self._change_set([self._row_change(row) for row in rows])
        rows = [row for row in rows if row.complete and agrees(row, differ)]
        left = {path: differ[path] for path in differ.keys() - paths_of(rows)}
        changes = [with_entries(self._row_change(row), differ) for row in rows]
        return self._change_set(changes + self._compare(left, commits))

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Versions are asked for one by one, when they are read."""

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file; None when it is huge or cannot be had."""
        slug, sha = self._ids.get((side, path), ("", ""))
        content = self._contents.read(slug, sha) if sha else None
        return None if content is None or len(content) > LARGEST_VERSION else content

    def commit_time(self, commit: str) -> datetime | None:
        """Return the committer date."""
        try:
            answer = self._client.get(f"/repos/{self._place.repository}/git/commits/{commit}")
        except DiffInsightError:
            return None
        moment = answer["committer"]["date"] if isinstance(answer, dict) else ""
        return datetime.fromisoformat(moment) if moment else None

    def history(self, commits: CommitRange) -> History:
        """Return the commits that the compare API lists, without the paths that they touch."""
        return commits_of(self._revisions, commits)

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Every file would be a request."""
        return None

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """This would take a request for every commit, so nobody knows."""
        return LineHistory()

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Searching through the API would take a request for every file, so nothing is searched."""
        return Mentions(notices=(Notice("references-unsearched"),))

    def close(self) -> None:
        """Close the connection and drop the patches."""
        self._client.close()
        self._store.close()

    def _list_files(self, commits: CommitRange) -> tuple[list[FileRow], bool]:
        """Return the files that the API lists, and whether these are all as far as it says."""
        try:
            compared = self._revisions.comparison(commits.base, commits.head)
        except DiffInsightError as error:
            self._note_failure("api-compare", error)
            return self._pull_rows(), False
        merge_base = compared.get("merge_base_commit")
        start = merge_base.get("sha") if isinstance(merge_base, dict) else None
        if start != commits.start:  # a direct comparison of commits that have parted
            return [], False
        rows = read_rows(compared.get("files"))
        if len(rows) < MOST_COMPARED:
            return rows, True
        return self._pull_rows() or rows, False

    def _pull_rows(self) -> list[FileRow]:
        """Return the files of the pull request, when there is one."""
        if self._place.pull is None:
            return []
        path = f"/repos/{self._place.repository}/pulls/{self._place.pull}/files"
        rows: list[FileRow] = []
        try:
            for page in range(1, _MOST_PULL_FILES // _PAGE + 1):
                page_rows = read_rows(self._client.get(path, per_page=_PAGE, page=page))
                rows += page_rows
                if len(page_rows) < _PAGE:
                    break
        except DiffInsightError as error:
            self._note_failure("api-pull-request", error)
        return rows

    def _differences(self, commits: CommitRange) -> dict[bytes, Difference]:
        """Return the paths that differ, and remember where their contents are."""
        slugs = tuple(slug for slug in (self._place.repository, self._place.fork) if slug)
        empty = commits.start == self._revisions.empty_tree()
        base = None if empty else root_of(self._client, slugs, commits.start)
        head = root_of(self._client, slugs, commits.head)
        differ = differences(self._client, base, head)
        for path, entries in differ.items():
            for side, root, entry in zip(Side, (base, head), entries, strict=True):
                if entry is not None and entry.mode != SUBMODULE_MODE:
                    self._ids[side, path] = (_slug(root), entry.sha)
        return differ

    def _row_change(self, row: FileRow) -> FileChange:
        """Return the change of a row, with its patch in the store."""
        if not row.complete:
            return change_of_row(row, None, unreadable="patch-missing")
        return change_of_row(row, self._keep(section_of(row)))

    def _keep(self, section: bytes) -> PatchSpan:
        start = self._store.size()
        self._store.fill([section])
        return PatchSpan(((start, len(section)),))

    def _compare(
        self, differ: Mapping[bytes, Difference], commits: CommitRange
    ) -> list[FileChange]:
        """Let git compare both versions of files; what cannot be had is unreadable."""
        sides: tuple[dict[bytes, tuple[str, bytes]], ...] = ({}, {})
        missing: list[FileChange] = []
        for path, entries in sorted(differ.items()):
            versions = [
                self._version(side, path, entry) for side, entry in zip(Side, entries, strict=True)
            ]
            if any(
                entry and version is None for entry, version in zip(entries, versions, strict=True)
            ):
                missing.append(without_content(path, entries))
                continue
            for files, version in zip(sides, versions, strict=True):
                if version is not None:
                    files[path] = version
        return missing + (self._import(sides, commits) if any(sides) else [])

    def _version(
        self, side: Side, path: bytes, entry: TreeEntry | None
    ) -> tuple[str, bytes] | None:
        if entry is None:
            return None
        submodule = entry.mode == SUBMODULE_MODE
        content = entry.sha.encode() if submodule else self.read(side, path)
        return None if content is None else (entry.mode, content)

    def _import(self, sides: Sequence[Files], commits: CommitRange) -> list[FileChange]:
        """Return git's changes between two sets of files, with their patches in the store."""
        with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
            repository, (base, head) = import_sides(
                Path(folder), self._environ, sides, object_format=object_format(commits.head)
            )
            source = CheckoutSource(repository)
            try:
                changes = source.diff(
                    CommitRange(base=base, head=head, merge_base="", comparison=Comparison.DIRECT)
                )
                return [self._copy_patch(change, changes) for change in changes.files]
            finally:
                source.close()

    def _copy_patch(self, change: FileChange, changes: ChangeSet) -> FileChange:
        parts = change.patch.parts if change.patch else ()
        section = b"".join(changes.patches.read(offset, length) for offset, length in parts)
        start = self._store.size()
        self._store.fill([section])
        spans = []
        for _, length in parts:
            spans.append((start, length))
            start += length
        return replace(change, patch=PatchSpan(tuple(spans)))

    def _change_set(self, changes: Sequence[FileChange]) -> ChangeSet:
        return ChangeSet(
            files=tuple(sorted(changes, key=lambda change: change.path_bytes)),
            patches=self._store,
            source="api",
            options=DIFF_OPTIONS,
            notices=tuple(self._notices),
            patch_bytes=self._store.size(),
        )

    def _note_failure(self, rung: str, error: DiffInsightError) -> None:
        self._notices.append(Notice("rung-failed", {"rung": rung, "why": error.with_cause}))


def _slug(root: Root | None) -> str:
    return root.slug if root else ""
