"""Checks a sentence against the sentence of the diff that it retells: one may not deny what the other says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, is_small
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.opposite_claims import known_marks
from diff_insight.llm.grounding.polarity import ABLE
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.states import any_state, state
from diff_insight.llm.grounding.version_sentences import VersionSentence

#: Share of a clause's words and values that the sentence has which it retells, and how many they are at least.
_SAME, _LEAST = 0.6, 2
#: How much of them another sentence may have that would bear the clause out.
_OTHER = 0.45


def contradiction_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a clause that denies what the text it retells says, or says what that denies."""
    bare = without_quotes(sentence).lower()
    for start, end in clauses(sentence):
        part = bare[start:end]
        anchors = [each for each in values if start <= each.start < end and not is_small(each)]
        words = known_marks(part, evidence, language)
        if len(words) < _LEAST and (language == "en" or not anchors):
            continue
        denies = state("denial", language).search(part) is not None
        gone = state("gone", language).search(part) is not None
        if gone and any(evidence.changes(each)[1] for each in anchors):
            continue
        if not denies and not gone and _turns(part, language):
            continue
        near = _near(words, anchors, evidence.new_sentences)
        before = _near(words, anchors, evidence.old_sentences)
        if not near or (before and before[0][0] > near[0][0]):
            continue
        best = [passage for share, passage in near if share >= near[0][0] - _ALIKE]
        if (denies or gone) and not any(_may_deny(each.text.lower()) for _, each in near):
            yield reading("it denies what the text says")
            return
        if not denies and not gone and all(_denies(each, words, anchors) for each in best):
            yield reading("it says what the text denies")
            return


#: How much less of a clause a sentence may have than the best one and still be what the clause retells.
_ALIKE = 0.2


def _near(
    words: frozenset[str], anchors: Sequence[Anchor], passages: Sequence[VersionSentence]
) -> list[tuple[float, VersionSentence]]:
    """Return the sentences of a version that have enough of a clause, the best first; none where none is the same."""
    shares = [(each.share(words, anchors), each) for each in passages]
    near = sorted((each for each in shares if each[0] >= _OTHER), key=lambda each: -each[0])
    return near if near and near[0][0] >= _SAME else []


def _denies(passage: VersionSentence, words: frozenset[str], anchors: Sequence[Anchor]) -> bool:
    part = passage.part(words, anchors)
    return passage.undoes or any_state("denial").search(part) is not None


def _may_deny(text: str) -> bool:
    return any(any_state(name).search(text) for name in ("denial", "gone", "reversal"))


def _turns(part: str, language: str) -> bool:
    """Tell whether a clause may deny without a word of denial; in other languages it grants by such words alone."""
    if language != "en" and not (language in ABLE and ABLE[language].search(part)):
        return True
    return any(state(name, language).search(part) for name in ("reversal", "hedge", "past"))
