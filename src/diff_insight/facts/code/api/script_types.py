"""Tells whether a value of one TypeScript type fits another: yes, no, or not to be known from text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(
    r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`|=>|\.\.\.|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*|\d[\w.]*|\S"
)
_SCALARS = frozenset("string number boolean bigint symbol undefined null void object never".split())
_OPEN, _CLOSE = "<([{", ">)]}"
#: Generics whose values hold, or give, values of their arguments.
_HOLDERS = frozenset("Promise Array ReadonlyArray Set ReadonlySet Map ReadonlyMap Record Partial Readonly "
                     "AsyncIterable Iterable AsyncGenerator Generator Iterator AsyncIterator".split())  # fmt: skip
_LONGEST = 2000
_DEEPEST = 12
Words = tuple[str, ...]


def fits(given: str, wanted: str, depth: int = 0) -> bool | None:
    """Tell whether every value of `given` is one of `wanted`; None when the texts do not show it."""
    if len(given) + len(wanted) > _LONGEST or depth > _DEEPEST:
        return None
    return _fits(_words(given), _words(wanted), depth)


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


def _fits(given: Words, wanted: Words, depth: int) -> bool | None:
    given, wanted = _bare(given), _bare(wanted)
    if not given or not wanted:
        return None
    if given == wanted or wanted in (("any",), ("unknown",)) or given in (("any",), ("never",)):
        return True
    if "=>" in given or "=>" in wanted or "?" in given or "?" in wanted:
        return None
    wholes, options = _split(given, "|"), _split(wanted, "|")
    if len(wholes) > 1 or len(options) > 1:
        return _all([_one_of(part, options, depth) for part in wholes if part])
    return _single(given, wanted, depth)


def _one_of(part: Words, options: Sequence[Words], depth: int) -> bool | None:
    answers = [_fits(part, option, depth + 1) for option in options if option]
    if part == ("boolean",) and {("true",), ("false",)} <= set(options):
        return True
    return True if True in answers else None if None in answers else False


def _all(answers: Sequence[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _single(given: Words, wanted: Words, depth: int) -> bool | None:
    if "&" in given or "&" in wanted:
        return None
    if _is_held(given) and _is_held(wanted):
        return _held(given, wanted, depth)
    one, other = _closed(given), _closed(wanted)
    if one and other:
        return _scalar(one, other)
    if (_is_held(given) and other) or (_is_held(wanted) and one):
        return other == "object"
    return None


def _held(given: Words, wanted: Words, depth: int) -> bool | None:
    """Compare what two generics hold."""
    listed, lists = _element(given), _element(wanted)
    if listed is not None and lists is not None:
        return _fits(listed, lists, depth + 1)
    first, second = _generic(given), _generic(wanted)
    if first is None or second is None or first[0] != second[0] or len(first[1]) != len(second[1]):
        return None
    return _all([_fits(a, b, depth + 1) for a, b in zip(first[1], second[1], strict=True)])


def _scalar(given: str, wanted: str) -> bool:
    if given == wanted or (given == "undefined" and wanted == "void"):
        return True
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
    text = "".join(words)
    return text if text in _SCALARS or _literal(text) else ""


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
