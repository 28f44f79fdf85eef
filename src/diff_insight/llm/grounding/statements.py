"""All checks of one sentence against what was compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, anchors
from diff_insight.llm.grounding.bounds import bound_faults
from diff_insight.llm.grounding.conditions import condition_faults
from diff_insight.llm.grounding.contradiction import contradiction_faults
from diff_insight.llm.grounding.contrasts import contrast_faults
from diff_insight.llm.grounding.counted_nouns import count_faults
from diff_insight.llm.grounding.deadline_moves import deadline_faults
from diff_insight.llm.grounding.direction import direction_faults
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.named_relations import precedence_faults, return_faults
from diff_insight.llm.grounding.novelty import novelty_faults
from diff_insight.llm.grounding.opposite_claims import opposite_faults, unnamed_faults
from diff_insight.llm.grounding.plain_names import name_faults
from diff_insight.llm.grounding.polarity import polarity_faults
from diff_insight.llm.grounding.same_language import paraphrase_faults
from diff_insight.llm.grounding.spoken_matters import matter_faults
from diff_insight.llm.grounding.standing_sides import side_faults
from diff_insight.llm.grounding.stems import stems
from diff_insight.llm.grounding.support import slot_faults, word_faults
from diff_insight.llm.grounding.unchanged import unchanged_faults
from diff_insight.llm.grounding.universals import universal_faults
from diff_insight.llm.grounding.unsourced import cites_people, unsourced_faults
from diff_insight.llm.grounding.value_roles import role_faults
from diff_insight.llm.grounding.value_subjects import item_faults, row_faults, subject_faults
from diff_insight.llm.grounding.version_subjects import version_faults


def statement_faults(
    sentence: str, evidence: DiffEvidence, locale: str, known: str, before: str = ""
) -> Iterator[Fault]:
    """Yield what a sentence says that the diff denies, or that nothing bears out.

    Args:
        sentence: One sentence, or a title.
        evidence: What it is about.
        locale: The locale it is written in.
        known: Paths and other texts that may be named, in small letters.
        before: The sentence before it.
    """
    language = locale.partition("_")[0]
    values = anchors(sentence, locale)
    yield from _change_faults(sentence, values, evidence, language)
    yield from _value_faults(sentence, values, evidence, language)
    yield from polarity_faults(sentence, values, evidence, language)
    yield from side_faults(sentence, values, evidence, language)
    yield from contradiction_faults(sentence, values, evidence, language)
    yield from opposite_faults(sentence, values, evidence, language)
    yield from unnamed_faults(sentence, values, before, evidence, locale)
    yield from contrast_faults(sentence, values, evidence, language)
    yield from universal_faults(sentence, values, evidence, language)
    yield from matter_faults(sentence, evidence, language)
    if language == "en":
        yield from condition_faults(sentence, evidence)
        yield from paraphrase_faults(sentence, evidence)
        yield from word_faults(sentence, evidence.words | stems(known))
    yield from unsourced_faults(sentence, values, evidence, language)
    yield from name_faults(sentence, evidence, known, language)


def _change_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield what a sentence tells of what came, went or took the place of something."""
    yield from direction_faults(sentence, values, evidence, language)
    if not cites_people(sentence, evidence):
        yield from novelty_faults(sentence, values, evidence, language)
        yield from unchanged_faults(sentence, values, evidence, language)
    yield from deadline_faults(sentence, evidence)


def _value_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield values that belong to something else, are bounded or counted otherwise, or play another part."""
    yield from subject_faults(sentence, values, evidence)
    yield from row_faults(sentence, values, evidence)
    yield from item_faults(sentence, values, evidence)
    yield from bound_faults(sentence, values, evidence)
    yield from precedence_faults(sentence, values, evidence)
    yield from return_faults(sentence, values, evidence)
    yield from version_faults(sentence, values, evidence, language)
    yield from role_faults(sentence, values, evidence, language)
    yield from slot_faults(sentence, values, evidence, language)
    if language == "en":
        yield from count_faults(sentence, values, evidence)
