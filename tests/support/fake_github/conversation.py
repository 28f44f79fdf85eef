"""Comments of pull requests as GitHub keeps them: paged, limited, locked, and with an author."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from support.fake_github.answers import NOT_FOUND, Answer

_EXAMPLES = Path(__file__).parents[2] / "data" / "github-examples.json"
MOST_CHARACTERS, MOST_BYTES = 65_536, 262_144
APP = "github-actions[bot]"
FORBIDDEN = Answer(403, {"message": "Resource not accessible by integration",
                         "documentation_url": "https://docs.github.com/rest"})  # fmt: skip


@dataclass(slots=True)
class Note:
    """One comment."""

    id: int
    body: str
    author: str
    bot: bool


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A pull request on the fake.

    Attributes:
        head: Commit of its head as it is now.
        base: Commit of its base.
        home: `OWNER/NAME` of the head, and its branch.
        writable: Whether the token may write.
        viewer: Who the token writes as; None when GitHub does not tell.
        short_page: Comments that a page leaves out, as GitHub does with hidden ones.
    """

    head: str
    base: str
    home: tuple[str, str] = ("octo/demo", "topic")
    state: str = "open"
    locked: bool = False
    writable: bool = True
    viewer: str | None = APP
    hidden: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    last: int = 0

    def add(self, body: str, author: str = APP, *, bot: bool | None = None) -> Note:
        """Let somebody write a comment."""
        self.last += 1
        made = Note(self.last, body, author, author.endswith("[bot]") if bot is None else bot)
        self.notes.append(made)
        return made


@cache
def _examples() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_EXAMPLES.read_text("utf-8"))
    return loaded


def answer(
    slug: str,
    pulls: Mapping[int, Conversation],
    request: tuple[str, str, Mapping[str, str], Any],
    server: str,
) -> tuple[Answer, list[tuple[str, str]]] | None:
    """Answer a request below `/repos/OWNER/NAME/`; None when it is not about conversations."""
    method, rest, query, sent = request
    if found := re.fullmatch(r"pulls/(\d+)", rest):
        number = int(found[1])
        return (Answer(200, _pull("pull-request", slug, number, pulls[number], server))
                if number in pulls else NOT_FOUND), []  # fmt: skip
    if found := re.fullmatch(r"(?:commits/(\w+)/)?pulls", rest):
        listed = [
            _pull("pull-request-simple", slug, number, pull, server)
            for number, pull in pulls.items()
            if _listed(pull, found[1], query)
        ]
        return Answer(200, listed), []
    if found := re.fullmatch(r"issues/(\d+)/comments", rest):
        pull = pulls.get(int(found[1]))
        if pull is None:
            return NOT_FOUND, []
        place = f"{server}/{slug}/pull/{found[1]}"
        return _list(pull, query, place) if method == "GET" else (_create(pull, sent, place), [])
    if found := re.fullmatch(r"issues/comments/(\d+)", rest):
        return _one(pulls, method, int(found[1]), sent, f"{server}/{slug}/pull"), []
    return None


def _listed(pull: Conversation, commit: str | None, query: Mapping[str, str]) -> bool:
    if commit is not None:  # a fork's commits are not known here
        return pull.head == commit and pull.home[0] == "octo/demo"
    owner, _, branch = query.get("head", "").partition(":")
    here = (pull.home[0].partition("/")[0], pull.home[1]) == (owner, branch)
    return here and query.get("state", "open") in {pull.state, "all"}


def _list(
    pull: Conversation, query: Mapping[str, str], place: str
) -> tuple[Answer, list[tuple[str, str]]]:
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    shown = [
        _comment(note, place)
        for note in pull.notes[(page - 1) * size : page * size]
        if note.id not in pull.hidden
    ]
    more = len(pull.notes) > page * size
    link = [("Link", f'<{place}?page={page + 1}>; rel="next", <{place}?page=9>; rel="last"')]
    return Answer(200, shown), link if more else []


def _refused(pull: Conversation, body: str) -> Answer | None:
    if not pull.writable:
        return FORBIDDEN
    if pull.locked:
        return Answer(403, {"message": "Unable to create comment because issue is locked.",
                            "documentation_url": "https://docs.github.com"})  # fmt: skip
    if len(body) > MOST_CHARACTERS or len(body.encode()) > MOST_BYTES:
        return Answer(422, {"message": "Validation Failed", "errors": [
            {"resource": "IssueComment", "code": "unprocessable", "field": "data",
             "message": "Body is too long (maximum is 65536 characters)"}],
            "documentation_url": "https://docs.github.com"})  # fmt: skip
    return None


def _create(pull: Conversation, sent: Any, place: str) -> Answer:
    refused = _refused(pull, sent["body"])
    return refused or Answer(201, _comment(pull.add(sent["body"]), place))


def _one(
    pulls: Mapping[int, Conversation], method: str, comment: int, sent: Any, place: str
) -> Answer:
    for number, pull in pulls.items():
        for note in pull.notes:
            if note.id != comment:
                continue
            refused = _refused(pull, sent["body"] if sent else "")
            if refused is not None:
                return refused
            if method == "DELETE":
                pull.notes.remove(note)
                return Answer(204, None)
            note.body = sent["body"]
            return Answer(200, _comment(note, f"{place}/{number}"))
    return NOT_FOUND


def _comment(note: Note, place: str) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(_examples()["issue-comment"])
    made |= {"id": note.id, "body": note.body, "html_url": f"{place}#issuecomment-{note.id}"}
    made["user"] |= {"login": note.author, "type": "Bot" if note.bot else "User"}
    return made


def _pull(kind: str, slug: str, number: int, pull: Conversation, server: str) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(_examples()[kind])
    made |= {"number": number, "state": pull.state, "locked": pull.locked,
             "html_url": f"{server}/{slug}/pull/{number}"}  # fmt: skip
    made["head"] |= {"sha": pull.head, "ref": pull.home[1]}
    made["base"] |= {"sha": pull.base, "ref": "main"}
    made["head"]["repo"] |= {"full_name": pull.home[0]}
    made["base"]["repo"] |= {"full_name": slug}
    return made
