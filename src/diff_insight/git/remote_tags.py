"""The tags of a repository on a server, asked for in one request."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from diff_insight.git.network import Network, NetworkGit

_PREFIX = "refs/tags/"


def list_tags(network: Network, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the commit of every tag by its name.

    Raises:
        EnvironmentFailure: The server cannot be reached, or does not show the repository.
    """
    with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
        git = NetworkGit(Path(folder), environ, network)
        listed = git.run("ls-remote", "--tags", "--end-of-options", network.url)
    tags: dict[str, str] = {}
    for line in listed.decode("utf-8", "replace").splitlines():
        commit, _, name = line.partition("\t")
        if name.startswith(_PREFIX):  # a peeled tag comes behind the tag itself
            tags[name.removeprefix(_PREFIX).removesuffix("^{}")] = commit
    return tags
