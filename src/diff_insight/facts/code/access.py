"""Who can see a symbol, by the habits and modifiers of its language."""

from __future__ import annotations

import re
from typing import Any, Protocol

from diff_insight.facts.code.model import WIDTH, Access, Defaults, Grammar, Symbol
from diff_insight.facts.code.parsing import text_of
from diff_insight.model.messages import Value

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
_DEFAULT_EXPORT = re.compile(
    rb"(?m)^export[ \t]++(?:default[ \t]++|=[ \t]*+)(\w++)[ \t]*+;?[ \t]*+\r?$"
)
_MODIFIERS = frozenset("modifiers modifier visibility_modifier accessibility_modifier "
                       "storage_class_specifier".split())  # fmt: skip
_MODIFIERS_OF_RUBY = frozenset(("if_modifier", "unless_modifier"))
_SECTIONS = frozenset("access_specifier identifier".split())
_ALWAYS_PUBLIC = frozenset("enum_constant enum_case enum_entry".split())
_HABITS = {
    Defaults.PUBLIC: Access.PUBLIC,
    Defaults.INTERNAL: Access.INTERNAL,
    Defaults.PRIVATE: Access.PRIVATE,
}


#: What languages call an access that has no word of its own in them, or another one.
_SAID = {
    "tree_sitter_java": {Access.INTERNAL: "package-private"},
    "tree_sitter_rust": {Access.PUBLIC: "pub", Access.INTERNAL: "pub(crate)"},
}


class DeclarationSite(Protocol):
    """Where a declaration stands."""

    @property
    def owner_type(self) -> str:
        """Node type of the owner."""
        ...

    @property
    def access(self) -> Access:
        """Who sees the owner."""
        ...

    @property
    def exported(self) -> bool:
        """Whether an export statement is around."""
        ...

    @property
    def section(self) -> Access | None:
        """What a mark such as `private:` said before."""
        ...


def section_of(node: Any, source: bytes) -> Access | None:  # noqa: ANN401 - the library is optional
    """Return what follows a mark such as `private` or `public:` in a body, or None."""
    if node.type in _MODIFIERS_OF_RUBY:
        # `private unless TESTING` hides what follows from everybody but tests.
        node = node.child_by_field_name("body") or node
    if node.type not in _SECTIONS:
        return None
    return _WORDS.get(text_of(node, source))


def access_of(
    grammar: Grammar, name: str, nodes: tuple[Any, Any], site: DeclarationSite, source: bytes
) -> Access:
    """Return who sees a symbol; never more than who sees the type that owns it."""
    stated = stated_access(nodes[0], source)
    if stated is None and nodes[1] is not nodes[0]:
        stated = stated_access(nodes[1], source)
    own = stated or _own(grammar, name, nodes[0], site)
    return min(own, site.access, key=WIDTH.__getitem__)


def access_word(symbol: Symbol, grammar: Grammar) -> str:
    """Return who sees a symbol as people who write its language say it."""
    if grammar.access is Defaults.EXPORTED and not symbol.owner:
        return "exported" if symbol.access is Access.PUBLIC else "not exported"
    if grammar.access is Defaults.CAPITAL:
        return "exported" if symbol.access is Access.PUBLIC else "unexported"
    said = _SAID.get(grammar.package, {})
    return said.get(symbol.access, str(symbol.access))


def is_exported_below(symbol: Symbol, grammar: Grammar) -> bool:
    """Tell whether a statement of its own gives a symbol away as what the file exports by default."""
    if grammar.access is not Defaults.EXPORTED or symbol.owner:
        return False
    exports = _DEFAULT_EXPORT.finditer(symbol.source)
    return any(match[1].decode("utf-8", "replace") == symbol.key for match in exports)


def _own(grammar: Grammar, name: str, core: Any, site: DeclarationSite) -> Access:  # noqa: ANN401
    if site.section is not None:
        return site.section
    if site.owner_type in grammar.open_owners or core.type in _ALWAYS_PUBLIC:
        return Access.PUBLIC
    last = name.rpartition(".")[2]
    if grammar.access is Defaults.UNDERSCORE:
        special = last.startswith("__") and last.endswith("__")
        return _public_if(special or not last.startswith("_"))
    if grammar.access is Defaults.CAPITAL:
        # A method is out of reach by name where the type that it belongs to is.
        return _public_if(all(part[:1].isupper() for part in name.split(".")))
    if grammar.access is Defaults.EXPORTED:
        return _public_if(site.exported and not last.startswith("#"))
    outermost = grammar.package == "tree_sitter_c_sharp" and not site.owner_type
    return Access.INTERNAL if outermost else _HABITS[grammar.access]


def _public_if(holds: bool) -> Access:  # noqa: FBT001 - one question
    return Access.PUBLIC if holds else Access.PRIVATE


def stated_access(node: Any, source: bytes) -> Access | None:  # noqa: ANN401
    """Return what the modifiers of a declaration say."""
    for child in node.children:
        if child.type in _MODIFIERS:
            text = text_of(child, source)
            if text == "pub":
                return Access.PUBLIC
            if text.startswith(("pub(", "crate")):
                return Access.INTERNAL
            if text == "static" and child.type == "storage_class_specifier":
                return Access.PRIVATE
            if match := _MODIFIER.search(text):
                return _WORDS.get(match[1].split()[0])
    return None


def changed_params(symbol: Symbol) -> dict[str, Value]:
    """Return the name of a symbol that changed; of what only tests within the file have, that it is private."""
    return named_params(symbol) if symbol.of_tests else {"name": symbol.display_name}


def named_params(symbol: Symbol) -> dict[str, Value]:
    """Return the name of a symbol; one that only its own package sees says so."""
    seen = symbol.access in (Access.PUBLIC, Access.PROTECTED)
    params: dict[str, Value] = {"name": symbol.display_name}
    return params if seen else {**params, "access": "private"}
