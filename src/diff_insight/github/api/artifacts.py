"""Uploads artifacts of a workflow run: two calls of the results service around an upload of blocks.

The protocol is that of `actions/upload-artifact`; it is internal to GitHub and may change. Signed
addresses are secrets: they are hidden in the log and are part of no message.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field  # noqa: TID251 - keeps the token out of repr
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from msgspec import Struct

from diff_insight import __version__
from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.waiting import SERVER_ERRORS

if TYPE_CHECKING:
    import requests

MIME = "application/zip"
#: Bytes of a block; the official client has the same.
BLOCK = 8 * 1024 * 1024
#: The protocol version that the official client speaks.
VERSION = 7
_SERVICE = "/twirp/github.actions.results.api.v1.ArtifactService/"
_STORAGE_VERSION = "2025-01-05"
_SCOPE = "Actions.Results:"
_MOST_TRIES = 5
_FIRST_WAIT, _GROWTH, _LONGEST_WAIT = 3.0, 1.5, 60.0
_AGAIN = frozenset({0, 429, *SERVER_ERRORS})
_LONGEST_TEXT = 300


class ArtifactFailure(EnvironmentFailure):
    """An artifact could not be stored.

    `conflict` tells that the run has one of that name, `quota` that no storage is left.
    """

    def __init__(self, what: str, *, conflict: bool = False, quota: bool = False) -> None:
        super().__init__(what)
        self.conflict = conflict
        self.quota = quota


class StoredArtifact(Struct, frozen=True):
    """What the service knows of an artifact."""

    id: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsSettings:
    """How the results service is reached; `url` and `token` are the runner's."""

    url: str
    token: str = field(repr=False)
    timeout: tuple[float, float] = (10.0, 120.0)
    block: int = BLOCK


class ArtifactService:
    """Stores artifacts for the job that the token belongs to.

    Args:
        settings: How the service is reached.
        sleep: Waits between two tries.
        hide: Hides a secret in the log.
    """

    def __init__(
        self,
        settings: ResultsSettings,
        sleep: Callable[[float], None],
        hide: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._hide = hide
        run, job = backend_ids(settings.token)
        self._ids = {"workflow_run_backend_id": run, "workflow_job_run_backend_id": job}
        parts = urlsplit(settings.url)
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def upload(self, name: str, content: Iterable[bytes], expires: str = "") -> StoredArtifact:
        """Store a zip file that comes in pieces; no more than a block of it is held.

        Raises:
            ArtifactFailure: It could not be stored.
        """
        import requests  # noqa: PLC0415 - only when an artifact is asked for

        with requests.Session() as session:
            created = {"name": name, "version": VERSION, "mime_type": MIME}
            if expires:
                created["expires_at"] = expires
            answer = self._call(session, "CreateArtifact", created)
            blob = _Blob(self._signed_url(answer))
            digest = hashlib.sha256()
            for block in _blocks(content, self._settings.block):
                digest.update(block)
                self._put(session, blob.next_block(len(block)), block)
            self._put(session, blob.url("comp=blocklist"), blob.block_list(), MIME)
            checksum = f"sha256:{digest.hexdigest()}"
            finished = {"name": name, "size": str(blob.size), "hash": checksum}
            answer = self._call(session, "FinalizeArtifact", finished)
        number = str(answer.get("artifact_id", ""))
        return StoredArtifact(number if number.isdigit() else "", blob.size, checksum)

    def _signed_url(self, answer: Mapping[str, object]) -> str:
        url = str(answer.get("signed_upload_url", ""))
        parts = urlsplit(url)
        for signature in parse_qs(parts.query).get("sig", []):
            self._hide(signature)
        if parts.scheme not in {"https", urlsplit(self._origin).scheme} or not parts.hostname:
            raise ArtifactFailure("the results service gave no address to upload to")
        return url

    def _call(
        self, session: requests.Session, method: str, body: Mapping[str, object]
    ) -> Mapping[str, object]:
        response = self._send(
            session,
            "POST",
            f"{self._origin}{_SERVICE}{method}",
            json.dumps({**self._ids, **body}).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._settings.token}"},
        )
        answer = _body(response)
        if response is None or response.status_code != 200 or answer.get("ok") is not True:
            raise _refusal(method, response, answer)
        return answer

    def _put(self, session: requests.Session, url: str, data: bytes, kind: str = "") -> None:
        headers = {"x-ms-version": _STORAGE_VERSION}
        if kind:
            headers["x-ms-blob-content-type"] = kind
        response = self._send(session, "PUT", url, data, headers)
        if response is None or response.status_code != 201:
            # The body and the address may hold the signature.
            code = "" if response is None else response.headers.get("x-ms-error-code", "")
            said = "no answer" if response is None else f"{response.status_code} {code}".strip()
            raise ArtifactFailure(f"the artifact storage refused a block: {said}")

    def _send(
        self,
        session: requests.Session,
        verb: str,
        url: str,
        data: bytes,
        headers: Mapping[str, str],
    ) -> requests.Response | None:
        """Return the answer; None when there is none after all tries."""
        import requests  # noqa: PLC0415 - loaded already

        sent = {**headers, "User-Agent": f"diff-insight/{__version__}"}
        wait = _FIRST_WAIT
        for left in reversed(range(_MOST_TRIES)):
            response = None
            with suppress(requests.RequestException, OSError):  # their texts hold the address
                response = session.request(
                    verb, url, data=data, headers=sent, timeout=self._settings.timeout,
                    allow_redirects=False, auth=_without_netrc,
                )  # fmt: skip
            status = 0 if response is None else response.status_code
            if status not in _AGAIN or not left or "insufficient usage" in _message_of(response):
                return response
            self._sleep(_wait_seconds(response) or wait)
            wait *= _GROWTH
        return None


class _Blob:
    """The blocks of an upload, and the addresses that they go to."""

    def __init__(self, signed: str) -> None:
        self._signed_url = signed
        self._ids: list[str] = []
        self.size = 0

    def url(self, query: str) -> str:
        """Return the signed address with more parameters."""
        return f"{self._signed_url}{'&' if '?' in self._signed_url else '?'}{query}"

    def next_block(self, size: int) -> str:
        """Return the address of the next block."""
        # All ids of a blob have one length.
        self._ids.append(base64.b64encode(b"%08d" % len(self._ids)).decode("ascii"))
        self.size += size
        return self.url(f"comp=block&blockid={quote(self._ids[-1], safe='')}")

    def block_list(self) -> bytes:
        """Return the list that makes a blob of the blocks."""
        listed = "".join(f"<Latest>{name}</Latest>" for name in self._ids)
        head = '<?xml version="1.0" encoding="utf-8"?>'
        return f"{head}<BlockList>{listed}</BlockList>".encode()


def backend_ids(token: str) -> tuple[str, str]:
    """Return the ids of run and job that a runtime token is for; it is the service that checks it.

    Raises:
        ArtifactFailure: It holds none.
    """
    payload = token.partition(".")[2].partition(".")[0]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        scopes = str(claims["scp"]).split()
    except (ValueError, KeyError, TypeError):
        scopes = []
    for scope in scopes:
        if scope.startswith(_SCOPE):
            run, _, job = scope.removeprefix(_SCOPE).partition(":")
            if run and job:
                return run, job
    raise ArtifactFailure("ACTIONS_RUNTIME_TOKEN does not allow to upload artifacts")


def _blocks(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cut pieces of any size into blocks."""
    held = bytearray()
    for piece in content:
        held += piece
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _refusal(
    method: str, response: requests.Response | None, answer: Mapping[str, object]
) -> ArtifactFailure:
    if response is None:
        return ArtifactFailure(f"the results service did not answer {method}")
    said = str(answer.get("msg") or answer.get("message") or "")[:_LONGEST_TEXT]
    sentence = f"the results service answered {response.status_code} to {method}"
    return ArtifactFailure(
        f"{sentence}: {said}" if said else sentence,
        conflict=response.status_code == 409 or answer.get("code") == "already_exists",
        quota="insufficient usage" in said.lower(),
    )


def _body(response: requests.Response | None) -> Mapping[str, object]:
    try:
        body = None if response is None else response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _message_of(response: requests.Response | None) -> str:
    return "" if response is None else response.text[:4096].lower()


def _wait_seconds(response: requests.Response | None) -> float:
    """Return the seconds that an answer asks to wait, within reason."""
    seconds = "" if response is None else response.headers.get("retry-after", "")
    return min(float(seconds), _LONGEST_WAIT) if seconds.isdigit() else 0.0


def _without_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from putting credentials of a netrc file in."""
    return request
