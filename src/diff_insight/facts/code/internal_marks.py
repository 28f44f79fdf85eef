"""What is seen and yet not meant for users: marks in comments, namespaces of details, what only helps a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from diff_insight.facts.code.model import Grammar, Symbol, SymbolKind
from diff_insight.facts.code.parsing import raw, text_of

_DETAILS = re.compile(
    r"(?i)^_|^(?:details?|internals?|impl|priv|private|aux|v?detail\w*)$|_(?:details?|internals?|impl|priv|private|aux)$|^\w{1,99}_v?detail\w*$"
)
#: What comments say of a declaration that nobody should use.
_MARKED = re.compile(r"@internal\b|:nodoc:|@private\b|@api\s+private\b|\\internal\b|@cond\b")
#: Names that a statement of Ruby takes out of what is offered.
_TAKEN = re.compile(
    rb"\b(?:private|protected|private_class_method|private_constant|module_function)\b[ (]*"
    rb"((?::\w+[?!=]?[ ,\n]*)+)"
)
_OPENED = re.compile(rb"\bnamespace\s+(?:\w+::)*(\w*details?|\w*internals?|impl|priv|private)\s*\{")
_BRACE = re.compile(rb"[{}]")
_SYMBOL = re.compile(rb":(\w+[?!=]?)")
_MACROS = ("preproc_def", "preproc_function_def")
_CONDITIONS = ("preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif")
_OF_TESTS = re.compile(
    rb"#\s*\[\s*(?:cfg\s*\(\s*(?:(?:all|any)\s*\(\s*)?test\b|(?:\w++::)*+(?:test|bench|rstest|proptest)\b)"
)
_CPP, _C, _RUBY, _PHP, _RUST = (
    f"tree_sitter_{name}" for name in ("cpp", "c", "ruby", "php", "rust")
)
#: Characters of the comments before a declaration, from their end.
_LONGEST = 4_000


def is_internal_scope(node: Any, source: bytes) -> bool:  # noqa: ANN401 - the library is optional
    """Tell whether a namespace holds what its library alone uses, by its name."""
    if node.type != "namespace_definition":
        return False
    name = node.child_by_field_name("name")
    if name is None:
        return True  # without a name it is of its own file
    return any(_DETAILS.search(part) for part in text_of(name, source).split("::"))


def is_not_offered(name: str, nodes: tuple[Any, Any], source: bytes, grammar: Grammar) -> bool:
    """Tell whether a symbol is no part of what is offered, although it can be seen.

    Args:
        name: Its name without its owner.
        nodes: The node that declares, and the whole declaration.
        source: The text.
        grammar: Its language.
    """
    core, outer = nodes
    if grammar.package in (_CPP, _C):
        if _is_in_details(core.start_byte, source):
            return True
        # A specialization is used by the name of its template; what is deleted could never be used.
        deleted = any(child.type == "delete_method_clause" for child in core.children)
        return "<" in name or deleted or (core.type in _MACROS and _is_conditional(core))
    if grammar.package == _RUBY and name.encode() in _names_taken(source):
        return True
    return grammar.package in (_RUBY, _PHP) and _MARKED.search(_comments(outer, source)) is not None


def is_of_tests(core: Any, source: bytes, grammar: Grammar) -> bool:  # noqa: ANN401
    """Tell whether a declaration of Rust is there for the tests of its own file: `#[cfg(test)]`, `#[test]`."""
    before = core.prev_sibling if grammar.package == _RUST else None
    while before is not None and (before.type == "attribute_item" or "comment" in before.type):
        if before.type == "attribute_item" and _OF_TESTS.match(raw(before, source)[:_LONGEST]):
            return True
        before = before.prev_sibling
    return False


def without_namespaces(symbols: Sequence[Symbol]) -> list[Symbol]:
    """Return symbols without the modules that only hold types: any file may open them again."""
    owners: dict[str, set[SymbolKind]] = {}
    for symbol in symbols:
        owners.setdefault(symbol.owner, set()).add(symbol.what)
    return [
        symbol
        for symbol in symbols
        if symbol.node.type != "module" or owners.get(symbol.key) != {SymbolKind.TYPE}
    ]


def _is_conditional(node: Any) -> bool:  # noqa: ANN401
    """Tell whether a macro is defined under a condition, but for the guard of the whole header."""
    depth = 0
    above = node.parent
    while above is not None:
        depth += above.type in _CONDITIONS and not _is_guard(above)
        above = above.parent
    return depth > 0


def _is_guard(node: Any) -> bool:  # noqa: ANN401
    """Tell whether a condition holds the whole file."""
    root = node.parent
    if node.type != "preproc_ifdef" or root is None or root.parent is not None:
        return False
    return all("comment" in other.type for other in root.children if other.id != node.id)


@lru_cache(maxsize=4)
def _details_of(source: bytes) -> tuple[tuple[int, int], ...]:
    """Return where namespaces of details begin and end.

    Macros around namespaces hide them from a grammar, and branches of the preprocessor have braces
    that do not pair: the comment that closes a namespace counts more, where it is this one's.
    """
    spans = []
    openings = list(_OPENED.finditer(source))
    for opened, following in zip_longest(openings, openings[1:]):
        named = re.compile(rb"\}\s*//+\s*(?:end\s+)?namespace\s+(?:\w+::)*" + opened[1] + rb"\b")
        limit = following.start() if following is not None else len(source)
        closed = named.search(source, opened.end(), limit)
        end = closed.start() if closed is not None else _closing_brace(source, opened.end())
        spans.append((opened.start(), end))
    return tuple(spans)


def _closing_brace(source: bytes, start: int) -> int:
    """Return where the block ends that begins before a place."""
    depth = 1
    for brace in _BRACE.finditer(source, start):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return brace.start()
    return start


def _is_in_details(at: int, source: bytes) -> bool:
    return any(start < at < end for start, end in _details_of(source))


@lru_cache(maxsize=4)
def _names_taken(source: bytes) -> frozenset[bytes]:
    """Return the names that a file of Ruby takes out of what is offered, by statements."""
    return frozenset(
        name for match in _TAKEN.finditer(source) for name in _SYMBOL.findall(match[1])
    )


def _comments(node: Any, source: bytes) -> str:  # noqa: ANN401
    """Return the comments right before a declaration."""
    parts = []
    before = node.prev_sibling
    if before is None and node.parent is not None and node.parent.type == "body_statement":
        before = node.parent.prev_sibling  # of the first declaration of a body
    while before is not None and "comment" in before.type:
        parts.append(raw(before, source)[-_LONGEST:])
        before = before.prev_sibling
    return b"\n".join(parts).decode("utf-8", "replace")
