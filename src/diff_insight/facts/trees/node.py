"""The tree that every reader of structured files makes: maps, lists and scalars with their lines."""

from __future__ import annotations

from typing import NamedTuple

#: Characters of a file that are read into a tree, by format; YAML and TOML take longer to read.
LARGEST = {"json": 10_000_000, "yaml": 4_000_000, "toml": 4_000_000, "ini": 4_000_000}
#: Keys and values of one file, and how deep they may be nested.
MOST_NODES = 400_000
DEEPEST = 100


class UnreadableError(Exception):
    """The text is not of its format, or larger or deeper than is read."""


class TooLargeError(UnreadableError):
    """The text is larger or deeper than is read."""


class Node(NamedTuple):
    """A map, a list or a scalar, and its first and last line.

    The first line of a value in a map is the line of its key. `literal` tells scalars that are
    no text (numbers, booleans, nothing) from text that looks like them. `repeated` is known of the
    root alone: values whose key stands once more in the same map, by the keys that lead to them; so
    is `documents`, that its entries are documents of one file.
    """

    value: dict[str, Node] | list[Node] | str
    start: int
    end: int
    literal: bool = False
    repeated: tuple[tuple[tuple[str, ...], Node], ...] = ()
    documents: bool = False

    def entries(self) -> dict[str, Node]:
        """Return the entries of a map; of anything else none."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """Return the items of a list; of anything else none."""
        return self.value if isinstance(self.value, list) else []

    def text(self) -> str:
        """Return the text of a scalar; of anything else nothing."""
        return self.value if isinstance(self.value, str) else ""

    def at(self, *path: str) -> Node:
        """Return what stands below keys; an empty scalar when there is nothing."""
        node = self
        for key in path:
            node = node.entries().get(key, NOTHING)
        return node


#: Stands for what is not there.
NOTHING = Node("", 0, 0)


class TreeBuilder:
    """Builds a tree from openings, closings and scalars in the order in which they stand.

    In a map, every other scalar is a key. Equal keys: the last one counts.
    """

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[tuple[dict[str, Node] | list[Node], int]] = []
        self._keys: list[tuple[str, int] | None] = []
        self._count = 0
        self._repeated: list[tuple[tuple[str, ...], Node]] = []

    @property
    def depth(self) -> int:
        """How many maps and lists are open."""
        return len(self._open)

    @property
    def in_map(self) -> bool:
        """Whether the innermost thing that is open is a map."""
        return bool(self._open) and isinstance(self._open[-1][0], dict)

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is a key."""
        return self.in_map and self._keys[-1] is None

    def open(self, value: dict[str, Node] | list[Node], line: int) -> None:
        """Open a map or list."""
        if len(self._open) >= DEEPEST:
            raise TooLargeError
        if self.wants_key:
            raise UnreadableError
        key = self._keys[-1] if self.in_map else None
        self._open.append((value, key[1] if key else line))
        self._keys.append(None)

    def close(self, line: int = 0) -> None:
        """Close the innermost map or list; it ends in a line, but not before what it holds."""
        if not self._open or self._keys[-1] is not None:
            raise UnreadableError
        value, start = self._open.pop()
        self._keys.pop()
        held = value.values() if isinstance(value, dict) else value
        self._add(Node(value, start, max((start, line, *(node.end for node in held)))))

    def scalar(self, text: str, line: int, end: int, *, literal: bool = False) -> None:
        """Add a key or a value."""
        if self.wants_key:
            self._keys[-1] = (text, line)
            return
        key = self._keys[-1] if self._open else None
        self._add(Node(text, key[1] if key else line, end, literal))

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise TooLargeError
        if not self._open:
            if self.root is not None:
                raise UnreadableError
            self.root = node._replace(repeated=tuple(self._repeated)) if self._repeated else node
            return
        holder = self._open[-1][0]
        if isinstance(holder, list):
            holder.append(node)
            return
        key = self._keys[-1]
        if key is None:
            raise UnreadableError
        before = holder.get(key[0])
        if before is not None:
            self._repeated.append(
                (tuple(known_key[0] for known_key in self._keys if known_key), before)
            )
        holder[key[0]] = node
        self._keys[-1] = None
