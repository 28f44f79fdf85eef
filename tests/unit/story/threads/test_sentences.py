"""Sentences of commits and notes that ask something of readers, or give a reason."""

from __future__ import annotations

import pytest

from diff_insight.story.threads.sentences import action_in, reason_in


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The helper is old. Use `post()` instead of it.", "Use `post()` instead of it."),
        ("# Use `a` instead\n\nYou must set `proxy`.", "You must set `proxy`."),
        ("The file is opened with the encoding of the stream.", ""),
    ],
)
def test_the_first_sentence_that_asks_something(text: str, action: str) -> None:
    assert action_in(text) == action


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a list\n\nSockets stayed open behind each retry. More.", "Sockets stayed open behind each retry"),
        ("Closes #4\nSigned-off-by: Ann <ann@x.example>", ""),
        ("Too short.", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_of_prose(text: str, reason: str) -> None:
    assert reason_in(text) == reason


def test_an_example_is_no_reason() -> None:
    assert reason_in("app.render('index', null, callback); // now works as expected here") == ""
