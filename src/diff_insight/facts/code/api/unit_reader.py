"""Parses one file of a language for the reader of its types, within the limit of all languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.syntax import LARGEST, Node, damaged_lines, parse
from diff_insight.facts.code.model import Grammar


class UnitReader(Protocol):
    """Reads what one parsed file declares."""

    def units(self, root: Node) -> Iterator[ApiUnit]:
        """Yield the types of the file, and what stands outside of them."""
        ...


class MakeReader(Protocol):
    """Makes the reader of one file."""

    def __call__(self, source: bytes, path: str, *, complete: bool) -> UnitReader:
        """Return a reader; `complete` tells that the parser lost its way nowhere."""
        ...


def read_units(text: str, path: str, grammar: Grammar, make: MakeReader) -> list[ApiUnit]:
    """Return what a file declares; nothing where it is too long, or the parser gets stuck."""
    source = text.encode("utf-8", "replace")
    root = parse(grammar, source) if len(text) <= LARGEST else None
    if root is None:
        return []
    return list(make(source, path, complete=not damaged_lines(root)).units(root))
