"""Walks back along first parents, as far as the API's lists of commits reach."""

from __future__ import annotations

from datetime import datetime

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.client import GitHubClient

_PAGE = 100
_MOST_PAGES = 30
#: Commits that are asked for one by one, where the lists end.
_MOST_STEPS = 50


def first_parent_before(
    client: GitHubClient, repository: str, head: str, moment: datetime
) -> str | None:
    """Return the commit of head's first-parent history behind which all newer ones stand.

    Lists hold what all parents brought, so the walk takes its steps itself. One commit with a date
    out of order ends no period, as in a checkout: a page of commits behind the first one made at or
    before the moment is looked at as well. None when the history begins later.

    Raises:
        EnvironmentFailure: There are too many commits since then.
    """
    known = _since(client, repository, head, moment)
    at: str | None = head
    steps = 0
    while at is not None:
        if at not in known:
            steps += 1
            if steps > _MOST_STEPS:
                raise _too_many(moment)
            known[at] = _read(client.get(f"/repos/{repository}/git/commits/{at}"))
        made, parent = known[at]
        if made <= moment:
            return _behind_newer(client, repository, at, moment)
        at = parent
    return None


def _behind_newer(
    client: GitHubClient, repository: str, commit: str, moment: datetime
) -> str | None:
    """Return the first commit from one on, in its history, behind which none is newer."""
    listed = client.get(f"/repos/{repository}/commits", sha=commit, per_page=_PAGE)
    known = _rows(listed)
    ahead: str | None = commit
    at: str | None = commit
    while at is not None and at in known:
        made, parent = known[at]
        if made > moment:
            ahead = parent
        at = parent
    return ahead


def _since(
    client: GitHubClient, repository: str, head: str, moment: datetime
) -> dict[str, tuple[datetime, str | None]]:
    """Return date and first parent of the commits since a moment."""
    commits: dict[str, tuple[datetime, str | None]] = {}
    since = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    for page in range(1, _MOST_PAGES + 1):
        listed = client.get(
            f"/repos/{repository}/commits", sha=head, since=since, per_page=_PAGE, page=page
        )
        rows = _rows(listed)
        commits |= rows
        if len(rows) < _PAGE:
            return commits
    raise _too_many(moment)


def _rows(listed: object) -> dict[str, tuple[datetime, str | None]]:
    """Return date and first parent of the commits of a list."""
    rows = listed if isinstance(listed, list) else []
    return {str(row["sha"]): _read({**row["commit"], "parents": row["parents"]}) for row in rows}


def _read(commit: object) -> tuple[datetime, str | None]:
    details = commit if isinstance(commit, dict) else {}
    parents = details["parents"]
    made = datetime.fromisoformat(details["committer"]["date"])
    return made, str(parents[0]["sha"]) if parents else None


def _too_many(moment: datetime) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"the last commit before {moment.isoformat()} is too far back for the API",
        cause=f"there are more than {_PAGE * _MOST_PAGES} commits since then",
        cure="let git reach the server, or name the base by its commit id",
    )
