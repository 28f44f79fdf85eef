"""A REST client on PyGithub: paced, versioned, patient within a bound, with errors a user can use.

Requests are repeated after 5xx, lost connections and rate limits, as long as the waits stay within
a total; those that must not be done twice only after limits. The token goes to PyGithub only; no
error text holds it, or any header.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field  # noqa: TID251 - keeps the token out of repr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from diff_insight import __version__
from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.pacing import WritePace
from diff_insight.github.api.waiting import SERVER_ERRORS, wait_before_retry
from diff_insight.runtime.connections import why_unreachable

if TYPE_CHECKING:
    from github import Github

API_VERSION = "2022-11-28"
DEFAULT_API = "https://api.github.com"
_MOST_TRIES = 5
_PERMISSIONS = "x-accepted-github-permissions"


class ApiAnswer(Struct, frozen=True):
    """Status, headers (names in lower case) and JSON body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: object


class ApiFailure(EnvironmentFailure):
    """GitHub did not give what was asked for; `status` is 0 when it gave no answer.

    `limited` tells that a rate limit is why, and not a missing permission.
    """

    def __init__(
        self,
        what: str,
        *,
        status: int = 0,
        cause: str = "",
        cure: str = "",
        limited: bool = False,
    ) -> None:
        super().__init__(what, cause=cause, cure=cure)
        self.status = status
        self.limited = limited


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """How the API is reached.

    Attributes:
        url: Base URL; `https://HOST/api/v3` on GitHub Enterprise Server.
        token: Token; empty for anonymous requests.
        pause: Seconds between two requests.
        timeout: Seconds to wait for an answer.
        patience: Seconds to wait in all for limits and failures to pass.
    """

    url: str = DEFAULT_API
    token: str = field(default="", repr=False)
    pause: float = 0.1
    timeout: int = 30
    patience: float = 600.0


class GitHubClient:
    """Sends requests; the connection opens with the first one, in each process for itself.

    Args:
        settings: How the API is reached.
        sleep: Waits for a number of seconds.
        pace: Spaces the writes; clients that only read need none.
    """

    def __init__(
        self,
        settings: ApiSettings,
        sleep: Callable[[float], None],
        pace: WritePace | None = None,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._pace = pace
        self._waited = 0.0
        self._github: Github | None = None
        self._owner = 0

    def get(self, path: str, **parameters: str | int) -> object:
        """Return the JSON body of a GET.

        Raises:
            ApiFailure: GitHub refused, failed for longer than our patience, or cannot be reached.
        """
        return self.request("GET", path, parameters).body

    def send(self, verb: str, path: str, body: Mapping[str, object]) -> object:
        """Return the JSON answer to a write, which may be sent more than once.

        Raises:
            ApiFailure: As for `get`.
        """
        return self.request(verb, path, body=body).body

    def graphql(self, query: str, variables: Mapping[str, object]) -> Mapping[str, object]:
        """Return the whole answer to a GraphQL request: `data`, and `errors` if there are any.

        Raises:
            ApiFailure: As for `get`; 404 where the server has no GraphQL.
        """
        body = {"query": query, "variables": variables}
        answer = self.request("POST", self._connect().requester.graphql_url, body=body).body
        return answer if isinstance(answer, dict) else {}

    def request(
        self,
        verb: str,
        path: str,
        parameters: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        *,
        once: bool = False,
    ) -> ApiAnswer:
        """Send a request until it is answered; `once` not again when it may have been done."""
        attempt = 0
        while True:
            if verb != "GET" and self._pace is not None:
                self._pace.wait()
            answer = self._once(verb, path, dict(parameters or {}), body)
            if 200 <= answer.status < 300:
                return answer
            wait = wait_before_retry(answer.status, answer.headers, _message(answer), attempt)
            attempt += 1
            done = once and answer.status in {0, *SERVER_ERRORS}
            if wait is None or attempt == _MOST_TRIES or done:
                raise self._failure(verb, path, answer)
            if self._waited + wait > self._settings.patience:
                raise self._failure(verb, path, answer, wait)
            self._waited += wait
            self._sleep(wait)

    def close(self) -> None:
        """Close the connection."""
        if self._github is not None and self._owner == os.getpid():
            self._github.close()
        self._github = None

    def _once(
        self,
        verb: str,
        path: str,
        parameters: dict[str, str | int],
        sent: Mapping[str, object] | None = None,
    ) -> ApiAnswer:
        requester = self._connect().requester
        headers = {"Accept": "application/vnd.github+json"}
        try:
            status, answer_headers, text = requester.requestJson(
                verb, path, parameters, headers, sent
            )
            body: object = json.loads(text) if text else None
        except ValueError:  # an error page of a proxy, or half an answer
            return ApiAnswer(502, {}, {"message": "the answer is not JSON"})
        except (OSError, RuntimeError) as error:
            # Texts of these errors hold addresses and more.
            return ApiAnswer(0, {}, {"message": why_unreachable(error)})
        return ApiAnswer(
            status, {name.lower(): str(value) for name, value in answer_headers.items()}, body
        )

    def _connect(self) -> Github:
        if self._github is None or self._owner != os.getpid():
            from github import Auth, Github  # noqa: PLC0415 - takes 200 ms

            # A forked helper must not talk into its parent's connection.
            self._owner = os.getpid()
            self._github = Github(
                base_url=self._settings.url,
                auth=Auth.Token(self._settings.token) if self._settings.token else None,
                timeout=self._settings.timeout,
                user_agent=f"diff-insight/{__version__}",
                seconds_between_requests=self._settings.pause,
                seconds_between_writes=0,
                retry=0,
                api_version=API_VERSION,
            )
        return self._github

    def _failure(self, verb: str, path: str, answer: ApiAnswer, wait: float = 0.0) -> ApiFailure:
        host = urlsplit(self._settings.url).hostname
        path = urlsplit(path).path
        what = f"{host} did not answer {path}" if not answer.status else (
            f"{host} answered {answer.status} to {path}"
        )  # fmt: skip
        cause, cure = self._advice(verb, answer, wait)
        limited = _is_rate_limited(answer, wait)
        return ApiFailure(what, status=answer.status, cause=cause, cure=cure, limited=limited)

    def _advice(self, verb: str, answer: ApiAnswer, wait: float) -> tuple[str, str]:
        """Return the likely cause of a failure and what to change."""
        said = _message(answer)
        if _is_rate_limited(answer, wait):
            return (
                f"the rate limit is reached: {said}",
                f"wait {wait:.0f} seconds and run again" if wait else "run again later",
            )
        if answer.status == 0:
            return f"it cannot be reached: {said}", "check the network and the proxy (https_proxy)"
        if answer.status in SERVER_ERRORS:
            return f"the server failed: {said}", "run again; see the server's status page"
        if answer.status == 401:
            return "the token is not valid", "renew the token"
        usual = "contents=read" if verb == "GET" else "contents=write"
        needed = answer.headers.get(_PERMISSIONS, usual).replace("=", ": ")
        if answer.status in {403, 404}:
            return (
                f"it does not exist, or the token may not see it: {said}",
                f"check the name; give the token the permission {needed} on this repository",
            )
        return said, "see the documentation of the REST API"


def _is_rate_limited(answer: ApiAnswer, wait: float) -> bool:
    said = _message(answer).lower()
    return answer.status == 429 or "rate limit" in said or bool(wait and answer.status == 403)


def _message(answer: ApiAnswer) -> str:
    if isinstance(answer.body, dict):
        return str(answer.body.get("message", ""))
    return ""
