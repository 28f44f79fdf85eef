"""Questions about one repository: revisions, merge bases, the default branch, its web address."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git

_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SSH = re.compile(r"(?:ssh://)?(?:[^@/]+@)?(?P<host>[^/:]+)(?::\d+)?[:/](?P<path>[^/].*)")
_HTTP = re.compile(r"https?://(?:[^@/]*@)?(?P<host>[^/]+)/(?P<path>.+)")
_SLUG = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


class Repository:
    """A local repository seen through git."""

    def __init__(self, git: Git) -> None:
        self.git = git

    def require(self) -> None:
        """Raise `UsageError` when the directory is no git repository."""
        directory = self.git.directory
        if not directory.is_dir():
            raise UsageError(
                f"there is no directory {str(directory)!r}",
                cure="name an existing checkout with --repo",
            )
        if self.git.text("rev-parse", "--git-dir") is None:
            raise UsageError(
                f"{str(directory)!r} is not a git repository",
                cure="run inside a checkout, name one with --repo, or give a diff with --diff",
            )

    def commit(self, revision: str) -> str:
        """Return the id of the commit that `revision` names.

        Raises:
            UsageError: Nothing here has that name.
            EnvironmentFailure: It is a full commit id that this clone does not hold.
        """
        found = self.find(revision)
        if found is not None:
            return found
        if _FULL_ID.fullmatch(revision):
            raise EnvironmentFailure(
                f"commit {revision} is not in this repository",
                cause="the clone is shallow" if self.is_shallow() else "it was never fetched",
                cure=f"git fetch origin {revision}, or check out with fetch-depth: 0",
            )
        raise UsageError(
            f"unknown revision {revision!r}",
            cause="no branch, tag or commit has that name here",
            cure="see git branch -a and git tag; a branch of a remote is origin/NAME",
        )

    def find(self, revision: str) -> str | None:
        """Return the commit id of `revision`, or None when there is no such commit here."""
        spec = revision + "^{commit}"
        return self.git.text("rev-parse", "--verify", "--quiet", "--end-of-options", spec)

    def is_shallow(self) -> bool:
        """Tell whether history is cut off."""
        return self.git.text("rev-parse", "--is-shallow-repository") == "true"

    def merge_base(self, base: str, head: str) -> str:
        """Return the best common ancestor of two commits.

        Raises:
            EnvironmentFailure: The clone is shallow and does not reach it.
            UsageError: The histories are unrelated.
        """
        found = self.find_merge_base(base, head)
        if found is not None:
            return found
        if self.is_shallow():
            raise EnvironmentFailure(
                "no merge base was found in this shallow clone",
                cause="the common ancestor lies before the cut",
                cure="git fetch --unshallow, or compare directly with BASE..HEAD",
            )
        raise UsageError(
            "base and head have no common history",
            cause="the two commits come from unrelated histories",
            cure="compare them directly with BASE..HEAD or --comparison direct",
        )

    def find_merge_base(self, base: str, head: str) -> str | None:
        """Return the best common ancestor of two commits, or None when none is known here."""
        found = self.git.text("merge-base", base, head)
        return found.splitlines()[0] if found else None

    def default_branch(self) -> str | None:
        """Return a name for the default branch: origin's HEAD, else main, else master."""
        origin = self.git.text("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        candidates = [origin] if origin else []
        candidates += ["refs/remotes/origin/main", "refs/heads/main"]
        candidates += ["refs/remotes/origin/master", "refs/heads/master"]
        return next((name for name in candidates if self.find(name)), None)

    def current_branch(self) -> str | None:
        """Return the full name of the checked-out branch; None when HEAD is detached."""
        return self.git.text("symbolic-ref", "--quiet", "HEAD")

    def empty_tree(self) -> str:
        """Return the id of the empty tree in this repository's hash."""
        return self.git.text("hash-object", "-t", "tree", "/dev/null") or ""

    def committed_at(self, commit: str) -> datetime | None:
        """Return the committer date of a commit with its time zone."""
        stamp = self.git.text("show", "--no-patch", "--format=%cI", "--end-of-options", commit)
        return datetime.fromisoformat(stamp.splitlines()[-1]) if stamp else None

    def web_address(self) -> tuple[str, str]:
        """Return server and `OWNER/NAME` of `origin`, or two empty strings."""
        return parse_remote(self.git.text("config", "--get", "remote.origin.url") or "")


def parse_remote(url: str) -> tuple[str, str]:
    """Split a remote's URL (https, ssh, scp-like) into web server and `OWNER/NAME`.

    Local paths and addresses with more or fewer than two path segments give empty strings.
    """
    match = _HTTP.fullmatch(url)
    if match is None and "://" in url and not url.startswith("ssh://"):
        return "", ""
    match = match or (None if Path(url).exists() else _SSH.fullmatch(url))
    if match is None:
        return "", ""
    slug = match["path"].strip("/").removesuffix(".git")
    if not _SLUG.fullmatch(slug):
        return "", ""
    scheme = "http" if url.startswith("http://") else "https"
    return f"{scheme}://{match['host']}", slug
