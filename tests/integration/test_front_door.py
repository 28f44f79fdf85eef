"""The command reads repositories that nobody has checked out: by name, by address, by pull request."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command import Command
from support.fake_github import Conversation, FakeGitHub
from support.pulls import pages
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


@pytest.fixture
def hosted(fake: FakeGitHub, tmp_path: Path) -> TestRepo:
    """A repository with two releases and what came after them."""
    repo = TestRepo(tmp_path / "upstream")
    for number, tag in enumerate(("v1.0.0", "v1.1.0", "")):
        repo.write({"guide.md": f"# Guide\n\nText {number}.\n", f"new-{number}.md": "# New\n"})
        repo.commit(f"step {number}")
        if tag:
            repo.git("tag", tag)
    fake.host(SLUG, repo)
    return repo


@pytest.fixture
def environ(fake: FakeGitHub) -> dict[str, str]:
    """The environment of somebody who works with that server."""
    return {
        **os.environ,
        "GITHUB_SERVER_URL": fake.url,
        "GITHUB_API_URL": f"{fake.url}/api/v3",
        "GITHUB_TOKEN": TOKEN,
    }


@pytest.mark.parametrize(
    "place", ["{slug}", "{url}/{slug}", "{url}/{slug}.git", "{url}/{slug}/tree/main"]
)
def test_a_repository_by_name_or_address(
    command: Command, hosted: TestRepo, fake: FakeGitHub, environ: dict[str, str], place: str
) -> None:
    named = place.format(slug=SLUG, url=fake.url)
    ran = command("report", "v1.0.0..v1.1.0", "--repo", named, "--output", "-", environ=environ)
    assert ran.code == 0, ran.err
    assert "new-1.md" in ran.out
    assert "new-2.md" not in ran.out
    commits = [
        hosted.git("rev-parse", "--short=7", tag).decode().strip() for tag in ("v1.0.0", "v1.1.0")
    ]
    assert f"{SLUG}: v1.0.0 ({commits[0]}) to v1.1.0 ({commits[1]}): 2 files changed" in ran.err
    assert ran.files == []


def test_since_the_last_release(
    command: Command, hosted: TestRepo, environ: dict[str, str]
) -> None:
    ran = command(
        "report", "--repo", SLUG, "--since", "last-release", "--output", "-", environ=environ
    )
    assert ran.code == 0, ran.err
    assert "new-2.md" in ran.out
    assert "new-1.md" not in ran.out
    here = command("report", "--repo", str(hosted.path), "--since", "last-release", "--output", "-")
    assert "new-2.md" in here.out
    assert "new-1.md" not in here.out


def test_a_token_goes_to_its_own_server_only(
    command: Command, hosted: TestRepo, fake: FakeGitHub, environ: dict[str, str]
) -> None:
    elsewhere = {name: value for name, value in environ.items() if not name.startswith("GITHUB_")}
    elsewhere["GITHUB_TOKEN"] = TOKEN  # meant for github.com
    ran = command(
        "report",
        "v1.0.0..v1.1.0",
        "--repo",
        f"{fake.url}/{SLUG}",
        "--output",
        "-",
        environ=elsewhere,
    )
    assert ran.code == 0, ran.err
    assert not any("authorization" in seen.headers for seen in fake.seen())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("v1", "v2"), "v1..v2"),
        (("docs",), "--include docs"),
        (("--repo", "git@github.com:octo/demo.git"), "https://github.com/octo/demo"),
        (("--repo", "ftp://example.org/x/y"), "OWNER/NAME"),
        (("--since", "yesterday"), "7d"),
        (("--since", "7d", "--base", "main"), "one of them"),
        (("a..b", "--since", "7d"), "--since"),
        (("--locale", "jp"), "ja_JP"),
        (("--layout", "githup"), "perhaps you meant github"),
    ],
)
def test_what_is_mistyped_says_what_to_type(
    command: Command, repo: TestRepo, words: tuple[str, ...], said: str
) -> None:
    place = () if "--repo" in words else ("--repo", str(repo.path))
    command("report", *words, *place).refused(2, said)


def test_a_misspelt_command_is_recognised(command: Command) -> None:
    command("reprot").refused(2, "perhaps you meant report")


@pytest.mark.parametrize("typed", ["RANGE", "--repo"])
def test_a_pull_request_by_its_address(
    command: Command, fake: FakeGitHub, environ: dict[str, str], tmp_path: Path, typed: str
) -> None:
    repo = TestRepo(tmp_path / "upstream")
    base, head = pages(repo)
    fake.host(SLUG, repo)
    fake.converse(SLUG, 7, Conversation(head=head, base=base))
    address = f"{fake.url}/{SLUG}/pull/7"
    words = (address,) if typed == "RANGE" else ("--repo", address)
    ran = command("report", *words, "--output", "-", environ=environ)
    assert ran.code == 0, ran.err
    assert "docs/new.md" in ran.out
    assert f"{SLUG}: {base[:7]} to {head[:7]}: 3 files changed" in ran.err
    gone = command("report", f"{fake.url}/{SLUG}/pull/8", environ=environ)
    gone.refused(1, "there is no pull request 8", "GITHUB_TOKEN")
