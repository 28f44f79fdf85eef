"""Tells the language of a text in Latin letters by its commonest words."""

from __future__ import annotations

import re

#: Language -> words that texts of it are full of, and texts of the others hardly have.
_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is that for with this are be you your on it as from can by an not when if or was have which will",
        "de": "der die das und ist nicht ein eine mit für auf den dem von zu sie werden wird kann oder wenn auch sich bei",
        "fr": "le les des et est une pour dans que qui sur avec vous pas par du au cette ce sont être plus votre ou",
        "es": "el los las y es una para que con por del se su lo como este esta puede si más al son o en",
        "pt": "os das e é uma para que com por do da se seu sua não como este esta você pode mais ao são ou em no na dos",
        "it": "il gli e è una per che con di non del della questo questa può come sono se più al i le",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LONGEST = 20_000
#: Words that a text has at least, how many of a hundred are common ones, and by how much one language leads.
_LEAST, _SHARE, _LEAD = 25, 12, 1.5


def language_of(text: str) -> str:
    """Return the code of the language, or an empty string where the words do not tell one."""
    words = _WORD.findall(text[:_LONGEST].lower())
    if len(words) < _LEAST:
        return ""
    counts = {
        language: sum(word in common for word in words) for language, common in _WORDS.items()
    }
    best, second, *_ = sorted(counts, key=counts.__getitem__, reverse=True)
    sure = counts[best] * 100 >= _SHARE * len(words) and counts[best] >= _LEAD * counts[second]
    return best if sure else ""
