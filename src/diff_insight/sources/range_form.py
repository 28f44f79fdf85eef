"""Ranges of dependencies as bytes, and back: what would not come back as it was is not kept."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from msgspec import Struct, field

from diff_insight.analysis.stored_findings import stored_values
from diff_insight.impact.published_range import declaring_texts, kept_tree
from diff_insight.kinds.catalogue import KINDS
from diff_insight.model.changes import FileChange, Side
from diff_insight.model.facts import (
    Declared,
    Evidence,
    Fact,
    FileAnalysis,
    LineCounts,
    ModificationType,
)
from diff_insight.model.ranges import CommitRange
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.upstream_range import UpstreamFile, UpstreamRange
from diff_insight.model.uses import Certainty

#: Bytes of a range before it is packed; one that unpacks to more is none of ours.
MOST_UNPACKED = 100_000_000
_UNREADABLE = (
    msgspec.MsgspecError, TypeError, ValueError, RecursionError, zlib.error,
)  # fmt: skip


class KeptRange(Struct, frozen=True):
    """A range, and the files before it as far as they say where a name leads."""

    published: UpstreamRange
    base: SourceTree


class _KeptFact(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The members of a fact, without uses: those are a reader's own."""

    kind: str
    params: dict[str, Any]
    evidence: tuple[Evidence, ...]
    breaking: bool
    certainty: Certainty
    surface: str
    declared: Declared | None
    accepted: bool


class _KeptFile(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The members of an `UpstreamFile` and of its analysis."""

    name: str
    names: tuple[tuple[str, ...], ...]
    facts: tuple[_KeptFact, ...]
    change: FileChange
    type: ModificationType
    rule: str
    titles: dict[Side, str]
    anchors: dict[str, int]
    detected: bool
    lines: LineCounts
    read_in_part: tuple[str, ...]


class _RangeForm(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    commits: CommitRange
    files: tuple[_KeptFile, ...]
    said: tuple[str, ...]
    paths: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


_DECODER = msgspec.msgpack.Decoder(_RangeForm)


def pack_range(published: UpstreamRange, base: SourceTree) -> bytes | None:
    """Return a range as bytes; None where it is too large, or would not come back as it is.

    Args:
        published: What it says.
        base: The files before it.
    """
    texts = declaring_texts(published, base) if published.is_lasting else None
    if texts is None:
        return None
    form = _RangeForm(
        commits=published.commits,
        files=tuple(map(_form_of, published.files)),
        said=published.said,
        # Where nothing is looked up by its declaration, nobody asks for paths.
        paths=tuple(sorted(base.paths)) if texts else (),
        texts=texts,
    )
    try:
        content = msgspec.msgpack.encode(form)
    except _UNREADABLE:  # half a character, say
        return None
    packed = zlib.compress(content, level=6) if len(content) <= MOST_UNPACKED else b""
    back = unpack_range(packed)
    return packed if back is not None and back.published == published else None


def unpack_range(packed: bytes) -> KeptRange | None:
    """Return the range that bytes stand for; None where they are none that this program makes."""
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(packed, MOST_UNPACKED)
        if not reader.eof:
            return None
        form = _DECODER.decode(content)
        files = tuple(map(_file_of, form.files))
    except _UNREADABLE:
        return None
    is_known = all(
        len(file.names) == len(file.analysis.facts)
        and all(fact.kind in KINDS for fact in file.analysis.facts)
        for file in files
    )
    if not is_known:
        return None
    published = UpstreamRange(commits=form.commits, files=files, said=form.said)
    return KeptRange(published, kept_tree(form.paths, form.texts))


def _form_of(file: UpstreamFile) -> _KeptFile:
    analysis = file.analysis
    return _KeptFile(
        file.name, file.names,
        tuple(
            _KeptFact(
                fact.kind, dict(fact.params), fact.evidence, fact.breaking, fact.certainty,
                fact.surface, fact.declared, fact.accepted,
            )
            for fact in analysis.facts
        ),
        analysis.change, analysis.type, analysis.rule, dict(analysis.titles),
        dict(analysis.anchors), analysis.detected, analysis.lines, analysis.read_in_part,
    )  # fmt: skip


def _file_of(kept: _KeptFile) -> UpstreamFile:
    facts = (
        Fact(
            fact.kind, stored_values(fact.params), fact.evidence, fact.breaking, fact.declared,
            fact.accepted, fact.certainty, fact.surface,
        )
        for fact in kept.facts
    )  # fmt: skip
    analysis = FileAnalysis(
        change=kept.change, facts=tuple(facts), type=kept.type, rule=kept.rule,
        titles=kept.titles, anchors=kept.anchors, detected=kept.detected, lines=kept.lines,
        read_in_part=kept.read_in_part,
    )  # fmt: skip
    return UpstreamFile(name=kept.name, analysis=analysis, names=kept.names)
