"""Cuts words of a language to marks that can be compared: beginnings in English, pairs of characters in Chinese and Japanese."""

from __future__ import annotations

import re
from functools import lru_cache

from diff_insight.llm.grounding.stems import stems

#: Han characters and those of Japanese that write words of meaning.
_RUN = re.compile(r"[\u30a1-\u30fa\u30fc\u3400-\u9fff]{2,}")


def word_marks(text: str, language: str) -> frozenset[str]:
    """Return the marks of the words of a text in small letters; none in languages without."""
    if language == "en":
        return stems(text)
    return pairs(text) if language in {"ja", "zh"} else frozenset()


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters that stand together in words of Chinese and Japanese."""
    return frozenset(run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1))
