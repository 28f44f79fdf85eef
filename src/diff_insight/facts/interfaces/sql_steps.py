"""Reads the names in a statement of SQL, and what a step of a migration is."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from diff_insight.facts.interfaces.sql_statements import Word


class SqlStep(Struct, frozen=True):
    """One thing that a migration does.

    Attributes:
        how: `added`, `removed`, `renamed`, `required`, `retyped`, `limited`, `emptied` or `undefaulted`.
        thing: The term of what it does it to.
        name: Its name.
        within: What holds it.
        lines: The first and the last line.
        new: Its new name or type.
        fresh: Whether it is new.
        must: Whether a column that comes may not be empty.
        filled: Whether a column that comes has a value of its own where none is given.
    """

    how: str
    thing: str
    name: str
    within: str
    lines: tuple[int, int]
    new: str = ""
    fresh: bool = False
    must: bool = False
    filled: bool = False


class Names:
    """Goes through the words of a statement."""

    def __init__(self, statement: list[Word]) -> None:
        self._words = statement
        self._at = 0
        self.first = statement[0].line if statement else 0

    @property
    def line(self) -> int:
        """The line of the next word."""
        return self._words[min(self._at, len(self._words) - 1)].line

    @property
    def last(self) -> int:
        """The line of the word before."""
        return self._words[max(0, min(self._at, len(self._words)) - 1)].line

    @property
    def is_done(self) -> bool:
        """Whether no word is left."""
        return self._at >= len(self._words)

    def peek(self) -> str:
        """Return the next keyword or mark."""
        return "" if self.is_done else self._words[self._at].upper

    def take(self) -> str:
        """Return the next keyword or mark, and go on."""
        word = self.peek()
        self._at += 1
        return word

    def skip(self, *words: str) -> bool:
        """Pass over words when they follow, and tell whether they do."""
        following = [word.upper for word in self._words[self._at : self._at + len(words)]]
        if following != list(words):
            return False
        self._at += len(words)
        return True

    def skip_all(self, words: Collection[str], asked: Collection[str]) -> bool:
        """Pass over any of some words, and tell whether one of those asked for was there."""
        was_skipped = False
        while self.peek() in words:
            was_skipped = self.take() in asked or was_skipped
        return was_skipped

    def skip_brackets(self) -> None:
        """Pass over what stands in brackets."""
        if self.peek() != "(":
            return
        depth = 0
        while not self.is_done:
            word = self.take()
            depth += (word == "(") - (word == ")")
            if not depth:
                return

    def name(self) -> str:
        """Return the next name with what stands before its points, or nothing."""
        parts: list[str] = []
        while not self.is_done:
            word = self._words[self._at]
            if not word.quoted and not (word.text[:1].isalpha() or word.text[:1] in ("_", "#")):
                break
            parts.append(word.text)
            self._at += 1
            if self.peek() != ".":
                break
            self._at += 1
        return ".".join(parts)

    def until_end(self) -> list[Word]:
        """Return all words that are left."""
        words = self._words[self._at :]
        self._at = len(self._words)
        return words

    def until_comma(self) -> list[Word]:
        """Return the words up to the next comma outside of brackets, which is passed over."""
        start, depth = self._at, 0
        while not self.is_done and (depth or self.peek() != ","):
            word = self.take()
            depth += (word == "(") - (word == ")")
        words = self._words[start : self._at]
        self._at += 1
        return words
