"""An OpenAPI description that is split over several files, as one tree whose lines say their file."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from msgspec import Struct, field

from diff_insight.facts.trees.node import NOTHING, Node, TooLargeError
from diff_insight.facts.trees.read import read_tree
from diff_insight.model.source_tree import SourceTree

#: What is added to the lines of each further file.
STRIDE = 10_000_000
_MOST_FILES, _MOST_NODES, _DEEPEST = 300, 600_000, 60


class FileNumbers(Struct):
    """The files of both versions of a description, each with its number; the first is the description."""

    paths: list[str] = field(default_factory=list)

    def of(self, path: str) -> int:
        """Return the number of a file."""
        if path not in self.paths:
            if len(self.paths) >= _MOST_FILES:
                raise TooLargeError
            self.paths.append(path)
        return self.paths.index(path)

    def place(self, line: int) -> tuple[str, int]:
        """Return the file and the line that a line of the whole tree stands for."""
        return self.paths[line // STRIDE], line % STRIDE


def description_tree(files: SourceTree, root: str, numbers: FileNumbers) -> Node | None:
    """Return a description with all that it takes from other files; None when it cannot be read.

    Args:
        files: The files of the version.
        root: The description.
        numbers: The numbers of files, which grow.
    """
    bundler = _Bundler(files, root, numbers)
    tree = bundler.tree(root)
    try:
        return None if tree is None else bundler.inline(tree, root, frozenset())
    except TooLargeError:
        return None


class _Bundler:
    def __init__(self, files: SourceTree, root: str, numbers: FileNumbers) -> None:
        self._files = files
        self._root = root
        self._numbers = numbers
        self._trees: dict[str, Node | None] = {}
        self._known: dict[tuple[str, str], Node] = {}
        self._sizes: dict[tuple[str, str], int] = {}
        self._left = _MOST_NODES

    def tree(self, path: str) -> Node | None:
        """Return a file as a tree, read once."""
        if path not in self._trees:
            self._numbers.of(path)
            text = self._files.text(path)
            self._trees[path] = None if text is None else read_tree(path, text)
        return self._trees[path]

    def inline(self, node: Node, path: str, within: frozenset[tuple[str, str]]) -> Node:
        """Return a node of a file with what it refers to elsewhere in its place."""
        self._left -= 1
        if self._left < 0:
            raise TooLargeError
        reference = node.at("$ref").text()
        if reference and len(within) < _DEEPEST:
            target = self._target(reference, path, within)
            if target is not None:
                return target
        shift = self._numbers.of(path) * STRIDE
        value: dict[str, Node] | list[Node] | str = node.text()
        if node.entries():
            value = {key: self.inline(each, path, within) for key, each in node.entries().items()}
        elif node.items():
            value = [self.inline(each, path, within) for each in node.items()]
        elif not isinstance(node.value, str):
            value = node.value
        return node._replace(value=value, start=node.start + shift, end=node.end + shift)

    def _target(self, reference: str, path: str, within: frozenset[tuple[str, str]]) -> Node | None:
        """Return what a reference leads to; None where it stays as it is."""
        file, _, pointer = reference.partition("#")
        if "://" in file or (path == self._root and not file):
            return None
        there = normpath(join(dirname(path), file)) if file else path
        if there == self._root:
            shift = self._numbers.of(path) * STRIDE
            return Node({"$ref": Node(f"#{pointer}", 1 + shift, 1 + shift)}, 1 + shift, 1 + shift)
        key = there, pointer
        if key in within:
            return None
        if key in self._known:
            # It counts each time: whoever walks the tree meets it each time.
            self._left -= self._sizes[key]
            return self._known[key]
        tree = self.tree(there)
        target = NOTHING if tree is None else _at(tree, pointer)
        if not target.start:
            return None
        left = self._left
        self._known[key] = self.inline(target, there, within | {key})
        self._sizes[key] = left - self._left
        return self._known[key]


def _at(tree: Node, pointer: str) -> Node:
    node = tree
    for part in pointer.split("/") if pointer.strip("/") else ():
        if part:
            node = node.at(part.replace("~1", "/").replace("~0", "~"))
    return node
