"""Reads a repository on a server for the command, with its pull request when one is named."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing

from msgspec.structs import replace

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.server_sources import server_sources
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.github.api.client import DEFAULT_API, ApiFailure, ApiSettings, GitHubClient
from diff_insight.github.events.fields import Fields
from diff_insight.github.events.payload import read_pull_request
from diff_insight.model.events import PullRequest
from diff_insight.model.history import PullRequestText
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.model.web_links import DEFAULT_SERVER, WebHost, host_of
from diff_insight.ports import DiffSource
from diff_insight.ranges.repository_place import RepositoryPlace
from diff_insight.sources.github_api import ApiPlace
from diff_insight.sources.ladder import FirstWorkingSource

#: Variables that hold a token of GitHub, the first that is set.
_TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")


def remote_source(
    repository: RepositoryPlace,
    request: RangeRequest,
    environ: Mapping[str, str],
    *,
    most_files: int = 0,
) -> tuple[DiffSource, RangeRequest, PullRequestText | None]:
    """Return the source of a repository on a server, the range, and what its pull request says.

    Args:
        repository: The repository, or one of its pull requests.
        request: Which commits; of a pull request those that it proposes, unless some are named.
        environ: The environment. Its token goes to GitHub alone.
        most_files: Changed files that are read; 0 is no limit.

    Raises:
        UsageError: A pull request is named on a server that is not GitHub's.
        EnvironmentFailure: The server cannot be asked about the pull request.
    """
    api = api_settings(repository.server, environ)
    fork, proposal = "", None
    if repository.pull is not None:
        if host_of(repository.server, environ.get("GITHUB_SERVER_URL", "")) is not WebHost.GITHUB:
            raise UsageError(
                f"pull requests of {repository.server} cannot be read",
                cause="only GitHub is asked for them",
                cure="name the repository, with --base and --head",
            )
        pull = _pull_request(repository, api)
        fork = pull.head_repository if pull.is_fork else ""
        proposal = PullRequestText(title=pull.title, body=pull.body, labels=pull.labels)
        if request.base is None and request.head is None and request.since is None:
            request = replace(
                request, base=pull.base_sha, head=pull.head_sha, comparison=Comparison.MERGE_BASE
            )
    where = ApiPlace(
        repository=repository.repository, server=repository.server, fork=fork, pull=repository.pull
    )
    sources = server_sources(where, api, environ, SystemClock().now(), most_files=most_files)
    return FirstWorkingSource(sources), request, proposal


def api_settings(server: str, environ: Mapping[str, str]) -> ApiSettings:
    """Return how the API of a server is reached, with a token where the server is GitHub's.

    Args:
        server: Web address of the server.
        environ: Names the API and the server that the token is for.
    """
    own = environ.get("GITHUB_SERVER_URL") or DEFAULT_SERVER
    known = server.lower() == own.lower()
    token = next((environ[name] for name in _TOKENS if environ.get(name)), "") if known else ""
    if known and environ.get("GITHUB_API_URL"):
        return ApiSettings(url=environ["GITHUB_API_URL"], token=token)
    return ApiSettings(
        url=DEFAULT_API if server == DEFAULT_SERVER else f"{server}/api/v3", token=token
    )


def _pull_request(repository: RepositoryPlace, api: ApiSettings) -> PullRequest:
    """Return a pull request as GitHub describes it now."""
    with closing(GitHubClient(api, time.sleep)) as client:
        try:
            answer = client.get(f"/repos/{repository.repository}/pulls/{repository.pull}")
        except ApiFailure as error:
            if error.status != 404:
                raise
            raise EnvironmentFailure(
                f"there is no pull request {repository.pull} in {repository.repository!r}",
                cause="it does not exist, or the repository is private",
                cure=f"check the address; for a private one set {_TOKENS[0]}",
            ) from error
    return read_pull_request(Fields(answer if isinstance(answer, dict) else {}))
