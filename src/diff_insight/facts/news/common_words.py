"""Tells the language of a text in Latin letters by its commonest words."""

from __future__ import annotations

import re

#: Language -> small words of which texts of it are full, and those of the others are not.
WORDS_OF_LATIN = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and is are to with that this for you your be it or if not from can by when",
        "de": "der die das und ist nicht ein eine mit auf für den dem werden wird sie sind oder zu im",
        "fr": "le les des est une dans pour avec vous sur qui que du au sont pas cette votre être aux",
        "es": "el los las una es para con por que del se en su al como más esta puede son no",
        "pt": "o os as um uma é para com por que não do da em no na você são seu ou mais pode",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LONGEST = 20_000
#: Words that a text has at least, how many of a hundred are common ones, and by how much one language leads.
_LEAST, _SHARE, _LEAD = 25, 8, 1.5


def sure_language(text: str) -> str:
    """Return the code of the language, or an empty string where the words do not tell one."""
    words = _WORD.findall(text[:_LONGEST].lower())
    if len(words) < _LEAST:
        return ""
    counts = {
        language: sum(word in common for word in words)
        for language, common in WORDS_OF_LATIN.items()
    }
    best, second, *_ = sorted(counts, key=counts.__getitem__, reverse=True)
    sure = counts[best] * 100 >= _SHARE * len(words) and counts[best] >= _LEAD * counts[second]
    return best if sure else ""
