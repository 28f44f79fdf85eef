"""The state file is read as it was written, and anything else is an error with a cure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.continuation.cursors import Cursor, Trail
from diff_insight.continuation.state_file import read_cursors, write_cursors
from diff_insight.errors import EnvironmentFailure

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TRAILS = st.builds(
    Trail,
    empty_runs=st.integers(0, 99),
    moved=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
)
CURSORS = st.builds(
    Cursor,
    head=st.sampled_from(["a" * 40, "0" * 64]),
    committed=st.one_of(st.just(""), st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)),
    trails=st.dictionaries(TEXT, TRAILS, max_size=3),
)


@given(st.dictionaries(TEXT, CURSORS, max_size=3))
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read(cursors: dict[str, Cursor]) -> None:
    content = write_cursors(cursors)
    assert read_cursors(content) == cursors
    assert write_cursors(read_cursors(content)) == content


def test_no_file_has_no_cursors() -> None:
    assert read_cursors(None) == {}


def state(**changes: object) -> bytes:
    entry: dict[str, Any] = {"head": "a" * 40, "committed": "", "categories": {}} | changes
    return json.dumps({"schema_version": 1, "cursors": {"x": entry}}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"schema_version": 2, "cursors": {}}',
        b'{"schema_version": 1, "cursors": []}', state(head="HEAD"), state(head=None),
        state(head="--upload-pack=x"), state(committed=7), state(committed="never"),
        state(committed="2026-01-01T00:00:00"), state(committed="2026-01-01"), state(committed="9" * 5000),
        state(categories=[]),
        state(categories={"a": {"empty_runs": "x", "moved": []}}),
        state(categories={"a": {"empty_runs": 1, "moved": ["abc"]}}),
    ],
)  # fmt: skip
def test_anything_else_is_an_error(content: bytes) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        read_cursors(content)
    assert "state.json" in caught.value.what
    assert "deleting it" in caught.value.cure
