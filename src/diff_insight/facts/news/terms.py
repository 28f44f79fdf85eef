"""What a small edit is about: the words around a term that says nothing by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count
from operator import ne

from diff_insight.markup.plain import clip, sentences_of

#: Characters of the words around a term.
LONGEST = 120
#: Part of the words of two sentences that have to be the same before one became the other.
_LEAST_COMMON = 0.4
#: Sentences that one is compared with.
_MOST_COMPARED = 40
_WORDS = re.compile(r"\w+")
#: A name of code, a version with its product, an address.
_PATH = re.compile(r"[\w.@$/:+-]*+(?<=\w)")
_JOINT = re.compile(r"[._/:@$-]")
_LETTER = re.compile(r"[A-Za-z_]")
_CAMEL = re.compile(r"(?=[A-Za-z]+[a-z][A-Z])\w++|\w++\(\)")
_NAME = re.compile(r"[A-Z][\w.+#-]*(?: [A-Z0-9][\w.+#-]*){1,5}")


def _is_path(term: str) -> bool:
    """Tell whether something with a letter comes before a joint: `a.b`, `http/2`, `--flag-name`."""
    if not _PATH.fullmatch(term):
        return False
    # What is before the joint holds neither a dot nor a colon, so only the first of them counts.
    end = next((at + 1 for at, character in enumerate(term) if character in ".:"), len(term))
    joints = [match.start() for match in _JOINT.finditer(term[: min(end, len(term) - 1)])]
    return bool(joints) and _LETTER.search(term[: joints[-1]]) is not None


def stands_alone(term: str) -> bool:
    """Tell whether a term says by itself what it speaks of: code, or the name of something."""
    return _is_path(term) or _CAMEL.fullmatch(term) is not None or _NAME.fullmatch(term) is not None


def sentence_around(term: str, text: str) -> str:
    """Return the sentence of a text that holds a term, cut around it; empty where none does."""
    if not term:
        return ""
    holding = next((sentence for sentence in sentences_of(text) if term in sentence), "")
    if len(holding) <= LONGEST:
        return holding if holding != term else ""
    at = holding.find(term)
    start = max(0, min(at - LONGEST // 2, len(holding) - LONGEST))
    start = holding.find(" ", start) + 1 if start else 0
    if start > at:  # a script without spaces, or one long word
        start = max(0, at - LONGEST // 4)
    cut = clip(holding[start:], LONGEST)
    return f"…{cut}" if start else cut


def clip_apart(text: str, other: str, limit: int) -> tuple[str, str]:
    """Return both of two texts cut so that what tells them apart is in what is left."""
    shorter = min(len(text), len(other))
    common = next(compress(count(), map(ne, text, other)), shorter)
    start = text.rfind(" ", 0, max(0, common - limit // 3)) + 1
    if max(len(text), len(other)) <= limit or common < limit - LONGEST // 3 or not start:
        return clip(text, limit), clip(other, limit)
    return f"…{clip(text[start:], limit)}", f"…{clip(other[start:], limit)}"


def counterpart(sentence: str, others: Sequence[str]) -> str:
    """Return the sentence that another one was before; empty where none is alike enough."""
    words = _parts(sentence)
    best, most = "", _LEAST_COMMON
    for other in others[:_MOST_COMPARED]:
        parts = _parts(other)
        common = len(words & parts) / max(1, len(words | parts))
        if common >= most:
            best, most = other, common
    return best


def _parts(text: str) -> set[str]:
    """Return the words of a text, or its pairs of characters where it has no spaces."""
    text = text.lower()[:1000]
    if text.isascii() or " " in text[:40]:
        return set(_WORDS.findall(text))
    return {text[at : at + 2] for at in range(len(text) - 1)}
