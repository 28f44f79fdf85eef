"""Commits that are large, refused or watched: parts, failures that leave the others, and secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from diff_insight.github.api.client import ApiFailure, ApiSettings, GitHubClient
from diff_insight.github.api.pacing import WritePace
from diff_insight.github.api.report_branch import GitHubBranch
from diff_insight.model.branches import BranchMovedError, BranchState
from support.branches import committed, files_on, step
from support.fake_github import FakeGitHub, Fault, Hosted
from support.followed import BRANCH, Followed, scheduled
from support.pulls import pages, push
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


@pytest.fixture
def hosted(fake: FakeGitHub, tmp_path: Path) -> Hosted:
    repo = TestRepo(tmp_path / "ours")
    repo.write({"README.md": "# Ours\n", "a/b/c.txt": "kept\n"})
    repo.commit()
    return fake.host(SLUG, repo)


@contextmanager
def branch(
    fake: FakeGitHub, name: str = BRANCH, limit: int = 1000, now: list[float] | None = None
) -> Iterator[GitHubBranch]:
    """A branch whose client waits on a clock that only its waits move."""
    now = now if now is not None else [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = WritePace(lambda: now[0], sleep)
    client = GitHubClient(ApiSettings(url=fake.api, token=TOKEN, pause=0), sleep, pace)
    try:
        yield GitHubBranch(client, SLUG, name, limit)
    finally:
        client.close()


def texts(count: int, size: int = 400) -> dict[str, bytes]:
    return {f"r/{number:03}.md": b"x" * size + b"%d\n" % number for number in range(count)}


@pytest.mark.parametrize("name", [BRANCH, "main"])
def test_a_large_commit_goes_in_parts_and_is_seen_whole(
    fake: FakeGitHub, hosted: Hosted, name: str
) -> None:
    tips = []
    fake.watch(lambda method, path, done: tips.append(hosted.commit(f"refs/heads/{name}")))
    with branch(fake, name) as place:
        state = place.read()
        made = place.commit(state, texts(10), "Many")
    assert len(fake.seen("/git/trees")) - bool(state.head) == 5
    assert len(set(tips)) == 2
    assert tips[-1] == made == hosted.commit(name)
    assert len(committed(hosted, name, "main" if name != "main" else "main~1")) == 1
    expected = texts(10) | (
        {"README.md": b"# Ours\n", "a/b/c.txt": b"kept\n"} if state.head else {}
    )
    assert files_on(hosted, name) == expected
    assert not fake.seen("/graphql")


@pytest.mark.slow
def test_a_backfill_of_200_reports_keeps_githubs_limits_on_writes(
    fake: FakeGitHub, hosted: Hosted
) -> None:
    now, sent = [0.0], list[float]()

    def watch(method: str, path: str, done: bool) -> None:  # noqa: FBT001 - the fake's signature
        if method != "GET" and not done:
            sent.append(now[0])

    fake.watch(watch)
    with branch(fake, now=now) as place:
        state = place.read()
        for number in range(200):
            files = {f"r/{number:03}.md": b"%d\n" % number}
            state = BranchState(head=place.commit(state, files, f"Report {number}"))
    assert len(files_on(hosted, BRANCH)) == 200
    # Three requests make the branch, one each of the other commits.
    assert len(sent) == 202
    for count, seconds in ((80, 60.0), (500, 3600.0)):
        for first, last in zip(sent, sent[count:], strict=False):
            assert last - first >= seconds - 1e-6
    assert sent[-1] < 210


def test_a_branch_with_many_files_is_listed_folder_by_folder(
    fake: FakeGitHub, hosted: Hosted
) -> None:
    hosted.tree_limit = 1
    with branch(fake, "main") as place:
        state = place.read()
        assert place.content(state, "a/b/c.txt") == b"kept\n"
        assert place.content(state, "a/b") is None
    assert set(state.files) == {"README.md", "a/b/c.txt"}


def test_every_way_to_write_sees_that_the_branch_has_moved(
    fake: FakeGitHub, hosted: Hosted
) -> None:
    with branch(fake, "main") as place, branch(fake) as new:
        old = place.read()
        place.commit(old, texts(1), "First")
        for count in (1, 10):
            with pytest.raises(BranchMovedError):
                place.commit(old, texts(count), "Late")
        new.commit(BranchState(), texts(1), "First")
        with pytest.raises(BranchMovedError):
            new.commit(BranchState(), texts(2), "Late")
    assert hosted.forced == 0


@pytest.mark.parametrize(
    ("message", "cure"),
    [
        ("Resource not accessible by integration", "contents: write"),
        ("Protected branch update failed", "rules of the branch"),
    ],
)
def test_refusals_of_the_graphql_api_are_told(
    fake: FakeGitHub, hosted: Hosted, message: str, cure: str
) -> None:
    fake.refuse_commits(message)
    with branch(fake, "main") as place, pytest.raises(ApiFailure) as caught:
        place.commit(place.read(), texts(1), "No")
    assert cure in caught.value.cure
    assert message in caught.value.cause


def test_a_summary_that_cannot_be_written_leaves_the_commit(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo)
    inputs = {"publish": "summary, commit"}
    environ = {"GITHUB_STEP_SUMMARY": str(tmp_path / "no" / "summary")}
    done = step(fake, tmp_path / "step", "push", push(base, head), inputs, environ)
    assert done.code == 1
    assert done.outputs["commit-sha"] == hosted.commit(BRANCH)
    assert "summary" in done.log


@pytest.mark.parametrize("path", ["/git/trees", "/git/ref/", "/git/commits$", "/git/refs"])
def test_a_commit_that_fails_leaves_the_summary(
    fake: FakeGitHub, tmp_path: Path, path: str
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo)
    fake.fail(Fault(path=path, status=403, message="No"))
    done = step(fake, tmp_path / "step", "push", push(base, head), {"publish": "commit, summary"})
    assert done.code == 1
    assert "commit has published nothing" in done.log
    assert "Old guide" in done.summary
    assert not hosted.commit(BRANCH)


SOURCE_TOKEN = "ghs_source_0987654321.abcdefghijklmnopqrstuvwxyz-_0987654321"


@pytest.mark.parametrize("way", ["api", "git", "pull-request"])
def test_secrets_are_in_no_log_output_file_url_or_commit(
    fake: FakeGitHub, hosted: Hosted, tmp_path: Path, way: str
) -> None:
    hosted.token = TOKEN
    theirs = Followed(fake, tmp_path / "theirs")
    theirs.change(timedelta(days=3), {"docs/a.md": "# A\n"})
    theirs.change(timedelta(hours=1), {"docs/a.md": "# A\n\nTwo.\n"})
    assert theirs.hosted is not None
    theirs.hosted.token, theirs.hosted.private = SOURCE_TOKEN, True
    place = tmp_path / "step"
    (place / "workspace/.github").mkdir(parents=True)
    method = "git" if way == "git" else "api"
    (place / "workspace/.github/diff-insight.yml").write_text(f"commit-method: {method}\n", "utf-8")
    inputs = {
        "source-token": SOURCE_TOKEN,
        "allow-private-source": "true",
        "publish": "summary, pull-request" if way == "pull-request" else "summary, commit",
    }
    done = scheduled(fake, place, inputs)
    assert done.code == 0, done.log
    assert hosted.commit(BRANCH)
    unmasked = "\n".join(line for line in done.log.splitlines() if "::add-mask::" not in line)
    texts = [unmasked, done.summary, json.dumps(dict(done.outputs))]
    texts += [f"{seen.path}?{seen.query} {seen.body!r}" for seen in fake.seen()]
    texts += [
        path.read_bytes().decode("utf-8", "replace") for path in place.rglob("*") if path.is_file()
    ]
    texts += [str(path) for path in place.rglob("*")]
    objects = hosted.git("cat-file", "--batch-all-objects", "--batch")
    texts += [objects.decode("utf-8", "replace"), json.dumps(hosted.opened)]
    for secret in (TOKEN, SOURCE_TOKEN):
        assert not [text for text in texts if secret in text]
    sent = [seen.headers.get("authorization", "") for seen in fake.seen(f"/{SLUG}")]
    assert not [header for header in sent if SOURCE_TOKEN in header]
