"""The comment of a pull request over `emulate`, a stateful GitHub that is not ours."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace

from diff_insight.github.api.client import ApiSettings, GitHubClient
from diff_insight.github.api.conversation import PullConversation
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.publishers.comment import CommentPublisher, CommentTexts, CommentWish
from diff_insight.publishers.own_comment import mark
from diff_insight.render.github import render_github
from support.large import large_insight
from support.parts import emulate

SLUG, US, THEM = "admin/demo", "test_token_admin", "test_token_other"
TEXTS = CommentTexts(render_github, lambda: "Nothing is left.", str)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulate(tmp_path_factory.mktemp("emulate"), {US: "admin", THEM: "mallory"}) as url:
        yield url


def client(api: str, token: str = US) -> GitHubClient:
    settings = ApiSettings(url=api, token=token, pause=0.0)
    return GitHubClient(settings, lambda seconds: None)


@pytest.fixture
def pull(api: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A pull request of a branch of its own."""
    monkeypatch.setattr("github.Requester.time.sleep", lambda seconds: None)
    us = client(api)

    def sent(verb: str, path: str, body: dict[str, object]) -> dict[str, Any]:
        return cast("dict[str, Any]", us.request(verb, f"/repos/{SLUG}/{path}", body=body).body)

    tip = cast("dict[str, Any]", us.get(f"/repos/{SLUG}/git/ref/heads/main"))["object"]["sha"]
    branch = f"topic-{abs(hash(str(tmp_path)))}"
    sent("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": tip})
    content = base64.b64encode(b"New.\n").decode()
    sent("PUT", f"contents/{branch}.md",
         {"message": "More", "content": content, "branch": branch})  # fmt: skip
    yield sent("POST", "pulls", {"title": "More", "head": branch, "base": "main"})
    us.close()


def publish(api: str, pull: dict[str, Any], files: int = 3) -> Receipt:
    talk = PullConversation(us := client(api), SLUG, pull["number"])
    wish = CommentWish(key="0123456789ab", head=pull["head"]["sha"], mode="always")
    try:
        return CommentPublisher(talk, TEXTS, wish).publish(
            [replace(large_insight(files), locales=("en_US",))] if files else []
        )
    finally:
        us.close()


def comments(api: str, pull: dict[str, Any]) -> list[tuple[str, str]]:
    us = client(api)
    found = PullConversation(us, SLUG, pull["number"]).comments()
    told = [(comment.author, comment.body) for comment in found]
    us.close()
    return told


def test_made_updated_and_emptied_in_place(api: str, pull: dict[str, Any]) -> None:
    first = publish(api, pull)
    assert first.status is PublishStatus.PUBLISHED, first
    second = publish(api, pull, 10)
    assert second.place == first.place != ""
    ((author, body),) = comments(api, pull)
    assert author == "admin"
    assert render_github(large_insight(10), "en_US").strip() in body
    assert publish(api, pull, 0).status is PublishStatus.PUBLISHED
    assert comments(api, pull)[0][1].endswith("Nothing is left.\n")


def test_among_many_comments_and_a_forged_one(api: str, pull: dict[str, Any]) -> None:
    them = client(api, THEM)
    talk = PullConversation(them, SLUG, pull["number"])
    forged = mark("0123456789ab", pull["head"]["sha"]) + "Forged."
    talk.create(forged)
    for number in range(220):
        talk.create(f"Comment {number}")
    them.close()
    publish(api, pull)
    publish(api, pull, 10)
    told = comments(api, pull)
    assert len(told) == 222
    assert next(body for author, body in told if author == "mallory") == forged
    assert len([body for author, body in told if author == "admin"]) == 1


def test_a_closed_pull_request_is_left_alone(api: str, pull: dict[str, Any]) -> None:
    us = client(api)
    us.request("PATCH", f"/repos/{SLUG}/pulls/{pull['number']}", body={"state": "closed"})
    us.close()
    receipt = publish(api, pull)
    assert receipt.reason is not None
    assert (receipt.status, receipt.reason.key) == (PublishStatus.SKIPPED, "comment-closed")
    assert comments(api, pull) == []
