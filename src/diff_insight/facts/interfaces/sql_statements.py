"""Cuts SQL into statements: comments and texts are no statements, names may be quoted in any dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Characters of a file that are read.
LARGEST = 2_000_000
_PIECE = re.compile(
    r"(?P<comment>--[^\n]*+|\#(?![\w#])[^\n]*+|/\*.*?(?:\*/|\Z))"
    r"|(?P<dollar>\$(?:[A-Za-z_]\w{0,60})?\$)"
    r"|(?P<string>'(?:[^'\\]|\\.|'')*+(?:'|\Z))"
    r'|"(?P<double>[^"]*+)(?:"|\Z)|`(?P<back>[^`]*+)(?:`|\Z)|\[(?P<square>[A-Za-z_][^\]\n]{0,200})\]'
    r"|(?P<word>\#{0,2}[^\W\d][\w$]*+|\d[\w.]*+)|(?P<mark>[^\s\w])",
    re.DOTALL,
)
#: What MySQL runs though it stands in a comment; and its own way to say what ends a statement.
_RUN = re.compile(r"/\*!\d{0,6}((?:(?!\*/|/\*)[^;]){0,2000}+)\*/")
_DELIMITER = re.compile(r"(?im)^[ \t]*DELIMITER[ \t]+(\S{1,10})[ \t\r]*$")
#: Words that begin the part of a migration that undoes it, and the one that does it.
_DOWN = re.compile(r"(?im)^[ \t]*--[ \t]*(?:\+goose|migrate:|\+migrate)[ \t]*(down|up)\b")
#: Words of a block behind which a statement begins.
_STEPS = frozenset("BEGIN THEN ELSE LOOP EXCEPTION".split())


class Word(NamedTuple):
    """A word, a name in quotation marks, a text or a mark, and its line."""

    text: str
    line: int
    quoted: bool = False

    @property
    def upper(self) -> str:
        """The word as a keyword; a quoted name is none."""
        return "" if self.quoted else self.text.upper()


def statements(text: str) -> Iterator[list[Word]]:
    """Yield the statements of a migration that do it, not those that undo it."""
    if len(text) > LARGEST:
        return
    statement: list[Word] = []
    for word in _words(_plain(_forward(text))):
        ends = word.text == ";" and not word.quoted
        # SQL Server ends a batch with a line of its own.
        if ends or (word.upper == "GO" and (not statement or statement[-1].line < word.line)):
            if statement:
                yield statement
            statement = []
        else:
            statement.append(word)
    if statement:
        yield statement


def _plain(text: str) -> str:
    """Return a text of MySQL as others write it: what is run is no comment, and a semicolon ends it."""
    if "/*!" in text:
        text = _RUN.sub(r" \1 ", text)
    parts = _DELIMITER.split(text)
    ends = ["", *parts[1::2]]
    return "".join(
        part if end in ("", ";") else part.replace(end, ";")
        for end, part in zip(ends, parts[::2], strict=True)
    )


def _forward(text: str) -> str:
    """Return a text with empty lines for what undoes the migration."""
    parts, start, down = [], 0, False
    for mark in (*_DOWN.finditer(text), None):
        end = len(text) if mark is None else mark.start()
        part = text[start:end]
        parts.append("\n" * part.count("\n") if down else part)
        if mark is not None:
            start, down = end, mark[1].lower() == "down"
    return "".join(parts)


def _words(text: str, line: int = 1) -> Iterator[Word]:
    last, position, before = 0, 0, ""
    while (match := _PIECE.search(text, position)) is not None:
        line += text.count("\n", last, match.start())
        last = match.start()
        position = match.end()
        kind = match.lastgroup
        if kind == "dollar":
            # All up to the same mark is one text, often the body of a function.
            end = text.find(match[0], position)
            inside = text[position:end] if end >= 0 else ""
            position = len(text) if end < 0 else end + len(match[0])
            yield from _block(inside, line) if before == "DO" else (Word("", line, quoted=True),)
        elif kind == "string":
            yield Word(match[0].strip("'"), line, quoted=True)
        elif kind in ("double", "back", "square"):
            yield Word(match[kind], line, quoted=True)
        elif kind != "comment":
            yield Word(match[0], line)
        before = match[0].upper() if kind == "word" else before if kind == "comment" else ""


def _block(text: str, line: int) -> Iterator[Word]:
    """Yield the words of a block that is run where it stands, each of its statements by itself."""
    yield Word(";", line)
    for word in _words(text, line):
        yield word
        if word.upper in _STEPS:
            yield Word(";", word.line)
    yield Word(";", line)
