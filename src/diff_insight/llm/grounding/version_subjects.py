"""Checks versions: one that is told of what changed stands on a changed line, or beside what it is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.states import state

_VERSION = re.compile(r"(?<![\w./-])v?(\d{1,4}(?:\.(?:\d{1,4}|x))+)(?![\w-]|\.\w)")


def version_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a version that stands beside none of what a sentence names, where another version does."""
    lowered = sentence.lower()
    versions = list(dict.fromkeys(_VERSION.findall(lowered)))
    if not versions or state("former", language).search(lowered) or not evidence.lines:
        return
    known = [frozenset(_VERSION.findall(line.comparable)) for line in evidence.lines]
    came = {
        each
        for line, some in zip(evidence.lines, known, strict=True)
        if line.sign == "+"
        for each in some
    }
    names = [each for each in values if each.names and not _VERSION.search(each.comparable)]
    for version in versions:
        if any(version in line.comparable for line in evidence.said_lines):
            continue
        places = [at for at, some in enumerate(known) if version in some]
        if not places:
            continue
        own = {at for each in names for at in evidence.places(each)}
        rivals = {each for at in own for each in known[at] if _alike(each, version)}
        is_beside = any(evidence.near(at, each) for at in places for each in names)
        if own and rivals and not is_beside and version not in rivals:
            yield reading("the version stands beside none of what it is told of")
            return
        if (
            version not in came
            and any(_alike(each, version) for each in came)
            and not any(evidence.lines[at].sign == "-" for at in places)
        ):
            yield reading("the version stands on lines alone that did not change")
            return


def _alike(version: str, other: str) -> bool:
    return version != other and version.count(".") == other.count(".")
