"""Checks on which side of the diff the words of a sentence stand: what is told of today may not stand on − lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor, is_small
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.states import any_state, state
from diff_insight.llm.grounding.stems import stems

#: Words that tell a side where no value does; a single one may be there by chance.
_LEAST_WORDS = 2
#: Characters between a value and the words that say it is gone.
_BESIDE = 10
_QUOTED = re.compile(r"`[^`]*`|“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"|«[^»]*»|\*\*[^*]*\*\*")


class Sided(Struct, frozen=True):
    """What of a text stands on one side of the diff alone.

    Attributes:
        old: Values on - lines, and nowhere else.
        new: Values on + lines, and nowhere else.
        old_words: Beginnings of words on - lines, and nowhere else.
        new_words: The same of + lines.
    """

    old: tuple[Anchor, ...]
    new: tuple[Anchor, ...]
    old_words: frozenset[str]
    new_words: frozenset[str]

    @property
    def is_old(self) -> bool:
        """Whether all of it that tells a side stands on the old one."""
        return self.new == () and not self.new_words and self._enough(self.old, self.old_words)

    @property
    def is_new(self) -> bool:
        """Whether all of it that tells a side stands on the new one."""
        return self.old == () and not self.old_words and self._enough(self.new, self.new_words)

    def _enough(self, values: Sequence[Anchor], words: frozenset[str]) -> bool:
        return bool(values) or len(words) >= _LEAST_WORDS


def side_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield what is told as it is now and stands in the old text alone, and the other way round."""
    bare = without_quotes(sentence).lower()
    if not state("former", language).search(bare):
        sided = sides(sentence, values, evidence, language)
        is_new = state("now", language).search(bare) is not None
        if sided.is_old:
            told_now = sided.old and is_new
            text = "it tells as today’s what only the old text says"
            yield Fault(text) if told_now else reading(text)
            return
        value = _replaced_value(values, evidence)
        if value is not None:
            name = sentence[value.start : value.end]
            text = f"it tells {name} as today’s, which was replaced"
            yield Fault(text) if state("now", language).search(bare) else reading(text)
            return
    for start, end in clauses(sentence):
        cue = state("gone", language).search(bare, start, end)
        if cue is None:
            continue
        # What words of other languages say is gone stands beside them; the rest says where.
        near = start if language == "en" else max(start, cue.start() - _BESIDE)
        clause = [each for each in values if each.end >= near and each.start < end]
        sided = sides(sentence[start:end], clause, evidence, language)
        if sided.is_new and not _is_said_gone(sided, evidence):
            yield reading("it tells as gone what only the new text says")
            return


#: Values of a sentence from which on one of them is the subject of another.
_LEAST_VALUES = 2


def _replaced_value(values: Sequence[Anchor], evidence: DiffEvidence) -> Anchor | None:
    """Return a value that was replaced on a line with another value of a sentence, and came on no such line."""
    if len(values) < _LEAST_VALUES:
        return None
    for value in values:
        others = [each for each in values if each.comparable != value.comparable]
        about = [
            each
            for each in evidence.replacements
            if each.old == value.comparable
            and any(each.old_line.has(other) and each.new_line.has(other) for other in others)
        ]
        names = {other.comparable for other in others}
        if not about or any(each.new_line.has(value) or each.new in names for each in about):
            continue
        stands = (line for line in evidence.lines if line.sign != "-" and line.has(value))
        if not any(line.has(other) for line in stands for other in others):
            return value
    return None


def sides(text: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str) -> Sided:
    """Return what of a text stands on one side alone; words are compared in English."""
    old, new = [], []
    for value in values:
        if is_small(value):
            continue
        came, went, stayed = evidence.counts(value)
        if went and not came and not stayed:
            old.append(value)
        elif came and not went and not stayed:
            new.append(value)
    words = stems(without_quotes(text).lower()) if language == "en" else frozenset()
    came_words, went_words, other = evidence.side_words
    return Sided(
        tuple(old),
        tuple(new),
        words & (went_words - came_words - other),
        words & (came_words - went_words - other),
    )


def _is_said_gone(sided: Sided, evidence: DiffEvidence) -> bool:
    """Tell whether a + line with a value or word says itself that something is gone."""
    for line in evidence.lines:
        if line.sign == "+" and (
            any(line.has(value) for value in sided.new) or sided.new_words & stems(line.comparable)
        ):
            rest = line.comparable
            for value in sided.new:
                rest = rest.replace(value.comparable, " ")
            if any(any_state(name).search(rest) for name in ("gone", "denial", "reversal")):
                return True
    return False


def without_quotes(text: str) -> str:
    """Return a text with its code and quotations blanked, every character at its place."""
    return _QUOTED.sub(lambda match: "\x02" * len(match[0]), text)
