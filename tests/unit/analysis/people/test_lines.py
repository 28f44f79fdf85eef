"""First sentences of entries, and what stands behind them."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.lines import first_sentence


@pytest.mark.parametrize(
    ("lines", "first", "rest"),
    [
        (["Add a gate. It is off."], "Add a gate.", "It is off."),
        (["Add a gate (#1, #2)", "When enabled, batches are on."], "Add a gate (#1, #2)", "When enabled, batches are on."),
        (["Add a gate", "- an item"], "Add a gate", "- an item"),
        ([""], "", ""),
    ],
)  # fmt: skip
def test_an_entry_is_split(lines: list[str], first: str, rest: str) -> None:
    assert first_sentence(lines) == (first, rest)
