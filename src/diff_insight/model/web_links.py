"""Addresses of web pages of a repository, in the form of the host that serves it."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

DEFAULT_SERVER = "https://github.com"
#: Characters of a commit id shown to people, as in the reports' permalinks.
SHORT = 7


class WebHost(StrEnum):
    """Software that serves a repository on the web; pages of an unknown one are not linked."""

    GITHUB = "github"
    GITLAB = "gitlab"
    UNKNOWN = "unknown"


#: What a host is called where a link names it.
HOST_NAMES = {WebHost.GITHUB: "GitHub", WebHost.GITLAB: "GitLab", WebHost.UNKNOWN: ""}


def host_of(server: str, github_server: str = DEFAULT_SERVER) -> WebHost:
    """Return the software that a server runs, as far as its name tells.

    Args:
        server: Web address, such as `https://gitlab.example.org`.
        github_server: Address of a server known to be GitHub's, such as an Enterprise Server.
    """
    name = (urlsplit(server).hostname or "").lower()
    labels = name.split(".")
    known = (urlsplit(github_server).hostname or "").lower()
    if name in {known, "github.com"} or name.endswith(".ghe.com") or "github" in labels:
        return WebHost.GITHUB
    return WebHost.GITLAB if "gitlab" in labels else WebHost.UNKNOWN


class WebRepository(Struct, frozen=True, kw_only=True):
    """A repository on a server: `OWNER/NAME`, or empty when it is not known where it is."""

    server: str = DEFAULT_SERVER
    repository: str = ""
    host: WebHost = WebHost.GITHUB

    @property
    def root(self) -> str:
        """Address of the repository's front page; empty when no page of it can be linked."""
        if not self.repository or self.host is WebHost.UNKNOWN:
            return ""
        return f"{self.server}/{self.repository}"

    @property
    def host_name(self) -> str:
        """What the host is called in the words of a link."""
        return HOST_NAMES[self.host]

    def _pages(self) -> str:
        return f"{self.root}/-" if self.host is WebHost.GITLAB else self.root

    def comparison(self, base: str, head: str, *, direct: bool) -> str:
        """Return the page that compares two commits.

        Args:
            base: Commit id.
            head: Commit id.
            direct: Whether base itself is compared, and not the merge base.
        """
        if not self.root:
            return ""
        # Three dots start at the merge base, two at the base itself.
        dots = ".." if direct else "..."
        base, head = base[:SHORT], head[:SHORT]
        if self.host is WebHost.GITLAB:
            return f"{self._pages()}/compare/{base}{dots}{head}"
        owner = self.repository.split("/", 1)[0]
        return f"{self.root}/compare/{owner}:{base}{dots}{owner}:{head}"

    def file(self, commit: str, path: bytes, *, rendered: bool = False) -> str:
        """Return the page of a file at a commit.

        Args:
            commit: Commit id.
            path: Path in the repository.
            rendered: Whether the host renders the file, so that its source has to be asked for.
        """
        if not self.root or not commit:
            return ""
        source = "?plain=1" if rendered else ""
        return f"{self._pages()}/blob/{commit}/{_quote(path)}{source}"

    def lines(self, page: str, start: int, end: int) -> str:
        """Return the address of lines of a file's page; lines are 1-based and inclusive."""
        if end <= start:
            return f"{page}#L{start}"
        last = f"-{end}" if self.host is WebHost.GITLAB else f"-L{end}"
        return f"{page}#L{start}{last}"

    def file_diff(self, comparison: str, path: bytes) -> str:
        """Return the address of a file's diff on the page of a comparison; empty where none is known."""
        if not comparison or self.host is not WebHost.GITHUB:
            return comparison
        return f"{comparison}#diff-{hashlib.sha256(path).hexdigest()}"

    def commit(self, commit: str) -> str:
        """Return the page of a commit."""
        return f"{self._pages()}/commit/{commit}" if self.root else ""

    def proposal(self, number: str) -> str:
        """Return the page of a pull or merge request."""
        name = "merge_requests" if self.host is WebHost.GITLAB else "pull"
        return f"{self._pages()}/{name}/{number}" if self.root else ""

    def run(self, number: str) -> str:
        """Return the page of a run of a workflow; the front page when there is no number."""
        known = number.isascii() and number.isdigit() and len(number) <= 20
        return f"{self.root}/actions/runs/{number}" if known else self.root


@lru_cache(maxsize=256)
def _quote(path: bytes) -> str:
    return quote(path)
