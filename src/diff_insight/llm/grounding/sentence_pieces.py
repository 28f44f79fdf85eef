"""Cuts a text of a model into what can stand or fall alone: lines, and the sentences of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

CODE_SPAN = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
#: The end of a sentence: a mark, what closes behind it, and a space where the script has spaces.
_END = re.compile(
    r"[。！？][」』”’）)\"']*|(?<=[^\s.A-Z])[.!?](?!(?<=\d\.) (?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))[\"”’)»]*(?=\s+[^\sa-z])|[.!?][”’)»\"]*(?=\s*$)"
)
_CLAUSE = re.compile(r"[;；]\s*|[，、]|,\s+|\s[–—]\s|——|：|:\s")
_BLANK = "\x02"


def sentences(line: str) -> list[str]:
    """Return the sentences of a line with the spaces behind them; joined they are the line again."""
    masked = CODE_SPAN.sub(lambda match: _BLANK * len(match[0]), line)
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(masked):
        end = match.end()
        while end < len(line) and line[end].isspace():
            end += 1
        if line[start:end].strip():
            pieces.append(line[start:end])
            start = end
    if line[start:].strip():
        pieces.append(line[start:])
    return pieces


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the clauses of a sentence, as marks divide it outside of code."""
    masked = CODE_SPAN.sub(lambda match: _BLANK * len(match[0]), sentence)
    start = 0
    for match in _CLAUSE.finditer(masked):
        yield start, match.start()
        start = match.end()
    yield start, len(sentence)
