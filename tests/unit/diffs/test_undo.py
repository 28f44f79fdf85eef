"""The text before a change, made of the text after it and the hunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.diffs.hunks import parse_hunks
from diff_insight.diffs.undo import undo_hunks
from support.views import unified

_TEXT = st.lists(st.sampled_from(["a", "b", "ab", "", "a\r", "\ufeffa"]), max_size=12)


@given(_TEXT, _TEXT, st.integers(0, 3), st.booleans(), st.booleans())
def test_the_text_before(
    old: list[str],
    new: list[str],
    context: int,
    old_ends: bool,  # noqa: FBT001
    new_ends: bool,  # noqa: FBT001
) -> None:
    before = "\n".join(old) + ("\n" if old_ends else "")
    after = "\n".join(new) + ("\n" if new_ends else "")
    hunks = parse_hunks(unified(before, after, context=context))
    assert undo_hunks(after, hunks) in (before, None)


def test_several_hunks() -> None:
    old = "".join(f"{number}\n" for number in range(40)) + "end"
    new = old.replace("\n5\n", "\n").replace("\n20\n", "\n20\nmore\n").replace("end", "END\n")
    assert undo_hunks(new, parse_hunks(unified(old, new))) == old
    assert undo_hunks(old, parse_hunks(unified(new, old))) == new


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("a\nc\n", "@@ -1,2 +1,2 @@\n a\n-x\n+b\n"),  # other lines
        ("b\na\nb\n", "@@ -2 +3 @@\n-x\n+b\n"),  # another place for what went
        ("b\na\nb\n", "@@ -3 +3 @@\n-x\n+b\n"),  # the same line stands further up
        ("a\nab\n", "@@ -2 +2 @@\n-x\n+b\n"),  # the end of another line
        ("a\nb", "@@ -2 +2 @@\n-x\n+b\n"),  # no line end
        ("a\nbc", "@@ -2 +2 @@\n-x\n+b\n\\ No newline at end of file\n"),  # more of the line
        ("a\n", "@@ -2 +1,0 @@\n-x\n"),  # lines that only went, without others around
        ("", "@@ -1 +0,0 @@\n-x\n"),
    ],
)
def test_hunks_that_do_not_fit(text: str, patch: str) -> None:
    assert undo_hunks(text, parse_hunks(patch)) is None
