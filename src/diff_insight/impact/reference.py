"""What a reader of one's own code says of a line: which outside name stands there, and how it is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct, field

from diff_insight.model.facts import Fact
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import OwnCode


class CallShape(Struct, frozen=True):
    """How something is called.

    Attributes:
        names: Arguments that are passed by name, with their lines.
        count: How many are passed by their place.
        is_open: Whether more may be passed than can be seen, as with `**options`.
    """

    names: Mapping[str, int] = field(default_factory=dict)
    count: int = 0
    is_open: bool = False


class OutsideName(Struct, frozen=True, kw_only=True):
    """One mention of a name of another package.

    Attributes:
        parts: Module or package as it is imported, then names below it: `("httpx", "Client", "get")`.
        line: 1-based.
        call: How it is called; None for a mention alone.
        inferred: How many of the first parts do not stand there: the class of an object is known.
        is_local: Whether a name stands there that an import has bound, so that the import says what it is.
        certain: Whether the language leaves no doubt that this name is meant.
    """

    parts: tuple[str, ...]
    line: int
    call: CallShape | None = None
    inferred: int = 0
    is_local: bool = False
    certain: bool = True


class Meant(Struct, frozen=True):
    """What a reference leads to in the other repository: the lines of a declaration, or a key.

    Attributes:
        path: File of the declaration, or of the module that passes a name on.
        key: Name with its owners, as facts say it.
        start: First line of the declaration; 0 where only the key is known.
        places: Name -> place of the parameters that may be passed by place.
        whole: Whether the reference is of this itself, not of something below it.
        is_written: Whether its name stands there; the class of an object need not.
        certain: Whether it can be nothing else.
    """

    path: str
    key: str
    start: int = 0
    places: tuple[str, ...] = ()
    whole: bool = True
    is_written: bool = True
    certain: bool = True


class LanguageUses(Protocol):
    """How code of one language uses what another repository offers."""

    #: Ends of the names of one's own files that can use it.
    suffixes: tuple[str, ...]
    #: Ends of the names of the other repository's files that say where a name leads.
    declares_in: tuple[str, ...]

    def __init__(self, base: SourceTree, paths: Iterable[str]) -> None:
        """Read what is needed of the other repository.

        Args:
            base: Its files before the change.
            paths: The files that findings are about.
        """
        ...

    def words(self) -> Iterable[str]:
        """Return what a file has to hold to use any of it, such as the name of the package."""
        ...

    def is_own(self, own: OwnCode) -> bool:
        """Tell whether the reader's own code is the package itself, or has one of its name."""
        ...

    def references(self, path: str, text: str) -> Iterable[OutsideName]:
        """Return the mentions of outside names in one file."""
        ...

    def leads_to(self, reference: OutsideName) -> Iterator[Meant]:
        """Yield what a reference leads to."""
        ...


class SymbolSubject(Struct, frozen=True, kw_only=True):
    """A finding about a symbol: where the base declares it, and which uses it reaches.

    Attributes:
        path: File of the base.
        key: Its name with owners, without parentheses.
        start: First line of its declaration in the base; 0 where nothing says.
    """

    fact: Fact
    path: str
    key: str
    start: int

    def is_meant(self, meant: Meant) -> bool:
        """Tell whether a declaration, or a name that is passed on, is the subject."""
        if meant.path != self.path:
            return False
        if meant.start and self.start:
            return meant.start == self.start
        return self.key == meant.key
