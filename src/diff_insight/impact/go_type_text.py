"""Go's types as text with absolute names, such as `map[string]*example.com/lib.Schema`, taken apart."""

from __future__ import annotations

import re

_BUILT_IN = frozenset(
    "map chan func struct interface any bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 "
    "uint64 uintptr float32 float64 complex64 complex128 error untyped comparable".split()
)
_NAME = re.compile(r"[A-Za-z_][\w./-]*")
_ARRAY = re.compile(r"\[\d*\](.*)", re.DOTALL)


def absolute_type(type_: str, path: str) -> str:
    """Return a type whose bare names are those of a package, with the path of the package."""

    def whole(match: re.Match[str]) -> str:
        name = match[0]
        return name if "." in name or name in _BUILT_IN else f"{path}.{name}"

    return _NAME.sub(whole, type_)


def named_type(type_: str) -> str:
    """Return the absolute name of a named type or of a pointer to one; empty for others."""
    bare = type_.removeprefix("type:").lstrip("*")
    bare = bare.partition("[")[0] if not bare.startswith("[") else ""
    return bare if _NAME.fullmatch(bare) and "." in bare else ""


def element_type(type_: str) -> str:
    """Return the type of what a list, map or channel holds; empty for others."""
    bare = type_.lstrip("*")
    if bare.startswith("map["):
        return _behind_bracket(bare[3:])
    array = _ARRAY.fullmatch(bare)
    if array is not None:
        return array[1]
    return bare.partition(" ")[2] if bare.startswith("chan ") else ""


def key_type(type_: str) -> str:
    """Return the type of a map's keys; empty for others."""
    bare = type_.lstrip("*")
    return bare[4 : -len(_behind_bracket(bare[3:])) - 1] if bare.startswith("map[") else ""


def result_types(type_: str) -> list[str]:
    """Return what a callable gives, one text for each result."""
    matches, depth, start = [], 0, 0
    text = type_.removeprefix("func:")
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            matches.append(text[start:at].strip())
            start = at + 1
    return [*matches, text[start:].strip()]


def _behind_bracket(text: str) -> str:
    """Return what stands behind the bracket that closes the first one."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        if not depth:
            return text[at + 1 :]
    return ""
