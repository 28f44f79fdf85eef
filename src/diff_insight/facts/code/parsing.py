"""Text to syntax tree, with a bound on the text and on the work."""

from __future__ import annotations

import ast
import warnings
from contextlib import suppress
from functools import cache
from time import process_time
from typing import Any

from diff_insight.facts.code.libraries import load_library
from diff_insight.facts.code.model import Grammar

#: Characters of a version above which its symbols are not read: a bound on memory. The work of a
#: parser that loses its way in text that is no code is bounded by its steps, below.
LARGEST_SOURCE = 1_000_000
#: Steps that the parser may take for each thousand bytes, before it counts as stuck, and at least.
#: It reports every hundred operations or so; ordinary code takes two to twenty reports a thousand bytes.
_STEPS_PER_KILOBYTE = 60
_LEAST_STEPS = 500
#: Seconds of work for one version; an ordinary one of 1 MB takes less than one.
_MOST_SECONDS = 3.0

#: The parser gets the text in pieces of so many bytes; how often it asks for them is its work.
_CHUNK = 4_096
#: Times that it may read the whole text, and bytes it may read in any case. Code is read twice.
_MOST_READS = 12
_LEAST_READ = 100_000


class PartlyReadError(Exception):
    """A version cannot be read for its symbols: `reason` is a key of `read_in_part`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(grammar: Grammar, source: bytes) -> Any | None:  # noqa: ANN401 - the library loads late
    """Return the root of the syntax tree, or None when the parser is stuck, or slow.

    Raises:
        EnvironmentFailure: The parser cannot be loaded.
    """
    with suppress(PartlyReadError):
        return parse_whole(grammar, source)
    return None


def parse_whole(grammar: Grammar, source: bytes) -> Any:  # noqa: ANN401 - as above
    """Return the root of the syntax tree.

    Raises:
        PartlyReadError: The parser is stuck, or slow.
        EnvironmentFailure: The parser cannot be loaded.
    """
    parser = _parser(grammar.package, grammar.function)
    steps = max(_LEAST_STEPS, len(source) * _STEPS_PER_KILOBYTE // 1000)
    bytes_left = max(_LEAST_READ, len(source) * _MOST_READS)

    deadline = process_time() + _MOST_SECONDS

    def is_stuck(_offset: int, _error: bool) -> bool:  # noqa: FBT001 - the library calls it so
        nonlocal steps
        steps -= 1
        return steps <= 0 or bytes_left <= 0 or process_time() > deadline

    def read(offset: int, _point: object) -> bytes:
        nonlocal bytes_left
        chunk = source[offset : offset + _CHUNK]
        bytes_left -= len(chunk) + 1
        return chunk

    parser.reset()
    try:
        root = parser.parse(read, progress_callback=is_stuck).root_node
    except ValueError as error:  # it was stopped
        raise PartlyReadError("time" if process_time() > deadline else "limit") from error
    if bytes_left <= 0:
        raise PartlyReadError("limit")
    return root


@cache
def _parser(package: str, function: str) -> Any:  # noqa: ANN401 - the libraries load late
    """Return the parser of a language; its wheel is loaded when the first file needs it."""
    library = load_library("tree_sitter")
    wheel = load_library(package)
    return library.Parser(library.Language(getattr(wheel, function)()))


def raw(node: Any, source: bytes) -> bytes:  # noqa: ANN401
    """Return the text of a node. Its own `text` would ask for the source byte by byte."""
    return source[node.start_byte : node.end_byte]


def text_of(node: Any, source: bytes) -> str:  # noqa: ANN401
    """Return the text of a node, or an empty string for none."""
    return raw(node, source).decode("utf-8", "replace") if node is not None else ""


def is_python(text: str) -> bool:
    """Tell whether Python itself can read a text: its grammar does not end on some that it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
