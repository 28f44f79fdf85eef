"""Which paths differ between two commits, from the trees that the API lists: the whole truth.

Recursive listings end at 100,000 entries; where one is cut, only the folders that differ are
listed, one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.client import ApiFailure, GitHubClient

#: Folders that are listed one by one at most.
MOST_FOLDERS = 300
_FOLDER = "tree"


class TreeEntry(Struct, frozen=True):
    """Mode and object id of a file, link or submodule."""

    mode: str
    sha: str
    kind: str = "blob"


Difference = tuple[TreeEntry | None, TreeEntry | None]


class Root(Struct, frozen=True):
    """The tree of a commit, and the repository it was found in."""

    slug: str
    tree: str


def root_of(client: GitHubClient, slugs: tuple[str, ...], commit: str) -> Root:
    """Return the tree of a commit from the first repository that has it.

    Raises:
        ApiFailure: None has it, or GitHub did not answer.
    """
    for slug in slugs:
        try:
            answer = client.get(f"/repos/{slug}/git/commits/{commit}")
        except ApiFailure as error:
            if error.status != 404 or slug == slugs[-1]:
                raise
        else:
            return Root(slug, str(_member(_member(answer, "tree"), "sha")))
    raise ApiFailure(f"no repository was named that could have {commit}")


def differences(client: GitHubClient, base: Root | None, head: Root) -> dict[bytes, Difference]:
    """Return every path that differs, with its entry on both sides; no base is the empty tree."""
    old, old_cut = _whole(client, base)
    new, new_cut = _whole(client, head)
    if old_cut or new_cut:
        return dict(
            _TreeWalk(client, base, head).differences(b"", base.tree if base else None, head.tree)
        )
    return {
        path: (old.get(path), new.get(path))
        for path in old.keys() | new.keys()
        if old.get(path) != new.get(path)
    }


def files_of(client: GitHubClient, slug: str, commit: str) -> dict[str, str]:
    """Return the object ids of all files of a commit, by path."""
    files = differences(client, None, Root(slug, commit))
    return {
        path.decode("utf-8", "surrogatepass"): new.sha
        for path, (_, new) in files.items()
        if new is not None
    }


class _TreeWalk:
    """Lists folders that differ, one by one."""

    def __init__(self, client: GitHubClient, base: Root | None, head: Root) -> None:
        self._client = client
        self._slugs = (base.slug if base else head.slug, head.slug)
        self._left = MOST_FOLDERS

    def differences(
        self, prefix: bytes, old: str | None, new: str | None
    ) -> Iterator[tuple[bytes, Difference]]:
        """Yield what differs below two trees."""
        before, after = self._folder(0, old), self._folder(1, new)
        for name in sorted(before.keys() | after.keys()):
            sides = before.get(name), after.get(name)
            if sides[0] == sides[1]:
                continue
            old_tree, new_tree = (
                entry.sha if entry and entry.kind == _FOLDER else None for entry in sides
            )
            if old_tree or new_tree:
                yield from self.differences(prefix + name + b"/", old_tree, new_tree)
            files = [None if entry and entry.kind == _FOLDER else entry for entry in sides]
            if any(files):
                yield prefix + name, (files[0], files[1])

    def _folder(self, side: int, tree: str | None) -> dict[bytes, TreeEntry]:
        if tree is None:
            return {}
        if not self._left:
            raise EnvironmentFailure(
                f"more than {MOST_FOLDERS} folders differ, in trees too large for the API",
                cause="the API lists at most 100,000 entries of a tree",
                cure="let git reach the server, or compare in a checkout",
            )
        self._left -= 1
        return _entries(self._client.get(f"/repos/{self._slugs[side]}/git/trees/{tree}"))


def _whole(client: GitHubClient, root: Root | None) -> tuple[dict[bytes, TreeEntry], bool]:
    """Return the files of a tree, and whether the listing was cut."""
    if root is None:
        return {}, False
    answer = client.get(f"/repos/{root.slug}/git/trees/{root.tree}", recursive="1")
    listed = _entries(answer)
    files = {path: entry for path, entry in listed.items() if entry.kind != _FOLDER}
    return files, _member(answer, "truncated") is True


def _entries(answer: object) -> dict[bytes, TreeEntry]:
    listed = _member(answer, "tree")
    items = listed if isinstance(listed, list) else []
    return {
        str(item["path"]).encode("utf-8", "surrogatepass"): TreeEntry(
            item["mode"], item["sha"], item["type"]
        )
        for item in items
    }


def _member(answer: object, name: str) -> object:
    return answer.get(name) if isinstance(answer, dict) else None
