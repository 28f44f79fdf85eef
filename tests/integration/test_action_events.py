"""Every event that the contract names, and every bad day of the API, through the whole action."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.fake_github import FakeGitHub, Fault
from support.pulls import pages, pull, push
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

REPOSITORY = {"full_name": SLUG, "default_branch": "main"}
GIT_IS_AWAY = Fault(path=r"\.git/", status=403)
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes."


def step(
    fake: FakeGitHub, folder: Path, event: str, payload: Mapping[str, object], sha: str = ""
) -> Step:
    return run_step(
        folder / "step",
        event=event,
        payload=payload,
        inputs={"github-token": TOKEN},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": sha,
        },
    )  # fmt: skip


def document(done: Step) -> dict[str, object]:
    place = json.loads(done.outputs["reports"])[0]["insight"]
    found: dict[str, object] = json.loads((done.workspace / place).read_text("utf-8"))
    return found


def notices(done: Step) -> str:
    return "\n".join(found.data for found in commands_in(done.log) if found.name == "notice")


def test_a_merge_group(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    payload = {
        "action": "checks_requested",
        "repository": REPOSITORY,
        "merge_group": {
            "base_sha": base, "head_sha": head, "base_ref": "refs/heads/main",
            "head_ref": "refs/heads/gh-readonly-queue/main/pr-7-1",
        },
    }  # fmt: skip
    done = step(fake, tmp_path, "merge_group", payload, head)
    assert done.code == 0, done.log
    assert (done.outputs["base-sha"], done.outputs["head-sha"]) == (base, head)
    assert done.outputs["changed-files"] == "3"
    assert "Old guide" in done.summary


def released(repo: TestRepo) -> dict[str, str]:
    """A history with two releases; between them one file changed, before them another."""
    repo.write({"first.md": "# First\n"})
    first = repo.commit("first")
    repo.git("tag", "v1.0.0")
    repo.write({"second.md": "# Second\n"})
    second = repo.commit("second")
    repo.git("tag", "-a", "-m", "notes", "v1.1.0")
    repo.write({"third.md": "# Third\n"})
    repo.commit("third")
    return {"v1.0.0": first, "v1.1.0": second}


def release(tag: str) -> dict[str, object]:
    return {
        "action": "published",
        "repository": REPOSITORY,
        "release": {"tag_name": tag, "target_commitish": "main", "draft": False},
    }


def test_a_release_against_the_tag_before(fake: FakeGitHub, tmp_path: Path) -> None:
    commits = released(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    done = step(fake, tmp_path, "release", release("v1.1.0"), commits["v1.1.0"])
    assert done.code == 0, done.log
    assert (done.outputs["base-sha"], done.outputs["head-sha"]) == (
        commits["v1.0.0"], commits["v1.1.0"],
    )  # fmt: skip
    assert done.outputs["changed-files"] == "1"


def test_the_first_release_says_that_no_tag_is_before_it(fake: FakeGitHub, tmp_path: Path) -> None:
    commits = released(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    done = step(fake, tmp_path, "release", release("v1.0.0"), commits["v1.0.0"])
    assert done.code == 0, done.log
    assert done.outputs["head-sha"] == commits["v1.0.0"]
    assert "v1.0.0" in notices(done)


def test_a_pull_request_of_a_fork_with_a_token_that_only_reads(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    upstream = TestRepo(tmp_path / "upstream")
    upstream.git("fetch", "-q", str(repo.path), base)
    upstream.git("reset", "-q", "--hard", base)
    fake.host(SLUG, upstream, token=TOKEN)
    fake.host("stranger/demo", repo, token=TOKEN)
    done = step(fake, tmp_path, "pull_request", pull(base, head, fork="stranger/demo"), base)
    assert done.code == 0, done.log
    assert done.outputs["changed-files"] == "3"
    assert "Old guide" in done.summary
    assert {seen.method for seen in fake.seen()} <= {"GET", "POST"}
    assert all(
        seen.path.endswith("git-upload-pack") for seen in fake.seen() if seen.method == "POST"
    )


def test_a_patch_that_the_api_leaves_out(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = fake.host(SLUG, repo, token=TOKEN)
    hosted.lost_patches.add("docs/kept.md")
    fake.fail(GIT_IS_AWAY)
    done = step(fake, tmp_path, "pull_request", pull(base, head))
    assert done.code == 0, done.log
    assert done.outputs["complete"] == "true"
    files = document(done)["files"]
    assert isinstance(files, list)
    (kept,) = (file for file in files if file["path"] == "docs/kept.md")
    assert "+Two." in kept["patch"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path=r"/compare/", status=406, message="Sorry, this diff is taking too long"),
        Fault(path=r"/compare/", status=502, times=1),
        Fault(path=r"/compare/", status=403, message=SECONDARY, headers={"retry-after": "1"}, times=1),
        Fault(path=r"/compare/", status=429, message=SECONDARY, headers={"retry-after": "1"}, times=1),
    ],
    ids=["406", "502", "403-secondary", "429-secondary"],
)  # fmt: skip
def test_what_passes_or_has_another_way_costs_no_file(
    fake: FakeGitHub, tmp_path: Path, fault: Fault
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    fake.fail(GIT_IS_AWAY)
    fake.fail(fault)
    done = step(fake, tmp_path, "push", push(base, head), head)
    assert done.code == 0, done.log
    assert done.outputs["changed-files"] == "3"
    assert done.outputs["complete"] == "true"


def test_a_limit_that_outlasts_our_patience_publishes_nothing(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    fake.fail(GIT_IS_AWAY)
    fake.fail(Fault(path="/repos/", status=403, message=SECONDARY, headers={"retry-after": "9999"}))
    done = step(fake, tmp_path, "push", push(base, head), head)
    assert done.code == 1
    assert done.summary == ""
    assert done.outputs == {}
    assert not list(done.workspace.rglob("*"))
    (error,) = (found for found in commands_in(done.log) if found.name == "error")
    assert "rate limit" in error.data
