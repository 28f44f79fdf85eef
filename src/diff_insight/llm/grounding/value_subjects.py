"""Checks that a number or date belongs to its subject: both stand on one line of the diff, or close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind, is_small
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses


def subject_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield values that stand beside another subject only."""
    subjects = [each for each in values if each.names and evidence.places(each)]
    if not subjects:
        return
    spans = list(clauses(sentence))
    for value in values:
        if value.names or is_small(value) or value.comparable.count(".") > 1:
            continue
        places = evidence.places(value)
        own = _own(value, subjects, spans)
        if not places or not own or evidence.has_said_together(value, own):
            continue
        if any(_beside(evidence, at, each, own) for at in places for each in own):
            continue
        near = _nearest(value, own)
        rivals = _rivals(near, value, evidence)
        if rivals:
            yield Fault(
                f"{sentence[value.start : value.end]!r} stands on no line with "
                f"{sentence[near.start : near.end]!r}"
            )


#: Words of a change, and words that compare with what did not change.
_CHANGE = re.compile(
    r"(?i)\b(?:gets?|becomes?|changes?|changed|goes|moves?|rises?|drops?|now|gains?|loses?)\b"
    r"|変わ|なりま|なった|変更|追加|更新|改为|变为|变更|改成|新增|调整|更新|改為|變更"
)
_COMPARES = re.compile(
    r"(?i)\b(?:already|same|like|unlike|as (?:in|with|for)|other|others|remain\w*|keep\w*|unchanged|still|replac\w+)\b"
    r"|既に|すでに|同様|同じ|引き続き|ほか|他の|代替|已经|一样|相同|不变|仍|其他|替代"
)


def row_faults(sentence: str, values: Sequence[Anchor], evidence: DiffEvidence) -> Iterator[Fault]:
    """Yield rows of a table that a sentence has change though none of their lines did."""
    if not _CHANGE.search(sentence) or _COMPARES.search(sentence):
        return
    if not any(line.key is not None for line in evidence.changed_lines):
        return
    for value in values:
        lines = [evidence.lines[at] for at in evidence.places(value)] if value.names else []
        keyed = [line for line in lines if line.key is not None and line.key.has(value)]
        if keyed and all(line.sign not in "+-" for line in lines):
            yield Fault(f"the row {sentence[value.start : value.end]} did not change")


def _beside(evidence: DiffEvidence, at: int, subject: Anchor, subjects: Sequence[Anchor]) -> bool:
    """Tell whether a value's line has the subject; in a row of a table, not as the key of another row."""
    if not evidence.near(at, subject):
        return False
    key = evidence.lines[at].key
    if key is None or key.has(subject) or any(key.has(each) for each in subjects):
        return True
    rows = (evidence.lines[row].key for row in evidence.places(subject))
    return not any(key is not None and key.has(subject) for key in rows)


def _own(
    value: Anchor, subjects: Sequence[Anchor], spans: Sequence[tuple[int, int]]
) -> list[Anchor]:
    """Return the subjects of a value's clause; where it has none, words name the subject."""
    span = next(((start, end) for start, end in spans if start <= value.start < end), (0, 0))
    return [each for each in subjects if span[0] <= each.start < span[1]]


def _nearest(value: Anchor, subjects: Sequence[Anchor]) -> Anchor:
    before = [each for each in subjects if each.end <= value.start]
    return before[-1] if before else subjects[0]


def _rivals(subject: Anchor, value: Anchor, evidence: DiffEvidence) -> bool:
    """Tell whether the subject has a value of the same kind on a line of its own."""
    for at in evidence.places(subject):
        line = evidence.lines[at]
        if line.sign not in "+-":
            continue
        own = line.dates if value.kind is AnchorKind.DATE else line.numbers
        if own:
            return True
    return False


def item_faults(sentence: str, values: Sequence[Anchor], evidence: DiffEvidence) -> Iterator[Fault]:
    """Yield a value that a sentence tells of one row, item or setting, and that stands in others alone."""
    for start, end in clauses(sentence):
        clause = [each for each in values if start <= each.start < end]
        for subject, value in pairwise(clause):
            if _JOINS.fullmatch(sentence[subject.end : value.start]):
                continue
            own = _items(subject, evidence)
            if not own or is_small(value) or any(line.has(value) for line in own):
                continue
            lines = [evidence.lines[at] for at in evidence.places(value)]
            others = [line for line in lines if line.sign != "@"]
            if any(line.has(subject) for line in others):
                continue
            hunks = {each.hunk for each in own}
            if any(
                line.item_key is not None and not line.item_key.has(value) and line.hunk in hunks
                for line in others
            ):
                name, about = (
                    sentence[value.start : value.end],
                    sentence[subject.start : subject.end],
                )
                yield reading(f"{name} stands in other items than {about}")
                return


def _items(subject: Anchor, evidence: DiffEvidence) -> list[DiffLine]:
    """Return the rows, items and settings that are about something."""
    if not subject.names:
        return []
    lines = (evidence.lines[at] for at in evidence.places(subject))
    return [line for line in lines if line.item_key is not None and line.item_key.has(subject)]


#: What joins two names of one list.
_JOINS = re.compile(
    r"\s*+(?:(?:,|、|と|和|及|与|/|・|\band\b|\bor\b|und|et|y|e|와|과)\s*+)?(?:the\s+)?"
)
