"""What stands above a property of a build file is found in one reading."""

from __future__ import annotations

import pytest

from diff_insight.facts.code.api.java_publishing import _comment_above


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("<!-- not deployed -->\n  <x>true</x>", " not deployed "),
        ("<!-- a --><y/><!-- b --> <x>", " b "),
        ("<!-- a -->text<x>", ""),
        ("a --> <x>", ""),
        ("", ""),
        ("<!--" * 300_000 + "<x>", ""),
        ("-->" * 300_000 + "<x>", ""),
        ("<!-- -->" * 100_000 + "<x>", " "),
    ],
    ids=range(8),
)
def test_the_comment_directly_above(text: str, comment: str) -> None:
    assert _comment_above(text, "<x>") == comment
