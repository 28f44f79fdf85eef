"""Writes facts as JSON: tens of thousands of small values, so each is one expression."""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring as quoted

from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value
from diff_insight.report.json_text import json_text


def facts_json(facts: Iterable[Fact], path: bytes) -> str:
    """Return the facts of a file as a list, written as the encoder of the library does."""
    return f"[{', '.join([_fact(fact, path) for fact in facts])}]"


def _fact(fact: Fact, path: bytes) -> str:
    params = [f"{quoted(name)}: {_value(value)}" for name, value in fact.params.items()]
    lines = [
        f'{{"side": "{line.side}", "start": {line.start}, "end": {line.end}}}'
        for line in fact.evidence
    ]
    return (
        f'{{"kind": {quoted(fact.kind)}, "params": {{{", ".join(params)}}},'
        f' "evidence": [{", ".join(lines)}], "breaking": {_verdict(fact, path)}}}'
    )


def _value(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value)
    return f"{value}" if type(value) is int else json_text(value)


def _verdict(fact: Fact, path: bytes) -> str:
    """Return whether a fact is breaking, and what it says beyond itself if it is."""
    if not fact.breaking:
        return "false"
    by = fact.declared
    declared = {"by": by.by, "quote": by.quote} if by else None
    return (
        f'true, "declared": {json_text(declared)}, "accepted": {json_text(fact.accepted)},'
        f' "fingerprint": {quoted(fact.fingerprint(path))}'
    )
