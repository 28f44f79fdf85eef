"""Checks what a sentence says of deadlines against the facts about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.model.facts import Fact

_LATER = re.compile(
    r"(?i)\b(?:postpon|delay|push(?:ed|es)? (?:back|out)|extend|later|defer)\w*|延期|延長|先送り|後ろ倒し|延び|推迟|延后|延长|推遲|延後|연기|verschoben|verlänger|reporté|repouss|prolong|aplaza|pospone|prorrog|adiad|prorrog"
)
_EARLIER = re.compile(
    r"(?i)\b(?:brought forward|bring(?:s|ing)? forward|advanc(?:es|ed)|mov(?:es|ed) up|earlier (?:retire|date|deadline)|shorten)\w*|前倒し|早ま|繰り上げ|提前(?!条件)|앞당|vorgezogen|avancé|adelant|antecipad"
)


def deadline_faults(sentence: str, evidence: DiffEvidence) -> Iterator[Fault]:
    """Yield a sentence that has deadlines move the other way than all of the facts."""
    moves = [move for file in evidence.analyses for fact in file.facts if (move := _move(fact))]
    if not moves:
        return
    if (
        _LATER.search(sentence)
        and not _EARLIER.search(sentence)
        and all(move < 0 for move in moves)
    ):
        yield Fault("it has a date move to later, and the facts have it move to earlier")
    elif (
        _EARLIER.search(sentence)
        and not _LATER.search(sentence)
        and all(move > 0 for move in moves)
    ):
        yield Fault("it has a date move to earlier, and the facts have it move to later")


def _move(fact: Fact) -> int:
    """Return 1 for a date that moved to later, -1 for one to earlier, 0 for none."""
    return {"later": 1, "earlier": -1}.get(str(fact.params.get("direction", "")), 0)
