"""Sources that read a repository on a server: git over the network, then the API where there is one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from diff_insight.github.api.client import ApiSettings
from diff_insight.model.web_links import WebHost, host_of
from diff_insight.ports import DiffSource
from diff_insight.sources.github_api import ApiPlace, GitHubApiSource
from diff_insight.sources.remote_source import RemotePlace, RemoteSource


def server_sources(
    api_address: ApiPlace,
    api: ApiSettings,
    environ: Mapping[str, str],
    now: datetime,
    *,
    most_files: int = 0,
) -> list[tuple[str, DiffSource]]:
    """Return the sources of a repository on a server, the preferred one first.

    Args:
        api_address: The repository, the fork of the head, and the pull request.
        api: How the API is reached, with the token that may read the repository.
        environ: The process environment, for git.
        now: The present moment, for requests such as "since 24h".
        most_files: Changed files that are read; 0 is no limit.
    """
    remote = RemotePlace(
        repository=api_address.repository,
        server=api_address.server,
        token=api.token,
        fork=api_address.fork,
    )
    if host_of(api_address.server, environ.get("GITHUB_SERVER_URL", "")) is not WebHost.GITHUB:
        address = f"{api_address.server}/{api_address.repository}.git"
        remote = RemotePlace(repository=address, server=api_address.server)
        return [("git", RemoteSource(remote, environ, now=now, most_files=most_files))]
    through_api = GitHubApiSource(api_address, api, environ, time.sleep, now)
    git = RemoteSource(
        remote,
        environ,
        now=now,
        ask_merge_base=through_api.merge_base,
        ask_history=through_api.history,
        most_files=most_files,
    )
    return [("git", git), ("api", through_api)]
