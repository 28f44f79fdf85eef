"""Values are written as the standard library writes them."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, ModificationType
from diff_insight.model.messages import Value
from diff_insight.model.threads import FactRef
from diff_insight.render.json_text import json_pieces, json_text

TEXT = st.text() | st.text('"\\/\b\f\n\r\t\x00\x0b\x1f\x7f\x85\u2028\ud800a')
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXT | st.integers() | st.booleans() | st.none() | st.sampled_from(ModificationType),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


class Name(str):
    """A text of a parser's own class."""

    __slots__ = ()


@settings(deadline=None, max_examples=300)
@given(VALUES)
def test_values_are_those_of_the_standard_library(value: Value) -> None:
    told = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    assert json_text(value) == told


def test_every_character_below_256() -> None:
    for number in range(0x100):
        text = f"a{chr(number)}b"
        assert json_text(text) == json.dumps(text, ensure_ascii=False).encode()


def test_lines_of_evidence_are_written_by_their_fields() -> None:
    lines = (Evidence(Side.BASE, 1, 2), Evidence(Side.HEAD, 3, 3))
    told = b'[{"side": "base", "start": 1, "end": 2}, {"side": "head", "start": 3, "end": 3}]'
    assert json_text(lines) == told
    broken = json_text({"evidence": lines, "text": "\ud800"})
    assert broken == b'{"evidence": ' + told + b', "text": "?"}'


def test_texts_and_mappings_of_other_classes() -> None:
    assert json_text({"a": MappingProxyType({"b": Name("c")})}) == b'{"a": {"b": "c"}}'


def test_what_json_cannot_hold() -> None:
    with pytest.raises(TypeError):
        json_text({"a": object()})


def test_a_row_with_a_long_list_comes_in_pieces_and_is_the_same() -> None:
    refs = tuple(FactRef(file, file % 3) for file in range(2500))
    row = {"id": "t1", "facts": refs, "files": tuple(range(3000)), "commits": [], "new": False}
    pieces = list(json_pieces(row))
    assert b"".join(pieces) == json_text(row)
    assert max(map(len, pieces)) < len(json_text(row)) / 3
    assert list(json_pieces({"facts": refs[:2]})) == [
        b'{"facts": [{"file": 0, "fact": 0}, {"file": 1, "fact": 1}]}'
    ]
