"""A tag and a branch with one name are told apart from each other, where they are two commits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.git.ambiguous import ambiguity_notices, named_revisions, refs_of
from diff_insight.git.command import Git
from diff_insight.model.ranges import RangeRequest
from support.repos import TestRepo


def names(repo: TestRepo, base: str | None, head: str | None) -> list[str]:
    request = RangeRequest(base=base, head=head)
    notices = ambiguity_notices(request, refs_of(Git(repo.path, os.environ), request))
    return [str(notice.params["name"]) for notice in notices]


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    """A repository with tags named like branches: behind, at the same commit, annotated, and alone."""
    made = TestRepo(tmp_path)
    made.write({"a": "1"})
    made.commit()
    made.git("tag", "-a", "-m", "told", "v2")
    made.git("tag", "main")
    made.git("tag", "only")
    made.write({"a": "2"})
    made.commit()
    made.git("update-ref", "refs/heads/v2", "HEAD")
    made.git("update-ref", "refs/tags/same", "HEAD")
    made.git("update-ref", "refs/heads/same", "HEAD")
    made.git("update-ref", "refs/heads/v2-x", "HEAD")
    return made


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("main", "v2", ["main", "v2"]),
        ("v2", None, ["v2"]),
        ("same", "only", []),
        ("refs/heads/main", "HEAD", []),
        ("v2-x", "main~1", []),
        ("main", "main", ["main"]),
    ],
)
def test_names_of_two_commits(
    repo: TestRepo, base: str, head: str | None, expected: list[str]
) -> None:
    assert names(repo, base, head) == expected


def test_ids_are_no_names(repo: TestRepo) -> None:
    head = repo.git("rev-parse", "HEAD").decode().strip()
    assert named_revisions(RangeRequest(base=head, head=None)) == ()
