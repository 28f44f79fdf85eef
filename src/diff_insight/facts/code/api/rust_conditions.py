"""Where a `cfg` of Rust holds: everywhere by default, nowhere by default, or on some targets alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

_TOKEN = re.compile(r"[\w.-]++|\"[^\"]*+\"|[(),=]")
_DEEPEST = 12
#: What a compiler sets by the target, and what it sets unless it is told otherwise.
_OF_TARGET = re.compile(r"unix|windows|wasm|debug_assertions|target_\w+|relocation_model")
_BY_DEFAULT = re.compile(r"panic")


class Holds(StrEnum):
    """Where a condition holds for those who only depend on a crate."""

    ALWAYS = "always"
    NEVER = "never"
    SOMETIMES = "sometimes"


_OPPOSITES = {
    Holds.ALWAYS: Holds.NEVER,
    Holds.NEVER: Holds.ALWAYS,
    Holds.SOMETIMES: Holds.SOMETIMES,
}


def holds(condition: str, defaults: Collection[str]) -> Holds:
    """Return where a condition holds.

    Args:
        condition: `cfg(…)` with what stands in it.
        defaults: The features that are on by default.
    """
    tokens = list(_TOKEN.findall(condition.partition("(")[2].rpartition(")")[0]))
    answers = list(_list(tokens, defaults, 0))
    return answers[0] if answers else Holds.ALWAYS


def shown_condition(condition: str) -> str:
    """Return a condition as reports show it: a feature alone needs no `cfg` around it."""
    inner = condition.partition("(")[2].rpartition(")")[0].strip()
    return inner if inner.startswith("feature") else condition


def _list(tokens: Sequence[str], defaults: Collection[str], depth: int) -> Iterator[Holds]:
    """Yield where each part of a list with commas holds."""
    start = level = 0
    for at, sign in enumerate([*tokens, ","]):
        level += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and level <= 0:
            if at > start:
                yield _part(tokens[start:at], defaults, depth)
            start = at + 1


def _part(tokens: Sequence[str], defaults: Collection[str], depth: int) -> Holds:
    name = tokens[0]
    if tokens[1:2] == ["("] and tokens[-1:] == [")"]:
        if depth > _DEEPEST:
            return Holds.SOMETIMES
        return _combine(name, list(_list(tokens[2:-1], defaults, depth + 1)))
    if name == "feature" and len(tokens) > 2:
        return Holds.ALWAYS if tokens[2].strip('"') in defaults else Holds.NEVER
    if _OF_TARGET.fullmatch(name):
        return Holds.SOMETIMES
    # What else there is has to be set by hand: a test, a documentation, a flag of the crate.
    usual = name == "true" or (_BY_DEFAULT.fullmatch(name) and tokens[-1] == '"unwind"')
    return Holds.ALWAYS if usual else Holds.NEVER


def _combine(name: str, parts: Sequence[Holds]) -> Holds:
    """Return where several conditions hold together: `all`, `any` and `not`."""
    if name == "not":
        return _OPPOSITES[parts[0]] if parts else Holds.ALWAYS
    strong, weak = (Holds.NEVER, Holds.ALWAYS) if name == "all" else (Holds.ALWAYS, Holds.NEVER)
    if strong in parts:
        return strong
    return Holds.SOMETIMES if Holds.SOMETIMES in parts else weak
