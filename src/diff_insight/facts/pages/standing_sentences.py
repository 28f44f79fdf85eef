"""Whether a sentence of one version of a page stands in the other one as often: it moved, or stayed."""

from __future__ import annotations

import re

from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.changed_lines import code_lines
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side

_WORDS = {side: f"standing.words.{side}" for side in Side}
#: Begins with the marks themselves, which a search finds many times as fast as what may stand before them.
_END = re.compile(
    r"[.!?\u3002\uff01\uff1f](?:(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*+"
    r"|(?<![.!?].)[.!?]*+(?=[\s\"'\u201d)\]]|$))"
)
_STOP = "\0"
_WORD = re.compile(rf"[^\W_]+|{_STOP}")
#: Characters from which a sentence is told from others by its words.
_SHORTEST = 12
_OTHER = {Side.BASE: Side.HEAD, Side.HEAD: Side.BASE}


def stands_elsewhere(view: FileView, side: Side, sentence: str) -> bool:
    """Tell whether the other version has a sentence at least as often as this one.

    Args:
        view: The page.
        side: The version that the sentence is from.
        sentence: Words with one space between them.
    """
    other = view.version(_OTHER[side])
    if len(sentence) < _SHORTEST or not other.complete or not view.version(side).complete:
        return False
    # Most sentences are on one side only, and one of their words shows it.
    longest = max((word for word in sentence.split() if word.isalnum()), key=len, default="")
    if longest and not any(longest in text for _, text in other.texts):
        return False
    bare = bare_words(sentence)
    there = _words(view, _OTHER[side]).count(bare)
    return there > 0 and there >= _words(view, side).count(bare)


def _words(view: FileView, side: Side) -> str:
    """Return the words of a version outside code, whatever its wrapping and marks."""
    known = view.cache.get(_WORDS[side])
    if not isinstance(known, str):
        code = code_lines(view, side)
        lines = (line for number, line in view.version(side).numbered_lines() if number not in code)
        known = bare_words(" ".join(map(words_of, lines)))
        view.cache[_WORDS[side]] = known
    return known


def bare_words(text: str) -> str:
    """Return the words of a text between spaces, without marks but for those that end sentences."""
    return f" {' '.join(_WORD.findall(_END.sub(_STOP, text)))} "
