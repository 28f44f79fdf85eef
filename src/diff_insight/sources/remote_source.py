"""A diff source over a repository on a server: git fetches two commits and the files that differ."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field  # noqa: TID251 - keeps the token out of repr
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from diff_insight.diffs.listing import parse_listing
from diff_insight.errors import UsageError
from diff_insight.git.ambiguous import ambiguity_notices
from diff_insight.git.commit_log import CommitLog
from diff_insight.git.fetched_tree import fetched_tree
from diff_insight.git.network import Network
from diff_insight.git.objects import BlobReader
from diff_insight.git.remote import PartialClone, object_format
from diff_insight.git.remote_revisions import RemoteRevisions
from diff_insight.git.repository import web_repository
from diff_insight.git.some_files import first_listed
from diff_insight.model.changes import NO_MODE, SUBMODULE_MODE, ChangeSet, FileChange, Side
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.web_links import DEFAULT_SERVER, WebRepository
from diff_insight.ranges.resolve import resolve_range
from diff_insight.sources.checkout import MOST_FILES, CheckoutSource

_SLUG = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePlace:
    """Where a repository is, and what may read it.

    Attributes:
        repository: `OWNER/NAME`, or an http(s) URL.
        server: Web address of the server of `OWNER/NAME`.
        token: Token that may read it; empty for none.
        fork: `OWNER/NAME` or URL of the fork that holds the head; empty for none.
        timeout: Seconds that one git process may take.
    """

    repository: str
    server: str = DEFAULT_SERVER
    token: str = field(default="", repr=False)
    fork: str = ""
    timeout: float = 600.0

    def networks(self) -> tuple[Network, ...]:
        """Return how to reach the repository, and its fork when there is one."""
        first = self._network(self.repository, self.token)
        if not self.fork:
            return (first,)
        fork = self._network(self.fork, "")
        if fork.origin == first.origin:
            fork = Network(fork.url, first.token, fork.timeout)
        return (first, fork)

    def _network(self, clone_url: str, token: str) -> Network:
        """Return the network of one repository; user and password of a URL leave the URL."""
        url = f"{self.server}/{clone_url}.git" if _SLUG.fullmatch(clone_url) else clone_url
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(
                "the repository is neither OWNER/NAME nor an http(s) address",
                cure="write OWNER/NAME, or https://HOST/OWNER/NAME",
            )
        user, at, host = parts.netloc.rpartition("@")
        secret = unquote(user.partition(":")[2] or user) if at else ""
        return Network(parts._replace(netloc=host).geturl(), token or secret, self.timeout)


class RemoteSource:
    """Fetches what two commits need into a temporary repository, and reads it as a checkout.

    Args:
        remote: Where the repository is.
        environ: The process environment.
        now: The present moment, for requests such as "since 24h".
        ask_merge_base: A cheaper way to a merge base, such as the API.
        ask_history: A cheaper way to the commits of a range.
        most_files: Changed files that are fetched, the first in the order of paths; 0 is no limit.
    """

    def __init__(
        self,
        remote: RemotePlace,
        environ: Mapping[str, str],
        *,
        now: datetime | None = None,
        ask_merge_base: Callable[[str, str], str | None] | None = None,
        ask_history: Callable[[CommitRange], History] | None = None,
        most_files: int = 0,
    ) -> None:
        self._most_files = most_files or MOST_FILES
        self._ask_history = ask_history
        self._environ = environ
        self._networks = remote.networks()
        self._now = now
        self._folder = tempfile.TemporaryDirectory(prefix="diff-insight-")
        self._path = Path(self._folder.name)
        self._revisions = RemoteRevisions(
            self._path, environ, self._networks, self._address(remote), ask_merge_base
        )
        self._clone: PartialClone | None = None
        self._blobs: BlobReader | None = None
        self._here: set[str] = set()
        self._checkout: CheckoutSource | None = None
        self._ambiguous: tuple[Notice, ...] = ()

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Return the two commits that the request names."""
        commits = resolve_range(request, self._revisions, self._now)
        self._ambiguous = ambiguity_notices(request, self._revisions.refs)
        return commits

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return every changed file of the range.

        Raises:
            EnvironmentFailure: The server could not be read, or does not have a commit.
        """
        clone, listed, total = self._fetch(commits)
        if self._checkout is not None:
            self._checkout.close()
        self._checkout = CheckoutSource(clone.repository, with_history=False)
        changes = (
            self._checkout.diff(commits)
            if total == len(listed)
            else self._checkout.diff_of(listed, commits, total=total)
        )
        return replace(changes, source="remote", notices=self._ambiguous + changes.notices)

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Let git look versions up that will be read next."""
        if self._checkout:
            self._checkout.expect(wanted)

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version of a changed file; None for submodules and huge files."""
        return self._checkout.read(side, path) if self._checkout else None

    def commit_time(self, commit: str) -> datetime | None:
        """Return the committer date of a commit that was fetched."""
        moment = self._clone.repository.commit_time(commit) if self._clone else None
        return moment or self._revisions.commit_time(commit)

    def history(self, commits: CommitRange) -> History:
        """Return the commits, from the history that the range itself needed or a cheaper source."""
        known = self._revisions.known_history(commits.start, commits.head)
        if known is None and self._ask_history is not None:
            return self._ask_history(commits)
        if known is None:
            return History(notices=(Notice("commits-unread"),))
        return CommitLog(known.git, commits.start, commits.head, with_paths=False).read()

    def tree(self, commits: CommitRange, side: Side) -> SourceTree | None:
        """Return the files of one side; those that do not differ are fetched when they are read."""
        if self._clone is None or self._blobs is None:
            return None
        commit = commits.start if side is Side.BASE else commits.head
        return fetched_tree(self._clone, self._blobs, commit, self._here)

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        """Older versions of the files are not here, so nobody knows."""
        return LineHistory()

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """Only files that differ are here, so nothing is searched."""
        return Mentions(notices=(Notice("references-unsearched"),))

    def close(self) -> None:
        """End git and drop the temporary repository."""
        if self._checkout is not None:
            self._checkout.close()
        if self._blobs is not None:
            self._blobs.close()
        self._folder.cleanup()

    def _fetch(self, commits: CommitRange) -> tuple[PartialClone, list[FileChange], int]:
        """Return a repository with both commits, their trees, and the files that differ; how many do.

        Of too many files those that are read are fetched.
        """
        if self._clone is None:
            folder = self._path / "objects"
            folder.mkdir()
            self._clone = PartialClone(
                folder, self._environ, self._networks,
                filter_="blob:none", object_format=object_format(commits.head),
            )  # fmt: skip
        empty = self._clone.repository.empty_tree()
        wanted = [commit for commit in (commits.start, commits.head) if commit != empty]
        self._clone.commits(wanted, "--depth=1")
        listing, total = first_listed(
            self._clone.repository.git, commits.start, commits.head, self._most_files
        )
        listed = parse_listing(listing)
        wanted_blobs = {
            commits.start: _blobs((change.old_mode, change.old_id) for change in listed),
            commits.head: _blobs((change.new_mode, change.new_id) for change in listed),
        }
        self._clone.contents(wanted_blobs)
        self._here.update(*wanted_blobs.values())
        self._blobs = self._blobs or BlobReader(self._clone.repository.git)
        return self._clone, listed, total

    def _address(self, remote: RemotePlace) -> WebRepository:
        """Return where the repository is on the web."""
        if _SLUG.fullmatch(remote.repository):
            return WebRepository(server=remote.server, repository=remote.repository)
        return web_repository(self._networks[0].url)


def _blobs(sides: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids of file contents among modes and ids of one side."""
    return [blob for mode, blob in sides if mode not in {NO_MODE, SUBMODULE_MODE}]
