"""Types of Terraform's variables: whether one takes every value that another one takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_CALL = re.compile(r"(\w+)\s*(?:\((.*)\))?$", re.DOTALL)
_LISTS = frozenset(("list", "set"))
_DEEPEST = 20


def takes(wanted: str, offered: str, depth: int = 0) -> bool:
    """Tell whether a variable of one type takes all values of another one, as Terraform converts them."""
    wanted, offered = wanted.strip().strip('"'), offered.strip().strip('"')
    if wanted == offered or wanted in ("any", "") or depth > _DEEPEST:
        return True
    if offered in ("any", ""):
        return False
    outer, other = _CALL.match(wanted), _CALL.match(offered)
    # What is not understood is not said to break.
    return outer is None or other is None or _takes_kind(outer, other, depth)


def _takes_kind(outer: re.Match[str], other: re.Match[str], depth: int) -> bool:
    if outer[1] == other[1] == "object":
        return _takes_object(_attributes(outer[2] or ""), _attributes(other[2] or ""), depth)
    if {outer[1], other[1]} <= _LISTS or outer[1] == other[1] == "map":
        return takes(outer[2] or "any", other[2] or "any", depth + 1)
    if outer[1] == "map" and other[1] == "object":
        return all(
            takes(outer[2] or "any", type_, depth + 1)
            for type_ in _attributes(other[2] or "").values()
        )
    return outer[1] == "string" and other[1] in ("number", "bool")


def _takes_object(wanted: Mapping[str, str], offered: Mapping[str, str], depth: int) -> bool:
    for name, type_ in wanted.items():
        bare, optional = _without_optional(type_)
        if name not in offered:
            if not optional:
                return False
            continue
        before, was_optional = _without_optional(offered[name])
        if (was_optional and not optional) or not takes(bare, before, depth + 1):
            return False
    return True


def _without_optional(type_: str) -> tuple[str, bool]:
    match = re.fullmatch(r"optional\((.*)\)", type_.strip(), re.DOTALL)
    if match is None:
        return type_, False
    return next(_parts(match[1]), ""), True


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of `{ a = string, b = number }`."""
    inner = text.strip().removeprefix("{").removesuffix("}")
    attributes = {}
    for part in _parts(re.sub(r"(?<=[\w)}\]])\s+(?=[\w-]+ =)", ", ", inner)):
        name, sign, type_ = part.partition("=")
        if sign:
            attributes[name.strip()] = type_.strip()
    return attributes


def _parts(text: str) -> Iterator[str]:
    """Yield what stands between commas outside of brackets."""
    depth, start = 0, 0
    for index, mark in enumerate(text):
        depth += (mark in "([{") - (mark in ")]}")
        if mark == "," and not depth:
            yield text[start:index]
            start = index + 1
    yield text[start:]
