"""Passages of both sides: what moved, and which are versions of each other."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages.passage_matching import Passages, match_passages, moved_words
from diff_insight.facts.pages.passages import Passage

TEXTS = st.lists(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=8).map(" ".join), max_size=5
)


def passages_of(texts: list[str]) -> Passages:
    return [Passage(number, number, text) for number, text in enumerate(texts, 1)]


def share(old: str, new: str) -> float:
    """Return the share of words in common, each counted as often as it stands."""
    first, second = Counter(old.split()), Counter(new.split())
    common, total = (first & second).total(), first.total() + second.total()
    return 2 * common / total if common or total > 2 else 0.9


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=200)
def test_a_passage_is_paired_with_the_one_that_shares_most(old: list[str], new: list[str]) -> None:
    expected = []
    left = passages_of(new)
    least = 0.3 if len(old) == len(new) == 1 else 0.5
    for passage in passages_of(old):
        best = max(left, key=lambda one: share(passage.text, one.text), default=None)
        if best is not None and share(passage.text, best.text) >= least:
            left.remove(best)
            expected.append((passage, best))
    pairs, removed, added = match_passages(passages_of(old), passages_of(new))
    assert pairs == [pair for pair in expected if pair[0].text != pair[1].text]
    assert added == left
    assert len(removed) == len(old) - len(expected)


def test_many_passages_of_a_block_are_not_compared() -> None:
    many = passages_of(["same words"] * 21)
    assert match_passages(many, many) == ([], many, many)


def test_what_one_block_lost_and_another_gained_moved() -> None:
    moving, staying = passages_of(["**A whole** sentence.", "- `Another` one."])
    blocks = [
        ([moving, staying], [Passage(2, 2, "* Another one.")]),
        ([], [Passage(9, 9, "A whole sentence.")]),
    ]
    assert moved_words(blocks) == {"A whole sentence."}
    assert moved_words(blocks[:1]) == set()


def test_the_only_passages_of_a_block_are_one_with_less_in_common() -> None:
    (old,), (new,) = passages_of(["a b c d"]), passages_of(["a b x y z"])
    assert match_passages([old], [new])[0] == [(old, new)]
    assert match_passages([old, old], [new])[0] == []
