"""Questions about one repository: revisions, merge bases, the default branch, its web address."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.git.tag_before import tag_before
from diff_insight.git.unknown_revision import unknown_revision, what_it_names
from diff_insight.model.ranges import is_full_id
from diff_insight.model.web_links import DEFAULT_SERVER, WebHost, WebRepository, host_of

_ANCESTOR = re.compile(r"(.+?)[~^][0-9~^]*")
#: Committer dates beyond the year 9998 cannot be shown in every time zone.
_LAST_SECOND = 253_370_764_800
_SSH = re.compile(r"ssh://(?:[^@/]+@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+)")
_SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[^/:]+):(?P<path>[^/].*)")
_HTTP = re.compile(r"https?://(?:[^@/]*@)?(?P<host>[^/]+)/(?P<path>.+)")
_SLUG = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_GROUPS = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){1,9}")

#: Commits behind the first one of a period that are looked at for newer ones.
_LOOKED_BEHIND = 100


class Repository:
    """A local repository seen through git.

    Args:
        git: Runs git in it.
        github_server: Address of a server that is known to be GitHub's.
    """

    def __init__(self, git: Git, github_server: str = DEFAULT_SERVER) -> None:
        self.git = git
        self._github_server = github_server

    def require(self) -> None:
        """Raise `UsageError` when the directory is no git repository."""
        directory = self.git.directory
        if not directory.is_dir():
            file = directory.is_file()
            raise UsageError(
                f"there is no directory {str(directory)!r}",
                cause="it is a file" if file else "nothing has that name, seen from where you are",
                cure="name the checkout that holds it with --repo, and the file with --include"
                if file
                else "name an existing checkout with --repo",
            )
        if self.git.text("rev-parse", "--git-dir") is None:
            raise UsageError(
                f"{str(directory)!r} is not a git repository",
                cause="neither it nor a folder around it holds .git, or git does not trust its owner",
                cure="run inside a checkout, name one with --repo, or give a diff with --diff",
            )

    def commit(self, revision: str) -> str:
        """Return the id of the commit that `revision` names.

        Raises:
            UsageError: Nothing here has that name, or here is no repository.
            EnvironmentFailure: It is a full commit id that this clone does not hold.
        """
        commit = self.find(revision)
        if commit is not None:
            return commit
        self.require()
        if is_full_id(revision) and not revision.strip("0"):
            raise UsageError(
                f"{revision} stands for no commit",
                cause="servers give zeros as `before` of a branch that is new, and as `after` of one that is gone",
                cure="leave it out, or name the commit that the branch started from, as origin/main...HEAD does",
            )
        if (failure := what_it_names(self.git, revision)) is not None:
            raise failure
        if is_full_id(revision):
            raise self._absent(revision, f"git fetch origin {revision}")
        ancestor = _ANCESTOR.fullmatch(revision)
        if ancestor and self.is_shallow() and self.find(ancestor[1]):
            raise self._absent(revision, "git fetch --deepen=50")
        if revision == "HEAD":
            raise UsageError(
                "this repository has no commit yet",
                cause="nothing was committed on the branch that is checked out",
                cure="commit something, or name a branch that has commits",
            )
        if self.is_shallow():
            raise UsageError(
                f"unknown revision {revision!r}",
                cause="this clone is shallow, and branches or tags may not have been fetched",
                cure="git fetch --unshallow --tags, or check out with fetch-depth: 0",
            )
        raise unknown_revision(self.git, revision)

    def _absent(self, revision: str, fetch: str) -> EnvironmentFailure:
        """Return the error for a commit that this clone does not hold."""
        return EnvironmentFailure(
            f"commit {revision} is not in this repository",
            cause="the clone is shallow" if self.is_shallow() else "it was never fetched",
            cure=f"{fetch}, or check out with fetch-depth: 0",
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
            EnvironmentFailure: The clone is shallow and does not reach it, or may hide a nearer one.
            UsageError: The histories are unrelated.
        """
        base_commit = self.find_merge_base(base, head)
        if self.is_shallow() and (
            base_commit is None or self._is_cut_above(base_commit, base, head)
        ):
            raise EnvironmentFailure(
                "no merge base was found in this shallow clone",
                cause="the common ancestor lies before the cut",
                cure="git fetch --unshallow, or compare directly with BASE..HEAD",
            )
        if base_commit is not None:
            return base_commit
        raise UsageError(
            "base and head have no common history",
            cause="the two commits come from unrelated histories",
            cure="compare them directly with BASE..HEAD or --comparison direct",
        )

    def _is_cut_above(self, ancestor: str, base: str, head: str) -> bool:
        """Tell whether history is cut off between a common ancestor and the tips: a nearer one may be hidden."""
        first = self.git.text("rev-list", "--max-parents=0", base, head, f"^{ancestor}") or ""
        return any(
            "\nparent " in (self.git.text("cat-file", "commit", commit) or "").partition("\n\n")[0]
            for commit in first.split()
        )

    def find_merge_base(self, base: str, head: str) -> str | None:
        """Return the best common ancestor of two commits, or None when none is known here."""
        commit = self.git.text("merge-base", base, head)
        return commit.splitlines()[0] if commit else None

    def default_branch(self) -> str | None:
        """Return a name for the default branch: origin's HEAD, else main, else master."""
        origin = self.git.text("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        candidates = [origin] if origin else []
        candidates += ["refs/remotes/origin/main", "refs/heads/main"]
        candidates += ["refs/remotes/origin/master", "refs/heads/master"]
        return next((name for name in candidates if self.find(name)), None)

    def branch(self, revision: str) -> str | None:
        """Return the full name of the branch that a revision names; None when it names none."""
        name = self.git.text(
            "rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", revision
        )
        return name if name and name.startswith(("refs/heads/", "refs/remotes/")) else None

    def parent(self, commit: str) -> str | None:
        """Return the first parent of a commit, or None for the first commit of a history.

        Raises:
            EnvironmentFailure: It has one, and this clone does not hold it.
        """
        parents = self._header(commit, "parent")
        return self.commit(parents[0]) if parents else None

    def _header(self, commit: str, name: str) -> list[str]:
        """Return the values of a header of a commit object.

        The object itself is read: at a shallow clone's edge git hides parents, and what git shows
        of dates depends on the repository's settings.
        """
        header = (self.git.text("cat-file", "commit", commit) or "").partition("\n\n")[0]
        lines = (line.partition(" ") for line in header.split("\n"))
        return [value for key, _, value in lines if key == name]

    def before(self, head: str, moment: datetime) -> str | None:
        """Return the commit of head's first-parent history behind which all newer ones stand.

        One commit with a date out of order, such as one that was rebased, ends no period: a few
        commits behind the first one made at or before the moment are looked at as well.

        Raises:
            EnvironmentFailure: History is cut off before that is known.
        """
        until = f"--before={int(moment.timestamp())}"
        commit = self.git.text("rev-list", "--first-parent", "--max-count=1", until, head)
        if not commit and self.is_shallow():
            raise _shallow_failure(f"history at {moment.isoformat()} is not in this shallow clone")
        return self._behind_newer(commit, moment) if commit else None

    def _behind_newer(self, commit: str, moment: datetime) -> str | None:
        """Return the first commit from one on, in its history, behind which none is newer."""
        listed = self.git.text(
            "rev-list", "--first-parent", "--timestamp", f"--max-count={_LOOKED_BEHIND}", commit
        )
        rows = [line.split(" ") for line in (listed or "").splitlines()]
        until = int(moment.timestamp())
        newer = [at for at, (seconds, _) in enumerate(rows) if int(seconds) > until]
        if not newer:
            return commit
        return rows[newer[-1] + 1][1] if newer[-1] + 1 < len(rows) else None

    def previous_tag(self, head: str) -> str | None:
        """Return the full ref of the tag before head's own, as `tag_before` tells.

        Raises:
            EnvironmentFailure: History is cut off before that is known.
        """
        tag = tag_before(self.git, head)
        if not tag and self.is_shallow():
            raise _shallow_failure("no earlier tag is in this shallow clone")
        return f"refs/tags/{tag}" if tag else None

    def empty_tree(self) -> str:
        """Return the id of the empty tree in this repository's hash."""
        return self.git.text("hash-object", "-t", "tree", "/dev/null") or ""

    def commit_time(self, commit: str) -> datetime | None:
        """Return the committer date of a commit; None when it has none that can be shown."""
        stamps = [value.split(" ")[-2:][0] for value in self._header(commit, "committer")]
        seconds = int(stamps[0]) if stamps and stamps[0].isdigit() else _LAST_SECOND
        return datetime.fromtimestamp(seconds, UTC) if seconds < _LAST_SECOND else None

    def web_address(self) -> WebRepository:
        """Return where `origin` is on the web."""
        url = self.git.text("config", "--get", "remote.origin.url") or ""
        return web_repository(url, self._github_server)


def _shallow_failure(what: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        what,
        cause="history is cut off",
        cure="git fetch --unshallow --tags, or check out with fetch-depth: 0",
    )


def web_repository(url: str, github_server: str = DEFAULT_SERVER) -> WebRepository:
    """Return where a remote's URL (https, ssh, scp-like) is on the web.

    Local paths, and addresses that no host of that kind has, give no repository.

    Args:
        url: The remote.
        github_server: Address of a server that is known to be GitHub's.
    """
    match = _HTTP.fullmatch(url) or _SSH.fullmatch(url)
    if match is None and "://" not in url and not Path(url).exists():
        match = _SCP.fullmatch(url)
    if match is None:
        return WebRepository(host=WebHost.UNKNOWN)
    scheme = "http" if url.startswith("http://") else "https"
    server = f"{scheme}://{match['host']}"
    host = host_of(server, github_server)
    slug = match["path"].strip("/").removesuffix(".git")
    # Groups of GitLab may stand in groups.
    fits = _GROUPS.fullmatch(slug) if host is WebHost.GITLAB else _SLUG.fullmatch(slug)
    if not fits:
        return WebRepository(host=WebHost.UNKNOWN)
    return WebRepository(server=server, repository=slug, host=host)
