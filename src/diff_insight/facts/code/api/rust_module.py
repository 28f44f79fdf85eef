"""The values that a Rust file is read into: modules with what they declare, implement and pass on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from diff_insight.facts.code.api.item import Item

Path = tuple[str, ...]
TYPES = ("struct", "enum", "union", "trait", "type")


class UseDeclaration(Struct, frozen=True):
    """One name that a module takes from elsewhere; `name` is `*` for all of them."""

    path: Path
    name: str
    public: bool
    hidden: bool
    line: int
    conditions: frozenset[str] = frozenset()


class Impl(Struct, frozen=True):
    """One block that implements a type; `trait` is empty for its own members."""

    type: str
    trait: str
    members: tuple[Item, ...]
    generic: bool
    line: int
    trait_path: tuple[str, ...] = ()


class Module(Struct):
    """A module: of a file, or within one.

    Attributes:
        file: The path of its file.
        prefix: The keys of the modules of the file that hold it.
        items: What it declares, without members.
        members: Name of a type -> its fields, variants or what a trait asks for.
        children: The modules that it declares.
        uses: What it takes from elsewhere.
        impls: Its blocks of implementations.
        macro_words: Words within calls of macros, which may declare anything.
        damaged: Lines that could not be read.
        conditions: Features or platforms without which its file is empty.
    """

    file: str
    prefix: str = ""
    items: list[Item] = field(default_factory=list)
    members: dict[str, list[Item]] = field(default_factory=dict)
    children: dict[str, ChildModule] = field(default_factory=dict)
    uses: list[UseDeclaration] = field(default_factory=list)
    impls: list[Impl] = field(default_factory=list)
    macro_words: set[str] = field(default_factory=set)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    conditions: frozenset[str] = frozenset()

    def items_named(self, name: str) -> Iterator[Item]:
        """Yield what the module declares under a name."""
        return (item for item in self.items if item.name == name)


class ChildModule(Struct):
    """The declaration of a module; `module` is None where a file of its own holds it."""

    public: bool
    hidden: bool
    item: Item
    module: Module | None = None
    path: str = ""
