"""Edits that many files share, and removed pages that a redirect names."""

from __future__ import annotations

from diff_insight.facts.cross_file import repeated_edits
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.facts import Fact

REPLACED = Fact("text.replaced", {"section": "A", "old": "Foo", "new": "Bar"})


def test_one_edit_in_enough_files_is_told_once() -> None:
    elsewhere = Fact("text.replaced", {"section": "B", "old": "Foo", "new": "Bar"})
    other = Fact("text.replaced", {"section": "A", "old": "Foo", "new": "Baz"})
    files = [[REPLACED], [other, elsewhere], [], [REPLACED, REPLACED]]
    ((fact, places),) = repeated_edits(files)
    assert fact.kind == "text.replaced.repeated"
    assert dict(fact.params) == {"old": "Foo", "new": "Bar", "files": 3}
    assert places == ((0, 0), (1, 1), (3, 0), (3, 1))


def test_fewer_files_share_nothing() -> None:
    assert repeated_edits([[REPLACED] * 5]) == []


def test_kinds_that_are_never_the_same_edit() -> None:
    fact = Fact("page.removed", {"title": "A"}, breaking=True)
    assert kind_of(fact.kind).same is None
    assert repeated_edits([[fact]] * 9) == []


def test_values_of_different_kinds_are_different() -> None:
    kinds = ("code.line", "code-block.line", "text.replaced")
    files = [[Fact(kind, {"old": "a", "new": "b"})] for kind in kinds]
    assert repeated_edits(files) == []
    nested = [[Fact("version.moved", {"subject": value, "old": "1.0", "new": "2.0"})]
              for value in ("1", 1, None)]  # fmt: skip
    assert repeated_edits(nested) == []


def test_values_that_hold_others_are_the_same_edit_too() -> None:
    moved = [[Fact("key.changed", {"key": "day", "old": {"date": day}, "new": {"date": "2026"}})]
             for day in ("2024", "2024", "2025", "2024")]  # fmt: skip
    ((fact, places),) = repeated_edits(moved)
    assert fact.params["files"] == 3
    assert places == ((0, 0), (1, 0), (3, 0))
