"""Reports as one pull request that is changed until it is merged, and never a second."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from support.branches import files_on, reports_in
from support.fake_github import FakeGitHub, Fault, Hosted
from support.followed import BRANCH, SOURCE, Followed, scheduled
from support.remotes import TOKEN
from support.step import Step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

HOUR = timedelta(hours=1)
PROPOSE = {"publish": "pull-request"}
STATE = ".diff-insight/state.json"


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path) -> Followed:
    made = Followed(fake, tmp_path / "theirs")
    made.change(72 * HOUR, {"docs/a.md": "# A\n\nOne.\n"})
    made.change(2 * HOUR, {"docs/a.md": "# A\n\nTwo.\n"})
    return made


def ok(done: Step) -> Step:
    assert done.code == 0, done.log
    return done


def reports(hosted: Hosted, branch: str) -> set[str]:
    paths = reports_in(files_on(hosted, branch))
    return {path for path in paths if path.endswith(".md") and "report" in path}


def merge(hosted: Hosted, *, squash: bool = False) -> None:
    """Merge the open pull request."""
    tree = hosted.git("rev-parse", f"{BRANCH}^{{tree}}").decode().strip()
    parents = ["-p", "main"] if squash else ["-p", "main", "-p", BRANCH]
    made = hosted.git(
        "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", tree, *parents, "-m", "merge"
    )
    hosted.git("update-ref", "refs/heads/main", made.decode().strip())
    hosted.opened[-1]["state"] = "closed"


def test_one_pull_request_takes_report_after_report(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    first = ok(scheduled(fake, tmp_path / "1", PROPOSE))
    assert first.outputs["pull-request-url"] == ours.opened[0]["html_url"]
    assert ours.opened[0]["title"] == first.outputs["headline"]
    assert ours.opened[0]["base"]["ref"] == "main"
    assert ours.git("merge-base", BRANCH, "main").strip() == ours.git("rev-parse", "main").strip()
    theirs.change(HOUR, {"docs/b.md": "# B\n"})
    second = ok(scheduled(fake, tmp_path / "2", PROPOSE))
    assert len(ours.opened) == 1
    assert ours.opened[0]["title"] == second.outputs["headline"] != first.outputs["headline"]
    assert len(reports(ours, BRANCH)) == 2
    assert reports(ours, "main") == {"README.md"} - {"README.md"}
    assert ours.forced == 0


@pytest.mark.parametrize("squash", [False, True])
def test_after_a_merge_the_next_one_holds_only_what_is_new(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path, *, squash: bool
) -> None:
    ok(scheduled(fake, tmp_path / "1", PROPOSE))
    merge(ours, squash=squash)
    quiet = ok(scheduled(fake, tmp_path / "quiet", PROPOSE))
    assert quiet.outputs["has-changes"] == "false"
    assert len(ours.opened) == 1
    before = ours.commit(BRANCH)
    head = theirs.change(HOUR, {"docs/b.md": "# B\n"})
    ok(scheduled(fake, tmp_path / "2", PROPOSE))
    assert [pull["state"] for pull in ours.opened] == ["closed", "open"]
    proposed = ours.git("diff", "--name-only", "main", BRANCH).decode().split()
    assert len([path for path in proposed if path.endswith(".md")]) == 1
    assert head in files_on(ours, BRANCH)[STATE].decode()
    # Nothing is overwritten: the old tip is an ancestor of the new one.
    assert ours.git("merge-base", before, BRANCH).decode().strip() == before


@pytest.mark.slow
def test_a_closed_proposal_is_proposed_again(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1", PROPOSE))
    ours.opened[0]["state"] = "closed"
    theirs.change(HOUR, {"docs/b.md": "# B\n"})
    ok(scheduled(fake, tmp_path / "2", PROPOSE))
    assert [pull["state"] for pull in ours.opened] == ["closed", "open"]
    documents = [
        json.loads(content)
        for path, content in files_on(ours, BRANCH).items()
        if path.endswith(".json") and path != STATE
    ]
    assert documents


def test_a_run_that_lost_its_answer_opens_no_second_one(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    fake.fail(Fault(path=r"/pulls$", after=True, drop=True, times=2))
    ok(scheduled(fake, tmp_path / "1", PROPOSE))
    assert len(ours.opened) == 1


@pytest.mark.slow
def test_what_has_to_be_allowed_is_named(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ours.no_pulls = "GitHub Actions is not permitted to create or approve pull requests."
    done = scheduled(fake, tmp_path / "1", {"publish": "summary, pull-request"})
    assert done.code == 1
    assert "Workflow permissions" in done.log
    assert done.summary
    ours.no_pulls = "Resource not accessible by integration"
    done = scheduled(fake, tmp_path / "2", {"publish": "summary, pull-request"})
    assert "pull-requests: write" in done.log
    ours.no_pulls = ""
    ok(scheduled(fake, tmp_path / "3", PROPOSE))
    assert len(ours.opened) == 1
    assert len(reports(ours, BRANCH)) == 1


def test_two_keepers_of_the_cursor_are_refused(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    done = scheduled(fake, tmp_path / "1", {"publish": "commit, pull-request"})
    assert done.code == 2
    assert not ours.opened


@pytest.mark.parametrize(("status", "times"), [(403, None), (403, 1), (401, None)])
def test_what_is_not_known_to_be_public_is_not_committed_either(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path, status: int, times: int | None
) -> None:
    assert theirs.hosted is not None
    ours.token = theirs.hosted.token = TOKEN  # one token opens both, as a personal one may
    theirs.hosted.private = True
    fake.fail(Fault(path=rf"^GET .*/repos/{SOURCE}$", status=status, times=times))
    done = scheduled(fake, tmp_path / "1", {"github-token": TOKEN})
    assert done.code == 1
    assert "allow-private-source" in done.log
    assert not ours.commit(BRANCH)


def test_a_source_that_everybody_sees_is_committed_also_when_the_token_does_not_see_it(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    fake.fail(Fault(path=rf"^GET .*/repos/{SOURCE}$", status=403, times=1))
    ok(scheduled(fake, tmp_path / "1"))
    assert ours.commit(BRANCH)


def test_a_private_source_is_not_committed_where_everybody_reads(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    assert theirs.hosted is not None
    theirs.hosted.private = True
    theirs.hosted.token = "a-token-for-the-source"
    inputs = {"source-token": "a-token-for-the-source"}
    done = scheduled(fake, tmp_path / "1", inputs)
    assert done.code == 1
    assert "allow-private-source" in done.log
    assert not ours.commit(BRANCH)
    assert done.summary
    ok(scheduled(fake, tmp_path / "2", {**inputs, "allow-private-source": "true"}))
    assert ours.commit(BRANCH)
    ours.private = True
    theirs.change(HOUR, {"docs/b.md": "# B\n"})
    ok(scheduled(fake, tmp_path / "3", inputs))


def test_a_renamed_repository_is_followed_under_its_new_name(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    ok(scheduled(fake, tmp_path / "1"))
    head = theirs.change(HOUR, {"docs/b.md": "# B\n"})
    fake.rename(SOURCE, "other/handbook")
    done = ok(scheduled(fake, tmp_path / "2"))
    assert "is called other/handbook now" in done.log
    assert done.outputs["head-sha"] == head
    assert "other/handbook/compare" in done.outputs["compare-url"]
