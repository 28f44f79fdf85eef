"""Checks English conditions: what holds if something is so, the data may not say of the case that it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.states import state
from diff_insight.llm.grounding.stems import stems

#: A condition, up to a mark behind which the sentence goes on.
_IF = re.compile(r"\b(if|when|unless|where)\b([^,;:.]{4,})")
#: Share of the words of a condition, and of what holds, that a sentence of the data has that sets the same one.
_SAME = 0.6


def condition_faults(sentence: str, evidence: DiffEvidence) -> Iterator[Fault]:
    """Yield a sentence whose condition the data has the other way, with the same that holds."""
    own = _read(without_quotes(sentence).lower())
    if own is None:
        return
    parities = {
        own.parity == other.parity
        for each in (*evidence.new_sentences, *evidence.old_sentences)
        if (other := _read(without_quotes(each.text).lower())) is not None and own.is_alike(other)
    }
    if parities == {False}:
        yield reading("the data sets the condition the other way round")


class _Condition:
    """A condition and what holds under it, by their words and by whether both deny or neither does."""

    def __init__(self, word: str, condition: str, rest: str) -> None:
        denial = state("denial", "en")
        denies = (denial.search(condition) is not None) is not (word == "unless")
        self.parity = denies is (denial.search(rest) is not None)
        self.condition = stems(condition)
        self.rest = stems(rest)

    def is_alike(self, other: _Condition) -> bool:
        """Tell whether both are about the same."""
        return all(
            mine and len(mine & theirs) >= _SAME * len(mine)
            for mine, theirs in ((self.condition, other.condition), (self.rest, other.rest))
        )


def _read(text: str) -> _Condition | None:
    match = _IF.search(text)
    if match is None:
        return None
    return _Condition(match[1], match[2], f"{text[: match.start()]} {text[match.end() :]}")
