"""Findings as JSON, and back: what would not come back as it was is not stored, what is odd not believed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import astuple, replace

from diff_insight.kinds.catalogue import KINDS
from diff_insight.model.changes import FileChange, Side
from diff_insight.model.facts import Evidence, Fact, FileAnalysis, LineCounts, ModificationType
from diff_insight.model.file_findings import FileFindings
from diff_insight.model.messages import Value
from diff_insight.model.uses import Certainty

#: Keys of why a file was read in part that another run may see otherwise.
_PASSING = frozenset(("time", "limit"))
#: No file has so many lines.
_MOST_LINES = 1 << 40
_UNREADABLE = (
    msgspec.MsgspecError, TypeError, ValueError, RecursionError,
)  # fmt: skip


class _StoredFact(Struct, frozen=True, array_like=True):
    """A fact as a file alone gives it: who declared it, or uses it, is found later."""

    kind: str
    params: dict[str, Any]
    evidence: tuple[Evidence, ...] = ()
    breaking: bool = False
    certainty: Certainty = "proved"
    surface: str = ""


class _StoredFile(Struct, frozen=True, array_like=True):
    """The members of `FileFindings`."""

    facts: tuple[_StoredFact, ...]
    type: ModificationType
    rule: str
    titles: dict[Side, str] = field(default_factory=dict)
    anchors: dict[str, int] = field(default_factory=dict)
    detected: bool = True
    lines: LineCounts = LineCounts()
    read_in_part: tuple[str, ...] = ()


_DECODER = msgspec.json.Decoder(_StoredFile)


def change_digest(change: FileChange, whole: str) -> str:
    """Return what tells a change from every other one, wherever its patch is kept.

    Args:
        change: The change.
        whole: What tells its range from all others: some facts look at the other files.
    """
    lasting = replace(change, patch=None, hidden=None)
    sizes = [span.size if span else -1 for span in (change.patch, change.hidden)]
    content = msgspec.json.encode((whole, astuple(lasting), sizes))
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def encode_findings(analysis: FileAnalysis) -> bytes | None:
    """Return findings as JSON.

    None where they would not come back as they are, or where another run may find more: the run
    that joins the parts reads such a file itself.
    """
    findings = FileFindings.of(analysis)
    stored = _StoredFile(
        facts=tuple(
            _StoredFact(
                fact.kind, dict(fact.params), fact.evidence, fact.breaking,
                fact.certainty, fact.surface,
            )
            for fact in findings.facts
        ),
        type=findings.type, rule=findings.rule, titles=dict(findings.titles),
        anchors=dict(findings.anchors), detected=findings.detected, lines=findings.lines,
        read_in_part=findings.read_in_part,
    )  # fmt: skip
    try:
        content = msgspec.json.encode(stored)
    except _UNREADABLE:  # half a character, or a number of more digits than JSON has
        return None
    return content if decode_findings(content, analysis.change) == findings else None


def decode_findings(content: bytes | msgspec.Raw, change: FileChange) -> FileFindings | None:
    """Return the findings of a change; None where they are none that this program makes of it."""
    try:
        stored = _DECODER.decode(content)
        facts = tuple(_fact_of(each) for each in stored.facts)
    except _UNREADABLE:
        return None
    lines = stored.lines
    counts = (lines.told, lines.cosmetic, lines.untold)
    fits = min(counts) >= 0 and sum(counts) == change.changes
    if not fits or not all(map(_is_known, facts)) or not _PASSING.isdisjoint(stored.read_in_part):
        return None
    return FileFindings(
        facts=facts, type=stored.type, rule=stored.rule, titles=stored.titles,
        anchors=stored.anchors, detected=stored.detected, lines=lines,
        read_in_part=stored.read_in_part,
    )  # fmt: skip


def _fact_of(stored: _StoredFact) -> Fact:
    return Fact(
        stored.kind, stored_values(stored.params), stored.evidence, stored.breaking,
        certainty=stored.certainty, surface=stored.surface,
    )  # fmt: skip


def stored_values(params: Mapping[str, Any]) -> dict[str, Value]:
    """Return parameters as they were before they became JSON.

    Raises:
        TypeError: They hold what no parameter is.
    """
    return {name: _value(value) for name, value in params.items()}


def _value(value: Any) -> Value:  # noqa: ANN401 - as JSON has it
    """Turn JSON lists back into tuples.

    Raises:
        TypeError: It is a number with a fraction, which no parameter is.
    """
    if isinstance(value, list):
        return tuple(map(_value, value))
    if isinstance(value, dict):
        return stored_values(value)
    if isinstance(value, str | int | None):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a parameter")


def _is_known(fact: Fact) -> bool:
    ends = (end for lines in fact.evidence for end in (lines.start, lines.end))
    return fact.kind in KINDS and all(0 <= end <= _MOST_LINES for end in ends)
