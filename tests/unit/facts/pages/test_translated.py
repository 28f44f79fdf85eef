"""A page that is translated where it stands is told as that, and not as text that went and came."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import translated
from support.views import extraction_of, told_by, view_of

ENGLISH = "# Hooks\n\nThis API is experimental.\n\nDo not use it in production.\n"
JAPANESE = "# Hooks\n\nこの API は実験的なものです。\n\n本番環境では使用しないでください。\n"


def test_each_side_is_quoted_once() -> None:
    ((kind, params, _),) = told_by(translated, view_of(ENGLISH, JAPANESE))
    assert kind == "text.translated"
    assert params == {
        "old": "This API is experimental.", "new": "この API は実験的なものです。", "lines": 2,
    }  # fmt: skip


def test_nothing_else_is_said_of_its_lines() -> None:
    assert [fact.kind for fact in extraction_of(ENGLISH, JAPANESE).facts] == ["text.translated"]


@pytest.mark.parametrize(
    "new",
    [
        ENGLISH.replace("experimental", "stable"),
        ENGLISH + "\nこの API は実験的なものです。\n",
        ENGLISH.replace("This API", "The Café API"),
    ],
)
def test_other_words_are_no_translation(new: str) -> None:
    assert told_by(translated, view_of(ENGLISH, new)) == []
    assert told_by(translated, view_of(JAPANESE, JAPANESE + "\nさらに一行。\n")) == []
