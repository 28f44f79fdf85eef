"""PHP's names and types as texts in one form: full names, unions without order."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.facts.code.api.syntax import Node, flat

BUILT_IN = frozenset("int float string bool array callable iterable object mixed void never null false true "
                     "resource".split())  # fmt: skip
_OWN = frozenset(("self", "static", "parent"))


class PhpNames(Struct):
    """What the names of a file mean: its namespace, and the names that it imports."""

    namespace: str
    aliases: dict[str, str]

    def own(self, name: str) -> str:
        """Return the full name of what the file declares."""
        return f"{self.namespace}\\{name}" if self.namespace else name

    def full(self, name: str) -> str:
        """Return the full name of a type that the file speaks of."""
        if name.startswith("\\"):
            return name[1:]
        first, separator, rest = name.partition("\\")
        if first in self.aliases:
            return self.aliases[first] + separator + rest
        return self.own(name.removeprefix("namespace\\"))


def type_atoms(node: Node | None, names: PhpNames, owner: str, source: bytes) -> str:
    """Return a type as its alternatives in order, such as `int|null`; empty where there is none."""
    if node is None:
        return ""
    text = "".join(flat(node, source).split())
    parts = ["null", text[1:]] if text.startswith("?") else text.split("|")
    return "|".join(sorted({_atom(part, names, owner) for part in parts}))


def _atom(text: str, names: PhpNames, owner: str) -> str:
    if "&" in text:
        return "&".join(sorted(_atom(part, names, owner) for part in text.strip("()").split("&")))
    lowered = text.lower()
    if lowered in BUILT_IN:
        return lowered
    if lowered in _OWN:
        return owner if lowered == "self" and owner else lowered
    return names.full(text)
