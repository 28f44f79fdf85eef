"""Where a declaration stands: within which owner, section and condition."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from diff_insight.facts.code.access import stated_access
from diff_insight.facts.code.model import Access, Symbol, SymbolKind

#: Statements that run what is in them for some calls only.
_BRANCHES = (b"if ", b"if(", b"elif ", b"else", b"for ", b"while ", b"try", b"switch")


class Nest(Struct, frozen=True):
    """Where the walk stands: the owner, how visible its members can be, and export marks."""

    owner: str = ""
    owner_type: str = ""
    access: Access = Access.PUBLIC
    exported: bool = False
    section: Access | None = None
    outer: Any = None
    internal: bool = False


def members_nest(symbol: Symbol, node: Any) -> Nest:  # noqa: ANN401
    """Return the place of a type's members."""
    return Nest(
        owner=symbol.key,
        owner_type=node.type,
        access=symbol.access if symbol.what is SymbolKind.TYPE else Access.PUBLIC,
        exported=True,
        section=_section_of_members(symbol, node),
        internal=symbol.internal,
    )


def _section_of_members(symbol: Symbol, node: Any) -> Access | None:  # noqa: ANN401
    """Return what members are without a word of their own: private in C++, as an extension says in Swift."""
    if node.type == "class_specifier":
        return Access.PRIVATE
    if symbol.what is SymbolKind.OWNER and node.type == "class_declaration":
        return stated_access(node, symbol.source)
    return None


def unconditional(body: bytes, column: int) -> bytes:
    """Return the beginning of a body without what stands deeper than its first statement.

    A warning within an `if` is about some calls, not about the function.
    """
    first, *rest = body.split(b"\n")
    symbols = [first]
    inside = first.startswith(_BRANCHES)
    for line in rest:
        deeper = len(line) - len(line.lstrip()) > column
        if not deeper:
            inside = line.lstrip().startswith(_BRANCHES)
        if not (inside and deeper):
            symbols.append(line)
    return b"\n".join(symbols)
