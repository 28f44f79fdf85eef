"""What a model wrote becomes Markdown that can do nothing."""

from __future__ import annotations

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.llm.prompting.markdown import inline, paragraphs, plain_text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The `--fast` switch is new.", "The `--fast` switch is new."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("- a\n- b\n\nEnd.", "- a\n- b\n\nEnd."),
        ("1. a\n2. b", "1. a\n2. b"),
        ("**Bold** words", "Bold words"),
        ("", ""),
    ],
)
def test_paragraphs(text: str, made: str) -> None:
    assert paragraphs(text) == made


def test_titles_are_plain() -> None:
    assert plain_text("## **The** `switch`\n is new") == "The switch is new"


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.sampled_from("ab `*_#[]()!<>@|~-+.1\n:/&;") | st.characters(codec="utf-8"), max_size=80
    )
)
def test_no_text_becomes_an_element(text: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(paragraphs(text))
    for element in (
        "<a ",
        "<img",
        "<h1",
        "<h2",
        "<table",
        "<pre",
        "<script",
        "<blockquote",
        "<em",
        "<strong",
        "<del",
    ):
        assert element not in html.replace("<pre><code", "", 0)
    assert "\n" not in inline(text)
