"""A branch that takes report files by `git push`, never forced: for servers without the API's way."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.network import Network, NetworkGit, network_failure
from diff_insight.git.remote import PartialClone, object_format
from diff_insight.model.branches import BranchMovedError, BranchState

#: What git says when somebody else was faster; the server's words come from its own version.
_MOVED = (b"[rejected]", b"cannot lock ref", b"failed to update ref", b"incorrect old value")
#: Bytes of a file of the branch that is read.
_LARGEST = 100_000_000


class PushedBranch:
    """One branch of a repository on a server.

    Args:
        environ: The process environment.
        network: How the repository is reached, with a token that may write.
        name: The branch, without `refs/heads/`.
        author: `NAME <ADDRESS>` of the commits.
    """

    def __init__(
        self, environ: Mapping[str, str], network: Network, name: str, author: str
    ) -> None:
        self.name = name
        # Taken away at the end of the process, or when it is closed.
        self._folder = tempfile.TemporaryDirectory(prefix="diff-insight-")
        self._directory = Path(self._folder.name)
        self._environ = dict(environ)
        self._network = network
        self._ref = f"refs/heads/{name}"
        self._author = author
        self._clone: PartialClone | None = None
        self._place = self._directory

    def read(self) -> BranchState:
        """Return the tip and the files of the branch; nothing when it is not there."""
        git = NetworkGit(self._directory, self._environ, self._network)
        listed = git.run("ls-remote", "--end-of-options", self._network.url, "HEAD", self._ref)
        tips = dict(line.split("\t")[::-1] for line in listed.decode().splitlines())
        head = tips.get(self._ref, "")
        if self._clone is None:
            self._place = self._directory / "branch"
            self._place.mkdir()
            self._clone = PartialClone(
                self._place, self._environ, (self._network,),
                filter_="blob:none", object_format=object_format(head or tips.get("HEAD", "")),
            )  # fmt: skip
        if not head:
            return BranchState()
        self._clone.commits([head], "--depth=1")
        entries = self._git("ls-tree", "-r", "-z", "--full-tree", head).split(b"\0")[:-1]
        pairs = (entry.split(b"\t", 1) for entry in entries)
        files = {
            path.decode("utf-8", "surrogateescape"): meta.split(b" ")[2].decode()
            for meta, path in pairs
        }
        return BranchState(head=head, files=files)

    def content(self, state: BranchState, path: str) -> bytes | None:
        """Return a file of the branch as it was read; None when it has none of that name."""
        if path not in state.files or self._clone is None:
            return None
        return self._clone.file(state.head, path, limit=_LARGEST)

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        """Commit files on top of the branch as it was read, push, and return the commit.

        Raises:
            BranchMovedError: The branch is not as it was read any more; nothing was changed.
            EnvironmentFailure: The server refused, or cannot be reached.
        """
        tree = self._tree(state.head, files)
        parents = ("-p", state.head) if state.head else ()
        made = (
            self._git("commit-tree", tree, *parents, stdin=f"{message}\n".encode()).decode().strip()
        )
        git = NetworkGit(self._place, self._environ, self._network)
        done = git.attempt("push", "--quiet", "--porcelain", "remote0", f"{made}:{self._ref}")
        if done.returncode == 0:
            return made
        said = done.stdout + done.stderr
        if any(words in said for words in _MOVED) and b"hook declined" not in said:
            raise BranchMovedError(f"the branch {self.name!r} has moved meanwhile")
        failure = network_failure(self._network, done.stderr.decode("utf-8", "replace"))
        raise EnvironmentFailure(
            f"git could not push to {self.name!r}",
            cause=failure.cause,
            cure=failure.cure.replace("contents: read", "contents: write"),
        )

    def close(self) -> None:
        """Drop the temporary repository."""
        self._folder.cleanup()

    def _tree(self, head: str, files: Mapping[str, bytes]) -> str:
        """Write a tree with files over those of a commit, and return its id."""
        index = {"GIT_INDEX_FILE": str(self._place / "index.reports")}
        self._git("read-tree", head or "--empty", more=index)
        lines = []
        for path, content in files.items():
            blob = self._git("hash-object", "-w", "--stdin", stdin=content).decode().strip()
            lines.append(f"100644 {blob}\t{path}\0")
        listed = "".join(lines).encode("utf-8", "surrogateescape")
        self._git("update-index", "-z", "--index-info", stdin=listed, more=index)
        # The other files of the branch stay on the server.
        return self._git("write-tree", "--missing-ok", more=index).decode().strip()

    def _git(
        self, *arguments: str, stdin: bytes = b"", more: Mapping[str, str] | None = None
    ) -> bytes:
        name, _, address = self._author.rpartition(" <")
        person = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", address.removesuffix(">")))
        }
        git = Git(self._place, self._environ, more={**person, **(more or {})})
        done = git.run(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise EnvironmentFailure(
                f"git {arguments[0]} failed in a temporary repository",
                cause=done.stderr.decode("utf-8", "replace").strip(),
                cure="free space in the temporary directory, or set TMPDIR",
            )
        return done.stdout
