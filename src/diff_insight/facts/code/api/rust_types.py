"""Prints Rust's types and parameters in one form, whatever paths and lifetimes they are written with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from diff_insight.facts.code.api.item import TypeParameter
from diff_insight.facts.code.api.syntax import Node, children_of, flat, text_of

_LIFETIME = re.compile(r"(?:for\s*<[^<>]*>\s*)?'[a-z_]\w*\b(?!')\s*\+?\s*")
_ASSOCIATED = re.compile(r"(?:<(\w+)as.*>::(\w+)|(\w+)::(\w+))$")
_CONSTRAINT = re.compile(r"\w+(?:<[^<>]*>)?\s*(?:=|:(?!:))")
_BINDER = re.compile(r"\bfor\s*<[^<>]*>\s*")
_PATH = re.compile(r"(?:::\s*+)?(?:\b[A-Za-z_]\w*+\s*+::\s*+)+(?=[A-Za-z_])")
_TOKEN = re.compile(r"[A-Za-z_]\w*|->|\.\.\.|\d\w*|\S")
#: Characters of a type above which it is compared as it is written.
LONGEST_TYPE = 4000
_KEYWORDS = frozenset("mut dyn impl const fn unsafe extern as".split())


def canonical(text: str, numbers: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a type without lifetimes and paths, parameters of generics by number."""
    if len(text) > LONGEST_TYPE:
        return " ".join(text.split())
    bare = _PATH.sub("", _LIFETIME.sub("", _BINDER.sub("", text))).replace("<>", "")
    words = [numbers.get(word, word) for word in _TOKEN.findall(bare)]
    pieces: list[str] = []
    for word in words:
        spaced = pieces and (
            pieces[-1] in _KEYWORDS or (word[0].isalpha() and pieces[-1][-1].isalnum())
        )
        pieces.append(f" {word}" if spaced else word)
    return re.sub(r",(?=[)>\]])", "", "".join(pieces))


def generics_of(node: Node, source: bytes) -> tuple[TypeParameter, ...]:
    """Return the parameters of a generic, with the bounds of its `where` clause.

    What is asked of an associated type is a bound of its own: `Item:Send` for `I: Iterator<Item: Send>`
    as for `where I::Item: Send`. Parameters have numbers in bounds, since their names do not matter.
    """
    listed = node.child_by_field_name("type_parameters")
    children = listed.named_children if listed is not None else ()
    kept = [child for child in children if child.type in ("type_parameter", "const_parameter")]
    names = [text_of(child.child_by_field_name("name"), source) for child in kept]
    numbers = {name: f"${number}" for number, name in enumerate(names, 1)}
    where = _clause_bounds(node, source, numbers)
    generics: list[TypeParameter] = []
    for child in children:
        name = flat(child.child_by_field_name("name"), source)
        if child.type == "lifetime_parameter":
            generics.append(TypeParameter("lifetime", name))
        elif child.type == "type_parameter":
            own = _bounds(child.child_by_field_name("bounds"), source, numbers)
            default = child.child_by_field_name("default_type") is not None
            generics.append(
                TypeParameter("type", name, own | where.get(name, frozenset()), optional=default)
            )
        elif child.type == "const_parameter":
            type_ = canonical(flat(child.child_by_field_name("type"), source))
            default = child.child_by_field_name("value") is not None
            generics.append(TypeParameter("const", name, frozenset((type_,)), optional=default))
    return tuple(generics)


def _clause_bounds(
    node: Node, source: bytes, numbers: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return what a `where` clause asks of each parameter."""
    bounds_by_name: dict[str, frozenset[str]] = {}
    for clause in children_of(node, "where_clause"):
        for predicate in children_of(clause, "where_predicate"):
            left = "".join(flat(predicate.child_by_field_name("left"), source).split())
            bounds = _bounds(predicate.child_by_field_name("bounds"), source, numbers)
            match = _ASSOCIATED.match(left)
            if match is not None:
                left = match[1] or match[3]
                bounds = frozenset(f"{match[2] or match[4]}:{bound}" for bound in bounds)
            bounds_by_name[left] = bounds_by_name.get(left, frozenset()) | bounds
    return bounds_by_name


def supertraits(node: Node, source: bytes) -> dict[str, str]:
    """Return the traits that a trait asks for."""
    bounds = node.child_by_field_name("bounds")
    traits = {
        canonical(flat(bound, source)): flat(bound, source)
        for bound in (bounds.named_children if bounds is not None else ()) if bound.type != "lifetime"
    }  # fmt: skip
    for bound in _clause_bounds(node, source, {}).get("Self", ()):
        traits.setdefault(bound, bound)
    return traits


def numbers_of(*generics: TypeParameter) -> dict[str, str]:
    """Return the number of each parameter by its name."""
    kept = [generic for generic in generics if generic.kind != "lifetime"]
    return {generic.name: f"${number}" for number, generic in enumerate(kept, 1)}


def _bounds(
    node: Node | None, source: bytes, numbers: Mapping[str, str] = MappingProxyType({})
) -> frozenset[str]:
    bounds: set[str] = set()
    for bound in node.named_children if node is not None else ():
        if bound.type in ("lifetime", "line_comment", "block_comment"):
            continue
        text = flat(bound, source)
        head, _, rest = text.partition("<")
        if not rest or "->" in text:
            bounds.add(canonical(text, numbers))
            continue
        parts = split_arguments(rest.removesuffix(">"))
        plain = [part for part in parts if not _CONSTRAINT.match(part)]
        for part in parts:
            bounds.update(_associated_bounds(part, numbers) if _CONSTRAINT.match(part) else ())
        bounds.add(canonical(head + (f"<{', '.join(plain)}>" if plain else ""), numbers))
    return frozenset(bounds)


def split_arguments(text: str) -> list[str]:
    """Cut arguments at commas outside of brackets."""
    parts, depth = [""], 0
    for mark in text:
        depth += (mark in "<([") - (mark in ">)]")
        if mark == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += mark
    return [part.strip() for part in parts if part.strip()]


def _associated_bounds(text: str, numbers: Mapping[str, str]) -> list[str]:
    """Return what is asked of an associated type: `Item=u8`, or a bound for each trait."""
    name, mark, rest = text.partition("=") if "=" in text.partition(":")[0] else text.partition(":")
    if mark == "=":
        return [f"{name.strip()}={canonical(rest, numbers)}"]
    return [f"{name.strip()}:{canonical(part, numbers)}" for part in rest.split("+")]
