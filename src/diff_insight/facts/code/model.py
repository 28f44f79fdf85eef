"""What the grammars know about a language, and what is read of each symbol."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct


class SymbolKind(StrEnum):
    """What a node declares."""

    CALLABLE = "callable"
    TYPE = "type"
    VALUE = "value"
    #: Holds declarations of a type that stands elsewhere: `impl`, `extension`.
    OWNER = "owner"
    #: Names something that is declared elsewhere: `export { a } from "b"`.
    EXPORT = "export"


class Access(StrEnum):
    """Who can see a symbol."""

    PUBLIC = "public"
    PROTECTED = "protected"
    INTERNAL = "internal"
    PRIVATE = "private"


#: The wider, the higher.
WIDTH = {Access.PRIVATE: 0, Access.INTERNAL: 1, Access.PROTECTED: 2, Access.PUBLIC: 3}


class Defaults(StrEnum):
    """By which habit a language decides who sees what carries no modifier."""

    UNDERSCORE = "underscore"
    CAPITAL = "capital"
    EXPORTED = "exported"
    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"


class Grammar(Struct, frozen=True):
    """One language: the wheel that parses it, and which of its nodes mean what.

    Attributes:
        package: The module of the wheel.
        declares: Node type -> what it declares.
        through: Nodes that are looked into for declarations.
        imports: Nodes that bring names from elsewhere.
        access: Who sees what carries no modifier.
        function: The wheel's function that returns the language.
        type_first: Whether a parameter's type stands before its name.
        names_matter: Whether callers may name parameters.
        types_matter: Whether a parameter of another type is another function to callers.
        open_owners: Types whose members are as visible as they are themselves.
        results: The field of a callable's node that holds the type of its result.
        static: The language whose compiler refuses a value of a wrong type; empty for others.
    """

    package: str
    declares: Mapping[str, SymbolKind]
    through: frozenset[str]
    imports: frozenset[str]
    access: Defaults
    function: str = "language"
    type_first: bool = False
    names_matter: bool = False
    types_matter: bool = True
    open_owners: frozenset[str] = frozenset()
    results: str = ""
    static: str = ""


class Parameter(Struct, frozen=True):
    """One parameter of a callable."""

    name: str
    type: str
    default: str
    optional: bool
    text: str


class Symbol(Struct, frozen=True):
    """One declaration in one version of a file; lines are 1-based and inclusive.

    `result` is what a callable's type of result says: empty for nothing, None where it says nothing.
    `node` is the syntax node of the whole declaration, decorators included, `core` the node that
    declares, `body` what stands behind its head, and `listed` its parameters. `internal` tells that it
    is seen and yet not meant for users, by what stands around it, `of_tests` that only
    tests within the file have it. `deprecation` is the text that calls it deprecated.
    """

    key: str
    what: SymbolKind
    access: Access
    start: int
    end: int
    owner: str
    source: bytes
    node: Any
    core: Any
    body: Any = None
    listed: Any = None
    parameters: tuple[Parameter, ...] | None = None
    value: str | None = None
    result: str | None = None
    deprecation: str = ""
    internal: bool = False
    of_tests: bool = False

    @property
    def is_deprecated(self) -> bool:
        """Whether something about it calls it deprecated."""
        return bool(self.deprecation)

    @property
    def is_type_alone(self) -> bool:
        """Whether it says of which type an attribute of Python is, and gives it no value."""
        fields = self.core.child_by_field_name
        return bool(self.core.type == "assignment" and fields("type") and not fields("right"))

    @property
    def display_name(self) -> str:
        """The name as people write it: with parentheses when it is called."""
        return f"{self.key}()" if self.what is SymbolKind.CALLABLE else self.key

    def __repr__(self) -> str:
        # Without the source and the nodes, which would fill every message of a failed test.
        return f"Symbol({self.display_name!r}, lines {self.start}-{self.end})"


class SymbolOutline(Struct, frozen=True):
    """All symbols of one version, and the spans that are told by nobody.

    Attributes:
        symbols: In the order of their lines.
        imported: Words of the statements that import names.
        quiet: (start, end) lines of imports and comments outside of symbols.
        lines: Lines of the version.
        broken: Whether the parser lost its way somewhere.
        macros: (start, end) lines of macros that may declare what is not seen.
        assigned: Names that CommonJS exports and nothing in the file declares.
        imports: Those of `quiet` that import something.
    """

    symbols: tuple[Symbol, ...]
    imported: frozenset[str]
    quiet: tuple[tuple[int, int], ...]
    lines: int
    broken: bool = False
    macros: tuple[tuple[int, int], ...] = ()
    assigned: frozenset[str] = frozenset()
    imports: tuple[tuple[int, int], ...] = ()
