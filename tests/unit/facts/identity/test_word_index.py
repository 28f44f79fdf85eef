"""Many words are found where each of them alone would be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.facts.identity.word_index import WordIndex

_letters = st.text('ab/".: -_', min_size=1, max_size=6)


@given(
    words=st.sets(_letters, max_size=90),
    texts=st.lists(st.text('ab/".: -_', max_size=60), max_size=20),
)
def test_what_is_in_a_text(words: set[str], texts: list[str]) -> None:
    index = WordIndex(words)
    for text in (*texts, *words):
        assert index.is_in(text) == any(word in text for word in words)


@given(words=st.sets(st.text(min_size=1), min_size=41, max_size=60), text=st.text())
def test_any_characters(words: set[str], text: str) -> None:
    index = WordIndex(words)
    assert index.is_in(text) == any(word in text for word in words)
    assert all(index.is_in(f"{text}{word}{text}") for word in words)


@pytest.mark.parametrize("sign", ["/", ".", ": "])
def test_the_number_of_words_costs_nothing(sign: str) -> None:
    text = " ".join(f"docs{sign}other-{number}" for number in range(2000))
    seconds = []
    for count in (100, 10_000):
        index = WordIndex(f"docs{sign}page-{number}" for number in range(count))
        started = time.process_time()
        for _ in range(20):
            assert not index.is_in(text)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 5 * seconds[0] + 0.05
