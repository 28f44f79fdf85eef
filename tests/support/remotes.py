"""Sources over the fake GitHub, and ranges to read from it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from diff_insight.model.changes import ChangeSet
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.sources.remote_source import RemotePlace, RemoteSource
from support.fake_github import FakeGitHub
from support.repos import TestRepo
from support.truth import Row, row_of

NOW = datetime(2025, 6, 13, tzinfo=UTC)
SLUG = "octo/demo"
#: A token of the shape that GitHub gives to a workflow run.
TOKEN = "ghs_1234567890_abc.def-ghi_jklmnopqrstuvwxyz"


@contextmanager
def remote(
    fake: FakeGitHub, repository: str = SLUG, *, token: str = "", fork: str = ""
) -> Iterator[RemoteSource]:
    """A git source over the fake."""
    place = RemotePlace(repository=repository, server=fake.url, token=token, fork=fork, timeout=60)
    source = RemoteSource(place, os.environ, now=NOW)
    try:
        yield source
    finally:
        source.close()


def between(base: str, head: str, comparison: Comparison = Comparison.DIRECT) -> CommitRange:
    """A range from one commit to another, as resolved."""
    return CommitRange(
        base=base, head=head, merge_base=base, comparison=comparison, repository=SLUG
    )


def rows(changes: ChangeSet) -> list[Row]:
    """What the product says about every file."""
    return [row_of(change) for change in changes.files]


def by_path(listed: Sequence[Row]) -> list[Row]:
    return sorted(listed, key=lambda row: row.path)


def many(repo: TestRepo, count: int) -> tuple[str, str]:
    """Two commits between which that many files change."""
    names = [f"docs/{number // 50:02}/page-{number:04}.md" for number in range(count)]
    repo.write({name: f"# {name}\n\nold\n" for name in names})
    base = repo.commit("base")
    repo.write({name: f"# {name}\n\nnew\n" for name in names})
    return base, repo.commit("head")
