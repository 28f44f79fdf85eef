"""The releases of a repository: found by their tag, drafts too, and their notes replaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote

from msgspec import Struct

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.client import ApiFailure, GitHubClient

_PAGE = 100
#: A draft is among the newest; GitHub lists 10,000 releases at the most.
_MOST_PAGES = 5


class ReleasePage(Struct, frozen=True, kw_only=True):
    """A release; its notes are data from whoever wrote them.

    Attributes:
        url: Its web page.
    """

    id: int
    notes: str
    url: str


class ReleasePages:
    """Reads and writes the releases of one repository.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME`.
    """

    def __init__(self, client: GitHubClient, repository: str) -> None:
        self._client = client
        self._path = f"/repos/{repository}/releases"

    def find(self, tag: str) -> ReleasePage | None:
        """Return the release of a tag, a draft only where none is published."""
        try:
            return _release(self._client.get(f"{self._path}/tags/{quote(tag)}"))
        except ApiFailure as error:
            if error.status != 404:
                raise
        return next((_release(row) for row in self._rows() if row.get("tag_name") == tag), None)

    def read(self, release: int) -> ReleasePage:
        """Return a release as it is now."""
        return _release(self._client.get(f"{self._path}/{release}"))

    def write(self, release: int, notes: str) -> ReleasePage:
        """Replace the notes of a release; all else of it stays."""
        return _release(self._client.send("PATCH", f"{self._path}/{release}", {"body": notes}))

    def _rows(self) -> Iterator[dict[str, Any]]:
        for page in range(1, _MOST_PAGES + 1):
            listed = self._client.get(self._path, per_page=_PAGE, page=page)
            rows = listed if isinstance(listed, list) else []
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < _PAGE:
                return


def _release(item: object) -> ReleasePage:
    row = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
    try:
        number = int(row["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise EnvironmentFailure("GitHub's answer is not a release") from error
    return ReleasePage(
        id=number, notes=str(row.get("body") or ""), url=str(row.get("html_url", ""))
    )
