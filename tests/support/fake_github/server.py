"""The fake's HTTP server: routes, tokens, faults, and a record of everything that was asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

from support.fake_github import contract, conversation, git_http, rest, writes
from support.fake_github.answers import NOT_FOUND, Answer
from support.fake_github.conversation import Conversation
from support.fake_github.hosting import Fault, Hosted
from support.local_server import LocalServer, QuietHandler
from support.repos import TestRepo

API = "/api/v3"
GRAPHQL = "/api/graphql"
#: Told of each request (method and path), when it has come and when it is carried out.
Watch = Callable[[str, str, bool], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One request."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    status: int
    body: bytes = b""


@dataclass(slots=True)
class _State:
    repositories: dict[str, Hosted] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    watch: Watch | None = None
    graphql: bool = True
    pulls: dict[str, dict[int, Conversation]] = field(default_factory=dict)
    refusal: str = ""


class FakeGitHub(LocalServer):
    """A context: `url` is the web address, `api` that of the REST API.

    Leaving it fails when a request or an answer was not what GitHub's description says.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = _State()
        state = self._state

        class Handler(_Handler):
            github = state

        super().__init__(Handler)
        self.url = self.address
        self.api = self.url + API

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if kind is None and self._state.breaches:
            raise contract.ContractError("\n".join(self._state.breaches))

    def host(self, slug: str, repo: TestRepo, *, token: str = "") -> Hosted:
        """Push everything of a repository to the fake under a name."""
        path = self._folder / f"{slug.replace('/', '-')}.git"
        repo.git("clone", "--quiet", "--bare", "--template=", str(repo.path), str(path))
        hosted = Hosted(slug=slug, path=path, token=token)
        self._state.repositories[slug] = hosted
        return hosted

    def hosted(self, slug: str) -> Hosted:
        """Return what is hosted under a name."""
        return self._state.repositories[slug]

    def converse(self, slug: str, number: int, pull: Conversation) -> Conversation:
        """Open a pull request that takes comments."""
        self._state.pulls.setdefault(slug, {})[number] = pull
        return pull

    def fail(self, *faults: Fault) -> None:
        """Let requests go wrong from now on."""
        self._state.faults += faults

    def rename(self, slug: str, new: str) -> None:
        """Give a repository another name; the old one leads there."""
        hosted = self._state.repositories[slug]
        self._state.repositories[new] = replace(hosted, slug=new)
        hosted.moved_to = new

    def watch(self, watch: Watch | None) -> None:
        """Tell of every request, before and after it is carried out."""
        self._state.watch = watch

    def refuse_commits(self, message: str) -> None:
        """Answer commits by GraphQL with an error."""
        self._state.refusal = message

    def without_graphql(self) -> None:
        """Answer 404 to GraphQL, as servers do that have none."""
        self._state.graphql = False

    def seen(self, part: str = "") -> list[Seen]:
        """Return the requests whose path holds a text, in order."""
        return [seen for seen in self._state.seen if part in seen.path]

    def git_requests(self) -> list[Seen]:
        """Return the requests that git made."""
        return [seen for seen in self._state.seen if ".git/" in seen.path]

    def forget(self) -> None:
        """Begin a new record."""
        self._state.seen.clear()


class _Handler(QuietHandler, BaseHTTPRequestHandler):
    """Routes one request; class attribute `github` is what is hosted."""

    github: _State

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self._headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._body()
        parts = urlsplit(self.path)
        self._parts = unquote(parts.path), parts.query
        path = self._parts[0]
        self._content = body
        if self.github.watch is not None:
            self.github.watch(self.command, path, False)
        asked = f"{self.command} {path}"
        fault = next((each for each in self.github.faults if each.strikes(asked)), None)
        self._lose = fault is not None and fault.after
        if self._lose:
            fault = None
        if fault is not None and fault.drop:
            self._record(0)
            self.close_connection = True
            return
        if path == GRAPHQL:
            self._graphql(body, fault)
        elif path.startswith(API):
            self._rest(path.removeprefix(API), dict(parse_qsl(parts.query)), fault)
        elif fault is not None:
            self._send(fault.status, fault.headers.items(), fault.message.encode())
        else:
            self._git(path, parts.query, body)

    def _body(self) -> bytes:
        if self._headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self._headers.get("content-length", "0")))
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _rest(self, path: str, query: dict[str, str], fault: Fault | None) -> None:
        more: list[tuple[str, str]] = []
        try:
            operation = contract.check_request(
                self.command, path, query, self._headers, self._content
            )
        except contract.ContractError as error:
            self.github.breaches.append(str(error))
            self._json(Answer(400, {"message": str(error)}))
            return
        if fault is not None:
            answer = Answer(fault.status, {"message": fault.message})
        else:
            answer, more = self._told(path, query) or (self._computed(path, query), more)
        try:
            contract.check_answer(operation, answer.status, answer.body)
        except contract.ContractError as error:
            self.github.breaches.append(str(error))
        self._json(answer, more if fault is None else fault.headers.items())

    def _told(
        self, path: str, query: dict[str, str]
    ) -> tuple[Answer, list[tuple[str, str]]] | None:
        """Answer what is about conversations and accounts; None for all else."""
        if path == "/user":  # apps are nobody here
            return conversation.FORBIDDEN, []
        owner, name, *tail = path.removeprefix("/repos/").split("/", 2)
        pulls = self.github.pulls.get(f"{owner}/{name}")
        if not pulls or self._headers.get("authorization", "").startswith("token bad"):
            return None
        sent = json.loads(self._content) if self._content else None
        request = (self.command, "".join(tail), query, sent)
        server = f"http://{self._headers['host']}"
        return conversation.answer(f"{owner}/{name}", pulls, request, server)

    def _viewer(self) -> Answer:
        pulls = (pull for pulls in self.github.pulls.values() for pull in pulls.values())
        login = next((pull.viewer for pull in pulls), None)
        if login is None:
            return Answer(200, {"errors": [{"message": "Something went wrong"}]})
        return Answer(200, {"data": {"viewer": {"login": login}}})

    def _graphql(self, body: bytes, fault: Fault | None) -> None:
        if fault is not None:
            self._json(Answer(fault.status, {"message": fault.message}), fault.headers.items())
            return
        if not self.github.graphql:
            self._json(NOT_FOUND)
            return
        if "viewer { login }" in json.loads(body)["query"]:
            self._json(self._viewer())
            return
        try:
            given = contract.check_graphql(json.loads(body))
        except contract.ContractError as error:
            self.github.breaches.append(str(error))
            self._json(Answer(400, {"message": str(error)}))
            return
        hosted = self.github.repositories.get(given["branch"]["repositoryNameWithOwner"])
        token = self._headers.get("authorization", "").partition(" ")[2]
        if hosted is None or (hosted.token and token != hosted.token):
            told: dict[str, object] = {"errors": [{"type": "NOT_FOUND", "message": "Not found"}]}
        elif hosted.read_only or self.github.refusal:
            said = self.github.refusal or "Resource not accessible by integration"
            refused = {"type": "UNPROCESSABLE", "message": said}
            told = {"data": {"createCommitOnBranch": None}, "errors": [refused]}
        else:
            told = writes.commit_on_branch(hosted, given)
        self._json(Answer(200, told))

    def _computed(self, path: str, query: dict[str, str]) -> Answer:
        owner, name, *tail = path.removeprefix("/repos/").split("/", 2)
        hosted = self.github.repositories.get(f"{owner}/{name}")
        if hosted is not None and hosted.moved_to:
            hosted = self.github.repositories.get(hosted.moved_to)
        given = self._headers.get("authorization", "").partition(" ")[2]
        if given.startswith("bad"):
            return Answer(401, {"message": "Bad credentials"})
        if hosted is None or (hosted.token and given != hosted.token):
            return NOT_FOUND
        api = f"http://{self._headers['host']}{API}"
        if self.command == "GET":
            return rest.answer(hosted, api, "".join(tail), query)
        if hosted.read_only:
            return Answer(403, {"message": "Resource not accessible by integration"})
        write = writes.post if self.command == "POST" else writes.patch
        return write(hosted, api, "".join(tail), json.loads(self._content))

    def _git(self, path: str, query: str, body: bytes) -> None:
        slug, _, rest_of = path.strip("/").partition(".git/")
        hosted = self.github.repositories.get(slug)
        given = self._headers.get("authorization", "").partition(" ")[2]
        password = base64.b64decode(given).decode().partition(":")[2]
        known = hosted is not None and (not hosted.token or password == hosted.token)
        if not known and not password:
            self._send(401, [("WWW-Authenticate", 'Basic realm="GitHub"')], b"")
        elif hosted is None or not known:
            self._send(404, [], b"Repository not found.")
        elif hosted.moved_to:
            self._send(301, [("Location", f"/{hosted.moved_to}.git/{rest_of}?{query}")], b"")
        elif hosted.read_only and "receive-pack" in path + query:
            self._send(403, [], b"Write access to repository not granted.")
        else:
            self._send(*git_http.serve(hosted, self.command, rest_of, query, self._headers, body))

    def _json(self, answer: Answer, more: Iterable[tuple[str, str]] = ()) -> None:
        headers = [("Content-Type", "application/json; charset=utf-8"), *more]
        self._send(
            answer.status, headers, b"" if answer.body is None else json.dumps(answer.body).encode()
        )

    def _send(self, status: int, headers: Iterable[tuple[str, str]], content: bytes) -> None:
        self._record(status)
        if self.github.watch is not None:
            self.github.watch(self.command, self._parts[0], True)
        if self._lose:
            self.close_connection = True
            return
        self.send_response_only(status)
        for name, value in ({"Date": self.date_time_string()} | dict(headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _record(self, status: int) -> None:
        path, query = self._parts
        self.github.seen.append(
            Seen(self.command, path, query, self._headers, status, self._content)
        )
