"""What is written by own code is what the library's encoder writes."""

from __future__ import annotations

import json
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.model.changes import Side
from diff_insight.model.facts import Declared, Evidence, Fact, ModificationType
from diff_insight.model.messages import Value
from diff_insight.report.json_facts import facts_json
from diff_insight.report.json_text import json_text, long_text

TEXT = st.text() | st.text('"\\\n\r\t\x00\x0b\x1f\x7f\x85\u2028\ud800a')
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXT | st.integers() | st.booleans() | st.none() | st.sampled_from(ModificationType),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=4,
)
LINES = st.builds(Evidence, st.sampled_from(Side), st.integers(1), st.integers(1))
FACTS = st.builds(
    Fact,
    st.sampled_from(["text.replaced", "key.added"]),
    st.dictionaries(TEXT, VALUES, max_size=4),
    st.lists(LINES, max_size=3).map(tuple),
    st.booleans(),
    st.none() | st.builds(Declared, TEXT, TEXT),
    st.booleans(),
)


def as_library(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@settings(deadline=None, max_examples=200)
@given(TEXT)
def test_long_texts(text: str) -> None:
    assert long_text(text) == as_library(text).encode("utf-8", "replace")


def test_every_character_of_ascii() -> None:
    for number in range(0x100):
        text = f"a{chr(number)}b"
        assert long_text(text) == as_library(text).encode()


@settings(deadline=None, max_examples=200)
@given(st.lists(FACTS, max_size=3))
def test_facts(facts: list[Fact]) -> None:
    assert facts_json(facts, b"a/b.md") == as_library(
        [
            {
                "kind": fact.kind,
                "params": fact.params,
                "evidence": [
                    {"side": str(line.side), "start": line.start, "end": line.end}
                    for line in fact.evidence
                ],
                "breaking": fact.breaking,
                **(verdict(fact) if fact.breaking else {}),
            }
            for fact in facts
        ]
    )


def verdict(fact: Fact) -> dict[str, object]:
    by = fact.declared
    return {
        "declared": {"by": by.by, "quote": by.quote} if by else None,
        "accepted": fact.accepted,
        "fingerprint": fact.fingerprint(b"a/b.md"),
    }


def test_mappings_of_any_kind() -> None:
    assert json_text({"a": MappingProxyType({"b": 1})}) == '{"a": {"b": 1}}'
