"""Reads INI files, setup.cfg, properties and .env files into a tree with lines."""

from __future__ import annotations

import re

from diff_insight.facts.trees.node import Node, UnreadableError

_PAIR = re.compile(r"(?:export\s++)?(?P<key>[A-Za-z_][\w.*/ -]*+)\s*+[=:](?P<value>.*)")
_SECTION = re.compile(r"\[([^\]]*+)\]\s*(?:[#;].*)?")


def read_ini(text: str) -> Node:
    """Return the tree of a text of sections and pairs; raises `UnreadableError`.

    A value that goes on in indented lines is a list of these lines, or one text behind a backslash.
    """
    root: dict[str, Node] = {}
    section, values = root, root
    last = name = ""
    repeated: list[tuple[tuple[str, ...], Node]] = []
    lines = text.removesuffix("\n").split("\n")
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith(("#", ";", "!")):
            continue
        if raw[:1] in " \t" and last:
            values[last] = _continue_value(values[last], line, number)
        elif match := _SECTION.fullmatch(line):
            section = values = {}
            last = ""
            name = match[1].strip()
            repeated += _before((), name, root)
            root[name] = Node(section, number, number)
        elif match := _PAIR.fullmatch(line):
            last = match["key"].rstrip()
            repeated += _before(() if values is root else (name,), last, values)
            values[last] = Node(match["value"].strip().strip("\"'"), number, number)
        else:
            raise UnreadableError
    if not root:
        raise UnreadableError
    return Node(_with_ends(root), 1, len(lines), repeated=tuple(repeated))


def _before(
    path: tuple[str, ...], key: str, holder: dict[str, Node]
) -> list[tuple[tuple[str, ...], Node]]:
    """Return what stands at a key already, with the keys that lead there."""
    return [((*path, key), _with_ends({key: holder[key]})[key])] if key in holder else []


def _continue_value(value: Node, line: str, number: int) -> Node:
    item = Node(line, number, number)
    text = value.text()
    if text.endswith("\\") and not text.endswith("\\\\"):
        return Node(text[:-1] + line, value.start, number)
    if isinstance(value.value, list):
        value.value.append(item)
        return Node(value.value, value.start, number)
    first = [Node(text, value.start, value.start)] if text else []
    return Node([*first, item], value.start, number)


def _with_ends(entries: dict[str, Node]) -> dict[str, Node]:
    """Give sections the line in which their last value ends."""
    return {
        key: Node(
            node.value, node.start, max((v.end for v in node.entries().values()), default=node.end)
        )
        for key, node in entries.items()
    }
