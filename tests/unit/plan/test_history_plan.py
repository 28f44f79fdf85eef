"""Plans are written and read back; what is no plan is refused."""

from __future__ import annotations

import json

import pytest

from diff_insight.errors import UsageError
from diff_insight.plan.history_plan import (
    HistoryPlan,
    PlannedCursor,
    matrix_of,
    read_plan,
    write_plan,
)
from diff_insight.plan.planned_range import PlannedRange

A, B, C = "a" * 40, "b" * 40, "c" * 40
PLAN = HistoryPlan(
    ranges=(
        PlannedRange(base=A, head=B, date="2025-01-01", label="2025-01-01", job=1),
        PlannedRange(base=B, head=C, date="2025-01-02", label="“two”", job=2, files=3, lines=9),
    ),
    by="day",
    cursors=(PlannedCursor(track="a/b@HEAD", head=A),),
)


def test_a_plan_is_read_as_it_was_written() -> None:
    assert read_plan(write_plan(PLAN), "plan") == PLAN
    assert write_plan(read_plan(write_plan(PLAN), "plan")) == write_plan(PLAN)


def test_the_matrix_names_each_job() -> None:
    rows = json.loads(matrix_of(PLAN))["include"]
    assert rows == [
        {"job": 1, "ranges": 1, "name": "2025-01-01"},
        {"job": 2, "ranges": 1, "name": "“two”"},
    ]
    assert "\n" not in matrix_of(PLAN)


def test_ranges_of_a_job() -> None:
    assert [each.head for each in PLAN.ranges_of(2)] == [C]
    assert len(PLAN.ranges_of(None)) == 2
    with pytest.raises(UsageError, match="no job 3"):
        PLAN.ranges_of(3)
    with pytest.raises(UsageError, match="no job 1"):
        HistoryPlan(ranges=(), by="day").ranges_of(1)


def test_the_parts_of_a_large_range_are_work_of_their_jobs() -> None:
    large = PlannedRange(base=A, head=C, date="2025-01-02", label="W1", job=0, parts=(1, 2, 2))
    plan = HistoryPlan(ranges=(large,), by="week")
    assert read_plan(write_plan(plan), "plan") == plan
    assert plan.jobs == 2
    assert [part.number for part in plan.parts_of(2)] == [2, 3]
    assert plan.ranges_of(1) == []
    assert plan.parts_of(None) == []
    assert plan.ranges_of(None) == [large]
    rows = json.loads(matrix_of(plan))["include"]
    assert [row["name"] for row in rows] == ["W1 (1/3)", "W1 (2/3) to W1 (3/3)"]
    with pytest.raises(UsageError, match="no job 3"):
        plan.parts_of(3)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000,
        write_plan(PLAN).replace(b'"schema_version": 1', b'"schema_version": 2'),
        write_plan(PLAN).replace(A.encode(), b"main"),
        write_plan(PLAN).replace(b'"day"', b"7"),
        write_plan(PLAN).replace(b'"job": 2', b'"job": 0'),
        write_plan(PLAN).replace(b'"parts": []', b'"parts": [1, 257]'),
        write_plan(PLAN).replace(b'"parts": []', b'"parts": [' + b"1," * 256 + b"1]"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match="is no plan"):
        read_plan(content, "it")
