"""Gives a passage whose first sentence begins on lines above it, which did not change, the words in front."""

from __future__ import annotations

import re

from msgspec.structs import replace

from diff_insight.facts.file_view import FileView, TextVersion
from diff_insight.facts.pages.passages import Passage, breaks, ends_sentence, opens
from diff_insight.facts.pages.word_diff import has_words
from diff_insight.markup.plain import words_of

#: Lines above that are read, and characters of them that are quoted; more is left out with an ellipsis.
_MOST_LINES, _LONGEST = 6, 40
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,9}[.)])\s+")
#: Lines that are no text of the paragraph: options of directives, attributes and titles of AsciiDoc, metadata.
_NO_TEXT = re.compile(r"\s*(?::[\w-]{1,60}:(?:\s|$)|\[|\.\w|//|\+\s*$|[\w-]{1,30}:\s)")
#: Where a sentence ends and another begins within a line.
_NEXT = re.compile(r"[.!?:][\"'\u201d)\]`*_]{0,3}\s+(?=[^\sa-z])|[\u3002\uff01\uff1f]")


def with_beginning(version: TextVersion, passage: Passage) -> Passage:
    """Return a passage with the beginning of its first sentence, its lines as they are.

    Args:
        version: The version of the page that it is from.
        passage: Text on changed lines.
    """
    if opens(passage.text):
        return passage
    above: list[str] = []
    item = False
    for number in range(passage.start - 1, max(0, passage.start - 1 - _MOST_LINES), -1):
        line = version.line(number)
        if line is None or item or not has_words(line) or breaks(line) or ends_sentence(line):
            break
        mark = _ITEM.match(line)
        item = mark is not None
        if _NO_TEXT.match(line) or (mark is None and opens(line)):
            break
        above.insert(0, line[mark.end() :].strip() if mark else line.strip())
    text = " ".join(above)
    ends = list(_NEXT.finditer(text))
    beginning = text[ends[-1].end() :].strip() if ends else text
    if len(beginning) > _LONGEST:
        beginning = "\u2026"
    return replace(passage, text=f"{beginning} {passage.text.lstrip()}") if beginning else passage


def beginnings_of(view: FileView, old: Passage, new: Passage) -> tuple[Passage, Passage]:
    """Return both passages with the words in front of them, where those are the same words."""
    if not view.has_page_structure:
        return old, new
    whole = with_beginning(view.base, old), with_beginning(view.head, new)
    added = [
        len(words_of(each.text)) - len(words_of(part.text))
        for each, part in zip(whole, (old, new), strict=True)
    ]
    same = (
        added[0] == added[1]
        and words_of(whole[0].text)[: added[0]] == words_of(whole[1].text)[: added[0]]
    )
    return whole if same else (old, new)
