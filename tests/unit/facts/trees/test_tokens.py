"""Tokens of schema languages: words, texts, marks, lines; what is too large has none."""

from __future__ import annotations

import pytest

from diff_insight.facts.trees import tokens as module
from diff_insight.facts.trees.tokens import tokens


def test_tokens_and_their_lines() -> None:
    text = 'type A # c {\n"""a "quoted"\ntext""" b: "x{" // y\n/* z\n*/ \'{\' !'
    found = [(token.text, token.line) for token in tokens(text, hashes=True, slashes=True)]
    assert found == [
        ("type", 1), ("A", 1), ('"""a "quoted"\ntext"""', 2), ("b", 3), (":", 3), ('"x{"', 3), ("'{'", 5), ("!", 5),
    ]  # fmt: skip


def test_marks_of_other_languages_are_no_comments() -> None:
    assert [token.text for token in tokens("# /", hashes=False, slashes=False)] == ["#", "/"]


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 2)
    assert not list(tokens("a b", hashes=True, slashes=True))
