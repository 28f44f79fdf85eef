"""Writes the files of a report as a tree of folders; a folder with one folder in it is one step."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct, field

from diff_insight.markup.escape import visible
from diff_insight.model.insight import FileEntry

#: Folders stand open in the tree of a report with no more files.
ALL_OPEN = 60


_OPEN = Markup("<li><details open><summary>{}</summary>")
_FOLDED = Markup("<li><details><summary>{}</summary>")


class FolderNode(Struct):
    """A folder with what is in it."""

    folders: dict[str, FolderNode] = field(default_factory=dict)
    files: list[tuple[str, FileEntry]] = field(default_factory=list)


def folder_tree(entries: Sequence[FileEntry]) -> Markup:
    """Return the tree as nested lists, with a link for each file."""
    root = FolderNode()
    for entry in entries:
        node = root
        *folders, name = entry.analysis.change.path.split("/")
        for folder in folders:
            node = node.folders.setdefault(folder, FolderNode())
        node.files.append((name, entry))
    # Text by text: a tree of thousands of files has as many levels as a stranger likes.
    return Markup("").join(_pieces(root, is_open=len(entries) <= ALL_OPEN))


def main_folders(entries: Sequence[FileEntry]) -> list[str]:
    """Return the folders that part the files: those at the first level where there are several."""
    folders = [entry.analysis.change.path.split("/")[:-1] for entry in entries]
    level = 0
    while True:
        names = {"/".join(parts[: level + 1]) for parts in folders}
        if len(names) != 1 or all(len(parts) <= level for parts in folders):
            return sorted(name for name in names if name)
        level += 1


def _pieces(root: FolderNode, *, is_open: bool) -> list[Markup]:
    """Return the pieces of the tree, without recursion: paths may be thousands of folders deep."""
    pieces: list[Markup] = []
    waiting: list[FolderNode | tuple[str, FolderNode] | Markup] = [root]
    unfold = is_open or len(root.folders) == 1  # one folder alone is the way to the others
    while waiting:
        node = waiting.pop()
        if isinstance(node, Markup):
            pieces.append(node)
            continue
        if isinstance(node, tuple):
            name, node = node
            while len(node.folders) == 1 and not node.files:
                ((inner, node),) = node.folders.items()
                name = f"{name}/{inner}"
            start = _OPEN if unfold else _FOLDED
            pieces.append(start.format(visible(name)))
            unfold = is_open
            waiting.append(Markup("</details></li>"))
        pieces.append(Markup("<ul>"))
        waiting.append(Markup("</ul>"))
        waiting += [_leaf(name, entry) for name, entry in reversed(node.files)]
        waiting += list(reversed(node.folders.items()))
    return pieces


def _leaf(name: str, entry: FileEntry) -> Markup:
    kind = entry.analysis.type.replace(" ", "-")
    return Markup('<li><a href="#{}" class="{}">{}</a></li>').format(
        entry.anchor, kind, visible(name)
    )
