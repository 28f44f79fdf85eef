"""Characters that nobody sees are named when they come, and those that spell words are left alone."""

from __future__ import annotations

import pytest

from diff_insight.facts import hidden_characters
from support.views import extraction_of, told_by, view_of


def names(old: str, new: str, path: str = "a.md") -> list[str]:
    told = told_by(hidden_characters, view_of(old, new, path=path))
    return [name for _, params, _ in told for name in params["names"]["items"]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("if admin then\n", "if \u202eadmin\u202c then\n",
         ["U+202E RIGHT-TO-LEFT OVERRIDE", "U+202C POP DIRECTIONAL FORMATTING"]),
        ("a\n", "a\u2066b\n", ["U+2066 LEFT-TO-RIGHT ISOLATE"]),
        ("pay\n", "pa\u200by\n", ["U+200B ZERO WIDTH SPACE"]),
        ("x\n", "x\U000e0041\n", ["U+E0041 TAG LATIN CAPITAL LETTER A"]),
        ("a\n", "a\u3164\n", ["U+3164 HANGUL FILLER"]),
        ("a\n", "b\u200e\n", ["U+200E LEFT-TO-RIGHT MARK"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["a.md", "a.py", "a.json", "Dockerfile"])
def test_what_comes_is_named(old: str, new: str, expected: list[str], path: str) -> None:
    assert names(old, new, path) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\u0646\u0645\u06cc\u200c\u062e\n", "\u0646\u0645\u06cc\u200c\u062a\n"),
        ("a\n", "\U0001f468\u200d\U0001f469\n"),
        ("a\n", "\u0e01\u200b\u0e02\n"),
        ("a\n", "\u05d0\u200f!\n"),
        ("\u202ea\n", "\u202eb\n"),
        ("\u202ea\n", "a\n"),
        ("a\n", "Donau\u00addampf\n"),
        ("a\n", "\ufeffa\n"),
    ],
)
def test_what_spells_or_stood_there_is_not(old: str, new: str) -> None:
    assert names(old, new) in (
        [],
        ["U+FEFF ZERO WIDTH NO-BREAK SPACE"] if new[0] == "\ufeff" else [],
    )


def test_a_page_says_so_first() -> None:
    facts = extraction_of("# T\n\nif admin then\n", "# T\n\nif \u202eadmin\u202c then\n").facts
    assert "hidden.characters" in [fact.kind for fact in facts]
