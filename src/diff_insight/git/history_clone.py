"""A bare repository of ours with the history of one on a server: commits and tags, later trees, no files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.network import Network, NetworkGit

#: Where the commit is kept that was asked for.
_HEAD = "refs/heads/planned"


def fetch_history(
    directory: Path, environ: Mapping[str, str], network: Network, head: str
) -> tuple[Git, str]:
    """Fetch the history of a revision and all tags, without trees and files.

    Args:
        directory: An empty directory.
        environ: The process environment.
        network: The repository.
        head: Branch, tag or commit id; empty for the server's default branch.

    Returns:
        git in the new repository, and the id of the commit that `head` names.

    Raises:
        EnvironmentFailure: The server cannot be read, or sends files in spite of being asked not to.
    """
    local = Git(directory, environ)
    done = local.run("init", "--quiet", "--bare")
    if done.returncode != 0:
        raise EnvironmentFailure(
            "no temporary repository could be made",
            cause=done.stderr.decode("utf-8", "replace").strip(),
            cure="free space in the temporary directory, or set TMPDIR",
        )
    remote = NetworkGit(directory, environ, network)
    remote.run(
        "fetch", "--quiet", "--no-write-fetch-head", "--recurse-submodules=no", "--filter=tree:0",
        "--end-of-options", network.url, f"+{head or 'HEAD'}:{_HEAD}", "+refs/tags/*:refs/tags/*",
    )  # fmt: skip
    if not remote.filters:
        raise EnvironmentFailure(
            "the server cannot send history without files",
            cause="it does not support partial clones (uploadpack.allowFilter)",
            cure="clone it, and plan in the clone with --repo PATH",
        )
    return local, local.text("rev-parse", f"{_HEAD}^{{commit}}") or ""


def fetch_trees(
    directory: Path, environ: Mapping[str, str], network: Network, commits: Iterable[str]
) -> None:
    """Fetch the folders of some commits of a history that is here, in one request, without files.

    Raises:
        EnvironmentFailure: The server does not give them out.
    """
    wanted = "".join(f"{commit}\n" for commit in commits)
    local = Git(directory, environ)
    listed = local.run(
        "rev-list", "--no-walk=unsorted", "--no-commit-header", "--format=%T", "--stdin",
        stdin=wanted.encode(),
    )  # fmt: skip
    NetworkGit(directory, environ, network).run(
        # What is here already is no reason to leave its folders out.
        "-c", "fetch.negotiationAlgorithm=noop",
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no",
        "--filter=blob:none", "--stdin", network.url, stdin=listed.stdout,
    )  # fmt: skip
