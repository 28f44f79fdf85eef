"""Finds the tag before a commit with the API's lists, as far as they reach."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.tag_kinds import tags_of_kind, version_before
from diff_insight.github.api.client import GitHubClient

_PAGE = 100
_MOST_TAG_PAGES = 10
_MOST_COMMIT_PAGES = 20
#: Tagged ancestors of which the nearest is taken; git looks at as many.
_CANDIDATES = 10


def tag_before(
    client: GitHubClient, repository: str, head: str, distance: Callable[[str], int | None]
) -> str | None:
    """Return the commit of the tag before a head's own, as git's side of this tells it.

    That is the nearest ancestor with a tag of its kind, the one with the fewest commits between it
    and the head, or the version before it on a branch of its own, where that is nearer. Without
    tags of its kind any tag of an ancestor will do. None when there is none.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME`.
        head: A commit.
        distance: Counts the commits of head that another commit does not have; None without a
            common history.

    Raises:
        EnvironmentFailure: There are too many tags, or commits without one.
    """
    tags = dict(_tags(client, repository))
    own = [name for name, commit in tags.items() if commit == head]
    kind = [name for name in tags_of_kind(own, tags) if tags[name] != head]
    others = {commit for commit in tags.values() if commit != head}
    before = version_before(own, kind)
    apart = distance(tags[before]) if before else None
    of_kind = {tags[name] for name in kind}
    nearest = _nearest(client, repository, head, of_kind, distance, apart)
    if before is not None and apart is not None and (nearest is None or apart < nearest[1]):
        return tags[before]
    nearest = nearest or _nearest(client, repository, head, others - of_kind, distance)
    return nearest[0] if nearest else None


def _nearest(
    client: GitHubClient, repository: str, head: str, among: Collection[str],
    distance: Callable[[str], int | None], within: int | None = None,
) -> tuple[str, int] | None:  # fmt: skip
    """Return the nearest ancestor among tagged commits, and how far it is; none beyond a distance."""
    if not among:
        return None
    distances: dict[str, int] = {}
    for position, commit in enumerate(_ancestors(client, repository, head)):
        # The list goes from new to old, so what comes now lacks at least all that came before.
        nearest = min(distances.values(), default=within)
        if (nearest is not None and position > nearest) or len(distances) == _CANDIDATES:
            break
        apart = distance(commit) if commit in among else None
        if apart is not None:
            distances[commit] = apart
    return min(distances.items(), key=lambda row: row[1], default=None)


def _tags(client: GitHubClient, repository: str) -> Iterator[tuple[str, str]]:
    for page in range(1, _MOST_TAG_PAGES + 1):
        rows = _rows(client.get(f"/repos/{repository}/tags", per_page=_PAGE, page=page))
        yield from ((str(row["name"]), str(row["commit"]["sha"])) for row in rows)
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
