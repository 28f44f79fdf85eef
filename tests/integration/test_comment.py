"""The one comment of a pull request, over a GitHub that checks every request and answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from diff_insight.github.api.client import ApiFailure, ApiSettings, GitHubClient
from diff_insight.github.api.conversation import PullConversation
from diff_insight.markup.text_size import utf16_units
from diff_insight.model.insight import Insight
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.model.web_links import WebRepository
from diff_insight.publishers.comment import (
    LIMIT,
    CommentPublisher,
    CommentTexts,
    CommentWish,
    worth_a_comment,
)
from diff_insight.publishers.own_comment import mark
from diff_insight.render.comment_news import render_news
from diff_insight.render.environment import speaker
from diff_insight.render.github import render_github
from diff_insight.report.account import PushNews
from support.fake_github import Conversation, FakeGitHub, Fault
from support.fake_github.conversation import APP, MOST_BYTES, Note
from support.github_page import check_inert
from support.hostile import modified
from support.insights import insight_of_diff
from support.large import large_insight
from support.remotes import SLUG, TOKEN

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

KEY = "0123456789ab"
HEAD, OLD = "b" * 40, "a" * 40
PLACE = "https://github.com/octo/demo/actions/runs/1/artifacts/2"
WISH = CommentWish(key=KEY, head=HEAD, mode="always")


class Pull:
    """A pull request on the fake, and publishers that write to it."""

    def __init__(self, fake: FakeGitHub) -> None:
        self.fake = fake
        self.state = fake.converse(SLUG, 7, Conversation(head=HEAD, base=OLD))
        self.waits: list[float] = []

    def conversation(self) -> PullConversation:
        settings = ApiSettings(url=self.fake.api, token=TOKEN, pause=0.0)
        return PullConversation(GitHubClient(settings, self.waits.append), SLUG, 7)

    def publish(self, insights: list[Insight] | None = None, wish: CommentWish = WISH) -> Receipt:
        texts = CommentTexts(
            render=partial(render_github, full_report=PLACE),
            nothing=lambda: "Nothing is left.",
            left_out=lambda count: f"{count} reports are left out.",
            news=_news,
        )
        publisher = CommentPublisher(self.conversation(), texts, wish)
        return publisher.publish([large_insight(3)] if insights is None else insights)

    def ours(self) -> list[Note]:
        return [note for note in self.state.notes if note.body.startswith("<!-- diff-insight")]

    def writes(self) -> list[str]:
        return [seen.method for seen in self.fake.seen("/issues/") if seen.method != "GET"]


@pytest.fixture
def pull(fake: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pull]:
    # PyGithub leaves a second between two writes, which is for GitHub and not for tests.
    monkeypatch.setattr("github.Requester.time.sleep", lambda seconds: None)
    return Pull(fake)  # type: ignore[return-value]


def reason(receipt: Receipt) -> str:
    return receipt.reason.key if receipt.reason else ""


def test_the_first_comment_is_made_and_then_kept_up_to_date(pull: Pull) -> None:
    first = pull.publish([large_insight(3)])
    assert first.status is PublishStatus.PUBLISHED
    assert (
        first.place
        == first.outputs["comment-url"]
        == f"{pull.fake.url}/{SLUG}/pull/7#issuecomment-1"
    )
    second = pull.publish([large_insight(10)])
    assert second.place == first.place
    (note,) = pull.state.notes
    assert note.body.startswith(mark(KEY, HEAD))
    assert render_github(large_insight(10), "en_US").strip() in note.body
    assert pull.writes() == ["POST", "PATCH"]


def test_what_says_the_same_already_is_not_written_again(pull: Pull) -> None:
    pull.publish()
    pull.publish()
    assert pull.writes() == ["POST"]


def test_among_a_thousand_comments_there_is_still_one_of_ours(pull: Pull) -> None:
    for number in range(1_000):
        pull.state.add(f"Comment {number}", f"person-{number % 7}")
    pull.publish()
    for number in range(400):
        pull.state.add(f"Later {number}", "someone")
    pull.state.hidden = {5, 150, 1_150}  # pages are then shorter than asked for
    pull.publish([large_insight(10)])
    assert len(pull.ours()) == 1
    assert len(pull.state.notes) == 1_401


@pytest.mark.parametrize("viewer", [APP, "github-actions", None])
def test_a_copied_mark_is_not_ours(pull: Pull, viewer: str | None) -> None:
    pull.state.viewer = viewer
    forged = pull.state.add(mark(KEY, HEAD) + "Forged.", "mallory")
    quoted = pull.state.add(f"> {mark(KEY, HEAD)}Quoted.")
    pull.publish()
    assert (forged.body, quoted.body) == (
        mark(KEY, HEAD) + "Forged.",
        f"> {mark(KEY, HEAD)}Quoted.",
    )
    assert len(pull.state.notes) == 3
    pull.publish([large_insight(10)])
    assert len(pull.state.notes) == 3


def test_another_app_with_our_mark_is_not_ours_when_we_know_who_we_are(pull: Pull) -> None:
    pull.state.add(mark(KEY, HEAD) + "Theirs.", "other-app[bot]")
    pull.publish()
    assert [note.author for note in pull.ours()] == ["other-app[bot]", APP]


def test_a_person_with_the_name_of_our_app_is_not_ours(pull: Pull) -> None:
    pull.state.add(mark(KEY, HEAD) + "Theirs.", "github-actions")
    pull.publish()
    assert len(pull.ours()) == 2


def test_another_step_has_another_comment(pull: Pull) -> None:
    pull.publish()
    pull.publish(wish=replace(WISH, key="ba9876543210"))
    assert len(pull.ours()) == 2


def test_of_two_that_were_made_at_once_the_older_stays_with_the_new_text(pull: Pull) -> None:
    # The other run makes its comment after we have looked and before we make ours.
    conversation = pull.conversation()
    made = conversation.create

    def both(body: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
        pull.state.add(mark(KEY, HEAD) + "The other run's.")
        return made(body)

    conversation.create = both  # type: ignore[method-assign]
    texts = CommentTexts(render_github, lambda: "", str)
    CommentPublisher(conversation, texts, WISH).publish([large_insight(3)])
    (note,) = pull.ours()
    assert note.id == 1
    assert "The other run's." not in note.body


def test_duplicates_of_earlier_races_are_taken_away(pull: Pull) -> None:
    for _ in range(3):
        pull.state.add(mark(KEY, OLD) + "Old.")
    pull.publish()
    assert [note.id for note in pull.ours()] == [1]


def test_nothing_is_deleted_while_we_do_not_know_who_we_are(pull: Pull) -> None:
    pull.state.viewer = None
    for _ in range(2):
        pull.state.add(mark(KEY, OLD) + "Old.")
    pull.publish()
    assert len(pull.ours()) == 2
    assert "DELETE" not in pull.writes()


def test_an_older_run_leaves_the_report_about_the_newest_commit(pull: Pull) -> None:
    pull.publish()
    before = pull.ours()[0].body
    receipt = pull.publish([large_insight(10)], replace(WISH, head=OLD))
    assert (receipt.status, reason(receipt)) == (PublishStatus.SKIPPED, "comment-newer")
    assert pull.ours()[0].body == before


def test_an_older_run_writes_when_nobody_else_did(pull: Pull) -> None:
    receipt = pull.publish(wish=replace(WISH, head=OLD))
    assert receipt.status is PublishStatus.PUBLISHED


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"state": "closed"}, "comment-closed"), ({"locked": True}, "comment-locked")],
)
def test_closed_and_locked_conversations_are_left_alone(
    pull: Pull, change: dict[str, object], expected: str
) -> None:
    for name, value in change.items():
        setattr(pull.state, name, value)
    receipt = pull.publish()
    assert (receipt.status, reason(receipt)) == (PublishStatus.SKIPPED, expected)
    assert pull.writes() == []


def test_a_conversation_that_is_locked_meanwhile_is_left_alone(pull: Pull) -> None:
    message = "Unable to create comment because issue is locked."
    pull.fake.fail(Fault(path="POST .*comments", status=403, message=message))
    assert reason(pull.publish()) == "comment-locked"


def test_a_fork_without_permission_is_skipped_and_others_are_told_the_permission(
    pull: Pull,
) -> None:
    pull.state.writable = False
    fork = pull.publish(wish=replace(WISH, read_only=True))
    assert (fork.status, reason(fork)) == (PublishStatus.SKIPPED, "comment-read-only")
    own = pull.publish()
    assert (own.status, reason(own)) == (PublishStatus.FAILED, "comment-forbidden")
    assert own.reason is not None
    assert own.reason.params["permission"] == "pull-requests: write"


def test_a_token_that_may_not_even_read_is_told_the_permission(pull: Pull) -> None:
    pull.fake.fail(Fault(path="GET .*/pulls/7", status=404, message="Not Found"))
    assert reason(pull.publish()) == "comment-forbidden"


SECONDARY = "You have exceeded a secondary rate limit."


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Fault(path="POST", status=403, message=SECONDARY, times=1), [60.0]),
        (Fault(path="POST", status=429, headers={"Retry-After": "7"}, times=2), [7.0, 7.0]),
        (Fault(path="GET .*comments", status=502, times=1), [1.0]),
    ],
)
def test_limits_are_waited_for(pull: Pull, fault: Fault, waits: list[float]) -> None:
    if fault.path == "POST":
        fault.path = "POST .*comments"
    pull.fake.fail(fault)
    assert pull.publish().status is PublishStatus.PUBLISHED
    assert pull.waits == waits
    assert len(pull.ours()) == 1


def test_a_limit_without_end_is_a_failure_and_no_missing_permission(pull: Pull) -> None:
    pull.fake.fail(Fault(path="POST .*comments", status=403, message=SECONDARY))
    receipt = pull.publish(wish=replace(WISH, read_only=True))
    assert (receipt.status, reason(receipt)) == (PublishStatus.FAILED, "comment-not-written")
    assert receipt.reason is not None
    assert "rate limit" in str(receipt.reason.params["why"])


@pytest.mark.parametrize("late", [True, False])
def test_an_answer_that_is_lost_makes_no_second_comment(pull: Pull, late: bool) -> None:  # noqa: FBT001
    pull.fake.fail(Fault(path="POST .*comments", drop=not late, after=late, times=1))
    assert pull.publish().status is PublishStatus.PUBLISHED
    assert len(pull.ours()) == 1


def test_a_comment_that_was_deleted_meanwhile_is_made_again(pull: Pull) -> None:
    pull.publish()
    pull.fake.fail(Fault(path="PATCH", status=404, message="Not Found", times=1))
    assert pull.publish([large_insight(10)]).status is PublishStatus.PUBLISHED
    assert pull.writes() == ["POST", "PATCH", "POST"]


def test_what_github_refuses_otherwise_is_a_failure(pull: Pull) -> None:
    pull.publish()
    pull.fake.fail(Fault(path="PATCH", status=403, message="Forbidden"))
    assert reason(pull.publish([large_insight(10)])) == "comment-forbidden"
    pull.fake.fail(Fault(path="GET .*/pulls/7", status=401, message="Bad credentials"))
    assert reason(pull.publish()) == "comment-not-written"


@pytest.mark.slow
def test_a_report_of_a_megabyte_fits_and_links_to_the_whole(pull: Pull) -> None:
    insight = large_insight(700)
    assert sum(len(render_github(insight, name).encode()) for name in insight.locales) > 1_000_000
    receipt = pull.publish([insight])
    assert reason(receipt) == "comment-shortened"
    (note,) = pull.ours()
    assert utf16_units(note.body) <= LIMIT
    assert note.body.count(PLACE) == 3
    check_inert(note.body, links="https://github.com/")


def test_reports_that_never_fit_are_counted(pull: Pull) -> None:
    insights = [replace(large_insight(3), category=f"part-{n}") for n in range(40)]
    texts = CommentTexts(
        lambda insight, locale, level: f"{insight.category} {'中' * 1_000 * (int(level) + 1)}",
        lambda: "",
        lambda count: f"{count} reports are left out.",
    )
    receipt = CommentPublisher(pull.conversation(), texts, WISH).publish(insights)
    assert receipt.status is PublishStatus.PUBLISHED
    (note,) = pull.ours()
    assert re.search(r"\n5\d reports are left out\.\n$", note.body)
    assert LIMIT - 3_000 < utf16_units(note.body) <= LIMIT
    assert len(note.body.encode()) < MOST_BYTES


def test_a_comment_is_brought_up_to_date_when_nothing_is_left_to_report(pull: Pull) -> None:
    assert reason(pull.publish([])) == "comment-not-wanted"
    pull.publish()
    assert pull.publish([]).status is PublishStatus.PUBLISHED
    (note,) = pull.state.notes
    assert note.body == f"{mark(KEY, HEAD)}Nothing is left.\n"


HOUSEKEEPING = [modified(b"docs/a.md", [b"Some text. "], [b"Some text."], [b"# A", b""])]


def test_modes_decide_about_new_comments_only(pull: Pull) -> None:
    quiet = insight_of_diff(b"".join(HOUSEKEEPING))
    for mode in ("notable", "breaking"):
        receipt = pull.publish([quiet], replace(WISH, mode=mode))
        assert (receipt.status, reason(receipt)) == (PublishStatus.SKIPPED, "comment-not-wanted")
    pull.publish([quiet])
    assert len(pull.ours()) == 1
    for mode in ("notable", "breaking"):
        assert pull.publish([quiet], replace(WISH, mode=mode)).status is PublishStatus.PUBLISHED


def test_what_is_notable() -> None:
    quiet = insight_of_diff(b"".join(HOUSEKEEPING))
    removed = insight_of_diff(
        b"diff --git a/docs/old.md b/docs/old.md\ndeleted file mode 100644\n"
        b"--- a/docs/old.md\n+++ /dev/null\n@@ -1,3 +0,0 @@\n-# Old\n-\n-Text.\n"
    )
    assert [worth_a_comment([quiet], mode) for mode in ("notable", "always", "breaking")] == [
        False, True, False,
    ]  # fmt: skip
    assert all(worth_a_comment([quiet, removed], mode) for mode in ("notable", "breaking"))
    assert not worth_a_comment([], "always")


def test_a_run_without_a_pull_request_and_a_dry_run_ask_nothing(pull: Pull) -> None:
    texts = CommentTexts(render_github, lambda: "", str)
    receipt = CommentPublisher(None, texts, WISH).publish([large_insight(3)])
    assert (receipt.status, reason(receipt)) == (PublishStatus.SKIPPED, "comment-no-pull")
    assert pull.publish(wish=replace(WISH, dry_run=True)).status is PublishStatus.DRY_RUN
    assert pull.fake.seen() == []


def test_hostile_names_do_nothing_in_a_comment(pull: Pull) -> None:
    name = b"docs/@octocat #1 <!-- diff-insight-comment 0 --> ![x](http:--evil) `.md"
    insight = insight_of_diff(modified(name, [b"Old @team text #2"], [b"New @team text #3"], []))
    pull.publish([insight])
    check_inert(pull.ours()[0].body)


def test_a_comment_that_is_gone_needs_no_deleting_and_other_refusals_are_told(pull: Pull) -> None:
    talk = pull.conversation()
    talk.delete(99)
    pull.fake.fail(Fault(path="DELETE", status=403, message="Forbidden"))
    with pytest.raises(ApiFailure):
        talk.delete(99)


def test_an_answer_that_is_no_comment_is_a_failure(pull: Pull, tmp_path: Path) -> None:
    class Odd(PullConversation):
        def create(self, body: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
            from diff_insight.github.api.conversation import _comment  # noqa: PLC0415

            return _comment({"id": "x"})

    client = GitHubClient(ApiSettings(url=pull.fake.api, token=TOKEN, pause=0.0), pull.waits.append)
    texts = CommentTexts(render_github, lambda: "", str)
    receipt = CommentPublisher(Odd(client, SLUG, 7), texts, WISH).publish([large_insight(3)])
    assert (receipt.status, reason(receipt)) == (PublishStatus.FAILED, "comment-not-written")


def _news(news: PushNews) -> str:
    return render_news(news, HEAD, WebRepository(repository=SLUG), speaker("en_US"))


def test_after_a_push_it_says_what_came_since_the_one_before(pull: Pull) -> None:
    pull.publish([large_insight(3)], replace(WISH, head=OLD))
    assert "New since" not in pull.ours()[0].body
    pull.publish([large_insight(5)])
    (note,) = pull.ours()
    since = f"https://github.com/{SLUG}/compare/octo:aaaaaaa..octo:bbbbbbb"
    assert f"> <strong>New since [`aaaaaaa`]({since})</strong>" in note.body
    assert "> - 2 files: `docs/area3/page-0003.md` and `docs/area4/page-0004.md`" in note.body
    told = note.body
    pull.publish([large_insight(5)])  # once more about the same commit
    assert pull.ours()[0].body == told
    assert pull.writes() == ["POST", "PATCH"]


def test_what_is_taken_back_is_counted(pull: Pull) -> None:
    pull.publish([large_insight(5)], replace(WISH, head=OLD))
    pull.publish([large_insight(3)])
    assert "> - No longer changed: 2 files" in pull.ours()[0].body


def test_a_push_that_changes_nothing_is_told_as_such(pull: Pull) -> None:
    pull.publish([large_insight(3)], replace(WISH, head=OLD))
    pull.publish([large_insight(3)])
    assert "> - The changes are the same as before" in pull.ours()[0].body


@pytest.mark.parametrize(
    "line",
    [
        "<!-- diff-insight-told 1 <script> AAAA AAAA AAAA AAAA 1 1 -->",
        "<!-- diff-insight-told 1 aa AAA= AAAA AAAA AAAA 1 1 -->",
        "<!-- diff-insight-told 1 aa ==== AAAA AAAA AAAA 1 1 -->",
        "<!-- diff-insight-told 2 aa AAAA AAAA AAAA AAAA 1 1 -->",
        "@everyone",
        "",
    ],
)
def test_a_line_that_somebody_has_edited_tells_nothing(pull: Pull, line: str) -> None:
    pull.state.add(f"{mark(KEY, OLD)}{line}\nOld.")
    pull.publish()
    (note,) = pull.ours()
    assert "New since" not in note.body
    assert "everyone" not in note.body


def test_names_in_the_news_do_nothing() -> None:
    news = PushNews(head=OLD, files=("a`@octo`.md", "![x](https://example.org/x)", "<b>#1</b>"))
    check_inert(_news(news))
