"""All files of a commit of a partial clone: what is not here yet comes in one batch with what is like it."""

from __future__ import annotations

import posixpath
import re

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.objects import BlobReader
from diff_insight.git.remote import PartialClone
from diff_insight.git.search import LARGEST_FILE, list_tree
from diff_insight.model.source_tree import SourceTree

#: Files that come in one batch.
MOST_FETCHED = 1_500
#: Groups of files of which whoever reads one reads others: what packages say of themselves, and code.
_ALIKE = (
    re.compile(r"(^|/)(pyproject\.toml|setup\.(py|cfg)|package\.json|jsr\.json|deno\.json|Cargo\.toml|go\.mod|"
               r"pom\.xml|(settings|build)\.gradle(\.kts)?|Pipfile|manage\.py)$"),
    re.compile(r"\.pyi?$"),
    re.compile(r"\.[cm]?[jt]sx?$"),
    re.compile(r"\.(go|java|rs|cs|kt|swift|php|rb)$"),
)  # fmt: skip


def fetched_tree(
    clone: PartialClone, blobs: BlobReader, commit: str, here: set[str]
) -> SourceTree | None:
    """Return the files of a commit; None when git cannot list them.

    Args:
        clone: The clone, which has the trees of the commit.
        blobs: Reads what the clone has.
        commit: The commit.
        here: Ids of the contents that the clone has; grows.
    """
    ids = list_tree(clone.repository.git, commit)
    if not ids:
        return None
    tree = _FetchedTree(clone, blobs, commit, ids, here)
    return SourceTree(paths=frozenset(ids), content=tree.content, ids=ids)


class _FetchedTree:
    def __init__(
        self,
        clone: PartialClone,
        blobs: BlobReader,
        commit: str,
        ids: dict[str, str],
        here: set[str],
    ) -> None:
        self._clone = clone
        self._blobs = blobs
        self._commit = commit
        self._ids = ids
        self._here = here
        self._failed = False

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file; None when they cannot be had."""
        blob = self._ids.get(path)
        if blob is None:
            return None
        if blob not in self._here and self._clone.filters:
            self._fetch(path)
            if blob not in self._here:
                return None  # asking git for it would make it ask the server
        return self._blobs.read(blob, limit=LARGEST_FILE)

    def _fetch(self, path: str) -> None:
        """Fetch a file with others like it, the nearest first."""
        if self._failed:
            return
        alike = next((name for name in _ALIKE if name.search(path)), None)
        others = [other for other in self._ids if alike is not None and alike.search(other)]
        others.sort(key=lambda other: (-len(posixpath.commonprefix([other, path])), other))
        wanted = dict.fromkeys(self._ids[other] for other in [path, *others][:MOST_FETCHED])
        missing = [blob for blob in wanted if blob not in self._here]
        try:
            self._clone.contents({self._commit: missing})
        except EnvironmentFailure:
            self._failed = True
        else:
            self._here.update(missing)
