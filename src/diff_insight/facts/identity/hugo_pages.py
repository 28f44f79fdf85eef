"""Tells which files below `content` a site that Hugo builds makes no page of.

Source: Hugo's documentation, page bundles and build options: files beside an `index.md` belong to that page, and
`build` (once `_build`) with `render: never`, in a page or in a `cascade` above it, makes no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.trees.node import NOTHING, Node
from diff_insight.facts.trees.read import read_tree
from diff_insight.model.source_tree import SourceTree

_CONFIGURATION = re.compile(
    r"(?:.{1,200}/)?(?:hugo\.(?:toml|ya?ml|json)|config/_default/[\w.-]{1,60}\.(?:toml|ya?ml|json))"
)
_INDEX = re.compile(r"_?index(?:\.[\w-]{2,8})?\.(?:md|markdown|html|adoc|rst)")
_FRONT = re.compile(
    r"(?P<mark>---|\+\+\+)[ \r]{0,3}\n(?P<front>(?:(?!(?:---|\+\+\+)\s)[^\n]*\n){0,400}+)(?P=mark)\s"
)
_CONTENT = "content"
_NEVER = ("never", "false")


class HugoSite:
    """The files of one side, if Hugo makes a site of them: that is looked for once, for all pages.

    Args:
        tree: All files of one side.
    """

    def __init__(self, tree: SourceTree) -> None:
        self._tree = tree
        self._is_hugo = any(map(_CONFIGURATION.fullmatch, tree.paths))

    def makes_no_page(self, path: str) -> str:
        """Return the file that says so where the site makes no page of a file; else an empty string."""
        folders = path.split("/")[:-1]
        if not self._is_hugo or _CONTENT not in folders:
            return ""
        if not _INDEX.fullmatch(path.rpartition("/")[2]):
            bundle = next((page for page in _bundles(folders) if page in self._tree.paths), "")
            if bundle:
                return bundle
        if _is_never(_front(self._tree, path)):
            return path
        never = (
            index
            for index in _sections(folders)
            if any(map(_is_never, _cascades(self._tree, index)))
        )
        return next(never, "")


def _bundles(folders: list[str]) -> Iterator[str]:
    """Yield the pages that a file below some folders would belong to."""
    first = folders.index(_CONTENT) + 1
    for count in range(len(folders), first, -1):
        yield f"{'/'.join(folders[:count])}/index.md"


def _sections(folders: list[str]) -> Iterator[str]:
    """Yield the pages of the folders above, whose values may hold for what is below."""
    for count in range(len(folders), folders.index(_CONTENT), -1):
        yield f"{'/'.join(folders[:count])}/_index.md"


def _cascades(tree: SourceTree, index: str) -> Iterator[Node]:
    """Yield the values that a page gives to all below it, without those for some of them only."""
    cascade = _front(tree, index).at("cascade")
    for each in cascade.items() or (cascade,):
        if not {"_target", "target"} & each.entries().keys():
            yield each


def _is_never(values: Node) -> bool:
    return any(values.at(name, "render").text() in _NEVER for name in ("build", "_build"))


def _front(tree: SourceTree, path: str) -> Node:
    """Return the front matter of a page; nothing where it cannot be read, and the page counts as one."""
    match = _FRONT.match(tree.text(path) or "")
    if match is None:
        return NOTHING
    return (
        read_tree("front.toml" if match["mark"] == "+++" else "front.yaml", match["front"])
        or NOTHING
    )
