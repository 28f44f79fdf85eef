"""The things of a public API that callers can name, and what became of them between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from diff_insight.model.messages import Value


class TypeParameter(Struct, frozen=True):
    """A parameter of a generic: `kind` is `type`, `const` or `lifetime`; bounds without order."""

    kind: str
    name: str
    bounds: frozenset[str] = frozenset()
    optional: bool = False


class Passing(StrEnum):
    """How a call may pass an argument."""

    POSITION = "position"
    EITHER = "either"
    NAME = "name"
    #: Takes what is left of the arguments without names, or of those with names.
    REST = "rest"
    NAMED_REST = "named-rest"


class Argument(Struct, frozen=True):
    """One parameter of a callable whose callers may use names and leave some out."""

    name: str
    passing: Passing = Passing.EITHER
    type: str = ""
    default: str = ""
    optional: bool = False

    @property
    def label(self) -> str:
        """The name with the stars that it is declared with."""
        stars = {Passing.REST: "*", Passing.NAMED_REST: "**"}
        return stars.get(self.passing, "") + self.name


class Item(Struct, frozen=True, kw_only=True):
    """One declaration.

    Attributes:
        key: Its name below the module or package, with its owners: `Order.ship`.
        sort: The language's word for what it is: `struct`, `func`, `interface` …
        path: The file that declares it.
        start: First line of the declaration's head, 1-based.
        end: Last line of the head.
        public: Whether the modifiers of the item and of its owners let callers use it.
        heirs: Whether only classes that extend the owner may use it.
        modifiers: Words of the language that change its use: `final`, `async`, `*` for a pointer.
        generics: Its parameters of types, in order.
        parameters: Canonical types of what a callable takes; None for what is not called.
        optional: How many of the last parameters a call may leave out.
        signature: The parameters where names, defaults and ways of passing count; None elsewhere.
        type: Canonical type of a value, of what a callable returns, or of what an alias names.
        shown: The type or signature as people wrote it.
        bases: Canonical name -> name as written, of what it extends, implements or derives.
        marks: Attributes or annotations that matter, with their arguments.
        order: Its place among the members of its owner.
        provided: Whether a member of an interface has a body or a default of its own.
        deprecated: Whether its own documentation or attribute says so.
        conditions: Features or platforms without which it is not there.
    """

    key: str
    sort: str
    path: str = ""
    start: int = 1
    end: int = 1
    public: bool = True
    heirs: bool = False
    modifiers: frozenset[str] = frozenset()
    generics: tuple[TypeParameter, ...] = ()
    parameters: tuple[str, ...] | None = None
    optional: int = 0
    signature: tuple[Argument, ...] | None = None
    type: str = ""
    shown: str = ""
    bases: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    order: int = 0
    provided: bool = False
    deprecated: bool = False
    conditions: frozenset[str] = frozenset()

    @property
    def owner(self) -> str:
        """The key of what holds it; empty at the top."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rpartition(".")[2]

    @property
    def label(self) -> str:
        """The name as people write it: with parentheses when it is called."""
        called = self.parameters is not None or self.signature is not None
        return f"{self.key}()" if called else self.key


class ApiChange(Struct, frozen=True, kw_only=True):
    """What one rule found.

    Attributes:
        kind: The kind of the fact that tells it.
        key: The item it is about.
        params: Values of the fact.
        base: The item before, where there was one.
        head: The item after, where there is one.
        breaking: Whether code that was right before cannot be right any more.
        certain: Whether every part of the proof could be had.
        surface: Why callers can reach it: `exported`, `declared` by its path, or `committed` to a file.
    """

    kind: str
    key: str
    params: Mapping[str, Value]
    base: Item | None = None
    head: Item | None = None
    breaking: bool = True
    certain: bool = True
    surface: str = "exported"


def generics_kind(old: Item, new: Item) -> str:
    """Return the kind of the fact about other type parameters: more, fewer, or other ones."""
    more = len(new.generics) - len(old.generics)
    if more:
        return "symbol.added-type-parameter" if more > 0 else "symbol.removed-type-parameter"
    return "symbol.changed-type-parameters"
