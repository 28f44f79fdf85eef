"""Checks what is told as come or gone though the diff only shows it: on unchanged lines, or without any line that went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, is_small
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.standing_sides import sides, without_quotes
from diff_insight.llm.grounding.states import any_state, state
from diff_insight.llm.grounding.stems import stems
from diff_insight.llm.grounding.telling_words import telling_words

#: Letters from which on a line that went is no mark or bracket.
_LEAST_LETTERS = 3
#: Words of a clause that tell where it comes from.
_LEAST_WORDS = 2


def unchanged_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a clause that tells a change of what did not change, or a loss where nothing went."""
    if not evidence.lines:
        return
    bare = without_quotes(sentence).lower()
    for start, end in clauses(sentence):
        part = bare[start:end]
        gone, now, changed = (state(name, language).search(part) for name in _CHANGES)
        if not (gone or now or changed):
            continue
        clause = [each for each in values if start <= each.start < end and not is_small(each)]
        named = [each for each in clause if evidence.places(each) and not _is_place(each, evidence)]
        if gone and not _went(evidence) and (named or language == "en"):
            yield reading("it tells a loss, and the diff only adds")
            return
        is_named = language != "en" or any(map(evidence.places, clause))
        if now and not is_named and _stays(part, evidence):
            yield reading("it tells as new what only unchanged lines speak of")
            return
        if named and not _bears_out(
            part, values, evidence, language, loss=bool(gone and not now and not changed)
        ):
            yield reading("it tells a change of what did not change")
            return


def _stays(text: str, evidence: DiffEvidence) -> bool:
    """Tell whether the words of an English clause stand in unchanged lines, and none of them in a line that changed."""
    words = stems(text) - telling_words()
    came, went, rest = evidence.side_words
    return len(words & rest) >= _LEAST_WORDS and not words & (came | went)


def _is_place(value: Anchor, evidence: DiffEvidence) -> bool:
    """Tell whether a value stands in unchanged headings alone: it says where something changed."""
    lines = [evidence.lines[at] for at in evidence.places(value)]
    return all(
        line.sign == "@" or (line.sign == " " and line.text.lstrip().startswith("#"))
        for line in lines
    )


#: States of which a sentence tells a change.
_CHANGES = ("gone", "now", "changed")


def _bears_out(
    text: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str, *, loss: bool
) -> bool:
    """Tell whether something that a sentence names came or went, or people and facts speak of it."""
    if len({each.comparable for each in values}) < len(values):
        return True
    for value in values:
        came, went = evidence.changes(value)
        if went or (came and not (loss and not _went(evidence))) or evidence.has_said(value):
            return True
        if loss and came and says_gone(value, evidence):
            return True
    if language != "en":
        return False
    sided = sides(text, (), evidence, language)
    return bool(
        sided.old_words or (sided.new_words and not loss) or (sided.new_words and _went(evidence))
    )


def says_gone(value: Anchor, evidence: DiffEvidence) -> bool:
    """Tell whether a line that came has a value and says, besides its name, that something goes or is not."""
    lines = (evidence.lines[at] for at in evidence.places(value))
    return any(
        any_state(name).search(line.comparable.replace(value.comparable, " "))
        for line in lines
        if line.sign == "+"
        for name in ("gone", "denial", "reversal")
    )


def _went(evidence: DiffEvidence) -> bool:
    """Tell whether a line went, or a line that came says that something did."""
    return any(
        sum(map(str.isalnum, line.text)) >= _LEAST_LETTERS
        if line.sign == "-"
        else any(any_state(name).search(line.comparable) for name in ("gone", "denial"))
        for line in evidence.changed_lines
    )
