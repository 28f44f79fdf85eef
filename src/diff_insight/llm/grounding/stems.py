"""Cuts English words to their beginnings, in which two forms of a word agree."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    """this that with from have has been were will would should could must they their them there then than these those
    which what when where while into onto over under about after before also only more most some such page says said
    line text sentence section note file change changes changed instead longer same other each every does need needs
    needed must should require requires required recommended because order users readers""".split()
)
#: Letters in which two forms of a word agree.
_STEM = 5


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words of a text that mean something."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _COMMON)
