"""Texts that make an expression try many ways, made of the expression itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: Repetitions of at most so many are no loops.
_FEW = 20
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
#: Characters that stand for the classes that expressions are made of.
_SAMPLES = "a1 _-.A/\"'`#:=|*([{<>)]}\\\t,;@\n\u3000\u3042"


def pumped(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what leads to a loop of an expression and what goes round in it, each pair once."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    seen: set[tuple[str, str]] = set()
    for lead, unit in _loops(tree, ""):
        for pair in ((lead, unit), ("", unit), ("", f"{lead}{unit}"[-40:])):
            if unit and pair not in seen:
                seen.add(pair)
                yield pair


def _loops(items: Iterable[Any], lead: str) -> Iterator[tuple[str, str]]:  # noqa: C901 - kinds of items
    for code, value in items:
        if code in _REPEATS:
            if value[1] > _FEW:
                yield from ((lead, unit) for unit in _units(value[2]))
            yield from _loops(value[2], lead)
        elif code is codes.SUBPATTERN:
            yield from _loops(value[3], lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _loops(value, lead)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _loops(branch, lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _loops(value[1], lead)
        lead += _one(code, value)


def _units(body: Any) -> set[str]:
    """Return what one round of a loop may be."""
    units = {_text(body)}
    while len(body) == 1 and body[0][0] is codes.SUBPATTERN:
        body = body[0][1][3]
    if len(body) != 1:
        return units
    code, value = body[0]
    if code is codes.IN:
        units |= {each for each in _SAMPLES if _holds(value, each)}
    elif code in (codes.ANY, codes.NOT_LITERAL):
        units |= set(_SAMPLES)
    elif code is codes.BRANCH:
        units |= {_text(branch) for branch in value[1]}
    return units


def _text(items: Iterable[Any]) -> str:
    return "".join(_one(code, value) for code, value in items)


def _one(code: Any, value: Any) -> str:  # noqa: C901, PLR0911 - kinds of items
    """Return a text that an item matches, roughly."""
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        first = next((chr(each) if kind is codes.LITERAL else chr(each[0]) for kind, each in value
                      if kind in (codes.LITERAL, codes.RANGE)), "a")  # fmt: skip
        return str(next((each for each in _SAMPLES if _holds(value, each)), first))
    if code in _REPEATS:
        return str(_text(value[2]) * max(value[0], 1 if value[1] else 0))
    if code is codes.SUBPATTERN:
        return _text(value[3])
    if code is codes.ATOMIC_GROUP:
        return _text(value)
    if code is codes.BRANCH:
        return _text(value[1][0])
    return ""


def _holds(members: Iterable[Any], character: str) -> bool:
    """Tell whether a class holds a character."""
    is_word = character.isalnum() or character == "_"
    categories = {
        codes.CATEGORY_SPACE: character.isspace(), codes.CATEGORY_NOT_SPACE: not character.isspace(),
        codes.CATEGORY_DIGIT: character.isdigit(), codes.CATEGORY_NOT_DIGIT: not character.isdigit(),
        codes.CATEGORY_WORD: is_word, codes.CATEGORY_NOT_WORD: not is_word,
    }  # fmt: skip
    negated = found = False
    for kind, value in members:
        if kind is codes.NEGATE:
            negated = True
        elif kind is codes.LITERAL:
            found |= ord(character) == value
        elif kind is codes.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        elif kind is codes.CATEGORY:
            found |= categories.get(value, False)
    return found != negated
