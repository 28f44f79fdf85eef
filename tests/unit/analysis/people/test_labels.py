"""Labels over lists."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.labels import only_labels, without_labels


@pytest.mark.parametrize(
    ("heading", "holds"),
    [("🛑 Breaking changes 🛑", True), ("Bug fixes and improvements", True), ("Removed", True), ("Removed: the database", False)],
)  # fmt: skip
def test_a_heading_that_only_names_a_kind(heading: str, *, holds: bool) -> None:
    assert only_labels(heading) is holds


def test_a_macro_in_front_of_an_entry_is_a_label() -> None:
    text, labels, _ = without_labels("{{deprecated}} The rule is old.")
    assert (text, labels) == ("The rule is old.", ["deprecated"])
    assert without_labels("{{ value }}")[0] == "{{ value }}"
