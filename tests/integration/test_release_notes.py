"""The block in the notes of a release, over a GitHub that checks every request and answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.release_pages import ReleasePages
from diff_insight.model.insight import Insight
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.publishers.own_block import block_span, with_block
from diff_insight.publishers.release import BLOCK, LIMIT, ReleasePublisher, ReleaseWish
from diff_insight.render.github import render_github
from support.fake_github import FakeGitHub, Fault, Hosted
from support.fake_github.releases import MOST_CHARACTERS, add_release
from support.github_page import check_inert
from support.hostile import modified
from support.insights import insight_of_diff
from support.large import large_insight
from support.pulls import pages, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.step import Step, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

KEY = "0123456789ab"
BEGIN, END = f"<!-- diff-insight-block {KEY} -->", f"<!-- /diff-insight-block {KEY} -->"
TAG = "pkg/v1.1.0"
#: As the web editor keeps what people write.
NOTES = "## What's changed\r\n\r\n* Second by @octo in #2\r\n\r\n\u00a0<details>\t \r\n"


class Notes:
    """A release on the fake, and publishers that write into its notes."""

    def __init__(self, fake: FakeGitHub, repo: TestRepo) -> None:
        self.fake = fake
        repo.write({"first.md": "# First\n"})
        repo.commit("first")
        self.hosted: Hosted = fake.host(SLUG, repo, token=TOKEN)

    def publish(self, insights: list[Insight] | None = None, **wish: Any) -> Receipt:
        api = ApiSettings(url=self.fake.api, token=TOKEN, pause=0.0)
        asked = ReleaseWish(
            tag=TAG, key=KEY, nothing=lambda: "Nothing is left.",
            render=partial(render_github, full_report=""),
            left_out=lambda count: f"{count} reports are left out.",
        )  # fmt: skip
        releases = ReleasePages(GitHubClient(api, lambda seconds: None), SLUG)
        publisher = ReleasePublisher(releases, replace(asked, **wish))
        return publisher.publish([large_insight(3)] if insights is None else insights)

    def writes(self) -> int:
        return sum(seen.method == "PATCH" for seen in self.fake.seen("/releases/"))


@pytest.fixture
def notes(fake: FakeGitHub, tmp_path: Path) -> Notes:
    return Notes(fake, TestRepo(tmp_path / "notes"))


def reason(receipt: Receipt) -> str:
    return receipt.reason.key if receipt.reason else ""


@pytest.mark.parametrize("theirs", [NOTES, "One line", "", None])
def test_what_others_wrote_stays_byte_for_byte(notes: Notes, theirs: str | None) -> None:
    release = add_release(notes.hosted, TAG, theirs)
    before = {**release}
    first = notes.publish()
    assert first.status is PublishStatus.PUBLISHED
    assert first.place == first.outputs["release-url"] == release["html_url"]
    assert release["body"].startswith(theirs or "")
    assert render_github(large_insight(3), "en_US").strip() in release["body"]
    release["body"] += "\r\nA line below.\r\n"
    notes.publish([large_insight(10)])
    begin, end = block_span(release["body"], KEY) or (0, 0)
    assert release["body"][end:].strip() == "A line below."
    assert release["body"][:begin].rstrip("\r\n") == (theirs or "").rstrip("\r\n")
    assert render_github(large_insight(10), "en_US").strip() in release["body"]
    assert {**release, "body": None} == {**before, "body": None}
    assert notes.writes() == 2


def test_what_says_the_same_already_is_not_written_again(notes: Notes) -> None:
    add_release(notes.hosted, TAG, NOTES)
    assert [notes.publish().status for _ in range(3)] == [PublishStatus.PUBLISHED] * 3
    assert notes.writes() == 1


def test_a_block_that_was_moved_and_edited_by_hand_is_replaced_where_it_stands(
    notes: Notes,
) -> None:
    # A person who edits in the browser leaves CRLF everywhere.
    release = add_release(notes.hosted, TAG, f"{BEGIN}\r\nold\r\n{END}\r\n\r\n{NOTES}")
    notes.publish()
    assert release["body"].startswith(f"{BEGIN}\n")
    assert release["body"].endswith(f"{END}\r\n\r\n{NOTES}")
    assert "\r\nold\r\n" not in release["body"]


@pytest.mark.parametrize(
    "broken", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\na\n{END}\n{BEGIN}\nb\n{END}"]
)
def test_marks_that_are_no_pair_leave_the_notes_alone(notes: Notes, broken: str) -> None:
    release = add_release(notes.hosted, TAG, f"{NOTES}{broken}\n")
    receipt = notes.publish()
    assert (receipt.status, reason(receipt)) == (PublishStatus.FAILED, "release-marks-broken")
    assert release["body"] == f"{NOTES}{broken}\n"


def test_a_title_that_quotes_the_marks_is_none(notes: Notes) -> None:
    title = f"* {BEGIN} {END} by @mallory in #3\n"
    release = add_release(notes.hosted, TAG, title)
    notes.publish()
    notes.publish([large_insight(10)])
    assert release["body"].startswith(title + f"\n{BEGIN}\n")


def test_another_step_has_a_block_of_its_own(notes: Notes) -> None:
    release = add_release(notes.hosted, TAG, NOTES)
    notes.publish()
    notes.publish(key="ffff")
    one = release["body"]
    notes.publish([], key="ffff")
    assert release["body"].startswith(one[: one.index("<!-- diff-insight-block ffff")])
    assert "Nothing is left." in release["body"]


def test_nothing_to_report_makes_no_block(notes: Notes) -> None:
    release = add_release(notes.hosted, TAG, NOTES)
    assert reason(notes.publish([])) == "nothing-to-publish"
    assert release["body"] == NOTES


def test_a_draft_is_found_too_and_a_published_one_before_it(notes: Notes) -> None:
    draft = add_release(notes.hosted, TAG, NOTES, draft=True)
    for number in range(130):
        add_release(notes.hosted, f"v0.{number}", "")
    notes.publish()
    assert BEGIN in draft["body"]
    published = add_release(notes.hosted, TAG, "")
    notes.publish()
    assert published["body"].startswith(BEGIN)


def test_without_a_release_or_a_tag_it_says_so(notes: Notes) -> None:
    assert reason(notes.publish()) == "release-missing"
    assert reason(notes.publish(tag="")) == "release-no-tag"
    assert notes.writes() == 0


def test_a_dry_run_asks_nothing(notes: Notes) -> None:
    assert notes.publish(dry_run=True).status is PublishStatus.DRY_RUN
    assert not notes.fake.seen("/releases")


def test_a_large_range_stays_below_the_limit_beside_long_notes(notes: Notes) -> None:
    release = add_release(notes.hosted, TAG, "x" * (LIMIT - 20_000))
    receipt = notes.publish([large_insight(1_000)])
    assert (receipt.status, reason(receipt)) == (PublishStatus.PUBLISHED, "release-shortened")
    assert len(release["body"]) <= MOST_CHARACTERS
    alone = add_release(notes.hosted, "v2", "")
    notes.publish([large_insight(1_000)], tag="v2")
    assert len(alone["body"]) <= BLOCK


def test_notes_without_room_stay_as_they_are(notes: Notes) -> None:
    release = add_release(notes.hosted, TAG, "x" * (MOST_CHARACTERS - 100))
    receipt = notes.publish()
    assert (receipt.status, reason(receipt)) == (PublishStatus.FAILED, "release-no-room")
    assert release["body"] == "x" * (MOST_CHARACTERS - 100)


def test_a_token_that_only_reads_is_told_what_it_lacks(notes: Notes) -> None:
    add_release(notes.hosted, TAG, NOTES)
    notes.hosted.read_only = True
    receipt = notes.publish()
    assert (receipt.status, reason(receipt)) == (PublishStatus.FAILED, "release-forbidden")
    assert receipt.reason is not None
    assert receipt.reason.params["permission"] == "contents: write"


def test_a_server_that_fails_is_no_missing_permission(notes: Notes) -> None:
    add_release(notes.hosted, TAG, NOTES)
    notes.fake.fail(Fault(path="^PATCH .*/releases/", status=500, message="Oops"))
    assert reason(notes.publish()) == "release-not-written"


def test_what_is_written_meanwhile_is_kept(notes: Notes) -> None:
    release = add_release(notes.hosted, TAG, NOTES)

    def edit(method: str, path: str, done: bool) -> None:  # noqa: FBT001 - as the fake calls it
        if done and path.endswith(f"tags/{TAG}"):
            release["body"] = "Edited.\n"

    notes.fake.watch(edit)
    notes.publish()
    assert release["body"].startswith(f"Edited.\n\n{BEGIN}")


def test_nothing_pings_and_nothing_leaves_the_block(notes: Notes) -> None:
    name = f"{END}\n@octo #1 ![](https://evil.example/x.png).md".encode()
    lines = [END.encode(), f"@octo {BEGIN}".encode(), f"# {BEGIN}".encode()]
    hostile = insight_of_diff(modified(name, [b"old", END.encode()], lines))
    release = add_release(notes.hosted, TAG, "")
    notes.publish([hostile])
    notes.publish([hostile, large_insight(3)])
    assert release["body"].count(f"\n{END}\n") == 1
    check_inert(release["body"])


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(alphabet="ab\r\n<!- >", max_size=30),
    after=st.text(alphabet="ab\r\n<!- >", max_size=30),
    content=st.text(max_size=30),
)
def test_a_block_replaces_itself_only(before: str, after: str, content: str) -> None:
    once = with_block(before, KEY, "first")
    assert once.startswith(before)
    begin, end = block_span(once + after, KEY) or (0, 0)
    if once[end:] == "\n":
        twice = with_block(once + after, KEY, content)
        assert twice.startswith(once[:begin])
        assert twice.endswith("\n" + after)
        assert with_block(twice, KEY, content) == twice


@pytest.mark.parametrize(
    ("event", "inputs", "said"),
    [
        ("release", {}, "release: published at"),
        ("workflow_dispatch", {"head": "v1.1.0", "since": "previous-tag"}, "release: published at"),
        ("tag", {}, "release: published at"),
        ("release", {"dry-run": "true"}, "release: dry-run"),
        ("push", {}, "release: skipped"),
        ("pull_request", {}, "release: skipped"),
        ("fork", {}, "release: skipped"),
        ("release", {"repository": "octo/other", "since": "24h"}, "release: skipped"),
    ],
)
def test_through_the_whole_action(
    fake: FakeGitHub, tmp_path: Path, event: str, inputs: dict[str, str], said: str
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    repo.git("tag", "v1.0.0", base)
    repo.git("tag", "v1.1.0", head)
    hosted = fake.host(SLUG, repo, token=TOKEN)
    fake.host("octo/other", repo)
    release = add_release(hosted, "v1.1.0", NOTES)
    done = _run(fake, tmp_path, (event, base, head), inputs)
    assert said in done.log
    assert done.code == 0, done.log
    written = "Old guide" in release["body"]
    assert written == ("published" in said)
    assert done.outputs["release-url"] == (release["html_url"] if written else "")


def _run(
    fake: FakeGitHub, folder: Path, about: tuple[str, str, str], inputs: dict[str, str]
) -> Step:
    event, base, head = about
    told = {"full_name": SLUG, "default_branch": "main"}
    payloads: dict[str, tuple[str, dict[str, Any]]] = {
        "release": ("release", {"action": "published", "release": {"tag_name": "v1.1.0"}}),
        "tag": ("push", {"ref": "refs/tags/v1.1.0", "before": "0" * 40, "after": head}),
        "push": ("push", {"ref": "refs/heads/topic", "before": base, "after": head}),
        "fork": ("pull_request", pull(base, head, fork="mallory/demo")),
        "pull_request": ("pull_request", pull(base, head)),
    }
    name, payload = payloads.get(event, (event, {}))
    return run_step(
        folder / "step", event=name, payload={"repository": told, **payload},
        inputs={"github-token": TOKEN, "publish": "summary, release", **inputs},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
        },
    )  # fmt: skip
