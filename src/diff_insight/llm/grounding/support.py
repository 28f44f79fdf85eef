"""Compares a sentence with the sentences of the new text: another value in its place, or words that stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.stems import stems
from diff_insight.llm.grounding.telling_words import telling_words
from diff_insight.llm.grounding.version_sentences import VersionSentence

#: Share of the rest of a clause that a sentence has in which the value should stand, and how much the rest is.
_SAME, _LEAST = 0.5, 2
_DIGITS = re.compile(r"\d+(?:\.\d+)*")
_WORD = re.compile(r"[a-z]+|#")


def slot_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a value that stands where the text has another of its form, with the same words around it."""
    bare = without_quotes(sentence).lower()
    passages = (*evidence.new_sentences, *evidence.old_sentences)
    for start, end in clauses(sentence):
        clause = [each for each in values if start <= each.start < end]
        words = stems(bare[start:end]) if language == "en" else frozenset()
        for value in clause:
            others = [each for each in clause if each.comparable != value.comparable]
            rest = frozenset(each for each in words if each not in stems(value.comparable))
            alike = {_form(each.comparable) for each in others}
            if len(others) + len(rest) < _LEAST or value.kind is AnchorKind.QUOTE:
                continue
            if _form(value.comparable) in alike or (
                not any(each.names for each in others) and len(rest) <= _LEAST
            ):
                continue
            shares = [(each.share(rest, others), each) for each in passages]
            best = max((share for share, _ in shares), default=0.0)
            near = [each for share, each in shares if share >= max(_SAME, best)]
            if near and not any(each.line.has(value) for each in near) and _has_other(value, near):
                if any(_is_beside(value, others, evidence)):
                    continue
                yield reading(
                    f"the text has another value where it tells {sentence[value.start : value.end]}"
                )
                return


def word_faults(sentence: str, known: frozenset[str]) -> Iterator[Fault]:
    """Yield an English sentence whose words are in good part neither those of the data nor of telling a change.

    Args:
        sentence: What is judged.
        known: The beginnings of the words of the data.
    """
    words = stems(without_quotes(sentence).lower())
    # Forms of a word may part after four letters: pools, pooled.
    shorter = {each[:_FORM] for each in known | telling_words()}
    own = {each for each in words if each[:_FORM] not in shorter}
    if own and len(own) >= _OWN * len(words):
        yield reading("its words are not those of the data")


_FORM = 4
#: Share of words of its own from which on a sentence says more than the data.
_OWN = 0.2


def _is_beside(value: Anchor, others: Sequence[Anchor], evidence: DiffEvidence) -> Iterator[bool]:
    """Yield whether a sentence of the text has a value and one of some others."""
    for passage in (*evidence.new_sentences, *evidence.old_sentences):
        if passage.line.has(value):
            yield any(passage.line.has(other) for other in others)


def _has_other(value: Anchor, passages: Sequence[VersionSentence]) -> bool:
    """Tell whether all of some sentences have another value of the form of one."""
    form = _form(value.comparable)
    return any(form in _forms(each.text.lower()) for each in passages)


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    runs = re.findall(r"[\w.*<>\[\]/-]++", text)
    tokens = [run for run in runs if re.search(r"\w", run)]
    pairs = [f"{first} {second}" for first, second in pairwise(tokens)]
    return frozenset(_form(each.rstrip(".")) for each in (*tokens, *pairs))


def _form(value: str) -> str:
    """Return a value with its digits as one mark; flags of one letter are all alike."""
    form = _DIGITS.sub("#", value)
    return re.sub(r"^-[a-z]+$", "-", form) if form.startswith("-") else form
