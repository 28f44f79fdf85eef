"""Ranges of a repository read through GitHub's REST API, and the ladder of all sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.facts.extract import read_hunks
from diff_insight.git.diffing import DIFF_OPTIONS
from diff_insight.github.api.client import API_VERSION, ApiFailure, ApiSettings
from diff_insight.model.changes import Side
from diff_insight.model.ranges import RangeRequest
from diff_insight.sources import github_api
from diff_insight.sources.github_api import ApiPlace, GitHubApiSource
from diff_insight.sources.ladder import FirstWorkingSource
from diff_insight.sources.remote_source import RemotePlace, RemoteSource
from support.fake_github import FakeGitHub, Fault
from support.remotes import NOW, SLUG, TOKEN, between, by_path, many, rows
from support.repos import TestRepo
from support.truth import checkout, truth

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes."


class Sleeps(list[float]):
    """Remembers how long was waited, and does not wait."""


@contextmanager
def api(
    fake: FakeGitHub,
    *,
    token: str = "",
    fork: str = "",
    pull: int | None = None,
    sleeps: Sleeps | None = None,
    patience: float = 600.0,
) -> Iterator[GitHubApiSource]:
    """An API source over the fake."""
    place = ApiPlace(repository=SLUG, server=fake.url, fork=fork, pull=pull)
    settings = ApiSettings(url=fake.api, token=token, pause=0.0, patience=patience)
    waited = Sleeps() if sleeps is None else sleeps
    source = GitHubApiSource(place, settings, os.environ, waited.append, NOW)
    try:
        yield source
    finally:
        source.close()


def three(tmp_path: Path) -> tuple[TestRepo, str, str]:
    """A pull request of three files."""
    repo = TestRepo(tmp_path / "three")
    long = "".join(f"line {number}\n" for number in range(40))
    repo.write({"a.md": "one\r\ntwo\n", "old name.md": long, "gone.md": "gone\n"})
    base = repo.commit()
    (repo.path / "gone.md").unlink()
    (repo.path / "old name.md").rename(repo.path / 'new "name".md')
    repo.write({"a.md": "one\r\nthree", 'new "name".md': long + "more\n"})
    return repo, base, repo.commit()


def odd(tmp_path: Path) -> tuple[TestRepo, str, str]:
    """What the API's lists tell badly or not at all."""
    repo = TestRepo(tmp_path / "odd")
    repo.write(
        {"bin.dat": b"\0\1", "tool.sh": "#!/bin/sh\n", "kind": "file\n", "same.md": "s\n" * 9}
    )
    repo.write({"a.md": "one\n", "dir/file": "x\n"})
    base = repo.commit()
    for name in ("same.md", "kind", "dir/file"):
        (repo.path / name).unlink()
    (repo.path / "dir").rmdir()
    repo.write({"bin.dat": b"\0\2", "empty": "", "moved/same.md": "s\n" * 9, "a.md": "two\n"})
    repo.write({"dir": "now a file\n", "--- b.md": "-- x\n"})
    (repo.path / "kind").symlink_to("a.md")
    (repo.path / "tool.sh").chmod(0o755)
    repo.git("add", "-A")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{base},lib")
    repo.git("commit", "-q", "-m", "head")
    return repo, base, repo.git("rev-parse", "HEAD").decode().strip()


def test_three_files(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    with api(fake, token=TOKEN) as source:
        changes = source.diff(between(base, head))
        assert not fake.seen("/git/blobs/")
        assert source.read(Side.HEAD, b"a.md") == b"one\r\nthree"
        before = source.read(Side.BASE, b"old name.md")
        after = source.read(Side.HEAD, b'new "name".md')
        assert before is not None
        assert after == before + b"more\n"
        assert source.commit_time(head) == datetime(2025, 6, 12, 10, tzinfo=UTC)
        hunks = read_hunks(changes.files[0], changes.patches)
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    assert hunks[0].blocks[0].old_lines == ("two",)
    assert not hunks[0].new_final_newline
    assert changes.source == "api"
    assert changes.notices == ()
    sent = fake.seen()[0].headers
    assert sent["x-github-api-version"] == API_VERSION
    assert sent["authorization"] == f"token {TOKEN}"


def test_what_the_api_tells_badly(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = odd(tmp_path)
    fake.host(SLUG, repo)
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    modes = {change.path: (change.old_mode, change.new_mode) for change in changes.files}
    assert modes["tool.sh"] == ("100644", "100755")
    assert modes["lib"] == ("000000", "160000")
    assert not any(change.unreadable for change in changes.files)


@pytest.mark.slow
def test_a_push_of_350_files(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "many")
    base, head = many(repo, 350)
    fake.host(SLUG, repo)
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert len(fake.seen("/compare/")) == 1
    assert len(fake.seen("/git/blobs/")) == 2 * 50
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    assert len(changes.files) == 350


def test_a_pull_request_of_350_files(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "many")
    base, head = many(repo, 350)
    fake.host(SLUG, repo).pulls[7] = (base, head)
    with api(fake, pull=7) as source:
        changes = source.diff(between(base, head))
    assert len(fake.seen("/pulls/7/files")) == 8
    assert not fake.seen("/git/blobs/")
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def test_a_tree_too_large_for_one_listing(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = odd(tmp_path)
    fake.host(SLUG, repo).tree_limit = 4
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


@pytest.mark.parametrize("lost", ["patch", "counts"])
def test_a_missing_patch_is_made_from_both_versions(
    fake: FakeGitHub, tmp_path: Path, lost: str
) -> None:
    repo, base, head = three(tmp_path)
    hosted = fake.host(SLUG, repo)
    (hosted.lost_patches if lost == "patch" else hosted.zeroed).add("a.md")
    with api(fake) as source:
        changes = source.diff(between(base, head))
        hunks = read_hunks(changes.files[0], changes.patches)
    assert len(fake.seen("/git/blobs/")) == 2
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    assert hunks[0].blocks[0].new_lines == ("three",)


def test_what_cannot_be_had_is_unreadable(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo).lost_patches.add("a.md")
    fake.fail(Fault(path="/git/blobs/", status=403, message="This blob is too large"))
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert [(change.path, change.unreadable) for change in changes.files] == [
        ("a.md", "object-missing"), ("gone.md", ""), ('new "name".md', ""),
    ]  # fmt: skip


def test_without_trees_a_missing_patch_is_unreadable(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo).lost_patches.add("a.md")
    fake.fail(Fault(path="/git/trees/", status=404, message="Not Found"))
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert [change.unreadable for change in changes.files] == ["patch-missing", "", ""]
    assert [notice.params["rung"] for notice in changes.notices] == ["api-trees"]


def test_a_direct_range_of_commits_that_have_parted(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    repo.git("switch", "-q", "-c", "side", base)
    repo.write({"side.md": "side\n"})
    side = repo.commit()
    fake.host(SLUG, repo)
    with api(fake) as source:
        changes = source.diff(between(side, head))
        assert source.merge_base(side, head) == base
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, side, head))


def test_the_first_commit_of_a_history(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, _ = three(tmp_path)
    fake.host(SLUG, repo)
    with api(fake) as source:
        commits = source.resolve(RangeRequest(parent=True, head=base))
        changes = source.diff(commits)
    assert [change.status for change in changes.files] == ["added"] * 3


def test_a_fork(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host("guest/demo", repo)
    repo.git("reset", "-q", "--hard", base)
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    fake.host(SLUG, repo)
    with api(fake, fork="guest/demo") as source:
        changes = source.diff(between(base, head))
        assert source.read(Side.HEAD, b"a.md") == b"one\r\nthree"
    assert [change.path for change in changes.files] == ["a.md", "gone.md", 'new "name".md']
    assert not any(change.unreadable for change in changes.files)


def test_names(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    repo.git("branch", "feature/x", base)
    fake.host(SLUG, repo)
    with api(fake) as source:
        commits = source.resolve(RangeRequest(base="refs/heads/feature/x", head="main"))
        assert (commits.base, commits.merge_base, commits.head) == (base, base, head)
        with pytest.raises(UsageError, match="unknown revision 'nowhere'"):
            source.resolve(RangeRequest(base="nowhere", head="main"))


@pytest.mark.parametrize("status", [406, 500])
def test_a_comparison_that_fails(fake: FakeGitHub, tmp_path: Path, status: int) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    fake.fail(Fault(path="/compare/", status=status, message="too_large"))
    with api(fake) as source:
        changes = source.diff(between(base, head))
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    assert [(notice.key, notice.params["rung"]) for notice in changes.notices] == [
        ("rung-failed", "api-compare")
    ]


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Fault(path="/compare/", status=502, times=2), [1.0, 2.0]),
        (Fault(path="/compare/", drop=True, times=1), [1.0]),
        (Fault(path="/compare/", status=403, message=SECONDARY, times=2), [60.0, 120.0]),
        (Fault(path="/", status=429, message="x", headers={"Retry-After": "7"}, times=1), [7.0]),
        (
            Fault(
                path="/compare/", status=403, message="API rate limit exceeded", times=1,
                headers={
                    "X-RateLimit-Remaining": "0",
                    "X-RateLimit-Reset": "4102444800",
                    "Date": "Thu, 31 Dec 2099 23:59:30 GMT",
                },
            ),
            [31.0],
        ),
    ],
)  # fmt: skip
def test_failures_that_pass(
    fake: FakeGitHub, tmp_path: Path, fault: Fault, waits: list[float]
) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    fake.fail(fault)
    sleeps = Sleeps()
    with api(fake, sleeps=sleeps) as source:
        changes = source.diff(between(base, head))
    assert sleeps == waits
    assert changes.notices == ()
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def test_a_limit_that_does_not_pass(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    fake.fail(Fault(path="/", status=403, message=SECONDARY))
    sleeps = Sleeps()
    with (
        api(fake, sleeps=sleeps, patience=300, token=TOKEN) as source,
        pytest.raises(ApiFailure) as caught,
    ):
        source.diff(between(base, head))
    assert sum(sleeps) <= 300
    text = "\n".join(caught.value.lines())
    assert "the rate limit is reached" in text
    assert "run again" in text
    assert TOKEN not in text


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(path="/", status=401, message="Bad credentials"), ["token is not valid", "renew"]),
        (
            Fault(
                path="/", status=403, message="Resource not accessible by integration",
                headers={"X-Accepted-GitHub-Permissions": "contents=read"},
            ),
            ["not accessible", "contents: read"],
        ),
        (Fault(path="/", status=404, message="Not Found"), ["does not exist", "contents: read"]),
        (Fault(path="/", drop=True), ["cannot be reached", "https_proxy"]),
    ],
)  # fmt: skip
def test_refusals(fake: FakeGitHub, tmp_path: Path, fault: Fault, words: list[str]) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    fake.fail(fault)
    with api(fake, token=TOKEN) as source, pytest.raises(ApiFailure) as caught:
        source.diff(between(base, head))
    text = "\n".join(caught.value.lines())
    assert [word for word in words if word not in text] == []
    assert TOKEN not in text


def test_versions_are_read_up_to_a_limit(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    monkeypatch.setattr(github_api, "LARGEST_VERSION", 5)
    with api(fake) as source:
        source.diff(between(base, head))
        assert source.read(Side.BASE, b"gone.md") == b"gone\n"
        assert source.read(Side.BASE, b"a.md") is None
        assert source.read(Side.BASE, b"nowhere.md") is None


@contextmanager
def ladder(fake: FakeGitHub, path: Path) -> Iterator[FirstWorkingSource]:
    """All three sources."""
    place = RemotePlace(repository=SLUG, server=fake.url, timeout=60)
    with api(fake) as last:
        made = FirstWorkingSource(
            [
                ("checkout", checkout(path)),
                ("git", RemoteSource(place, os.environ, now=NOW)),
                ("api", last),
            ]
        )
        try:
            yield made
        finally:
            made.close()


def test_the_checkout_is_enough(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    with ladder(fake, repo.path) as source:
        changes = source.diff(source.resolve(RangeRequest(base=base, head=head)))
        assert source.read(Side.HEAD, b"a.md") == b"one\r\nthree"
        assert source.commit_time(head) is not None
    assert (changes.source, changes.notices, fake.seen()) == ("checkout", (), [])


def test_git_gives_what_a_shallow_checkout_lacks(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    with ladder(fake, tmp_path / "shallow") as source:
        changes = source.diff(source.resolve(RangeRequest(base=base, head=head)))
    assert changes.source == "remote"
    assert [notice.params["rung"] for notice in changes.notices] == ["checkout"]
    assert base in str(changes.notices[0].params["why"])
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def test_a_partial_clone_is_no_last_word(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    repo.git(
        "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repo.path}", str(partial)
    )
    with ladder(fake, partial) as source:
        changes = source.diff(source.resolve(RangeRequest(base=base, head=head)))
    assert changes.source == "remote"
    # Without contents git cannot tell what was renamed, so the checkout is no answer at all.
    assert [notice.key for notice in changes.notices] == ["rung-failed"]
    assert not any(change.unreadable for change in changes.files)


def test_the_api_gives_what_git_cannot(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "many")
    base, head = many(repo, 350)
    fake.host(SLUG, repo)
    fake.fail(Fault(path=r"\.git/", status=503))
    with ladder(fake, tmp_path) as source:
        changes = source.diff(source.resolve(RangeRequest(base=base, head=head)))
    assert changes.source == "api"
    assert [notice.params["rung"] for notice in changes.notices] == ["checkout", "git"]
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def test_no_source_at_all(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, base, head = three(tmp_path)
    fake.host(SLUG, repo)
    fake.fail(Fault(path="/", status=403, message=SECONDARY))
    with ladder(fake, tmp_path) as source, pytest.raises(EnvironmentFailure) as caught:
        source.diff(between(base, head))
    assert "checkout, git, api" in caught.value.what
    assert "rate limit" in caught.value.cause
    assert caught.value.exit_code == 1


def test_a_name_that_nobody_knows(fake: FakeGitHub, tmp_path: Path) -> None:
    repo, _, head = three(tmp_path)
    fake.host(SLUG, repo)
    with ladder(fake, repo.path) as source, pytest.raises(UsageError) as caught:
        source.resolve(RangeRequest(base="nowhere", head=head))
    assert "unknown revision 'nowhere'" in caught.value.cause
