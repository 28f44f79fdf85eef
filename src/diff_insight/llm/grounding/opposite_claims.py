"""Checks a sentence by words that are each other's opposite: where the data stands on one side, it may not stand on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, is_small
from diff_insight.llm.grounding.anchors import anchors as anchors_of
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.opposites import stances, stances_of
from diff_insight.llm.grounding.sentence_pieces import clauses, sentences
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.states import state
from diff_insight.llm.grounding.version_sentences import VersionSentence
from diff_insight.llm.grounding.word_marks import word_marks

#: Share of a clause's words and values that a sentence of the data has at least to be what the clause retells.
_LEAST = 0.34
#: How much less of them than the best one a sentence may have and still be that.
_ALIKE = 0.15
#: Sentences of the data from which on a clause without words in common with them could be about any.
_FEW = 12
#: A sentence that goes on about what the one before names.
_GOES_ON = re.compile(
    r"^\W*(?:(?:it|they|this|these|that|those|both|you|otherwise)\b|该|此|它|这|その|この|これ)"
)


def opposite_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a clause that says the opposite of all that the data says of its words and values."""
    bare = without_quotes(sentence).lower()
    own = [each for each in values if not is_small(each) and evidence.places(each)]
    is_former = state("former", language).search(bare) is not None
    for start, end in clauses(sentence):
        part = bare[start:end]
        claimed = list(stances(part, language))
        if not claimed or state("gone", language).search(part):
            continue
        anchors = [each for each in own if start <= each.start < end] or own
        words = known_marks(part, evidence, language)
        passages = _passages_of(words, anchors, evidence, former=is_former)
        for name, side in claimed:
            known = [each for passage in passages for each in _sides(name, passage, words, anchors)]
            heavy = (name, side) in _HEAVY and passages and anchors
            if (
                (known or heavy)
                and side not in known
                and side not in _around(name, anchors, evidence, hunks=not known)
                and not _says(name, side, anchors, evidence)
            ):
                yield reading(
                    f"the data says the opposite of the same, or nothing of the sort ({name})"
                )
                return


#: What no sentence may say that has values, unless a sentence of the data with these values does.
_HEAVY = frozenset(
    (("duty", 1), ("publicity", 1), ("publicity", -1), ("together", 1), ("together", -1))
)
#: Share of the marks of a clause from which on it is in the language of the data.
_SAME_LANGUAGE = 0.4


def known_marks(text: str, evidence: DiffEvidence, language: str) -> frozenset[str]:
    """Return the marks of the words of a clause; none where the data is in another language."""
    words = word_marks(text, language)
    if language == "en":
        return words
    return words if len(words & evidence.pairs) >= _SAME_LANGUAGE * len(words) else frozenset()


def unnamed_faults(
    sentence: str, values: Sequence[Anchor], before: str, evidence: DiffEvidence, locale: str
) -> Iterator[Fault]:
    """Yield a claim in another language than the data's that names nothing of it, and that nothing else bears out.

    Args:
        sentence: What is judged.
        values: What it names.
        before: The sentence before it, whose names it may go on about.
        evidence: What it is about.
        locale: The locale it is written in.
    """
    language = locale.partition("_")[0]
    if language == "en" or not evidence.lines or any(map(evidence.places, values)):
        return
    bare = without_quotes(sentence).lower()
    if word_marks(bare, language) & evidence.pairs:
        return
    claimed = list(stances(bare, language))
    denies = state("denial", language).search(bare) is not None
    if not claimed and not denies:
        return
    if any(map(evidence.places, anchors_of(before, locale))) and all(
        side in stances_of(name, line.comparable)
        for name, side in claimed
        for line in evidence.told_lines
        if list(stances_of(name, line.comparable))
    ):
        return
    yield reading("it claims what cannot be looked up: it names nothing of the data")


def _sides(
    name: str, passage: VersionSentence, words: frozenset[str], anchors: Sequence[Anchor]
) -> list[int]:
    """Return the sides on which the statement of a sentence stands that is claimed, or else all of it."""
    part = list(stances_of(name, passage.part(words, anchors)))
    return part or list(stances_of(name, passage.text.lower()))


def _around(
    name: str, anchors: Sequence[Anchor], evidence: DiffEvidence, *, hunks: bool
) -> set[int]:
    """Return the sides on which what stands around some values stands: the lines beside them, or their hunks."""
    places = [at for each in anchors for at in evidence.places(each)]
    if hunks:
        numbers = {evidence.lines[at].hunk for at in places}
        lines = [line for line in evidence.lines if line.hunk in numbers]
    else:
        near = {other for at in places for other in (at - 1, at + 1) if other >= 0}
        lines = [evidence.lines[at] for at in sorted(near) if at < len(evidence.lines)]
    return {
        side
        for line in lines
        for each in sentences(line.text)
        for side in stances_of(name, each.lower())
    }


def _passages_of(
    words: frozenset[str], anchors: Sequence[Anchor], evidence: DiffEvidence, *, former: bool
) -> list[VersionSentence]:
    """Return the sentences of the data that a clause is about."""
    passages = evidence.new_sentences
    if former or not any(each.changed for each in passages):
        passages = (*passages, *evidence.old_sentences)
    shares = [each.share(words, anchors) for each in passages]
    best = max(shares, default=0.0)
    if best < _LEAST:
        changed = [each for each in passages if each.changed]
        return changed if len(changed) <= _FEW else []
    retold: list[VersionSentence] = []
    for at, share in enumerate(shares):
        if share >= best - _ALIKE:
            retold.append(passages[at])
            if at + 1 < len(passages) and _GOES_ON.match(passages[at + 1].text.lower()):
                retold.append(passages[at + 1])
    return retold


def _says(name: str, side: int, anchors: Sequence[Anchor], evidence: DiffEvidence) -> bool:
    """Tell whether what is believed besides the diff stands on a side too."""
    return any(
        side in stances_of(name, line.comparable)
        for line in evidence.said_lines
        if not anchors or any(line.has(each) for each in anchors)
    )
