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


def fits(given: str, wanted: str, variables: Mapping[str, str] = NOTHING) -> bool | None:
    """Tell whether every value of `given` is one of `wanted`; None when the texts do not show it.

    Args:
        given: A type.
        wanted: Another one.
        variables: Type parameters that stand for themselves in both, with what they extend.
    """
    if len(given) + len(wanted) > _LONGEST:
        return None
    return _TypeComparison(variables).fits(_words(given), _words(wanted), 0)


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

    def fits(self, given: Words, wanted: Words, depth: int) -> bool | None:
        given, wanted = _bare(given), _bare(wanted)
        if not given or not wanted or depth > _DEEPEST:
            return None
        if given == wanted or wanted in _ALL or given == ("never",):
            return True
        if given in _ALL:
            return False if _closed(wanted) or _is_held(wanted) else None
        if "=>" in given or "=>" in wanted or "?" in given or "?" in wanted:
            return self._objects(given, wanted, depth)
        wholes, options = _split(given, "|"), _split(wanted, "|")
        if len(wholes) > 1 or len(options) > 1:
            return _all([self._one_of(part, wholes, options, depth) for part in wholes if part])
        return self._single(given, wanted, depth)

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

    def _single(self, given: Words, wanted: Words, depth: int) -> bool | None:
        if "&" in given or "&" in wanted:
            return None
        if {given[0], wanted[0]} & set(self._variables):
            return self._variable(given, wanted, depth)
        if _is_held(given) and _is_held(wanted):
            return self._held(given, wanted, depth)
        one, other = _closed(given), _closed(wanted)
        if one and other:
            return _scalar(one, other)
        if (_is_held(given) and other) or (_is_held(wanted) and one):
            return other == "object"
        return self._objects(given, wanted, depth)

    def _variable(self, given: Words, wanted: Words, depth: int) -> bool | None:
        """A type parameter fits what its bound fits; without one it fits nothing but itself."""
        if len(given) > 1 and len(wanted) > 1:
            return (
                self._held(given, wanted, depth) if _is_held(given) and _is_held(wanted) else None
            )
        if given[0] not in self._variables or len(given) > 1:
            return False if _closed(given) or _is_held(given) else None
        bound = self._variables[given[0]]
        if bound:
            return True if self.fits(_words(bound), wanted, depth + 1) else None
        return False if _closed(wanted) or _is_held(wanted) else None

    def _held(self, given: Words, wanted: Words, depth: int) -> bool | None:
        """Compare what two generics hold."""
        listed, lists = _element(given), _element(wanted)
        if listed is not None and lists is not None:
            return self.fits(listed, lists, depth + 1)
        first, second = _generic(given), _generic(wanted)
        if (
            first is None
            or second is None
            or first[0] != second[0]
            or len(first[1]) != len(second[1])
        ):
            return None
        return _all([self.fits(a, b, depth + 1) for a, b in zip(first[1], second[1], strict=True)])

    def _objects(self, given: Words, wanted: Words, depth: int) -> bool | None:
        """Compare two object types, member by member."""
        first, second = _members(given), _members(wanted)
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
    found: dict[str, tuple[bool, Words]] = {}
    inner = words[1:-1]
    lines = _split(inner, ";")
    for whole in lines if len(lines) > 1 else _split(inner, ","):
        part = whole[1:] if whole[:1] == ("readonly",) else whole
        optional = part[1:2] == ("?",)
        if part and part[1 + optional : 2 + optional] != (":",):
            return None
        if part:
            found[part[0]] = not optional, part[2 + optional :]
    return found


def _all(answers: Sequence[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _scalar(given: str, wanted: str) -> bool:
    if given == wanted or (given == "undefined" and wanted == "void"):
        return True
    if given in _CLASSES:
        return wanted in ("object", _CLASSES[given])
    return _base(given) == wanted and given != wanted


def _base(atom: str) -> str:
    """Return the type of a literal."""
    if atom[:1] in ('"', "`"):
        return "string"
    if atom in ("true", "false"):
        return "boolean"
    return "number" if atom[:1].isdigit() else atom


def _closed(words: Words) -> str:
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
    found = _generic(words)
    return _element(words) is not None or (found is not None and found[0] in _HOLDERS)


def _element(words: Words) -> Words | None:
    """Return what a list holds: `T[]`, `Array<T>`."""
    if words[:1] == ("readonly",):
        words = words[1:]
    if words[-2:] == ("[", "]") and len(words) > 2:
        return words[:-2]
    found = _generic(words)
    if found is not None and found[0] in ("Array", "ReadonlyArray") and len(found[1]) == 1:
        return found[1][0]
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
