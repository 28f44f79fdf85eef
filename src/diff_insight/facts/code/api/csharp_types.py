"""C#'s types as texts in one form, and the parameters of a list."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.facts.code.api.item import Argument
from diff_insight.facts.code.api.syntax import Node, flat, text_of

_QUALIFIER = re.compile(r"(?:global::)?(?:\b[A-Za-z_]\w*+\.)+(?=[A-Za-z_])")
#: Characters of a type above which it is compared as it is written.
LONGEST_TYPE = 4000
_SAME = {
    "String": "string", "Int32": "int", "Int64": "long", "Boolean": "bool", "Object": "object", "Double": "double",
    "Single": "float", "Byte": "byte", "Char": "char", "Decimal": "decimal", "Void": "void",
}  # fmt: skip
_VALUES = frozenset("bool byte sbyte char decimal double float int uint long ulong short ushort nint nuint "
                    "DateTime DateTimeOffset TimeSpan Guid".split())  # fmt: skip


class Taken(Struct, frozen=True):
    """The parameters of a list: their types with `ref` or `out`, names, and how many may be left out.

    `extends` tells that the first one is what an extension method is called on.
    """

    types: tuple[str, ...]
    names: tuple[str, ...]
    optional: int
    shown: str
    defaults: tuple[str, ...] = ()
    extends: bool = False

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The parameters with their names and defaults."""
        return tuple(
            Argument(name=name, type=type_, default=default, optional=bool(default))
            for name, type_, default in zip(self.names, self.types, self.defaults, strict=True)
        )


def canonical(text: str) -> str:
    """Return a type without namespaces and without marks of null on references."""
    if len(text) > LONGEST_TYPE:
        return " ".join(text.split())
    bare = _QUALIFIER.sub("", text)
    bare = re.sub(r"\w+", lambda match: _SAME.get(match[0], match[0]), bare)
    bare = re.sub(r" ?([<>,\[\]().?]) ?", r"\1", " ".join(bare.split()))
    return re.sub(r"(?<![\w>\])])([\w>\])]*+)\?", _without_null, bare)


def parameters_of(listed: Node | None, source: bytes) -> Taken:
    """Return what a callable takes."""
    types: list[str] = []
    names: list[str] = []
    defaults: list[str] = []
    optional = 0
    gathers = extends = False
    for child in listed.children if listed is not None else ():
        if child.type == "parameter":
            words = [
                text_of(modifier, source)
                for modifier in child.children
                if modifier.type == "modifier"
            ]
            kept = next((word for word in words if word in ("ref", "out", "in")), "")
            type_ = canonical(flat(child.child_by_field_name("type"), source))
            types.append(f"{kept} {type_}".strip())
            names.append(text_of(child.child_by_field_name("name"), source))
            extends = extends or "this" in words
            defaults.append(flat(child, source).partition("=")[2].strip())
            optional = optional + 1 if defaults[-1] else 0
        elif child.type == "params":
            gathers = True
        elif (gathers and child.type.endswith("type")) or child.type == "nullable_type":
            types.append(f"params {canonical(flat(child, source))}")
        elif child.type == "identifier" and len(names) < len(types):
            names.append(text_of(child, source))
    names += [""] * (len(types) - len(names))
    defaults += [""] * (len(types) - len(defaults))
    shown = flat(listed, source) or "()"
    return Taken(tuple(types), tuple(names), optional, shown, tuple(defaults), extends)


def _without_null(match: re.Match[str]) -> str:
    return match[0] if match[1] in _VALUES else match[1]
