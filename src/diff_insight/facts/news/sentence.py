"""Chooses the sentence that carries the news of a text: the one with a cue that the other side lacks.

A cue says that something happened to readers (an end, a demand, a default, a limit …). Each language
has its own, as the words of one mean nothing, or something else, in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from diff_insight.facts.news.common_words import WORDS_OF_LATIN
from diff_insight.facts.news.news_cues import WORDS, Cue, cues_of

#: Characters of a sentence in which cues are looked for.
LONGEST_READ = 1000
#: Sentences of one text among which one is chosen.
MOST_READ = 60
#: What a cue weighs when sentences are compared; what stands further behind decides between equals.
_WEIGHTS = {cue: (len(Cue) - number) * 10 for number, cue in enumerate(Cue)}
_CODE = re.compile(
    r"`[^`]+`|(?<!\w)[^\Wa-z]*+[a-z](?:\w*+[.(]|[^\W_]*+_)\w|--[a-z]|\b[a-z]++[A-Z]\w"
)
_NUMBER = re.compile(r"\d")
#: Sentences that say no more than where something is said.
_REFERS = re.compile(
    r"(?i)(?:for (?:more |further |additional )?(?:information|details|help)\b|(?:also )?see (?:the|also)\b|to learn more\b|learn more\b"
    r"|詳し(?:く|い)|有关|有關|如需|weitere informationen|pour (?:plus|en savoir)|para (?:más|mais|obtener|obter)|자세한)"
)
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


class News(Struct, frozen=True):
    """A sentence and the cue that it has; `cue` is empty where it has none."""

    sentence: str
    cue: str = ""


def choose(new: Sequence[str], old: Iterable[str] = ()) -> News | None:
    """Return the sentence of `new` that carries the news; None where `new` has no sentence.

    Args:
        new: Sentences of one side, in their order.
        old: Sentences of the other side; what stands there as well is no news.
    """
    known = set(old)
    fresh = [text for text in new[:MOST_READ] if text not in known]
    if not fresh:
        return None
    cues = cues_of_language(language_of(" ".join(fresh[:8])))
    before = {match[0] for text in known for match in cues.finditer(text[:LONGEST_READ].lower())}
    best, most = next((text for text in fresh if not _REFERS.match(text)), fresh[0]), (0, 0)
    name = ""
    for text in fresh:
        cue = _strongest(cues, text, before)
        if cue is None:
            continue
        rank = _WEIGHTS[cue], (_CODE.search(text) is not None) + (_NUMBER.search(text) is not None)
        if rank > most:
            best, most, name = text, rank, cue.value
    return News(best, name)


def said_cue(text: str) -> Cue | None:
    """Return what a text is news of by its most consequential words; None where it has none."""
    return _strongest(cues_of_language(language_of(text)), text, set())


def _strongest(cues: re.Pattern[str], text: str, before: set[str]) -> Cue | None:
    """Return the strongest cue of a sentence that the other side has nowhere."""
    cues_here = [
        Cue(match.lastgroup)
        for match in cues.finditer(text[:LONGEST_READ].lower())
        if match.lastgroup and match[0] not in before
    ]
    return max(cues_here, key=_WEIGHTS.__getitem__, default=None)


@cache
def cues_of_language(language: str) -> re.Pattern[str]:
    """Return the expression of a language, compiled once."""
    return cues_of(language if language in WORDS else "en")


def language_of(text: str) -> str:
    """Return the language of a text as far as cues need it: by its script, else its small words."""
    if not text.isascii():
        if _HANGUL.search(text):
            return "ko"
        if _KANA.search(text):
            return "ja"
        if _HAN.search(text):
            return "zh"
    words = _WORD.findall(text.lower()[:LONGEST_READ])
    counts = {name: sum(word in small for word in words) for name, small in WORDS_OF_LATIN.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > counts["en"] else "en"
