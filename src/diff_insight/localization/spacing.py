"""Sets values between words in scripts without spaces: one rule for the space beside code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import category


class Piece(NamedTuple):
    """A part of a text that is put together.

    Attributes:
        text: Its characters.
        value: Whether it was filled in; else it is from the message, and so are its spaces.
        code: Whether it is a value that shows something literal, such as an identifier.
    """

    text: str
    value: bool = False
    code: bool = False


def set_together(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces.

    Code is set off by one space from a letter, whatever the message has there, and from nothing
    else: full-width marks bring their own white. Numbers, dates and quotations stand close. Two values
    in Latin letters or digits never run together. Between other ASCII texts, and around signs such
    as arrows, the message decides.
    """
    text, written = "", ""
    before: Piece | None = None
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


def _gap(before: Piece, behind: Piece, core: str, written: str) -> str:
    last, first = before.text[-1], core[0]
    kinds = _kind(last) + _kind(first)
    if kinds == "aa" and before.value and behind.value and last.isalnum() and first.isalnum():
        return " "
    if kinds == "aa" or "S" in kinds:
        return written
    meet = (before.code and kinds == "aL") or (behind.code and kinds == "La")
    return " " if meet else ""


@cache
def _kind(character: str) -> str:
    """Return `a` for ASCII, else the first letter of the Unicode category."""
    return "a" if character.isascii() else category(character)[0]
