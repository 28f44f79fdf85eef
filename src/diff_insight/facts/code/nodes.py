"""Questions to a syntax node that every language answers in its own place."""

from __future__ import annotations

from collections.abc import Container
from itertools import islice
from typing import Any

from diff_insight.facts.code.model import Grammar
from diff_insight.facts.code.parsing import text_of

#: Declarations within declarations that are followed.
DEEPEST = 40
_LISTS = frozenset("parameters parameter_list formal_parameters function_value_parameters "
                   "preproc_params method_parameters".split())  # fmt: skip
#: Languages in which no word for the result means that there is none.
_SILENT = ("go", "rust")
_NOTHING = ("void", "()")


def is_name(name: str) -> bool:
    """Tell whether a text can be the name of a symbol."""
    return 0 < len(name) <= 200 and "\n" not in name and name.strip()[:1] not in ("", "{", "[")


def value_of(node: Any) -> Any | None:  # noqa: ANN401
    """Return what a declaration assigns, or None."""
    for field in ("value", "right", "default_value"):
        if (value := node.child_by_field_name(field)) is not None:
            return value
    declarator = node.child_by_field_name("declarator")
    if declarator is not None:
        return declarator.child_by_field_name("value")
    marks = [index for index, child in enumerate(node.children) if child.type == "="]
    return node.children[marks[0] + 1] if marks and marks[0] + 1 < node.child_count else None


def function_declarator(node: Any) -> Any | None:  # noqa: ANN401
    """Return the part of a C declaration that makes it a function."""
    declarator = node.child_by_field_name("declarator")
    for _ in range(DEEPEST):
        if declarator is None or declarator.type == "function_declarator":
            return declarator
        declarator = declarator.child_by_field_name("declarator")
    return None


def list_of(node: Any) -> Any | None:  # noqa: ANN401
    """Return the parameter list of a node."""
    direct = node.child_by_field_name("parameters")
    if direct is not None:
        return direct
    if (declarator := function_declarator(node)) is not None:
        return declarator.child_by_field_name("parameters")
    return next((child for child in node.named_children if child.type in _LISTS), None)


def result_of(node: Any, grammar: Grammar, source: bytes) -> str | None:  # noqa: ANN401
    """Return the type of what a callable returns: empty for nothing, None where it is not said."""
    result = node.child_by_field_name(grammar.results) if grammar.results else None
    if result is None:
        return "" if grammar.results and grammar.static in _SILENT else None
    text = " ".join(text_of(result, source).removeprefix(":").split())
    return "" if text in _NOTHING else text


def parameter_texts(node: Any, source: bytes) -> str:  # noqa: ANN401
    """Return the list of a language that gives it no node of its own (Swift)."""
    parts: list[str] = []
    for child in node.children:
        if (
            child.type == "parameter"
            or (parts and child.type in ("=", ","))
            or (parts and parts[-1] == "=")
        ):
            parts.append(text_of(child, source))
        elif child.type == "function_body":
            break
    return " ".join(parts)


class SeveralDeclared:
    """Tells whether a statement declares several values, so that none of them is the statement.

    Args:
        declares: Types of nodes that declare a value.
    """

    def __init__(self, declares: Container[str]) -> None:
        self._declares = declares
        self._known: dict[int, bool] = {}

    def __call__(self, outer: Any, core: Any) -> bool:  # noqa: ANN401
        """Ask it of a statement and one of its values; each statement is looked at once."""
        while outer is not None and outer.named_child_count == 1:
            child = outer.named_child(0)
            if child == core:
                return False
            outer = child
        if outer is None:
            return False
        if outer.id not in self._known:  # there may be thousands of values in one
            declared = (child for child in outer.named_children if child.type in self._declares)
            self._known[outer.id] = len(list(islice(declared, 2))) > 1
        return self._known[outer.id]
