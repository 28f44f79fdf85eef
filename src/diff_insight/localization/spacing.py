"""Sets values between words in scripts without spaces: one rule for the space beside code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category


class SpacedPiece(NamedTuple):
    """A part of a text that is put together.

    Attributes:
        text: Its characters.
        value: Whether it was filled in; else it is from the message, and so are its spaces.
        code: Whether it is a value that shows something literal, such as an identifier.
    """

    text: str
    value: bool = False
    code: bool = False


#: What a word of a message has beside a value, by what the value begins or ends with there: ASCII,
#: ASCII of code, a sign such as an arrow, any other character.
_Edge = tuple[str, str, str, str]
_LITERAL, _SIGN, _OTHER = 1, 2, 3


class Frame:
    """The words of a message, between which values are set by the rule of `join_pieces`.

    What the words alone say about the spaces beside values is found once.

    Args:
        words: What stands before, between and behind the values; may be empty.
        code: Which of the values may show something literal.

    Attributes:
        words: The words with `%s` for each value.
        close: Whether values, if there are some, have no space beside them whatever they are.
    """

    def __init__(self, words: Sequence[str], code: Sequence[bool]) -> None:
        self._literals = words
        # Values with no word between them meet each other.
        self._meeting = not all(word.strip(" ") for word in words[1:-1])
        edges = [(_edge(before, at=-1), _edge(behind, at=0)) for before, behind in pairwise(words)]
        # Beside most marks there is never a space, whatever the value.
        self._edges = [
            (at, left, right)
            for at, ((left, right), literal) in enumerate(zip(edges, code, strict=True))
            if any(
                end and (literal or kind != _LITERAL)
                for edge in (left, right)
                for kind, end in enumerate(edge)
            )
        ]
        last = len(words) - 1
        shown = [
            _without_edges(word, left=at > 0, right=at < last) for at, word in enumerate(words)
        ]
        self.words = "%s".join(word.replace("%", "%%") for word in shown)
        self.close = not (self._meeting or self._edges)

    def fill(self, values: Sequence[str], code: Sequence[bool]) -> str:
        """Return the words with values; `code` says which of them show something literal."""
        if self._meeting or not all(values):
            return join_pieces(self._pieces(values, code))
        spaced = [*values]
        for at, left, right in self._edges:
            value, literal = values[at], code[at]
            before, behind = left[_near(value[0]) or literal], right[_near(value[-1]) or literal]
            spaced[at] = f"{before}{value}{behind}"
        return self.words % tuple(spaced)

    def _pieces(self, values: Sequence[str], code: Sequence[bool]) -> Iterator[SpacedPiece]:
        yield SpacedPiece(self._literals[0])
        for value, literal, word in zip(values, code, self._literals[1:], strict=True):
            yield SpacedPiece(value, value=True, code=literal)
            yield SpacedPiece(word)


def _edge(word: str, *, at: int) -> _Edge:
    """Return what `_gap` would say of the end of a word and the values that may stand beside it."""
    core = word.strip(" ")
    if not core:
        return "", "", "", ""
    written = word[len(word.rstrip(" ")) :] if at else word[: len(word) - len(word.lstrip(" "))]
    kind = _kind(core[at])
    if kind == "S":
        return written, written, written, written
    if kind == "a":
        return written, written, written, ""
    return "", " " if kind == "L" else "", written, ""


def _without_edges(word: str, *, left: bool, right: bool) -> str:
    """Return a word without the spaces that it has beside values; spaces alone stay."""
    if not word.strip(" "):
        return word
    word = word.lstrip(" ") if left else word
    return word.rstrip(" ") if right else word


def join_pieces(pieces: Iterable[SpacedPiece]) -> str:
    """Return the text of pieces.

    Code is set off by one space from a letter, whatever the message has there, and from nothing
    else: full-width marks bring their own white. Numbers, dates and quotations stand close. Two values
    in Latin letters or digits never run together. Between other ASCII texts, and around signs such
    as arrows, the message decides.
    """
    text, written = "", ""
    before: SpacedPiece | None = None
    for piece in pieces:
        core = piece.text if piece.value else piece.text.strip(" ")
        if not core:
            written += piece.text
            continue
        lead = len(piece.text) - len(piece.text.lstrip(" ")) if not piece.value else 0
        written += piece.text[:lead]
        text += (_gap(before, piece, core, written) if before else written) + core
        written = piece.text[lead + len(core) :]
        before = piece._replace(text=core) if core != piece.text else piece
    return text + written


def _gap(before: SpacedPiece, behind: SpacedPiece, core: str, written: str) -> str:
    last, first = before.text[-1], core[0]
    kinds = _kind(last) + _kind(first)
    if kinds == "aa" and before.value and behind.value and last.isalnum() and first.isalnum():
        return " "
    if kinds == "aa" or "S" in kinds:
        return written
    meet = (before.code and kinds == "aL") or (behind.code and kinds == "La")
    return " " if meet else ""


@cache
def _near(character: str) -> int:
    """Return the place in an edge for a character of a value that is no code."""
    return {"a": 0, "S": _SIGN}.get(_kind(character), _OTHER)


@cache
def _kind(character: str) -> str:
    """Return `a` for ASCII, else the first letter of the Unicode category."""
    return "a" if character.isascii() else category(character)[0]
