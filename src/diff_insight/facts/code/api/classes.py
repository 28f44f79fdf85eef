"""Types with their members in languages where callers extend what they use, and where both are looked for."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from posixpath import basename, commonprefix

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import Files

#: Types that are asked in turn for a member.
_MOST_PARENTS = 40
#: Files that are read in the search for a name.
MOST_FILES = 400


class ApiUnit(Struct, frozen=True):
    """A type, or all that a module declares outside of types.

    Attributes:
        item: The type itself.
        members: By their keys within the type; forms of one name differ in what they take.
        parents: Full names of what it takes members from: superclass, interfaces, traits, mixins.
        complete: Whether all that it declares was read.
        interfaces: Those of its parents that give it no members.
    """

    item: Item
    members: Mapping[str, Item]
    parents: tuple[str, ...] = ()
    complete: bool = True
    interfaces: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The full name of the type."""
        return self.item.key

    def forms(self, name: str) -> list[Item]:
        """Return the members of a name."""
        return [item for key, item in self.members.items() if plain(key) == name]


class Origin(Enum):
    """Where a type has a member from that it does not declare."""

    NOWHERE = auto()
    ELSEWHERE = auto()
    UNKNOWN = auto()


class ApiUnits:
    """The types of one side; those of unchanged files are read when something leads to them."""

    def __init__(
        self,
        files: Files,
        read: Callable[[str, str], Sequence[ApiUnit]],
        paths: Sequence[str],
        near: Callable[[Files, str], Sequence[str]],
    ) -> None:
        """Read some files.

        Args:
            files: All files of the side.
            read: Returns the types of a text, given its path.
            paths: The files to read first.
            near: Returns the files that may declare a type of this full name.
        """
        self._files = files
        self._read = read
        self._near = near
        self._done: set[str] = set()
        self._parts: dict[str, Sequence[ApiUnit]] = {}
        self._sought: set[str] = set()
        self.units: dict[str, ApiUnit] = {}
        for path in paths:
            self._add(path)

    @property
    def files(self) -> Files:
        """All files of the side."""
        return self._files

    def find(self, key: str) -> ApiUnit | None:
        """Return the type of a full name, or None where no file is known to declare it."""
        if key not in self.units and key not in self._sought:
            self._sought.add(key)
            for path in self._near(self._files, key):
                self._add(path)
        return self.units.get(key)

    def may_declare(self, key: str) -> bool:
        """Tell whether a type may stand where the parser lost its way, in a file that names it."""
        name = re.split(r"\\|::|\.", key)[-1]
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        lost = {unit.item.path for unit in self.units.values() if not unit.complete}
        return any(word.search(self._files.text(path) or "") for path in lost)

    def origin(
        self, unit: ApiUnit, name: str, *, known: Sequence[str] = (), sort: str = ""
    ) -> tuple[Origin, Item | None]:
        """Tell whether something that a type builds on has a member of this name, and which.

        Args:
            unit: The type.
            name: The member's name.
            known: Parents that certainly do not have it.
            sort: What it is, where several of one name are there.
        """
        waiting, seen, unknown = deque(_givers(unit)), {unit.key}, False
        while waiting and len(seen) < _MOST_PARENTS:
            parent = waiting.popleft()
            if parent in seen:
                continue
            seen.add(parent)
            owner = self.find(parent)
            if owner is None:
                unknown = unknown or parent not in known
                continue
            unknown = unknown or not owner.complete
            items = [first for first in owner.forms(name) if first.public]
            if items:
                return Origin.ELSEWHERE, next(
                    (first for first in items if first.sort == sort), items[0]
                )
            waiting += _givers(owner)
        return (Origin.UNKNOWN if unknown else Origin.NOWHERE), None

    def ancestors(self, key: str) -> tuple[set[str], bool]:
        """Return what a type extends or implements, itself included, and whether all of it is known."""
        waiting, seen, whole = [key], set[str](), True
        while waiting and len(seen) < _MOST_PARENTS:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            unit = self.find(name)
            whole = whole and unit is not None
            waiting += unit.parents if unit is not None else ()
        return seen, whole

    def parts(self, path: str) -> Sequence[ApiUnit]:
        """Return what one file declares, which may be a part of a type."""
        if path not in self._parts:
            text = self._files.text(path)
            self._parts[path] = self._read(text, path) if text is not None else ()
        return self._parts[path]

    def _add(self, path: str) -> None:
        if path in self._done:
            return
        self._done.add(path)
        for unit in self.parts(path):
            other = self.units.get(unit.key)
            self.units[unit.key] = unit if other is None else join_units(other, unit)


def _givers(unit: ApiUnit) -> list[str]:
    """Return the parents from which a type has members."""
    return [parent for parent in unit.parents if parent not in unit.interfaces]


def join_units(first: ApiUnit, other: ApiUnit) -> ApiUnit:
    """Return two parts of one type as one; the first that declares its modifiers has the say."""
    main = first if first.item.sort != "extension" else other
    rest = other if main is first else first
    members = {**rest.members, **main.members}
    for key, item in rest.members.items():
        if item.provided and not members[key].provided:  # what an interface asks for has a default
            members[key] = replace(members[key], provided=True)
    return ApiUnit(
        main.item, members,
        tuple(dict.fromkeys((*first.parents, *other.parents))), first.complete and other.complete,
        first.interfaces | other.interfaces,
    )  # fmt: skip


def plain(key: str) -> str:
    """Return the name of a member without what tells its forms apart."""
    return key.partition("(")[0]


def named_files(suffixes: tuple[str, ...]) -> Callable[[Files, str], Sequence[str]]:
    """Return what finds the files of a tree that are named as a type is."""
    index: dict[int, dict[str, list[str]]] = {}

    def near(files: Files, key: str) -> Sequence[str]:
        if id(files) not in index:
            table: dict[str, list[str]] = {}
            for path in sorted(files.paths):
                if path.endswith(suffixes):
                    stem = basename(path).rpartition(".")[0].replace("_", "").lower()
                    table.setdefault(stem, []).append(path)
            index[id(files)] = table
        simple = re.split(r"\\|::|\.", key)[-1].replace("_", "").lower()
        return index[id(files)].get(simple, [])[:20]

    return near


class DeclarationFinder:
    """Finds the files that declare a type by the words before its name; each side is read once."""

    def __init__(self, suffixes: tuple[str, ...], pattern: re.Pattern[str], beside: str) -> None:
        """Prepare a search.

        Args:
            suffixes: How the names of the files end.
            pattern: Its first group is the name that a text declares.
            beside: A changed path; the files nearest to it are read.
        """
        self._suffixes = suffixes
        self._pattern = pattern
        self._beside = beside
        self._tables: dict[int, dict[str, list[str]]] = {}

    def __call__(self, files: Files, key: str) -> Sequence[str]:
        """Return the files that may declare a full name."""
        if id(files) not in self._tables:
            table: dict[str, list[str]] = {}
            for path in near_files(files, self._suffixes, self._beside):
                for name in {match[1] for match in self._pattern.finditer(files.text(path) or "")}:
                    table.setdefault(name, []).append(path)
            self._tables[id(files)] = table
        return self._tables[id(files)].get(re.split(r"\\|::|\.", key)[-1], [])[:20]


def near_files(files: Files, suffixes: tuple[str, ...], beside: str) -> list[str]:
    """Return the files of a kind that stand nearest to a path, as many as may be read."""
    paths = (path for path in files.paths if path.endswith(suffixes))
    return sorted(paths, key=lambda path: (-len(commonprefix([path, beside])), path))[:MOST_FILES]
