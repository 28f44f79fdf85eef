"""The results service of GitHub Actions on 127.0.0.1, with a storage beside it that checks blocks.

Methods and fields are those that `@actions/artifact` 6.2.1 uses; `tests/parts` lets that client and
Azurite, a storage that is not ours, work with the same service.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

from support.local_server import LocalServer, QuietHandler

SERVICE = "/twirp/github.actions.results.api.v1.ArtifactService/"
RUN, JOB = "ce7f54c7-61c7-4aae-887f-30da475f5f1a", "ca395085-040a-526b-2ce8-bdc85f692774"
MIME = "application/zip"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_UNFIT = set('":<>|*?\r\n\\/')
_CREATE = {"workflow_run_backend_id", "workflow_job_run_backend_id", "name", "version",
           "mime_type", "expires_at"}  # fmt: skip
_FINALIZE = {"workflow_run_backend_id", "workflow_job_run_backend_id", "name", "size", "hash"}


def runtime_token(scopes: str = f"Actions.ExampleScope Actions.Results:{RUN}:{JOB}") -> str:
    """Return a token as the runner gives it: a JWT whose payload names run and job."""
    parts = ({"typ": "JWT", "alg": "HS256"}, {"scp": scopes, "iss": "vstoken"})
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(part.rstrip("=") for part in encoded), "c2lnbmF0dXJlLW9mLXRoZS1ydW5uZXI"])


class Storage(Protocol):
    """Where blobs are."""

    def address(self, blob: str, *, write: bool) -> str:
        """Return a signed address of a blob."""
        ...

    def content(self, blob: str) -> bytes:
        """Return what was stored."""
        ...


@dataclass(slots=True)
class Artifact:
    """One artifact of the run."""

    id: int
    name: str
    blob: str
    created: Mapping[str, Any]
    size: int | None = None
    digest: str = ""


@dataclass(slots=True, kw_only=True)
class Trouble:
    """Answers some requests with an error: those whose method or path matches."""

    path: str
    status: int = 500
    body: str = "{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None
    drop: bool = False


@dataclass(slots=True)
class _State:
    url: str = ""
    storage: Storage | None = None
    artifacts: list[Artifact] = field(default_factory=list)
    blocks: dict[str, dict[str, bytes]] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)


class FakeResults(LocalServer):
    """A context; leaving it fails when a request was not as the service wants it.

    Args:
        storage: Where blobs go; this process by default.
    """

    signature = "c2lnbmVkK2J5L3RoZS9mYWtl=="

    def __init__(self, storage: Storage | None = None) -> None:
        self._state = _State(storage=storage)
        state = self._state

        class Handler(_Handler):
            results = state

        super().__init__(Handler)
        self.url = state.url = self.address

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if kind is None and self._state.breaches:
            raise AssertionError("\n".join(self._state.breaches))

    def trouble(self, *troubles: Trouble) -> None:
        """Let requests go wrong from now on."""
        self._state.troubles += troubles

    def seen(self) -> list[tuple[str, str]]:
        """Return verb and address of every request."""
        return self._state.seen

    def finished(self) -> list[Artifact]:
        """Return the artifacts that are complete."""
        return [each for each in self._state.artifacts if each.size is not None]

    def content(self, artifact: Artifact) -> bytes:
        """Return the bytes of an artifact."""
        return _content(self._state, artifact.blob)


def _content(state: _State, blob: str) -> bytes:
    return state.blobs[blob] if state.storage is None else state.storage.content(blob)


class RefusedError(Exception):
    """The service does not do what it is asked."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class _Handler(QuietHandler, BaseHTTPRequestHandler):
    results: _State

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.results.seen.append((self.command, self.path))
        asked = f"{self.command} {self.path}"
        for trouble in self.results.troubles:
            if trouble.times != 0 and re.search(trouble.path, asked):
                trouble.times = trouble.times and trouble.times - 1
                self.close_connection = trouble.drop
                if not trouble.drop:
                    self._send(trouble.status, trouble.body.encode(), trouble.headers)
                return
        try:
            status, answer = self._called(body) if self.command == "POST" else self._put(body)
        except RefusedError as error:
            status = error.status
            answer = json.dumps({"code": error.code, "msg": str(error)}).encode()
        except (AssertionError, KeyError, ET.ParseError) as error:
            self.results.breaches.append(f"{asked}: {error!r}")
            status, answer = 400, b'{"code": "invalid_argument", "msg": "see the test"}'
        self._send(status, answer, {})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _called(self, body: bytes) -> tuple[int, bytes]:
        assert self.path.startswith(SERVICE), "no such service"
        assert self.headers["authorization"] == f"Bearer {runtime_token()}"
        assert self.headers["content-type"] == "application/json"
        assert self.headers["user-agent"]
        sent = json.loads(body)
        assert sent["workflow_run_backend_id"] == RUN
        assert sent["workflow_job_run_backend_id"] == JOB
        method = self.path.removeprefix(SERVICE)
        answer = {
            "CreateArtifact": _create,
            "FinalizeArtifact": _finalize,
            "ListArtifacts": _list,
            "GetSignedArtifactURL": _signed,
        }[method](self.results, sent)
        return 200, json.dumps(answer).encode()

    def _put(self, body: bytes) -> tuple[int, bytes]:
        """Take a block, or the list of them, as Azure's storage does."""
        assert "authorization" not in self.headers, "the token is not for the storage"
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if query.get("sig") != FakeResults.signature:
            raise RefusedError(403, "AuthenticationFailed", "the signature does not match")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", self.headers["x-ms-version"])
        blob = parts.path.rpartition("/")[2]
        blocks = self.results.blocks.setdefault(blob, {})
        if query["comp"] == "block":
            number = base64.b64decode(query["blockid"], validate=True)
            assert len(number) <= 64
            assert {len(base64.b64decode(other)) for other in blocks} <= {len(number)}
            assert 0 < len(body) <= 4_000 * 1024 * 1024
            blocks[query["blockid"]] = body
        else:
            assert query["comp"] == "blocklist"
            assert self.headers["x-ms-blob-content-type"] == MIME
            listed = ET.fromstring(body)  # noqa: S314 - our own client's
            assert listed.tag == "BlockList"
            assert len(listed) <= 50_000
            self.results.blobs[blob] = b"".join(blocks[each.text or ""] for each in listed)
        return 201, b""


def _create(state: _State, sent: dict[str, Any]) -> dict[str, Any]:
    assert set(sent) <= _CREATE, set(sent) - _CREATE
    assert sent["version"] == 7
    assert sent["mime_type"] == MIME
    assert _MOMENT.fullmatch(sent.get("expires_at", "2026-01-01T00:00:00.000Z"))
    name = sent["name"]
    assert name, "a name is needed"
    assert not set(name) & _UNFIT, name
    if any(each.name == name and each.size is not None for each in state.artifacts):
        raise RefusedError(409, "already_exists", "an artifact with this name already exists")
    number = 4_000_000_000 + len(state.artifacts)
    made = Artifact(number, name, f"artifact-{number}", sent)
    state.artifacts.append(made)
    if state.storage is not None:
        return {"ok": True, "signed_upload_url": state.storage.address(made.blob, write=True)}
    signature = FakeResults.signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    url = f"{state.url}/store/{made.blob}?sv=2025-01-05&sr=b&sp=cw&sig={signature}"
    return {"ok": True, "signed_upload_url": url}


def _finalize(state: _State, sent: dict[str, Any]) -> dict[str, Any]:
    assert set(sent) == _FINALIZE, set(sent) ^ _FINALIZE
    made = next(each for each in reversed(state.artifacts) if each.name == sent["name"])
    assert isinstance(sent["size"], str), "int64 is a text in this JSON"
    stored = _content(state, made.blob)
    assert int(sent["size"]) == len(stored)
    assert sent["hash"] == f"sha256:{hashlib.sha256(stored).hexdigest()}"
    made.size, made.digest = len(stored), sent["hash"]
    return {"ok": True, "artifact_id": str(made.id)}


def _list(state: _State, sent: dict[str, Any]) -> dict[str, Any]:
    wanted, number = sent.get("name_filter"), sent.get("id_filter")
    shown = [
        {
            "workflow_run_backend_id": RUN, "workflow_job_run_backend_id": JOB,
            "database_id": str(each.id), "name": each.name, "size": str(each.size),
            "created_at": "2026-01-01T00:00:00.000Z", "digest": each.digest,
        }
        for each in state.artifacts
        if each.size is not None
        and wanted in {None, each.name}
        and number in {None, str(each.id)}
    ]  # fmt: skip
    return {"artifacts": shown}


def _signed(state: _State, sent: dict[str, Any]) -> dict[str, Any]:
    assert state.storage is not None, "only a real storage gives blobs back"
    made = next(each for each in state.artifacts if each.name == sent["name"])
    return {"signed_url": state.storage.address(made.blob, write=False)}
