"""Finds the known word that somebody has most likely meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to a mistyped one; None when none is near.

    Args:
        word: As typed.
        known: What would have been right.
    """
    import difflib  # noqa: PLC0415 - only for what was mistyped

    words = {_plain(name): name for name in known}
    typed = _plain(word)
    if not typed:
        return None
    if typed in words:
        return words[typed]
    begun = [name for plain, name in words.items() if plain.startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    close = difflib.get_close_matches(typed, words, n=1)
    if close:
        return words[close[0]]
    short = [name for plain, name in words.items() if _abbreviates(typed, plain)]
    return short[0] if len(short) == 1 else None


def _plain(word: str) -> str:
    """Return a word without what people mix up."""
    return word.strip().lower().replace("_", "-").lstrip("-")


def _abbreviates(short: str, word: str) -> bool:
    """Tell whether two or more letters of a word, in order and from its first one on, are the other."""
    if len(short) < 2 or short[0] != word[:1]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)
