"""What differs between two versions of one line."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages.word_diff import differing_runs, has_words, word_edits


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("a b c", "a x c", [("b", "x")]),
        ("a c", "a b c", [("", "b")]),
        ("a b c", "a c", [("b", "")]),
        ("a b c d e f g h", "x b c d e f g y", [("a", "x"), ("h", "y")]),
        ("the old big house", "the new small house", [("old big", "new small")]),
        ("use foo-bar.baz now", "use foo-bar.qux now", [("foo-bar.baz", "foo-bar.qux")]),
        ("same", "same", []),
        ("", "a b", [("", "a b")]),
        ("a  b", "a b", []),
        ("one, two", "one two", [(",", "")]),
        ("価格は10円", "価格は20円", [("価格は10円", "価格は20円")]),
    ],
)
def test_word_edits(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    assert list(word_edits(old, new)) == edits


WORDS = st.lists(st.sampled_from("alpha beta , . gamma $x a.b".split()), max_size=20).map(" ".join)


@given(WORDS, WORDS)
@settings(deadline=None, max_examples=150)
def test_edits_are_pieces_of_both_lines(old: str, new: str) -> None:
    edits = list(word_edits(old, new))
    assert all(before in old and after in new for before, after in edits)
    assert bool(edits) == (old.split() != new.split())


def by_difflib(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the runs of tokens that differ, as the standard library finds them."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a1, a2, b1, b2) for tag, a1, a2, b1, b2 in codes if tag != "equal"]


TOKENS = st.lists(st.sampled_from("abcde "), max_size=25)


@given(TOKENS, TOKENS)
@settings(deadline=None, max_examples=200)
def test_runs_between_other_ends_are_those_of_the_standard_library(
    old: list[str], new: list[str]
) -> None:
    """Both begin and end otherwise, so that nothing is set aside before."""
    first, second = ["<", *old, ">"], ["(", *new, ")"]
    assert list(differing_runs(first, second)) == by_difflib(first, second)


@pytest.mark.parametrize(("text", "yes"), [("a", True), ("--", False), ("", False), ("値", True)])
def test_has_words(text: str, yes: bool) -> None:  # noqa: FBT001
    assert has_words(text) is yes
