"""Who can see a symbol, by the habits and modifiers of its language."""

from __future__ import annotations

import re
from typing import Any, Protocol

from diff_insight.facts.symbols.model import WIDTH, Access, Defaults, Grammar

_MODIFIER = re.compile(
    r"\b(private\s+protected|protected\s+internal|private|protected|internal|fileprivate|package|"
    r"public|open)\b"
)
_WORDS = {
    "public": Access.PUBLIC,
    "open": Access.PUBLIC,
    "protected": Access.PROTECTED,
    "internal": Access.INTERNAL,
    "package": Access.INTERNAL,
    "fileprivate": Access.PRIVATE,
    "private": Access.PRIVATE,
}
_MODIFIERS = frozenset("modifiers modifier visibility_modifier accessibility_modifier "
                       "storage_class_specifier".split())  # fmt: skip
_SECTIONS = frozenset("access_specifier identifier".split())
_ALWAYS_PUBLIC = frozenset("enum_constant enum_case enum_entry".split())
_HABITS = {
    Defaults.PUBLIC: Access.PUBLIC,
    Defaults.INTERNAL: Access.INTERNAL,
    Defaults.PRIVATE: Access.PRIVATE,
}


class Place(Protocol):
    """Where a declaration stands."""

    @property
    def owner_type(self) -> str: ...
    @property
    def access(self) -> Access: ...
    @property
    def exported(self) -> bool: ...
    @property
    def section(self) -> Access | None: ...


def section_of(node: Any) -> Access | None:  # noqa: ANN401 - the library is optional
    """Return what follows a mark such as `private` or `public:` in a body, or None."""
    if node.type not in _SECTIONS:
        return None
    return _WORDS.get(node.text.decode("utf-8", "replace"))


def access_of(grammar: Grammar, name: str, core: Any, outer: Any, place: Place) -> Access:  # noqa: ANN401
    """Return who sees a symbol; never more than who sees the type that owns it."""
    own = _own(grammar, name, core, outer, place)
    return min(own, place.access, key=WIDTH.__getitem__)


def _own(grammar: Grammar, name: str, core: Any, outer: Any, place: Place) -> Access:  # noqa: ANN401
    stated = _stated(core)
    if stated is None and outer is not core:
        stated = _stated(outer)
    if stated is not None:
        return stated
    if place.section is not None:
        return place.section
    if place.owner_type in grammar.open_owners or core.type in _ALWAYS_PUBLIC:
        return Access.PUBLIC
    last = name.rpartition(".")[2]
    if grammar.access is Defaults.UNDERSCORE:
        special = last.startswith("__") and last.endswith("__")
        return Access.PRIVATE if last.startswith("_") and not special else Access.PUBLIC
    if grammar.access is Defaults.CAPITAL:
        return Access.PUBLIC if last[:1].isupper() else Access.PRIVATE
    if grammar.access is Defaults.EXPORTED:
        hidden = last.startswith("#") or not place.exported
        return Access.PRIVATE if hidden else Access.PUBLIC
    if grammar.package == "tree_sitter_c_sharp" and not place.owner_type:
        return Access.INTERNAL
    return _HABITS[grammar.access]


def _stated(node: Any) -> Access | None:  # noqa: ANN401
    """Return what the modifiers of a declaration say."""
    for child in node.children:
        if child.type in _MODIFIERS:
            text = child.text.decode("utf-8", "replace")
            if text == "pub":
                return Access.PUBLIC
            if text.startswith(("pub(", "crate")):
                return Access.INTERNAL
            if text == "static" and child.type == "storage_class_specifier":
                return Access.PRIVATE
            if match := _MODIFIER.search(text):
                return _WORDS.get(match[1].split()[0])
    return None
