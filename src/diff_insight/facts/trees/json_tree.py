"""Reads JSON, also with comments, trailing commas and bare keys, into a tree with lines."""

from __future__ import annotations

import json
import re

from diff_insight.facts.trees.node import Node, TreeBuilder, UnreadableError

_TOKEN = re.compile(
    r"""(?P<text>"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+')"""
    r"""|(?P<mark>[{}\[\]:,])|(?P<comment>//[^\n]*+|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<bare>[^\s{}\[\]:,"'/]++)|(?P<bad>["'/])""",
    re.DOTALL,
)
_NUMBER = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|[0-9.][0-9.eE+-]*|Infinity|NaN)")
_WORDS = frozenset(("true", "false", "null"))


def read_json(text: str) -> Node:
    """Return the tree of a JSON text; raises `UnreadableError`."""
    reader = _JsonReader()
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        line += text.count("\n", last, start)
        last = start
        reader.token(match.lastgroup or "", match[0], line)
    if reader.built.root is None or reader.built.depth:
        raise UnreadableError
    return reader.built.root


class _JsonReader:
    """Checks the grammar and feeds the builder. `after` is what stood before: a mark or `value`."""

    def __init__(self) -> None:
        self.built = TreeBuilder()
        self._after = ""

    def token(self, kind: str, token: str, line: int) -> None:
        if kind == "comment":
            return
        if kind == "bad":
            raise UnreadableError
        if kind == "mark":
            self._mark(token, line)
        else:
            self._scalar(kind, token, line)

    def _mark(self, mark: str, line: int) -> None:
        if mark in "{[":
            self._expect_value()
            self.built.open({} if mark == "{" else [], line)
        elif mark in "}]":
            if self._after == ":" or self.built.in_map != (mark == "}"):
                raise UnreadableError
            self.built.close(line)
            mark = "value"
        elif mark == ":":
            if self._after != "key":
                raise UnreadableError
        elif self._after != "value" or not self.built.depth:
            raise UnreadableError
        self._after = mark

    def _scalar(self, kind: str, token: str, line: int) -> None:
        is_key = self.built.wants_key
        if is_key:
            if self._after not in ("{", ","):
                raise UnreadableError
        else:
            self._expect_value()
        if kind == "text":
            self.built.scalar(_unescape(token), line, line)
        elif is_key or token in _WORDS or _NUMBER.fullmatch(token):
            self.built.scalar(token, line, line, literal=True)
        else:
            raise UnreadableError
        self._after = "key" if is_key else "value"

    def _expect_value(self) -> None:
        expected = (":",) if self.built.in_map else ("", "[", ",")
        if self._after not in expected:
            raise UnreadableError


def _unescape(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]
