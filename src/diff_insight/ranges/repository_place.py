"""Reads what names a repository on a server: OWNER/NAME, its address, or that of a pull request."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec import Struct

from diff_insight.errors import UsageError

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+")
_SSH = re.compile(
    r"(?:ssh://)?(?:[A-Za-z0-9._-]+@)?(?P<host>[A-Za-z0-9.-]+)[:/](?P<path>[A-Za-z0-9._/-]+)"
)
#: Pages about a change, which say more than the repository does.
_PAGE = re.compile(
    r"(?P<slug>.+?)/(?:-/)?(?P<kind>compare|commit|pull|pull-requests|merge_requests)/(?P<rest>.+)"
)
_PULL = re.compile(r"(?P<slug>[^/]+/[^/]+)/pull/(?P<number>[0-9]{1,9})(?:/.*)?")


class RepositoryPlace(Struct, frozen=True, kw_only=True):
    """A repository on a server.

    Attributes:
        server: Web address of the server without a trailing slash.
        repository: `OWNER/NAME`, with as many groups before it as the server has.
        pull: Number of a pull request; None for the repository itself.
    """

    server: str
    repository: str
    pull: int | None = None

    @property
    def address(self) -> str:
        """What git clones."""
        return f"{self.server}/{self.repository}.git"


def parse_place(text: str, server: str) -> RepositoryPlace | None:
    """Return the repository that a text names; None when it can only be a path.

    Args:
        text: As typed.
        server: Web address of the server of `OWNER/NAME`.

    Raises:
        UsageError: It is an address, but none that can be read over http(s).
    """
    if _SLUG.fullmatch(text):
        return RepositoryPlace(server=server, repository=text.removesuffix(".git"))
    parts = urlsplit(text) if "://" in text else None
    if parts is None or parts.scheme == "ssh":
        ssh = _SSH.fullmatch(text) if "@" in text or parts is not None else None
        if ssh is None:
            return None
        slug = ssh["path"].strip("/").removesuffix(".git")
        raise UsageError(
            f"{text!r} is read with a key of ssh",
            cause="repositories on a server are read over https",
            cure=f"write https://{ssh['host']}/{slug}, or clone it and give the path",
        )
    path = parts.path.strip("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or "/" not in path:
        raise UsageError(
            f"{text!r} is no address of a repository",
            cause="it is not read over http(s), or it names no OWNER/NAME",
            cure="write OWNER/NAME, https://HOST/OWNER/NAME, or https://HOST/OWNER/NAME/pull/N",
        )
    root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    pull = _PULL.fullmatch(path)
    if pull is not None:
        return RepositoryPlace(server=root, repository=pull["slug"], pull=int(pull["number"]))
    if (page := _PAGE.fullmatch(path)) is not None:
        raise _names_a_page(text, f"{root}/{page['slug']}", page["kind"], page["rest"])
    # What the address bar shows behind the name leads to a page of the repository.
    name = re.split(r"/(?:-/|tree/|blob/|commits?/|releases|issues|pulls?\b)", path)[0]
    return RepositoryPlace(server=root, repository=name.removesuffix(".git"))


def no_directory(text: str) -> UsageError:
    """Return the error for a place that is neither on this machine nor on a server."""
    host = text.partition("/")[0]
    meant = f"https://{text}" if text.count("/") > 1 and "." in host.strip(".") else ""
    return UsageError(
        f"there is no directory {text!r}",
        cause="what is neither OWNER/NAME nor an address with https:// is taken for a path",
        cure=f"perhaps you meant {meant}"
        if meant
        else "name a checkout, OWNER/NAME, or the address of a repository",
    )


def _names_a_page(text: str, repository: str, kind: str, rest: str) -> UsageError:
    """Return the error for the address of a page about a change that is no pull request of GitHub."""
    what = f"{text!r} names a page, and no repository"
    if kind == "compare" and ".." in rest:
        cause, cure = (
            "a comparison is asked for by range and repository",
            f"write {rest} --repo {repository}",
        )
    elif kind == "commit":
        commit = rest.partition("/")[0]
        cause, cure = (
            "one commit is the range from its parent",
            f"write {commit}~1..{commit} --repo {repository}",
        )
    elif kind == "pull":
        cause, cure = "a pull request has a number", f"write {repository}/pull/N"
    elif kind == "compare":
        cause, cure = (
            "it compares with a branch that it does not name",
            f"write BASE...{rest} --repo {repository}",
        )
    else:
        cause = "pull and merge requests of servers other than GitHub cannot be read"
        cure = f"write BASE...HEAD --repo {repository}, with the two branches"
    return UsageError(what, cause=cause, cure=cure)
