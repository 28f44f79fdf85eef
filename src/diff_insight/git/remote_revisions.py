"""Answers the questions of range resolution about a repository on a server.

Names come from the server's list of refs; what lies between commits from their history, which is
fetched as commits without trees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from diff_insight.errors import DiffInsightError, EnvironmentFailure, UsageError
from diff_insight.git.network import Network, NetworkGit
from diff_insight.git.objects import EMPTY_TREES
from diff_insight.git.remote import PartialClone, object_format
from diff_insight.git.repository import Repository
from diff_insight.git.tag_kinds import tags_of_kind, version_before
from diff_insight.model.ranges import is_full_id
from diff_insight.model.web_links import WebRepository

_ANCESTOR = re.compile(r"(.+?)([~^][0-9~^]*)")
_SYMBOLIC = "ref: "


class RemoteRevisions:
    """Revisions of a repository on a server.

    Args:
        directory: An empty directory for what is fetched.
        environ: The process environment.
        networks: The repository, then the fork that holds the head.
        address: Where the repository is on the web.
        ask_merge_base: A cheaper way to a merge base, such as the API; None when it has no answer.
    """

    def __init__(
        self,
        directory: Path,
        environ: Mapping[str, str],
        networks: Sequence[Network],
        address: WebRepository,
        ask_merge_base: Callable[[str, str], str | None] | None = None,
    ) -> None:
        self._directory = directory
        self._environ = environ
        self._networks = networks
        self._address = address
        self._ask = ask_merge_base
        self._refs: dict[str, str] = {}
        self._format = "sha1"
        self._clone: PartialClone | None = None

    @property
    def refs(self) -> Mapping[str, str]:
        """The commits of the refs that were asked for, by full name."""
        return self._refs

    def commit(self, revision: str) -> str:
        """Return the commit id that a revision names.

        Raises:
            UsageError: The server has no ref of that name.
        """
        commit = self.find(revision)
        if commit is None:
            raise UsageError(
                f"unknown revision {revision!r}",
                cause=f"no branch or tag of {self._networks[0].url} has that name",
                cure="check the name; a commit is named by its full id",
            )
        return commit

    def find(self, revision: str) -> str | None:
        """Return the commit id of a revision, or None when no ref has that name."""
        if is_full_id(revision):
            self._format = object_format(revision)
            return revision.lower()
        ancestor = _ANCESTOR.fullmatch(revision)
        if ancestor is not None:
            start = self.find(ancestor[1])
            return self._history(start).find(start + ancestor[2]) if start else None
        names = _full_names(revision)
        self._list(*names)
        return next((self._refs[name] for name in names if name in self._refs), None)

    def merge_base(self, base: str, head: str) -> str:
        """Return the best common ancestor of two commits, or raise."""
        asked = self._ask_server(base, head)
        return asked or self._history(base, head).merge_base(base, head)

    def find_merge_base(self, base: str, head: str) -> str | None:
        """Return the best common ancestor, or None when it cannot be had."""
        if base in EMPTY_TREES.values():
            return None
        try:
            return self.merge_base(base, head)
        except DiffInsightError:
            return None

    def default_branch(self) -> str | None:
        """Return the full name of the branch that the server's HEAD stands for."""
        self._list("HEAD")
        return self._refs.get(_SYMBOLIC + "HEAD")

    def branch(self, revision: str) -> str | None:
        """Return the full name of the branch that a revision names, or None."""
        if revision == "HEAD":
            return self.default_branch()
        if is_full_id(revision) or self.find(revision) is None:
            return None
        full_name = next((name for name in _full_names(revision) if name in self._refs), "")
        return full_name if full_name.startswith("refs/heads/") else None

    def parent(self, commit: str) -> str | None:
        """Return the first parent of a commit, or None for the first one."""
        return self._history(commit).parent(commit)

    def before(self, head: str, moment: datetime) -> str | None:
        """Return the newest commit of head's first-parent history at or before a moment."""
        return self._history(head).before(head, moment)

    def previous_tag(self, head: str) -> str | None:
        """Return the full ref of the tag before head's own, an ancestor or the version before it."""
        listed = self._ls_remote(self._networks[0], "--tags")
        tags = {name: commit for name, commit in listed.items() if name.startswith("refs/tags/")}
        own = [name for name, commit in tags.items() if commit == head]
        before = version_before(own, tags_of_kind(own, tags))
        history = self._history(head, *([tags[before]] if before else []))
        asked = "".join(f"{commit}\n" for commit in tags.values()).encode()
        # Only these histories were fetched; what else is tagged is neither.
        checked = history.git.run("cat-file", "--batch-check", stdin=asked).stdout.split(b"\n")
        lines = [
            f"update {name}\0{commit}\0\0"
            for (name, commit), answer in zip(tags.items(), checked, strict=False)
            if b" commit " in answer
        ]
        history.git.run("update-ref", "--stdin", "-z", stdin="".join(lines).encode())
        return history.previous_tag(head)

    def empty_tree(self) -> str:
        """Return the id of the empty tree in the server's hash."""
        return EMPTY_TREES[self._format]

    def web_address(self) -> WebRepository:
        """Return where the repository is on the web."""
        return self._address

    def commit_time(self, commit: str) -> datetime | None:
        """Return the committer date of a commit whose history is here; None otherwise."""
        return self._clone.repository.commit_time(commit) if self._clone else None

    def known_history(self, base: str, head: str) -> Repository | None:
        """Return a repository with the history of both commits, if there is one already."""
        if self._clone is None:
            return None
        is_complete = all(self._clone.repository.find(commit) for commit in (base, head))
        return self._clone.repository if is_complete else None

    def _ask_server(self, base: str, head: str) -> str | None:
        try:
            return self._ask(base, head) if self._ask else None
        except DiffInsightError:
            return None

    def _list(self, *names: str) -> None:
        """Ask for refs, the repository first, its fork when that has none of them."""
        for network in self._networks:
            if not any(name in self._refs for name in names):
                self._refs |= self._ls_remote(network, *names)

    def _ls_remote(self, network: Network, *names: str) -> dict[str, str]:
        """Return commits by full ref name; tags are peeled."""
        git = NetworkGit(self._directory, self._environ, network)
        option, wanted = ("--tags", ()) if names == ("--tags",) else ("--symref", names)
        patterns = [pattern for name in wanted for pattern in (name, name + "^{}")]
        listed = git.run("ls-remote", option, "--end-of-options", network.url, *patterns)
        refs: dict[str, str] = {}
        for line in listed.decode("utf-8", "surrogateescape").splitlines():
            target, _, name = line.partition("\t")
            if target.startswith(_SYMBOLIC):
                refs[_SYMBOLIC + name] = target.removeprefix(_SYMBOLIC)
            else:
                refs[name.removesuffix("^{}")] = target
                self._format = object_format(target)
        return refs

    def _history(self, *commits: str) -> Repository:
        """Return a repository that holds the commits and all their ancestors, without trees."""
        if self._clone is None:
            folder = self._directory / "history"
            folder.mkdir()
            self._clone = PartialClone(
                folder, self._environ, self._networks,
                filter_="tree:0", object_format=self._format,
            )  # fmt: skip
        if self._clone.filters:
            self._clone.commits(commits)
        if not self._clone.filters:
            raise EnvironmentFailure(
                "the server cannot send history without files",
                cause="it does not support partial clones (uploadpack.allowFilter)",
                cure="compare two commit ids directly (BASE..HEAD), or work in a checkout",
            )
        return self._clone.repository


def _full_names(revision: str) -> tuple[str, ...]:
    """Return the refs that a name may mean, in git's order."""
    if revision == "HEAD":
        return ("HEAD",)
    for prefix in ("refs/remotes/origin/", "origin/"):
        if revision.startswith(prefix):
            return (f"refs/heads/{revision.removeprefix(prefix)}",)
    if revision.startswith("refs/"):
        return (revision,)
    return (f"refs/tags/{revision}", f"refs/heads/{revision}")
