"""Picks from what people wrote the sentence that asks something of readers and the one that gives the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from diff_insight.analysis.people.plain_marks import plain_marks
from diff_insight.analysis.people.requests import asks
from diff_insight.markup.plain import sentences_of

_LONGEST = 300
_LEAST_WORDS = 5
_NO_PROSE = re.compile(
    r"[#>|*<\[!`+=-]|\d+[.)]\s|(?i:co-authored-by|signed-off-by|see merge request|closes|fixes|resolves|refs?|breaking[ -]change|pr|issue|related|reviewed-by|change-id|part of|link|source)\b|https?://"
)


def action_in(text: str, asks: Callable[[str], bool] = asks) -> str:
    """Return the first sentence that asks something of a reader.

    Args:
        text: What people wrote.
        asks: Tells whether a sentence asks; messages of commits say in the same form what they do.
    """
    for line in text.split("\n"):
        if line.startswith(("#", ">", "|", "```", "- [")):
            continue
        for sentence in sentences_of(" ".join(line.split())[:2000]):
            if len(sentence) <= _LONGEST and asks(sentence):
                return sentence.strip("*_ ")
    return ""


def reason_in(text: str) -> str:
    """Return the first sentence of a text that is prose: no list, heading, trailer or template."""
    for line in _paragraphs(text):
        sentence = next(iter(sentences_of(plain_marks(line[:2000]))), "")
        telling = len(sentence.split()) >= _LEAST_WORDS or not sentence.isascii()
        return sentence.removesuffix(".") if telling and len(sentence) <= _LONGEST else ""
    return ""


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text as single lines, without those that are no prose."""
    rows: list[str] = []
    for row in (*text.split("\n"), ""):
        line = " ".join(row.split())
        prose = line and not _NO_PROSE.match(line)
        if prose:
            rows.append(line)
        elif rows:
            yield " ".join(rows)
            rows = []
