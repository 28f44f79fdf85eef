"""Small versions of the ranges that are made to take everything: what each report says that it lacks."""

from __future__ import annotations

import pytest

from benchmarks.extremes import measure


@pytest.mark.parametrize(
    ("name", "share", "options", "lacks"),
    [
        ("files", 0.001, ("--max-files", "100"), {"changed": 100, "unlisted": 900, "complete": False}),
        ("renames", 0.003, ("--max-files", "100"), {"changed": 100, "unlisted": 500, "complete": False}),
        ("line", 0.03, (), {"read_in_part": [{"path": "line.md", "reason": "limit"}]}),
        ("refs", 0.01, (), {"changed": 1, "complete": True, "read_in_part": []}),
        ("deep", 0.02, (), {"changed": 1, "complete": True, "read_in_part": []}),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said(
    name: str, share: float, options: tuple[str, ...], lacks: dict[str, object]
) -> None:
    found = measure(name, share, *options)
    assert {key: found.coverage[key] for key in lacks} == lacks
    assert found.peak < 400_000_000
