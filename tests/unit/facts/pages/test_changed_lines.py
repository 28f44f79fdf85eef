"""The text of the changed lines of a page, and which of its lines stand in code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages.changed_lines import changed_text, code_lines, lines_of
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.model.changes import Side
from support.views import view_of

PAGES = st.lists(
    st.sampled_from(["```js", "```", "~~~", "text", "## Heading", "", "> quoted"]), max_size=30
).map("\n".join)


def test_each_changed_line_stands_behind_a_line_feed() -> None:
    view = view_of("a\nb\nc\n", "a\nB\nc\nd\n")
    assert changed_text(view, Side.BASE) == "\nb"
    assert changed_text(view, Side.HEAD) == "\nB\nd"
    assert not changed_text(view_of(None, "a\n"), Side.BASE)


@pytest.mark.parametrize("whole", [True, False])
@given(old=PAGES, new=PAGES, context=st.integers(0, 3))
@settings(deadline=None, max_examples=100)
def test_lines_of_code_are_those_that_the_structure_names(
    *, old: str, new: str, context: int, whole: bool
) -> None:
    view = view_of(old, new, whole=whole, context=context)
    for side in Side:
        found = structure(view, side)
        shown = {
            number
            for hunk in view.hunks
            for number, _ in enumerate(lines_of(hunk, side)[1], lines_of(hunk, side)[0])
        }
        named = {number: found.code_at(number) for number in shown}
        expected = {number: name for number, name in named.items() if name is not None}
        assert code_lines(view, side) == expected


def test_text_without_structure_has_no_code() -> None:
    view = view_of("```\na\n```\n", "```\nb\n```\n", path="notes.txt")
    assert code_lines(view, Side.HEAD) == {}
