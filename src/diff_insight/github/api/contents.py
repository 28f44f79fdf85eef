"""File contents through the API, within a limit, because each is a request of its own."""

from __future__ import annotations

import base64

from diff_insight.errors import DiffInsightError
from diff_insight.github.api.client import ApiFailure, GitHubClient

#: GitHub gives a workflow's token 1,000 requests an hour.
MOST_BLOBS = 600


class Contents:
    """Reads blobs by id; None when one cannot be had or the limit is reached."""

    def __init__(self, client: GitHubClient, most: int = MOST_BLOBS) -> None:
        self._client = client
        self._left = most
        self._known: dict[str, bytes] = {}

    def read(self, slug: str, sha: str) -> bytes | None:
        """Return the bytes of a blob of a repository."""
        if sha in self._known:
            return self._known[sha]
        if self._left <= 0:
            return None
        self._left -= 1
        try:
            answer = self._client.get(f"/repos/{slug}/git/blobs/{sha}")
        except ApiFailure as error:
            if error.status not in {403, 404, 422}:  # not this file's fault: the next fails too
                self._left = 0
            return None
        except DiffInsightError:
            return None
        if not isinstance(answer, dict) or answer.get("encoding") != "base64":
            return None
        content = base64.b64decode(str(answer["content"]))
        self._known[sha] = content
        return content
