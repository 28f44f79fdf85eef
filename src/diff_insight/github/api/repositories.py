"""A repository as GitHub describes it: its name now, and who may see it."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.github.api.client import ApiFailure, GitHubClient


class RepositoryDescription(Struct, frozen=True):
    """What is asked about repositories.

    Attributes:
        name: `OWNER/NAME`, which is another than was asked for after a renaming.
        public: Everybody may see it.
        default_branch: Name without `refs/heads/`.
    """

    name: str
    public: bool
    default_branch: str


def describe(client: GitHubClient, repository: str) -> RepositoryDescription:
    """Return what GitHub says of a repository.

    Raises:
        ApiFailure: There is none, or the token may not see it.
    """
    try:
        answer = client.get(f"/repos/{repository}")
    except ApiFailure as error:
        if error.status != 404:
            raise
        raise ApiFailure(
            f"there is no repository {repository!r}",
            status=404,
            cause="it was deleted or is private, or its owner has another name now",
            cure="check OWNER/NAME; for a private one pass a token with contents: read "
            "(source-token)",
        ) from error
    row = answer if isinstance(answer, dict) else {}
    return RepositoryDescription(
        name=str(row.get("full_name") or repository),
        # Repositories that only members of an enterprise see are not public either.
        public=row.get("private") is False and row.get("visibility", "public") == "public",
        default_branch=str(row.get("default_branch") or "main"),
    )
