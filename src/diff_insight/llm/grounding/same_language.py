"""Compares an English sentence with English lines by their words: which side of the diff it paraphrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.stems import stems

_NOW = re.compile(
    r"(?i)\b(?:now (?:says?|states?|reads?|tells?|notes?|explains?|adds?|describes?|warns?)|adds? (?:a |the )?(?:note|sentence|warning|statement|remark)|a new (?:note|sentence|warning|statement|paragraph))\b"
)
_GONE = re.compile(
    r"(?i)\b(?:no longer (?:says?|states?|reads?|tells?|notes?|explains?|describes?|warns?)|drops? (?:a |the )?(?:note|sentence|warning|statement|remark)|(?:note|sentence|warning|statement|paragraph) (?:that .{0,60} )?(?:is|was) (?:gone|removed|dropped))\b"
)
#: Words that a paraphrase has at least, the share of them that its line has, and that the other side has not.
_SHARED = 2
_LEAST, _MOST_OF, _FEW_OF = 4, 0.7, 0.45


def paraphrase_faults(sentence: str, evidence: DiffEvidence) -> Iterator[Fault]:
    """Yield a sentence that tells as new what only - lines say, or as gone what only + lines say."""
    says, drops = _NOW.search(sentence), _GONE.search(sentence)
    cue = says or drops
    if cue is None or (says and drops):
        return
    words = stems(sentence[cue.end() :])
    if len(words) < _LEAST:
        return
    came, went, stayed = (_share(words, evidence, sign) for sign in "+- ")
    if says and went >= _MOST_OF and came <= _FEW_OF and stayed <= _FEW_OF:
        yield Fault("it tells as new what only the old text says")
    elif drops and came >= _MOST_OF and went <= _FEW_OF and stayed <= _FEW_OF:
        yield Fault("it tells as gone what only the new text says")


def shares_words(sentence: str, lines: Iterable[DiffLine]) -> bool:
    """Tell whether a sentence has words of its own in common with one of some lines."""
    words = stems(sentence)
    least = min(_SHARED, (len(words) + 1) // 2)
    return any(len(words & stems(line.comparable)) >= least for line in lines)


def _share(words: frozenset[str], evidence: DiffEvidence, sign: str) -> float:
    """Return the largest share of some words that a line of a side has."""
    shares = (
        len(words & stems(line.comparable)) / len(words)
        for line in evidence.lines
        if line.sign == sign
    )
    return max(shares, default=0.0)
