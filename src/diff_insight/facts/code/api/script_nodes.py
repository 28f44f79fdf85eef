"""Questions to nodes of the syntax trees of JavaScript and TypeScript."""

from __future__ import annotations

import re

from diff_insight.facts.code.api.item import Argument, Passing, TypeParameter
from diff_insight.facts.code.api.syntax import Node, flat
from diff_insight.facts.code.parsing import text_of

_ACCESS = re.compile(r"^(public|protected|private)$")


def access_of(modifiers: object) -> str:
    """Return the word of access among modifiers."""
    words = modifiers if isinstance(modifiers, frozenset) else frozenset()
    return next((word for word in words if _ACCESS.match(word)), "")


def string_of(node: Node | None, source: bytes) -> str:
    """Return what a string literal holds."""
    return text_of(node, source).strip("'\"`")


def type_of(node: Node | None, source: bytes) -> str:
    """Return the type that an annotation gives, on one line."""
    return "" if node is None else flat(node, source).removeprefix(":").strip()


def literal_type(text: str) -> str:
    """Return the type of a literal that a constant has without saying so."""
    if re.fullmatch(r"-?\d[\d_.]*", text):
        return "number"
    if text in ("true", "false"):
        return "boolean"
    return "string" if text[:1] in ("'", '"', "`") and text[-1:] == text[:1] else ""


def argument_of(node: Node, source: bytes) -> Argument | None:
    """Return one parameter."""
    pattern = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
    typed = node.child_by_field_name("type")
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    rest = pattern.type == "rest_pattern"
    if rest and pattern.named_children:
        pattern = pattern.named_children[0]
    simple = pattern.type in ("identifier", "this")
    default = flat(value, source) if value is not None else ""
    return Argument(
        text_of(pattern, source) if simple else "{}",
        Passing.REST if rest else Passing.POSITION, type_of(typed, source), default,
        rest or value is not None or node.type == "optional_parameter",
    )  # fmt: skip


def generics_of(node: Node, source: bytes) -> tuple[TypeParameter, ...]:
    """Return the type parameters of a declaration."""
    listed = node.child_by_field_name("type_parameters")
    generics = []
    for child in listed.named_children if listed is not None else ():
        if child.type != "type_parameter":
            continue
        constraint = child.child_by_field_name("constraint")
        bound = (
            flat(constraint, source).removeprefix("extends").strip()
            if constraint is not None
            else ""
        )
        generics.append(TypeParameter(
            "type", text_of(child.child_by_field_name("name"), source), frozenset((bound,)) if bound else frozenset(),
            child.child_by_field_name("value") is not None,
        ))  # fmt: skip
    return tuple(generics)


def bases_of(node: Node, source: bytes) -> dict[str, str]:
    """Return what a class or interface extends: name -> as written, `implements` left out."""
    bases: dict[str, str] = {}
    for part in node.named_children:
        clauses = part.named_children if part.type == "class_heritage" else [part]
        for clause in clauses:
            if clause.type in ("extends_clause", "extends_type_clause"):
                for child in clause.named_children:
                    if child.type != "type_arguments":
                        text = flat(child, source)
                        bases[text.partition("<")[0]] = text
            elif part.type == "class_heritage" and clause.type in (
                "identifier",
                "member_expression",
                "call_expression",
            ):
                bases[flat(clause, source)] = flat(clause, source)  # JavaScript has no clause
    return bases


def shown_signature(signature: tuple[Argument, ...]) -> str:
    """Return parameters as people write them."""
    parts = []
    for argument in signature:
        stars = "..." if argument.passing is Passing.REST else ""
        mark = "?" if argument.optional and not argument.default and not stars else ""
        parts.append(
            f"{stars}{argument.name}{mark}" + (f": {argument.type}" if argument.type else "")
        )
    return f"({', '.join(parts)})"


def object_types(node: Node | None) -> list[Node]:
    """Return the object types that a type is, or is an intersection of."""
    types, waiting = [], [node] if node is not None else []
    while waiting:
        part = waiting.pop()
        if part.type == "object_type":
            types.append(part)
        elif part.type == "intersection_type":
            waiting += reversed(part.named_children)
    return types


def joined_types(node: Node | None, source: bytes) -> dict[str, str] | None:
    """Return the named types that an intersection takes members from, as `extends` would.

    None where it has a part that is neither a name nor an object type, or where it is no intersection.
    """
    waiting, names = [node] if node is not None and node.type == "intersection_type" else [], {}
    whole = bool(waiting)
    while waiting:
        part = waiting.pop()
        if part.type == "intersection_type":
            waiting += part.named_children
        elif part.type in ("type_identifier", "generic_type"):
            text = flat(part, source)
            names[text.partition("<")[0].strip()] = text
        elif part.type not in ("object_type", "comment"):
            whole = False
    return names if whole else None
