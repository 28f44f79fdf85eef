"""What a model wrote becomes Markdown that can do nothing."""

from __future__ import annotations

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.llm.prompting.answer_markdown import as_written, inline, paragraphs, title_line


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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## **The** `switch`\n is new", "The `switch` is new"),
        ("`<endpoint>` and `__init__` take `List<string>`", "`<endpoint>` and `__init__` take `List<string>`"),
        ("[The page](https://example.org) moved", "The page moved"),
        ("An odd ` mark", "An odd mark"),
    ],
)  # fmt: skip
def test_titles_keep_code_and_no_other_mark(text: str, line: str) -> None:
    assert title_line(text) == line


def test_what_is_shown_to_a_model_has_no_escapes_of_ours() -> None:
    shown = r"`a\~b` · readme\~2# · \{endpoint\}/x · [the \*page\*](https://example.org/a) (L3)"
    assert as_written(shown) == r"`a\~b` · readme~2# · {endpoint}/x · the *page* (L3)"


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
