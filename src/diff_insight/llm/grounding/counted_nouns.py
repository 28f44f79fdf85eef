"""Checks English counts: of a noun that the data counts otherwise, no other number may be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.numbers import find_numbers

#: What is counted: the word behind a number, without another one between.
_NOUN = re.compile(r"\s+(?:[a-z-]+\s+)?([a-z]{4,})")
_NEXT = re.compile(r"\s+([a-z]{4,})")
#: Letters in which singular and plural agree.
_STEM = 4


def count_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield a number of things where the lines with a name of the sentence count the same things otherwise."""
    names = [each for each in values if each.names and evidence.places(each)]
    if not names:
        return
    lines = [evidence.lines[at] for each in names for at in evidence.places(each)]
    for value in values:
        noun = _NEXT.match(sentence.lower(), value.end)
        if value.kind is not AnchorKind.NUMBER or noun is None:
            continue
        stem = noun[1][:_STEM]
        counts = [each for line in lines for each in _counts(line, stem)]
        if counts and not any(set(each) & set(value.readings) for each in counts):
            everywhere = (each for line in evidence.all_lines for each in _counts(line, stem))
            if not any(set(each) & set(value.readings) for each in everywhere):
                yield reading("the data counts the same things otherwise")
                return


def _counts(line: DiffLine, stem: str) -> Iterator[tuple[str, ...]]:
    """Yield the readings of the numbers that count something on a line."""
    for number in find_numbers(line.comparable):
        noun = _NOUN.match(line.comparable, number.end)
        if noun and (noun[1].startswith(stem) or noun[0].split()[0].startswith(stem)):
            yield number.readings
