"""The state file is read as it was written, and anything else is an error with a cure."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.continuation.cursors import Cursor, Trail
from diff_insight.continuation.state_file import KeptState, read_cursors, read_state, write_state
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.model_batches import ModelBatch
from diff_insight.model.ranges import Comparison

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


BATCHES = st.builds(
    ModelBatch,
    batch=st.from_regex(r"batch_[a-z0-9]{1,20}", fullmatch=True),
    place=TEXT,
    track=TEXT,
    base=st.just("b" * 40),
    head=st.just("c" * 40),
    comparison=st.sampled_from(Comparison),
    date=st.dates().map(date.isoformat),
    submitted=st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    attempt=st.integers(1, 2),
    base_name=TEXT,
    head_name=TEXT,
)


@given(st.dictionaries(TEXT, CURSORS, max_size=3), st.lists(BATCHES, max_size=3).map(tuple))
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read(
    cursors: dict[str, Cursor], batches: tuple[ModelBatch, ...]
) -> None:
    content = write_state(KeptState(cursors=cursors, batches=batches))
    state = read_state(content)
    assert (state.cursors, state.batches) == (cursors, batches)
    assert read_cursors(content) == cursors
    assert write_state(state) == content


def test_a_state_without_batches_is_written_as_ever() -> None:
    assert b"batches" not in write_state(KeptState(cursors={"x": Cursor(head="a" * 40)}))


def test_no_file_has_no_cursors() -> None:
    assert read_cursors(None) == {}


def state(**changes: object) -> bytes:
    entry: dict[str, Any] = {"head": "a" * 40, "committed": "", "categories": {}} | changes
    return json.dumps({"schema_version": 1, "cursors": {"x": entry}}).encode()


def batch(**changes: object) -> bytes:
    """Return a state with one batch, or with so many of it."""
    entry: dict[str, object] = {
        "batch": "batch_1", "place": "x", "track": "x", "base": "b" * 40, "head": "c" * 40,
        "comparison": "direct", "date": "2026-01-01", "submitted": "2026-01-01T00:00:00+00:00", "attempt": 1, "base_name": "", "head_name": "main",
    }  # fmt: skip
    times = changes.pop("times", 1)
    assert isinstance(times, int)
    entry |= changes
    state = {"schema_version": 1, "cursors": {}, "batches": [entry] * times}
    return json.dumps(state).encode()


def test_a_batch_is_read() -> None:
    assert [each.batch for each in read_state(batch()).batches] == ["batch_1"]


@pytest.mark.parametrize(
    "content",
    [
        batch(batch=""), batch(batch="../files"), batch(batch="a/b"), batch(batch="a?b"), batch(batch=7),
        batch(batch="a..b"), batch(batch="x" * 300), batch(head="HEAD"), batch(base="-x"), batch(track=[]),
        batch(track="x" * 5000), batch(comparison="both"), batch(date=""), batch(date="../x"), batch(submitted="2026-01-01"),
        batch(head_name=None), batch(attempt=0), batch(attempt=3), batch(attempt=True), batch(attempt="1"), batch(times=201),
        b'{"schema_version": 1, "cursors": {}, "batches": {}}',
        b'{"schema_version": 1, "cursors": {}, "batches": [7]}',
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
