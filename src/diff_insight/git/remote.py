"""A repository on a server, through a temporary bare repository that holds only what was asked for.

Two commits come without history and without file contents; the contents that differ follow in one
batch. History, when a question needs it, comes as commits only, into a repository of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.committed import tree_entry
from diff_insight.git.network import Network, NetworkGit
from diff_insight.git.repository import Repository

_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no")
_SHA256_LENGTH = 64


class PartialClone:
    """A bare repository of ours that fetches chosen objects from one or more servers.

    Args:
        directory: An empty directory.
        environ: The process environment.
        networks: Where objects come from: the repository, then the fork that holds the head.
        filter_: What is left out of every fetch, as `git fetch --filter` takes it.
        object_format: `sha1` or `sha256`.
    """

    def __init__(
        self,
        directory: Path,
        environ: Mapping[str, str],
        networks: Sequence[Network],
        *,
        filter_: str,
        object_format: str,
    ) -> None:
        self._local = Git(directory, environ)
        self.repository = Repository(self._local)
        self._filter = f"--filter={filter_}"
        self._remotes: dict[str, NetworkGit] = {}
        self._places: dict[str, str] = {}
        self._do("init", "--quiet", "--bare", f"--object-format={object_format}")
        for number, network in enumerate(networks):
            name = f"remote{number}"
            self._do("config", f"remote.{name}.url", network.url)
            self._do("config", f"remote.{name}.promisor", "true")
            self._do("config", f"remote.{name}.partialCloneFilter", filter_)
            self._remotes[name] = NetworkGit(directory, environ, network)

    @property
    def filters(self) -> bool:
        """Tell whether every server left out what it was asked to."""
        return all(git.filters for git in self._remotes.values())

    def commits(self, wanted: Iterable[str], *options: str) -> None:
        """Fetch commits: all from the first server, else each from the first that has it.

        Raises:
            EnvironmentFailure: A commit could not be had from any server.
        """
        missing = [commit for commit in dict.fromkeys(wanted) if commit not in self._places]
        if not missing:
            return
        first, *others = self._remotes
        try:
            self._fetch(first, missing, *options)
        except EnvironmentFailure:
            if not others:
                raise
            for commit in missing:
                self._from_any(commit, *options)

    def contents(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Fetch blobs, given by the commit that they are in: one batch for each server."""
        if not self.filters:  # the server has sent all of them already
            return
        batches: dict[str, dict[str, None]] = {}
        for commit, blobs in wanted.items():
            remote = self._places.get(commit, next(iter(self._remotes)))
            batches.setdefault(remote, {}).update(dict.fromkeys(blobs))
        for remote, batch in batches.items():
            if batch:
                self._blobs(remote, batch)

    def file(self, commit: str, path: str, *, limit: int) -> bytes | None:
        """Return a file of a fetched commit; None when the commit does not have it.

        Raises:
            EnvironmentFailure: Its content could not be had.
            NotRegularError: It is a link or a folder, or longer than `limit` bytes.
        """
        # Sizes are not asked for: git would have to fetch each content to tell them.
        entry, tab, name = self._do("ls-tree", "-z", "--full-tree", commit, "--", path).partition(
            b"\t"
        )
        blob = tree_entry(entry + b" -" + tab + name, path, limit=limit)
        if blob is None:
            return None
        self._blobs(self._places.get(commit, next(iter(self._remotes))), [blob])
        return self._do("cat-file", "blob", blob)[: limit + 1]

    def _blobs(self, remote: str, blobs: Iterable[str]) -> None:
        """Fetch blobs by id from one server."""
        self._remotes[remote].run(
            "-c", "fetch.negotiationAlgorithm=noop", *_FETCH, self._filter, "--stdin",
            remote, stdin="".join(f"{blob}\n" for blob in blobs).encode(),
        )  # fmt: skip

    def _from_any(self, commit: str, *options: str) -> None:
        """Fetch a commit from the first server that has it."""
        failures: list[EnvironmentFailure] = []
        for name in self._remotes:
            try:
                self._fetch(name, [commit], *options)
            except EnvironmentFailure as error:
                failures.append(error)
            else:
                return
        raise failures[-1]

    def _fetch(self, name: str, commits: Sequence[str], *options: str) -> None:
        self._remotes[name].run(*_FETCH, self._filter, *options, name, *commits)
        self._places |= dict.fromkeys(commits, name)

    def _do(self, *arguments: str) -> bytes:
        """Run git here, without a network."""
        done = self._local.run(*arguments)
        if done.returncode != 0:
            raise EnvironmentFailure(
                f"git {arguments[0]} failed in a temporary repository",
                cause=done.stderr.decode("utf-8", "replace").strip(),
                cure="free space in the temporary directory, or set TMPDIR; use git 2.36 or later",
            )
        return done.stdout


def object_format(commit: str) -> str:
    """Return the hash that a full object id is made with."""
    return "sha256" if len(commit) == _SHA256_LENGTH else "sha1"
