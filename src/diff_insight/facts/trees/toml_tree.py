"""Reads TOML into a tree with lines: tomllib decides whether it is TOML, a scan finds the lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field

from diff_insight.facts.trees.node import DEEPEST, MOST_NODES, Node, TooLargeError, UnreadableError

_TOKEN = re.compile(
    r'(?P<text>"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|\'[^\'\n]*+\')'
    r"|(?P<mark>[\[\]{},=])|(?P<comment>#[^\n]*+)|(?P<newline>\n)"
    r"|(?P<bare>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]++|[^\s\[\]{},=#\"']++)",
    re.DOTALL,
)
_KEY = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|\'[^\']*+\'|[^\s.]++')
#: Dotted keys of so many parts take tomllib time that grows with their square.
_ENDLESS_KEY = re.compile(
    r"(?:(?<=[\n\[{,])[ \t]*+)(?:[\w\"'-]++[ \t]*+\.[ \t]*+){" + str(DEEPEST) + "}"
)


class _TomlToken(NamedTuple):
    kind: str
    text: str
    line: int
    end: int


class _Open(Struct):
    """A table or array of tables that later lines may add to."""

    start: int
    entries: dict[str, _Open | Node] = field(default_factory=dict)
    items: list[_Open] | None = None
    end: int = 0


def read_toml(text: str) -> Node:
    """Return the tree of a TOML text; raises `UnreadableError`."""
    if _ENDLESS_KEY.search(f"\n{text}"):
        raise UnreadableError
    try:
        tomllib.loads(text)
        return _freeze(_Scan(text).document(), 0)
    except (ValueError, RecursionError, StopIteration) as error:
        raise UnreadableError from error


def _tokens(text: str) -> Iterator[_TomlToken]:
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match.lastgroup != "comment":
            yield _TomlToken(match.lastgroup or "", match[0], line, line + match[0].count("\n"))


class _Scan:
    """Walks over the tokens of a text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._count = 0

    def document(self) -> _Open:
        root = table = _Open(1)
        for token in self._tokens:
            if token.kind == "newline":
                continue
            if token.text == "[":
                table = self._header(root, token.line)
            else:
                self._pair(table, token)
        return root

    def _header(self, root: _Open, line: int) -> _Open:
        first = next(self._tokens)
        array = first.text == "["
        keys = self._keys(next(self._tokens) if array else first, "]")
        if array:
            next(self._tokens)
        table = _below(root, keys[:-1], line)
        if not array:
            return _below(table, keys[-1:], line)
        holder = _below(table, keys[-1:], line, enter=False)
        holder.items = holder.items or []
        holder.items.append(_Open(line))
        return holder.items[-1]

    def _keys(self, token: _TomlToken, until: str) -> list[str]:
        pieces = []
        while token.text != until:
            pieces.append(token.text)
            token = next(self._tokens)
        return [_plain(match[0]) for match in _KEY.finditer("".join(pieces))]

    def _pair(self, table: _Open, token: _TomlToken) -> None:
        keys = self._keys(token, "=")
        holder = _below(table, keys[:-1], token.line)
        node = self._value(next(self._tokens), token.line, 0)
        holder.entries[keys[-1]] = node

    def _value(self, token: _TomlToken, start: int, depth: int) -> Node:
        self._count += 1
        if depth > DEEPEST or self._count > MOST_NODES:
            raise TooLargeError
        if token.text == "[":
            return self._array(start, depth)
        if token.text == "{":
            return self._inline(start, depth)
        return Node(_plain(token.text), start, token.end, token.kind == "bare")

    def _array(self, start: int, depth: int) -> Node:
        items = []
        while (token := next(self._tokens)).text != "]":
            if token.kind != "newline" and token.text != ",":
                items.append(self._value(token, token.line, depth + 1))
        return Node(items, start, token.line)

    def _inline(self, start: int, depth: int) -> Node:
        table = _Open(start)
        while (token := next(self._tokens)).text != "}":
            if token.kind == "newline" or token.text == ",":
                continue
            keys = self._keys(token, "=")
            value = self._value(next(self._tokens), token.line, depth + 1)
            _below(table, keys[:-1], token.line).entries[keys[-1]] = value
        table.end = token.line
        return _freeze(table, depth)


def _below(table: _Open, keys: list[str], line: int, *, enter: bool = True) -> _Open:
    """Return the table below keys, made where it is not there; of an array of tables the last."""
    for key in keys:
        below = table.entries.setdefault(key, _Open(line))
        if isinstance(below, Node):
            raise UnreadableError
        table = below.items[-1] if below.items and enter else below
    return table


def _freeze(table: _Open, depth: int) -> Node:
    if depth > DEEPEST:
        raise TooLargeError
    if table.items is not None:
        items = [_freeze(item, depth + 1) for item in table.items]
        return Node(items, table.start, max(item.end for item in items))
    entries = {
        key: _freeze(below, depth + 1) if isinstance(below, _Open) else below
        for key, below in table.entries.items()
    }
    ends = (node.end for node in entries.values())
    return Node(entries, table.start, max(table.start, table.end, *ends))


def _plain(token: str) -> str:
    """Return the text of a string or key without its quotes and escapes."""
    if token[:1] not in ('"', "'"):
        return token
    wide = 3 if token.startswith(('"""', "'''")) else 1
    if token[0] == '"' and "\\" in token:
        return str(tomllib.loads(f"a={token}")["a"])
    return token[wide:-wide].removeprefix("\n") if wide == 3 else token[1:-1]
