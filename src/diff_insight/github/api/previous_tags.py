"""Finds the tag before a commit with the API's lists, as far as they reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.client import GitHubClient

_PAGE = 100
_MOST_TAG_PAGES = 10
_MOST_COMMIT_PAGES = 20
#: Tagged ancestors of which the nearest is taken; git looks at as many.
_CANDIDATES = 10


def tag_before(
    client: GitHubClient, repository: str, head: str, distance: Callable[[str], int]
) -> str | None:
    """Return the commit of the nearest tag among head's ancestors, without head's own tags.

    The nearest is the one with the fewest commits between it and the head, as for git. None when
    no ancestor has a tag.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME`.
        head: A commit.
        distance: Counts the commits of head that another commit does not have.

    Raises:
        EnvironmentFailure: There are too many tags, or commits without one.
    """
    tagged = set(_tag_names(client, repository)) - {head}
    if not tagged:
        return None
    positions: dict[str, int] = {}
    for position, commit in enumerate(_ancestors(client, repository, head)):
        # The list goes from new to old, so what comes now lacks at least all that came before.
        if positions and (position >= min(positions.values()) or len(positions) == _CANDIDATES):
            break
        if commit in tagged:
            positions[commit] = distance(commit)
    return min(positions, key=positions.__getitem__, default=None)


def _tag_names(client: GitHubClient, repository: str) -> Iterator[str]:
    for page in range(1, _MOST_TAG_PAGES + 1):
        rows = _rows(client.get(f"/repos/{repository}/tags", per_page=_PAGE, page=page))
        yield from (str(row["commit"]["sha"]) for row in rows)
        if len(rows) < _PAGE:
            return
    raise _too_far(f"there are more than {_PAGE * _MOST_TAG_PAGES} tags")


def _ancestors(client: GitHubClient, repository: str, head: str) -> Iterator[str]:
    for page in range(1, _MOST_COMMIT_PAGES + 1):
        path = f"/repos/{repository}/commits"
        rows = _rows(client.get(path, sha=head, per_page=_PAGE, page=page))
        yield from (str(row["sha"]) for row in rows)
        if len(rows) < _PAGE:
            return
    raise _too_far(f"none of its last {_PAGE * _MOST_COMMIT_PAGES} commits has one")


def _rows(answer: object) -> list[dict[str, dict[str, object]]]:
    return answer if isinstance(answer, list) else []


def _too_far(cause: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "the tag before a commit cannot be found through the API",
        cause=cause,
        cure="let git reach the server, or name the base by its tag",
    )
