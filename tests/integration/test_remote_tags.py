"""The tag before a commit through the API is the one that git would name."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api import previous_tags
from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.revisions import ApiRevisions
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


def described(repo: TestRepo, head: str) -> str | None:
    """What git says, on whose `describe` the sources with git stand."""
    own = repo.git("tag", "--points-at", head).decode().split()
    found = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", *(f"--exclude={name}" for name in own), head],
        cwd=repo.path, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return (
        repo.git("rev-parse", f"refs/tags/{found}^{{commit}}").decode().strip() if found else None
    )


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
        ours, theirs = asked(fake, head), described(repo, head)
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
    assert found == repo.git("rev-parse", "v2").decode().strip() == described(repo, head)


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
