"""The conversation of a pull request: its state, its comments, and who we are in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

from msgspec import Struct

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.client import ApiFailure, GitHubClient

_PAGE = 100
#: Pages that are read at most; a pull request of 20,000 comments is beyond what GitHub shows.
_MOST_PAGES = 200
_NEXT = re.compile(r'<[^<>]*+>\s*+;[^,<]*\brel="next"')
_WHO = "query { viewer { login } }"


class PullState(Struct, frozen=True):
    """A pull request as it is now."""

    head: str
    open: bool
    locked: bool


class Comment(Struct, frozen=True):
    """A comment; its body is data from whoever wrote it.

    Attributes:
        author: Login of the writer; empty for an account that is gone.
        bot: An app wrote it, not a person.
        url: Its web page.
    """

    id: int
    body: str
    author: str
    bot: bool
    url: str


class PullConversation:
    """Reads and writes the comments of one pull request.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME` of the pull request.
        number: Its number.
    """

    def __init__(self, client: GitHubClient, repository: str, number: int) -> None:
        self._client = client
        self._repository = repository
        self._number = number

    def state(self) -> PullState:
        """Return whether the pull request takes comments, and its head."""
        pull = _mapping(self._client.get(f"/repos/{self._repository}/pulls/{self._number}"))
        return PullState(
            head=str(_mapping(pull.get("head")).get("sha", "")),
            open=pull.get("state") == "open",
            locked=pull.get("locked") is True,
        )

    def comments(self) -> Iterator[Comment]:
        """Yield all comments, oldest first."""
        path = f"/repos/{self._repository}/issues/{self._number}/comments"
        for page in range(1, _MOST_PAGES + 1):
            answer = self._client.request("GET", path, {"per_page": _PAGE, "page": page})
            listed = answer.body if isinstance(answer.body, list) else []
            yield from (_comment(item) for item in listed)
            # A page may have less than was asked for: GitHub leaves out what it hides.
            if not _NEXT.search(answer.headers.get("link", "")):
                return

    def identity(self) -> str | None:
        """Return the login that the token writes as; None when GitHub does not tell."""
        with suppress(ApiFailure):  # GHES without GraphQL, or an emulator
            data = _mapping(self._client.graphql(_WHO, {}).get("data"))
            if login := str(_mapping(data.get("viewer")).get("login", "")):
                return login
        with suppress(ApiFailure):  # a workflow's own token may not ask this way
            return str(_mapping(self._client.get("/user")).get("login", "")) or None
        return None

    def create(self, body: str) -> Comment:
        """Write a comment."""
        path = f"/repos/{self._repository}/issues/{self._number}/comments"
        return _comment(self._client.request("POST", path, body={"body": body}, once=True).body)

    def update(self, comment: int, body: str) -> Comment:
        """Replace the text of a comment."""
        path = f"/repos/{self._repository}/issues/comments/{comment}"
        return _comment(self._client.request("PATCH", path, body={"body": body}).body)

    def delete(self, comment: int) -> None:
        """Delete a comment; one that is gone already is fine."""
        try:
            self._client.request("DELETE", f"/repos/{self._repository}/issues/comments/{comment}")
        except ApiFailure as error:
            if error.status != 404:
                raise


def _comment(item: object) -> Comment:
    row = _mapping(item)
    user = _mapping(row.get("user"))
    try:
        number = int(row["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise EnvironmentFailure("GitHub's answer is not a comment") from error
    return Comment(
        id=number,
        body=str(row.get("body") or ""),
        author=str(user.get("login", "")),
        bot=user.get("type") == "Bot",
        url=str(row.get("html_url", "")),
    )


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
