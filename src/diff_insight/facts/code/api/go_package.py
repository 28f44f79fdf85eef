"""A Go package: what its files declare together, and what its types have through those they embed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec.structs import replace

from diff_insight.facts.code.api.go_platforms import GoConstraint
from diff_insight.facts.code.api.go_reader import GoFile
from diff_insight.facts.code.api.item import Item

#: Method sets of interfaces that everybody embeds: name -> method -> signature.
_KNOWN: Mapping[str, Mapping[str, str]] = {
    "error": {"Error": "() (string)"},
    "fmt.Stringer": {"String": "() (string)"},
    "io.Reader": {"Read": "([]uint8) (int, error)"},
    "io.Writer": {"Write": "([]uint8) (int, error)"},
    "io.Closer": {"Close": "() (error)"},
    "io.ReadCloser": {"Read": "([]uint8) (int, error)", "Close": "() (error)"},
    "io.WriteCloser": {"Write": "([]uint8) (int, error)", "Close": "() (error)"},
    "io.ReadWriter": {"Read": "([]uint8) (int, error)", "Write": "([]uint8) (int, error)"},
    "context.Context": {},
}
_NAME = re.compile(r"[A-Za-z_][\w./-]*")
_DEEPEST = 8


class GoPackage:
    """What the files of one folder declare.

    Args:
        files: The files of the package, without tests.
    """

    def __init__(self, files: Iterable[GoFile]) -> None:
        self.files = tuple(files)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every declaration by its key, methods under the name of the type that an alias stands for."""
        items: dict[str, Item] = {}
        for file in self.files:
            for item in file.items:
                owner, _, name = item.key.rpartition(".")
                key = f"{self.real(owner)}.{name}" if owner else name
                items.setdefault(key, item if key == item.key else replace(item, key=key))
        return items

    @cached_property
    def constraints(self) -> Mapping[str, list[GoConstraint]]:
        """Key of a declaration -> where the files are compiled that declare it."""
        constraints: dict[str, list[GoConstraint]] = defaultdict(list)
        for file in self.files:
            for item in file.items:
                owner, _, name = item.key.rpartition(".")
                constraints[f"{self.real(owner)}.{name}" if owner else name].append(file.constraint)
        return constraints

    @cached_property
    def exposed_types(self) -> frozenset[str]:
        """Names of types that are not exported, and that callers get from what is."""
        return frozenset(
            bare
            for item in self.items.values()
            if item.public and item.sort in ("var", "field", "alias")
            and (bare := item.type.lstrip("*[]")) in self.items and bare[:1].islower()
        )  # fmt: skip

    def is_open(self, item: Item) -> bool:
        """Tell whether callers can use an item: exported, or an exported part of what they get."""
        if item.public or item.key in self.exposed_types:
            return True
        return item.owner in self.exposed_types and item.name[:1].isupper()

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Name -> what it stands for."""
        return {
            item.key: item.type
            for file in self.files
            for item in file.items
            if item.sort == "alias"
        }

    @cached_property
    def embedded_types(self) -> Mapping[str, list[str]]:
        """Owner -> what it embeds."""
        by_owner: dict[str, list[str]] = defaultdict(list)
        for file in self.files:
            for owner, types in file.embedded.items():
                by_owner[owner] += types
        return by_owner

    @property
    def names(self) -> frozenset[str]:
        """The names of its packages: one, or more where files are wrong."""
        return frozenset(file.package for file in self.files)

    def real(self, name: str) -> str:
        """Return the type that a name of the package stands for."""
        for _ in range(_DEEPEST):
            target = self.aliases.get(name)
            if target is None or not target.isidentifier():
                return name
            name = target
        return name

    def resolve_aliases(self, type_: str) -> str:
        """Return a type with every alias of the package replaced by what it stands for."""
        for _ in range(_DEEPEST):
            replaced = _NAME.sub(lambda match: self.aliases.get(match[0], match[0]), type_)
            if replaced == type_ or len(replaced) > 2000:
                return type_
            type_ = replaced
        return type_

    def method_set(self, interface: str, depth: int = 0) -> tuple[dict[str, str], set[str]]:
        """Return the methods of an interface with their signatures, and what cannot be looked into."""
        own = {
            item.name: self.resolve_aliases(signature_of(item))
            for key, item in self.items.items()
            if item.sort == "member" and item.owner == interface
        }
        unknown: set[str] = set()
        named = self.items.get(interface)
        more = list(self.embedded_types.get(interface, ()))
        if named is not None and named.sort in ("type", "alias"):
            more.append(named.type)
        for type_ in more:
            if type_ in _KNOWN:
                own |= _KNOWN[type_]
            elif type_ in self.items and depth < _DEEPEST:
                methods, others = self.method_set(type_, depth + 1)
                own |= methods
                unknown |= others
            elif type_ not in ("any", "comparable"):
                unknown.add(self.resolve_aliases(type_))
        return own, unknown

    def promoted_items(self, owner: str) -> tuple[dict[str, Item], bool]:
        """Return what a struct has through those it embeds, by name, and whether all of it is known."""
        items: dict[str, Item] = {}
        whole = True
        waiting = [(owner, 0)]
        while waiting:
            name, depth = waiting.pop(0)
            for type_ in self.embedded_types.get(name, ()):
                bare = self.real(re.sub(r"\[.*", "", type_).lstrip("*"))
                if bare not in self.items or depth >= _DEEPEST:
                    whole = False
                    continue
                for member in self.members.get(bare, ()):
                    items.setdefault(member.name, member)
                waiting.append((bare, depth + 1))
        return items, whole

    @cached_property
    def members(self) -> Mapping[str, list[Item]]:
        """Owner -> its own members."""
        members: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            if item.owner:
                members[item.owner].append(item)
        return members

    def is_comparable(self, type_: str, depth: int = 0) -> bool | None:
        """Tell whether values of a type can be compared with `==`; None when that cannot be known."""
        type_ = self.resolve_aliases(type_)
        if type_.startswith(("[]", "map[", "func")) or depth > _DEEPEST:
            return None if depth > _DEEPEST else False
        if type_.startswith("["):
            return self.is_comparable(type_.partition("]")[2], depth + 1)
        if type_ in _BUILT_IN or type_.startswith(("*", "chan", "<-chan", "interface{")):
            return True
        item = self.items.get(type_)
        return None if item is None else self._has_comparable(item, depth)

    def _has_comparable(self, item: Item, depth: int) -> bool | None:
        if item.sort == "interface":
            return True
        if item.sort == "type":
            return self.is_comparable(item.type, depth + 1)
        if item.sort != "struct":
            return None
        parts = {
            self.is_comparable(member.type, depth + 1)
            for member in self.members.get(item.key, ()) if member.sort == "field"
        }  # fmt: skip
        if False in parts:
            return False
        return None if None in parts else True


_BUILT_IN = frozenset("bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr "
                      "float32 float64 complex64 complex128 any error".split())  # fmt: skip


def signature_of(item: Item) -> str:
    """Return the types that a function takes and gives."""
    result = f" ({item.type})" if item.type else ""
    return f"({', '.join(item.parameters or ())}){result}"
