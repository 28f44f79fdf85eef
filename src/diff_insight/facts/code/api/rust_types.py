"""Prints Rust's types and parameters in one form, whatever paths and lifetimes they are written with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diff_insight.facts.code.api.item import TypeParameter
from diff_insight.facts.code.api.syntax import Node, children_of, flat, text_of

_LIFETIME = re.compile(r"(?:for\s*<[^<>]*>\s*)?'[a-z_]\w*\b(?!')\s*\+?\s*")
_BINDER = re.compile(r"\bfor\s*<[^<>]*>\s*")
_PATH = re.compile(r"(?:::\s*)?(?:[A-Za-z_]\w*\s*::\s*)+(?=[A-Za-z_])")
_TOKEN = re.compile(r"[A-Za-z_]\w*|->|\.\.\.|\d\w*|\S")
_KEYWORDS = frozenset("mut dyn impl const fn unsafe extern as".split())


def canonical(text: str, numbers: Mapping[str, str] = {}) -> str:
    """Return a type without lifetimes and paths, parameters of generics by number."""
    bare = _PATH.sub("", _LIFETIME.sub("", _BINDER.sub("", text))).replace("<>", "")
    words = [numbers.get(word, word) for word in _TOKEN.findall(bare)]
    found: list[str] = []
    for word in words:
        spaced = found and (
            found[-1] in _KEYWORDS or (word[0].isalpha() and found[-1][-1].isalnum())
        )
        found.append(f" {word}" if spaced else word)
    return re.sub(r",(?=[)>\]])", "", "".join(found))


def generics_of(node: Node, source: bytes) -> tuple[TypeParameter, ...]:
    """Return the parameters of a generic, with the bounds of its `where` clause."""
    listed = node.child_by_field_name("type_parameters")
    where = clause_bounds(node, source)
    found: list[TypeParameter] = []
    for child in listed.named_children if listed is not None else ():
        if child.type == "lifetime_parameter":
            found.append(TypeParameter("lifetime", flat(child.child_by_field_name("name"), source)))
        elif child.type == "type_parameter":
            name = text_of(child.child_by_field_name("name"), source)
            bounds = _bounds(child.child_by_field_name("bounds"), source) | where.get(
                name, frozenset()
            )
            default = child.child_by_field_name("default_type") is not None
            found.append(TypeParameter("type", name, bounds, optional=default))
        elif child.type == "const_parameter":
            name = text_of(child.child_by_field_name("name"), source)
            type_ = canonical(flat(child.child_by_field_name("type"), source))
            default = child.child_by_field_name("value") is not None
            found.append(TypeParameter("const", name, frozenset((type_,)), optional=default))
    return tuple(found)


def clause_bounds(node: Node, source: bytes) -> dict[str, frozenset[str]]:
    """Return what a `where` clause asks of each type."""
    found: dict[str, frozenset[str]] = {}
    for clause in children_of(node, "where_clause"):
        for predicate in children_of(clause, "where_predicate"):
            left = canonical(flat(predicate.child_by_field_name("left"), source))
            found[left] = found.get(left, frozenset()) | _bounds(
                predicate.child_by_field_name("bounds"), source
            )
    return found


def supertraits(node: Node, source: bytes) -> dict[str, str]:
    """Return the traits that a trait asks for."""
    bounds = node.child_by_field_name("bounds")
    found = {
        canonical(flat(one, source)): flat(one, source)
        for one in (bounds.named_children if bounds is not None else ()) if one.type != "lifetime"
    }  # fmt: skip
    for one in clause_bounds(node, source).get("Self", ()):
        found.setdefault(one, one)
    return found


def numbers_of(*generics: TypeParameter) -> dict[str, str]:
    """Return the number of each parameter by its name."""
    kept = [one for one in generics if one.kind != "lifetime"]
    return {one.name: f"${number}" for number, one in enumerate(kept, 1)}


def _bounds(node: Node | None, source: bytes) -> frozenset[str]:
    return frozenset(
        canonical(flat(one, source))
        for one in (node.named_children if node is not None else ())
        if one.type not in ("lifetime", "line_comment", "block_comment")
    )
