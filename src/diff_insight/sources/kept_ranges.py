"""Remembers on disk where versions of dependencies are, and what lies between them, for runs to come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from diff_insight.model.ranges import is_full_id
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.upstream_range import UpstreamRange
from diff_insight.runtime.sealed_folder import Room, SealedFolder
from diff_insight.sources.range_form import KeptRange, pack_range, unpack_range

#: What a folder may hold: a range of a large library takes about a megabyte.
ROOM = Room(largest=16_000_000, total=200_000_000, files=1_000)
#: How long a tag is taken to stand where it stood.
_TRUSTED = timedelta(days=7)


class VersionCommits(Struct, frozen=True, kw_only=True):
    """Where two versions of a package are.

    Attributes:
        address: The repository's, without user or password.
        base: Commit of the old version.
        head: Commit of the new one.
    """

    address: str
    base: str
    head: str


class _DatedAnswer(Struct, frozen=True):
    """An answer of a server, and when it was given, in seconds since 1970."""

    commits: VersionCommits
    at: int


class KeptRanges:
    """Ranges and places of versions, in a folder whose files are believed by their codes.

    Args:
        folder: Where they are.
        engine: What tells programs apart that may read a range differently.
        now: Gives the present moment.
    """

    def __init__(self, folder: SealedFolder, engine: str, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._engine = engine
        self._now = now

    def find_versions(self, asked: tuple[str, ...]) -> VersionCommits | None:
        """Return where two versions are, where that was asked in the last week.

        Args:
            asked: Everything that decides the answer.
        """
        content = self._folder.get(self._key("versions", *asked))
        if content is None:
            return None
        try:
            known = msgspec.json.decode(content, type=_DatedAnswer)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        age = self._now().timestamp() - known.at
        is_young = -_TRUSTED.total_seconds() < age < _TRUSTED.total_seconds()
        commits = known.commits
        is_named = is_full_id(commits.base) and is_full_id(commits.head)
        return commits if is_young and is_named else None

    def keep_versions(self, asked: tuple[str, ...], commits: VersionCommits) -> None:
        """Keep where two versions are; arguments as for `find_versions`."""
        known = _DatedAnswer(commits, int(self._now().timestamp()))
        self._folder.put(self._key("versions", *asked), msgspec.json.encode(known))

    def find_range(self, commits: VersionCommits, read: tuple[str, ...]) -> KeptRange | None:
        """Return what lies between two versions, where a run has kept it.

        Args:
            commits: Where they are.
            read: What else decides what is read.
        """
        content = self._folder.get(self._range_key(commits, read))
        return unpack_range(content) if content is not None else None

    def keep_range(
        self,
        commits: VersionCommits,
        read: tuple[str, ...],
        published: UpstreamRange,
        base: SourceTree,
    ) -> KeptRange | None:
        """Keep what lies between two versions, and return it as it will be found; None where it cannot be kept.

        Args:
            commits: Where they are.
            read: What else decides what is read.
            published: What the range says.
            base: The files before it.
        """
        packed = pack_range(published, base)
        if packed is None:
            return None
        self._folder.put(self._range_key(commits, read), packed)
        return unpack_range(packed)

    def _range_key(self, commits: VersionCommits, read: tuple[str, ...]) -> str:
        return self._key("range", *astuple(commits), *read)

    def _key(self, *parts: str) -> str:
        content = msgspec.json.encode((self._engine, *parts))
        return hashlib.sha256(content).hexdigest()
