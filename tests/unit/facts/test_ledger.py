"""Every changed line of a file is told, cosmetic or untold, and a fact takes its own lines only."""

from __future__ import annotations

from functools import partial

import pytest

from diff_insight.facts.gaps import is_white_space
from diff_insight.facts.line_ledger import LineLedger
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Status
from diff_insight.model.facts import Evidence, Fact, LineCounts
from support.views import extraction_of, view_of


def ledger(
    old: str, new: str, *evidence: Evidence, kind: str = "x.y"
) -> tuple[LineCounts, Fact | None]:
    view = view_of(old, new, path="a.lua")
    made = LineLedger(view.blocks, [Fact(kind, {}, evidence)], partial(is_white_space, view))
    rest = made.remainder(view.change, alone=False)
    return made.counts(view.change, remainder=rest is not None), rest


def test_a_line_beside_a_told_one_is_left() -> None:
    counts, rest = ledger("a\n", "a\nb\nc\n", head_line(2))
    assert rest == Fact("text.more", {"lines": 1, "quote": "c"}, (head_line(3),))
    assert counts == LineCounts(told=2)


def test_marks_go_with_the_line_beside_them() -> None:
    _, rest = ledger("a\n", "a\nif b {\n}\n\nc\n}\n", head_line(2))
    assert rest is not None
    assert (rest.params["lines"], rest.params["quote"]) == (2, "c")


def test_both_versions_of_a_line_are_told_together() -> None:
    assert ledger("order(id: ID)\n", "order(id: ID, region: X)\n", head_line(1))[1] is None
    _, rest = ledger("one\n", "two\n", head_line(1))
    assert rest == Fact("text.more", {"lines": 1, "quote": "one"}, (base_line(1),))


def test_the_remainder_quotes_what_says_most() -> None:
    _, rest = ledger("", "import x\n# note\nrun(y)\n")
    assert rest is not None
    assert rest.params == {"lines": 3, "quote": "run(y)"}


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("a b\n", "a  b\n", LineCounts(cosmetic=2)),
        ("a\n", "a\n\n", LineCounts(cosmetic=1)),
        ("a\n", "b\n\n", LineCounts(told=2, cosmetic=1)),
    ],
)
def test_white_space_is_cosmetic(old: str, new: str, counts: LineCounts) -> None:
    assert ledger(old, new)[0] == counts


def test_a_cosmetic_fact_speaks_of_the_whole_change() -> None:
    assert ledger("a\nb\n", "a b\n", kind="cosmetic.rewrapped")[0] == LineCounts(cosmetic=3)


def test_lines_of_generated_files_are_untold() -> None:
    found = extraction_of("a\n", "b\n", path="x.lock", generated="generated")
    assert found.lines == LineCounts(untold=2)


def test_a_new_page_tells_all_its_lines() -> None:
    found = extraction_of(None, "# A\n\ntext\n", status=Status.ADDED)
    assert (found.lines.untold, found.lines.told) == (0, 3)
