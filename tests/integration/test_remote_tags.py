"""The tag before a commit through the API is the one that git would name."""

from __future__ import annotations

import os
import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.github.api import previous_tags
from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.revisions import ApiRevisions
from diff_insight.model.ranges import RangeRequest
from diff_insight.sources.remote_source import RemotePlace, RemoteSource
from support.fake_github import FakeGitHub
from support.remotes import SLUG
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


def asked(fake: FakeGitHub, head: str) -> str | None:
    client = GitHubClient(ApiSettings(url=fake.api, pause=0), lambda seconds: None)
    try:
        return ApiRevisions(client, SLUG, "https://github.com").previous_tag(head)
    finally:
        client.close()


def before(repo: TestRepo, head: str) -> str | None:
    """The commit of the tag that a checkout names, with git's own commands."""
    tag = Repository(Git(repo.path, os.environ)).previous_tag(head)
    return repo.git("rev-parse", f"{tag}^{{commit}}").decode().strip() if tag else None


def graph(repo: TestRepo, seed: int, size: int) -> list[str]:
    """Commits at growing times with one or two parents, some of them tagged."""
    dice = random.Random(seed)  # noqa: S311 - shapes of histories
    repo.write({"a": "a"})
    repo.commit()
    tree = repo.git("rev-parse", "HEAD^{tree}").decode().strip()
    made: list[str] = []
    for number in range(size):
        parents = dice.sample(made[-6:], k=min(len(made), dice.choice((1, 1, 1, 2))))
        moment = f"{1_700_000_000 + 60 * number} +0000"
        people = {f"GIT_{who}_{what}": "ada" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        made.append(
            subprocess.run(
                ["git", "commit-tree", tree, "-m", str(number),
                 *(word for parent in parents for word in ("-p", parent))],
                cwd=repo.path, capture_output=True, text=True, check=True,
                env={**os.environ, **people, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
            ).stdout.strip()
        )  # fmt: skip
        if dice.random() < 0.15:
            options = ("-a", "-m", "told") if dice.random() < 0.5 else ()
            repo.git("tag", *options, f"v{number}", made[-1])
    repo.git("update-ref", "refs/heads/all", made[-1])
    for number, commit in enumerate(made):
        repo.git("update-ref", f"refs/heads/x{number}", commit)
    return made


def apart(repo: TestRepo, tag: str | None, head: str) -> int:
    if tag is None:
        return -1
    return int(repo.git("rev-list", "--count", f"{tag}..{head}"))


@pytest.mark.parametrize("seed", range(4))
def test_it_is_as_near_as_the_one_that_git_names(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(previous_tags, "_PAGE", 4)
    repo = TestRepo(tmp_path / "repo")
    made = graph(repo, seed, 30)
    fake.host(SLUG, repo)
    for head in made[::3]:
        ours, theirs = asked(fake, head), before(repo, head)
        assert apart(repo, ours, head) == apart(repo, theirs, head), (seed, ours, theirs)


def test_a_hotfix_of_an_old_line_that_was_merged_is_not_the_nearest(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a": "0"})
    repo.commit()
    repo.git("tag", "v1")
    repo.git("checkout", "-q", "-b", "old")
    repo.git("checkout", "-q", "main")
    for number in range(5):
        repo.write({"a": f"{number}"})
        repo.commit()
    repo.git("tag", "v2")
    repo.git("checkout", "-q", "old")
    repo.write({"fix": "1"})
    repo.commit()
    repo.git("tag", "v1.1")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "old")
    head = repo.git("rev-parse", "HEAD").decode().strip()
    fake.host(SLUG, repo)
    found = asked(fake, head)
    assert found == repo.git("rev-parse", "v2").decode().strip() == before(repo, head)


def released(repo: TestRepo, branch: str, tag: str) -> str:
    """Tag a commit on a branch of its own, off the main one; return it."""
    repo.git("checkout", "-q", "-b", branch, "main")
    repo.write({"fix": tag})
    repo.commit()
    repo.git("tag", tag)
    repo.git("checkout", "-q", "main")
    return repo.git("rev-parse", f"refs/tags/{tag}").decode().strip()


def more(repo: TestRepo, count: int = 2) -> None:
    for _ in range(count):
        repo.write({"a": f"{len(repo.git('rev-list', '--all').split())}"})
        repo.commit()


@pytest.mark.parametrize(
    ("earlier", "tag", "expected"),
    [
        (("v1.0.0",), "v1.1.0", "v1.0.0"),
        (("v1.9.0", "v1.10.0"), "v1.11.0", "v1.10.0"),
        (("v1.0.0", "v2.0.0"), "v1.0.1", "v1.0.0"),
        (("v1.0.0", "v1.1.0-rc.1"), "v1.1.0", "v1.0.0"),
        (("v1.1.0-rc.1", "v1.1.0-rc.2"), "v1.1.0-rc.10", "v1.1.0-rc.2"),
        (("web-v1.0.0", "api-v1.5.0"), "web-v2.0.0", "web-v1.0.0"),
        (("REL_16_9", "REL_16_10"), "REL_16_11", "REL_16_10"),
        (("api-v1.5.0",), "web-v2.0.0", None),
    ],
)
def test_a_release_on_a_branch_of_its_own_follows_the_version_before(
    fake: FakeGitHub, tmp_path: Path, earlier: tuple[str, ...], tag: str, expected: str | None
) -> None:
    repo = TestRepo(tmp_path / "repo")
    more(repo)
    for name in earlier:
        released(repo, f"of/{name}", name)
        more(repo)
    head = released(repo, "of/it", tag)
    fake.host(SLUG, repo)
    wanted = repo.git("rev-parse", f"refs/tags/{expected}").decode().strip() if expected else None
    place = RemotePlace(repository=SLUG, server=fake.url)
    source = RemoteSource(place, os.environ)
    try:
        if wanted is not None:
            found = source.resolve(RangeRequest(previous_tag=True, head=head))
            assert found.base == wanted
    finally:
        source.close()
    assert before(repo, head) == wanted
    assert asked(fake, head) == wanted


def test_a_version_that_shares_no_history_is_not_before(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    more(repo)
    repo.git("tag", "v1.0.0")
    repo.git("checkout", "-q", "--orphan", "new")
    more(repo)
    repo.git("tag", "v2.0.0")
    head = repo.git("rev-parse", "HEAD").decode().strip()
    fake.host(SLUG, repo)
    assert before(repo, head) is None
    assert asked(fake, head) is None


def test_it_gives_up_with_what_to_do(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a": "0"})
    repo.commit()
    repo.git("tag", "v0")
    repo.git("tag", "v1")
    for number in range(1, 4):
        repo.write({"a": f"{number}"})
        repo.commit()
    head = repo.git("rev-parse", "HEAD").decode().strip()
    fake.host(SLUG, repo)
    monkeypatch.setattr(previous_tags, "_PAGE", 1)
    for limit, cause in (("_MOST_COMMIT_PAGES", "last 1 commits"), ("_MOST_TAG_PAGES", "1 tags")):
        monkeypatch.setattr(previous_tags, limit, 1)
        with pytest.raises(EnvironmentFailure) as raised:
            asked(fake, head)
        assert cause in raised.value.cause
        assert "let git reach the server" in raised.value.cure


def test_no_tag_is_none(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a": "0"})
    head = repo.commit()
    repo.git("tag", "mine")
    fake.host(SLUG, repo)
    assert asked(fake, head) is None


NOW = 1_790_000_000
HOUR = 3600


@pytest.mark.parametrize(
    ("ages", "base"),
    [((100, 10, 2), 0), ((100, 10, 120, 2), 0), ((100, 120, 2), 1), ((10, 120, 2), None)],
)
def test_a_date_out_of_order_ends_no_period_through_the_api(
    fake: FakeGitHub, tmp_path: Path, ages: tuple[int, ...], base: int | None
) -> None:
    repo = TestRepo(tmp_path)
    stream = ""
    for age in ages:
        stream += f"commit refs/heads/main\ncommitter a <a@example.org> {NOW - age * HOUR} +0000\n"
        stream += f"data 1\nx\nM 100644 inline a.md\ndata 2\n{age % 10}\n\n"
    repo.git("fast-import", "--quiet", stdin=stream.encode())
    commits = repo.git("rev-list", "--reverse", "main").decode().split()
    fake.host(SLUG, repo)
    moment = datetime.fromtimestamp(NOW - 24 * HOUR, UTC)
    client = GitHubClient(ApiSettings(url=fake.api, pause=0), lambda seconds: None)
    found = ApiRevisions(client, SLUG, "https://github.com").before(commits[-1], moment)
    client.close()
    assert found == (None if base is None else commits[base])
