"""Checks that a number or date belongs to its subject: both stand on one line of the diff, or close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.sentences import clauses


def subject_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield values that stand beside another subject only."""
    subjects = [each for each in values if each.names and evidence.places(each)]
    if not subjects:
        return
    spans = list(clauses(sentence))
    for value in values:
        if value.names or _small(value):
            continue
        places = evidence.places(value)
        own = _own(value, subjects, spans)
        if not places or any(_beside(evidence, at, each, own) for at in places for each in own):
            continue
        near = _nearest(value, subjects)
        rivals = _rivals(near, value, evidence)
        if rivals:
            yield Fault(
                f"{sentence[value.start : value.end]!r} stands on no line with "
                f"{sentence[near.start : near.end]!r}"
            )


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
    """Return the subjects that a value may belong to: of its clause, else all of the sentence."""
    span = next(((start, end) for start, end in spans if start <= value.start < end), (0, 0))
    same = [each for each in subjects if span[0] <= each.start < span[1]]
    return same or list(subjects)


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


def _small(value: Anchor) -> bool:
    """Tell whether a number may be a count."""
    return value.kind is AnchorKind.NUMBER and all(len(each) < 2 for each in value.readings)
