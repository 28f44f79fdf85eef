"""The checkout source against git's own listing, and hunks against the files themselves."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from diff_insight.facts.extract import extract
from diff_insight.model.changes import ChangeSet, FileChange, Side, Status
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo
from support.trees import Entry, Tree, histories, import_trees
from support.truth import check_hunks, checkout, direct, row_of, truth


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> TestRepo:
    return TestRepo(tmp_path_factory.mktemp("generated"))


def check_versions(source: CheckoutSource, change: FileChange, old: Tree, new: Tree) -> None:
    """Check that both versions of a file can be read."""
    if "160000" in (change.old_mode, change.new_mode):
        return
    previous = change.previous_path_bytes or change.path_bytes
    if change.status is not Status.ADDED:
        assert source.read(Side.BASE, previous) == old[previous].content
    if change.status is not Status.REMOVED:
        assert source.read(Side.HEAD, change.path_bytes) == new[change.path_bytes].content


def check_ledger(source: CheckoutSource, change: FileChange, changes: ChangeSet) -> None:
    """Check that every line that git counts is told, cosmetic or untold."""

    def read(side: Side) -> bytes | None:
        previous = change.previous_path_bytes if side is Side.BASE else None
        return source.read(side, previous or change.path_bytes)

    lines = extract(change, changes.patches, read, whole_versions=True).lines
    assert lines.told + lines.cosmetic + lines.untold == change.additions + change.deletions
    assert min(lines.told, lines.cosmetic, lines.untold) >= 0


@settings(
    deadline=None, max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(trees=histories())
def test_files_and_hunks_are_those_of_git(repo: TestRepo, trees: list[dict[bytes, Entry]]) -> None:
    commits = import_trees(repo, trees)
    for number in range(len(commits) - 1):
        base, head = commits[number : number + 2]
        source = checkout(repo.path)
        try:
            changes = source.diff(direct(base, head))
            expected = truth(repo, changes.options, base, head)
            assert [row_of(change) for change in changes.files] == sorted(
                expected, key=lambda row: row.path
            )
            for change in changes.files:
                check_hunks(change, changes, *trees[number : number + 2])
                check_versions(source, change, *trees[number : number + 2])
                check_ledger(source, change, changes)
        finally:
            source.close()
