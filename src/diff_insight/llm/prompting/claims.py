"""Finds what only people may say of a change: that it was reviewed or approved, and what a reader has to do.

No diff proves a review, and no report asks for a password. A model that says so repeats an order or
makes it up, in whatever language; so such words are refused unless what was compared has them itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from diff_insight.llm.prompting.claim_words import CLAIMED_TOGETHER, CLAIMS
from diff_insight.markup.escape import UNSEEN

#: Claims that may be told in another language than the one in which they are made.
TRANSLATED = frozenset(("credentials",))
_SPACES = re.compile(r"\s+")
#: Where a sentence ends, also one that is a line.
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|[。！？；\n]")
#: Letters of other scripts that look like Latin ones, and the dashes that look like a hyphen.
_ALIKE = str.maketrans(
    "асԁеһіјорԛѕѵԝхуαορυν‐‑‒–—−", "acdehijopqsvwxyaopuv------"
)  # fmt: skip


@cache
def _expression(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one expression for phrases; one of letters begins where a word begins."""
    phrases = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"{_edge(each)}{re.escape(each)}" for each in phrases))


def _edge(phrase: str) -> str:
    return r"\b" if phrase[0] < "\u1100" else ""


def unproved_claim(text: str, shown: str) -> str:
    """Return a phrase of the text that claims what only people can say, or nothing.

    Args:
        text: What a model wrote.
        shown: What was compared, as the model saw it: what stands there may be told.
    """
    folded, known = _fold(text), _fold(shown)
    for claim, words in CLAIMS.items():
        for match in _expression(words).finditer(folded):
            is_proved = (
                _expression(words).search(known) if claim in TRANSLATED else match[0] in known
            )
            if not is_proved:
                return match[0].strip()
    return _find_together(text, shown)


def _find_together(text: str, shown: str) -> str:
    """Return two words of a sentence that claim something together, unless a line that was shown does."""
    sentences = _sentences(text)
    for sorts in CLAIMED_TOGETHER.values():
        for sentence in sentences:
            claim = _both(sentence, sorts)
            if claim and not any(_both(line, sorts) for line in _sentences(shown)):
                return claim
    return ""


def _both(sentence: str, sorts: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    first, second = (_expression(words).search(sentence) for words in sorts)
    return f"{first[0]} … {second[0]}" if first and second else ""


def _sentences(text: str) -> list[str]:
    return [_fold(each) for each in _SENTENCE_END.split(text)]


def _fold(text: str) -> str:
    """Return a text as a reader sees it: one form of each letter, no marks, nothing that is not seen."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    plain = seen.casefold().translate(_ALIKE).replace("*", "").replace("`", "")
    return _SPACES.sub(" ", plain)
