"""`categories: codeowners` gives each owner a report, by the file that nobody has only proposed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import Command
from support.fake_github import FakeGitHub
from support.pulls import pages, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.step import run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
_NAME, _CONFIG = ".github/diff-insight.yml", "categories: codeowners\n"


def test_the_command_reads_those_of_the_checkout_one_stands_in(
    command: Command, repo: TestRepo
) -> None:
    repo.write({"CODEOWNERS": "* @theirs\n"})
    repo.commit("owners of the compared repository")
    here = TestRepo(command.folder)
    here.write({_NAME: _CONFIG, ".github/CODEOWNERS": "*.md @octo/docs\ndata/ @octo/data\n"})
    ran = command(
        "report", "HEAD~2..HEAD", "--repo", str(repo.path), "--output", "{category}.md"
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.out.split() == ["octo-docs.md", "octo-data.md"]
    assert "1 in no category" in ran.err


def test_owners_that_are_nowhere(command: Command, repo: TestRepo) -> None:
    (command.folder / "c.yml").write_text("categories: codeowners\n")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--config", "c.yml")
    ran.refused(2, "finds no owner", ".github/CODEOWNERS", "as a mapping of names to paths")


def test_a_pull_request_does_not_choose_its_owners(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({_NAME: _CONFIG, "CODEOWNERS": "docs/ @octo/docs\n"})
    repo.commit("configuration")
    base, _ = pages(repo)
    repo.write({"CODEOWNERS": "docs/ @mallory\n"})
    head = repo.commit("proposed owners")
    fake.host(SLUG, repo, token=TOKEN)
    done = run_step(
        tmp_path / "step", event="pull_request", payload=pull(base, head),
        inputs={"github-token": TOKEN},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
        },
    )  # fmt: skip
    assert done.code == 0, done.log
    assert {each["category"] for each in json.loads(done.outputs["reports"])} == {"octo-docs"}
