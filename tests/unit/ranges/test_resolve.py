"""Two commits from a request, in real repositories of every usual shape."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.ranges.resolve import resolve_range
from support.repos import TestRepo

_TWO, _THREE = Comparison.DIRECT, Comparison.MERGE_BASE


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    """Three commits on `main`, and `topic` with one commit that leaves it after the second."""
    made = TestRepo(tmp_path / "repo")
    for number in (1, 2):
        made.write({"x": f"{number}\n"})
        made.commit(str(number))
    made.git("switch", "-q", "-c", "topic")
    made.write({"y": "topic\n"})
    made.commit("topic")
    made.git("switch", "-q", "main")
    made.write({"x": "3\n"})
    made.commit("3")
    return made


def resolved(repo: TestRepo, request: RangeRequest | None = None) -> CommitRange:
    return resolve_range(request or RangeRequest(), Repository(Git(repo.path, os.environ)))


def ids(repo: TestRepo, *names: str) -> tuple[str, ...]:
    return tuple(repo.git("rev-parse", name).decode().strip() for name in names)


def of(commits: CommitRange) -> tuple[str, str, Comparison]:
    return commits.base, commits.head, commits.comparison


def test_the_default_branch_is_compared_with_its_parent(repo: TestRepo) -> None:
    assert of(resolved(repo)) == (*ids(repo, "main~1", "main"), _TWO)


def test_a_topic_branch_is_compared_from_where_it_left(repo: TestRepo) -> None:
    repo.git("switch", "-q", "topic")
    found = resolved(repo)
    assert of(found) == (*ids(repo, "main", "topic"), _THREE)
    assert found.start == found.merge_base == ids(repo, "main~1")[0]


def test_a_branch_named_like_the_default_one_is_another(repo: TestRepo) -> None:
    repo.git("switch", "-q", "-c", "release/main", "topic")
    assert of(resolved(repo)) == (*ids(repo, "main", "topic"), _THREE)


def test_a_fresh_topic_branch_has_no_changes_yet(repo: TestRepo) -> None:
    repo.git("switch", "-q", "-c", "fresh", "main")
    found = resolved(repo)
    assert (found.start, found.head) == ids(repo, "main", "main")


@pytest.mark.parametrize("at", ["main", "main~1"])
def test_a_detached_commit_of_the_default_branch(repo: TestRepo, at: str) -> None:
    repo.git("switch", "-q", "--detach", at)
    assert of(resolved(repo)) == (*ids(repo, "HEAD~1", "HEAD"), _TWO)


def test_a_detached_commit_of_its_own(repo: TestRepo) -> None:
    repo.git("switch", "-q", "--detach", "topic")
    assert of(resolved(repo)) == (*ids(repo, "main", "topic"), _THREE)


def test_the_head_that_is_named_decides(repo: TestRepo) -> None:
    topic = resolved(repo, RangeRequest(head="topic"))
    assert of(topic) == (*ids(repo, "main", "topic"), _THREE)
    repo.git("switch", "-q", "topic")
    main = resolved(repo, RangeRequest(head="main"))
    assert of(main) == (*ids(repo, "main~1", "main"), _TWO)


def test_the_first_commit_is_compared_with_nothing(repo: TestRepo) -> None:
    repo.git("switch", "-q", "--detach", "main~2")
    found = resolved(repo)
    assert of(found) == ("4b825dc642cb6eb9a060e54bf8d69288fbee4904", ids(repo, "main~2")[0], _TWO)
    assert found.merge_base == ""


def test_the_first_commit_of_a_sha256_repository(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    TestRepo(tmp_path / "other").git(
        "-C", str(tmp_path / "repo"), "init", "-q", "--object-format=sha256"
    )
    made = TestRepo(tmp_path / "repo")
    made.write({"x": "1\n"})
    made.commit()
    found = resolved(made)
    assert (len(found.base), len(found.head)) == (64, 64)
    assert made.git("diff", "--name-only", found.base, found.head) == b"x\n"


def test_origins_head_is_the_default_branch(repo: TestRepo, tmp_path: Path) -> None:
    repo.git("branch", "trunk", "main~1")
    repo.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    place = tmp_path / "clone"
    repo.git("clone", "-q", str(repo.path), str(place))
    clone = TestRepo(place)
    assert of(resolved(clone)) == (*ids(clone, "trunk~1", "trunk"), _TWO)
    clone.git("switch", "-q", "topic")
    assert of(resolved(clone)) == (*ids(clone, "origin/trunk", "topic"), _THREE)


def test_a_local_branch_ahead_of_origin_is_the_default_branch(
    repo: TestRepo, tmp_path: Path
) -> None:
    place = tmp_path / "clone"
    repo.git("clone", "-q", str(repo.path), str(place))
    clone = TestRepo(place)
    clone.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    clone.write({"x": "4\n"})
    clone.commit("4")
    assert of(resolved(clone)) == (*ids(clone, "main~1", "main"), _TWO)


@pytest.mark.parametrize("name", ["master", "trunk"])
def test_other_names_of_the_default_branch(repo: TestRepo, name: str) -> None:
    repo.git("branch", "-q", "-m", "main", name)
    repo.git("switch", "-q", "topic")
    found = resolved(repo)
    if name == "master":
        assert of(found) == (*ids(repo, name, "topic"), _THREE)
    else:  # nobody can know: the last commit is meant
        assert of(found) == (*ids(repo, "topic~1", "topic"), _TWO)


@pytest.mark.parametrize("name", ["main", "v1", "refs/heads/main", "HEAD@{0}", "origin-tag"])
def test_branches_tags_and_ids_name_commits(repo: TestRepo, name: str) -> None:
    repo.git("tag", "v1")
    repo.git("tag", "-a", "-m", "annotated", "origin-tag")
    head, base = ids(repo, "main", "topic")
    for named in (name, head, head[:8], head.upper()):
        request = RangeRequest(base="topic", head=named, comparison=_TWO)
        assert of(resolved(repo, request)) == (base, head, _TWO)


def test_a_direct_range_knows_its_merge_base(repo: TestRepo) -> None:
    found = resolved(repo, RangeRequest(base="main", head="topic", comparison=_TWO))
    assert (found.start, found.merge_base) == ids(repo, "main", "main~1")


def test_unrelated_histories(repo: TestRepo) -> None:
    repo.git("switch", "-q", "--orphan", "other")
    repo.commit("other")
    request = RangeRequest(base="main", head="other", comparison=_TWO)
    assert resolved(repo, request).merge_base == ""
    with pytest.raises(UsageError, match="no common history"):
        resolved(repo, RangeRequest(base="main", head="other"))


def test_the_edge_of_a_shallow_clone_is_not_a_first_commit(repo: TestRepo, tmp_path: Path) -> None:
    place = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", str(place))
    with pytest.raises(EnvironmentFailure, match="is not in this repository") as caught:
        resolved(TestRepo(place))
    assert caught.value.cause == "the clone is shallow"


def test_the_web_address_comes_from_origin(repo: TestRepo) -> None:
    assert (resolved(repo).server, resolved(repo).repository) == ("https://github.com", "")
    repo.git("remote", "add", "origin", "git@ghe.example.com:octo/docs.git")
    found = resolved(repo)
    assert (found.server, found.repository) == ("https://ghe.example.com", "octo/docs")
