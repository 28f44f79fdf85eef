"""Tells whether a value of one TypeScript type fits another: yes, no, or not to be known from text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_WORD = re.compile(
    r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`|=>|\.\.\.|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*|\d[\w.]*|\S"
)
_SCALARS = frozenset("string number boolean bigint symbol undefined null void object never".split())
#: Classes of the runtime, which nobody names otherwise, and what they extend.
_CLASSES = {"Buffer": "Uint8Array", "Uint8Array": "", "Date": "", "RegExp": "", "URL": ""}
_OPEN, _CLOSE = "<([{", ">)]}"
#: Generics whose values hold, or give, values of their arguments.
_HOLDERS = frozenset("Promise Array ReadonlyArray Set ReadonlySet Map ReadonlyMap Record Partial Readonly "
                     "AsyncIterable Iterable AsyncGenerator Generator Iterator AsyncIterator".split())  # fmt: skip
_LONGEST = 2000
_DEEPEST = 12
Words = tuple[str, ...]
NOTHING: Mapping[str, str] = MappingProxyType({})
#: Types that every value is of.
_ALL = (("any",), ("unknown",))


def fits(actual: str, wanted: str, variables: Mapping[str, str] = NOTHING) -> bool | None:
    """Tell whether every value of `actual` is one of `wanted`; None when the texts do not show it.

    Args:
        actual: A type.
        wanted: Another one.
        variables: Type parameters that stand for themselves in both, with what they extend.
    """
    if len(actual) + len(wanted) > _LONGEST:
        return None
    return _TypeComparison(variables).fits(_words(actual), _words(wanted), 0)


def is_same(type_: str, other: str) -> bool:
    """Tell whether two types are one, however they are spaced and quoted."""
    if len(type_) + len(other) > _LONGEST:
        return type_ == other
    return _words(type_) == _words(other)


def most_taken(type_: str) -> int | None:
    """Return how many arguments a type of a function gives to what is called; None where it is none or has a rest."""
    words = _words(type_) if len(type_) <= _LONGEST else ()
    depth = 0
    for at, word in enumerate(words):
        depth += (word in _OPEN) - (word in _CLOSE)
        if depth == 0:
            inner = words[1:at]
            called = word == ")" and words[at + 1 : at + 2] == ("=>",) and "..." not in inner
            return len([part for part in _split(inner, ",") if part]) if called else None
    return None


def parts_of(type_: str) -> list[str] | None:
    """Return the members of a union of literals, or None for any other type."""
    parts = _split(_words(type_), "|")
    texts = ["".join(part) for part in parts if part]
    if len(type_) > _LONGEST or not texts or not all(_literal(text) for text in texts):
        return None
    return texts


def _words(text: str) -> Words:
    return tuple(
        word.replace("'", '"') if word[:1] == "'" else word for word in _WORD.findall(text)
    )


class _TypeComparison:
    """Compares types in which some names are type parameters."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def fits(self, actual: Words, wanted: Words, depth: int) -> bool | None:
        actual, wanted = _bare(actual), _bare(wanted)
        if not actual or not wanted or depth > _DEEPEST:
            return None
        if actual == wanted or wanted in _ALL or actual == ("never",):
            return True
        if actual in _ALL:
            return False if _closed_type(wanted) or _is_held(wanted) else None
        if "=>" in actual or "=>" in wanted or "?" in actual or "?" in wanted:
            return self._objects(actual, wanted, depth)
        wholes, options = _split(actual, "|"), _split(wanted, "|")
        if len(wholes) > 1 or len(options) > 1:
            return _all([self._one_of(part, wholes, options, depth) for part in wholes if part])
        return self._single(actual, wanted, depth)

    def _one_of(
        self, part: Words, wholes: Sequence[Words], options: Sequence[Words], depth: int
    ) -> bool | None:
        if part == ("boolean",) and {("true",), ("false",)} <= set(options):
            return True
        # Nobody writes a part that another part of the same union already has.
        other = [
            option for option in options if option and (option == part or option not in wholes)
        ]
        answers = [self.fits(part, option, depth + 1) for option in other]
        return True if True in answers else None if None in answers else False

    def _single(self, actual: Words, wanted: Words, depth: int) -> bool | None:
        if "&" in actual or "&" in wanted:
            return None
        if {actual[0], wanted[0]} & set(self._variables):
            return self._variable(actual, wanted, depth)
        if _is_held(actual) and _is_held(wanted):
            return self._compare_arguments(actual, wanted, depth)
        first, other = _closed_type(actual), _closed_type(wanted)
        if first and other:
            return _scalar(first, other)
        if (_is_held(actual) and other) or (_is_held(wanted) and first):
            return other == "object"
        return self._objects(actual, wanted, depth)

    def _variable(self, actual: Words, wanted: Words, depth: int) -> bool | None:
        """A type parameter fits what its bound fits; without one it fits nothing but itself."""
        if len(actual) > 1 and len(wanted) > 1:
            return (
                self._compare_arguments(actual, wanted, depth)
                if _is_held(actual) and _is_held(wanted)
                else None
            )
        if actual[0] not in self._variables or len(actual) > 1:
            return False if _closed_type(actual) or _is_held(actual) else None
        bound = self._variables[actual[0]]
        if bound:
            return True if self.fits(_words(bound), wanted, depth + 1) else None
        return False if _closed_type(wanted) or _is_held(wanted) else None

    def _compare_arguments(self, actual: Words, wanted: Words, depth: int) -> bool | None:
        """Compare what two generics hold."""
        listed, lists = _element(actual), _element(wanted)
        if listed is not None and lists is not None:
            return self.fits(listed, lists, depth + 1)
        first, second = _generic(actual), _generic(wanted)
        if (
            first is None
            or second is None
            or first[0] != second[0]
            or len(first[1]) != len(second[1])
        ):
            return None
        return _all([self.fits(a, b, depth + 1) for a, b in zip(first[1], second[1], strict=True)])

    def _objects(self, actual: Words, wanted: Words, depth: int) -> bool | None:
        """Compare two object types, member by member."""
        first, second = _members(actual), _members(wanted)
        if first is None or second is None:
            return None
        answers: list[bool | None] = []
        for name, (needed, type_) in second.items():
            if name not in first:
                answers.append(not needed)
                continue
            has, own = first[name]
            answers.append(False if needed and not has else self.fits(own, type_, depth + 1))
        return _all(answers)


def _members(words: Words) -> dict[str, tuple[bool, Words]] | None:
    """Return the members of an object type: name -> (whether it has to be there, type)."""
    if words[:1] != ("{",) or words[-1:] != ("}",):
        return None
    members: dict[str, tuple[bool, Words]] = {}
    inner = words[1:-1]
    lines = _split(inner, ";")
    for whole in lines if len(lines) > 1 else _split(inner, ","):
        part = whole[1:] if whole[:1] == ("readonly",) else whole
        optional = part[1:2] == ("?",)
        if part and part[1 + optional : 2 + optional] != (":",):
            return None
        if part:
            members[part[0]] = not optional, part[2 + optional :]
    return members


def _all(answers: Sequence[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _scalar(actual: str, wanted: str) -> bool:
    if actual == wanted or (actual == "undefined" and wanted == "void"):
        return True
    if actual in _CLASSES:
        return wanted in ("object", _CLASSES[actual])
    return _base(actual) == wanted and actual != wanted


def _base(atom: str) -> str:
    """Return the type of a literal."""
    if atom[:1] in ('"', "`"):
        return "string"
    if atom in ("true", "false"):
        return "boolean"
    return "number" if atom[:1].isdigit() else atom


def _closed_type(words: Words) -> str:
    """Return a built-in type or a literal, which nobody can redefine; else nothing."""
    generic = _generic(words)
    if generic is not None and generic[0] in _CLASSES:
        return generic[0]
    text = "".join(words)
    return text if text in _SCALARS or text in _CLASSES or _literal(text) else ""


def _literal(text: str) -> bool:
    return text in ("true", "false") or bool(
        re.fullmatch(r"\"[^\"]*\"|-?\d[\d_.]*", text.replace("'", '"'))
    )


def _is_held(words: Words) -> bool:
    generic = _generic(words)
    return _element(words) is not None or (generic is not None and generic[0] in _HOLDERS)


def _element(words: Words) -> Words | None:
    """Return what a list holds: `T[]`, `Array<T>`."""
    if words[:1] == ("readonly",):
        words = words[1:]
    if words[-2:] == ("[", "]") and len(words) > 2:
        return words[:-2]
    generic = _generic(words)
    if generic is not None and generic[0] in ("Array", "ReadonlyArray") and len(generic[1]) == 1:
        return generic[1][0]
    return None


def _generic(words: Words) -> tuple[str, list[Words]] | None:
    """Return the name and the arguments of `Name<A, B>`."""
    if len(words) < 4 or words[1] != "<" or words[-1] != ">":
        return None
    depth = 0
    for index, word in enumerate(words):
        depth += (word == "<") - (word == ">")
        if depth == 0 and 0 < index < len(words) - 1:
            return None
    return words[0], _split(words[2:-1], ",")


def _split(words: Words, mark: str) -> list[Words]:
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word in _OPEN) - (word in _CLOSE)
        if word == mark and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts]


def _bare(words: Words) -> Words:
    """Return a type without brackets around the whole, and without a bar in front."""
    words = words[1:] if words[:1] == ("|",) else words
    while len(words) > 2 and words[0] == "(" and words[-1] == ")":
        depth = 0
        for index, word in enumerate(words):
            depth += (word == "(") - (word == ")")
            if depth == 0 and index < len(words) - 1:
                return words
        words = words[1:-1]
    return words
