"""Markdown source read as plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.markup.plain import clip, clip_title, first_sentence, sentences_of, words_of


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [x] a **bold** and _soft_ word", "a bold and soft word"),
        ("1. > ## heading", "heading"),
        ('see [the page](a_(b).md "t") and [ref][1]', "see the page and ref"),
        ("![alt](x.png) text", "alt text"),
        ("keep snake_case and 2 * 3 * 4", "keep snake_case and 2 * 3 * 4"),
        ("a <b class='x'>word</b> <br/> here", "a word here"),
        ("`code`  and\ttabs", "code and tabs"),
        ("string<br>Key and **Name**<br/>Words", "string Key and Name Words"),
        ("<li>one</li><LI>two</LI>", "one two"),
        ("H<sub>2</sub>O", "H2O"),
        ("if :pep:`820` and :rfc:`9110` are accepted", "if PEP 820 and RFC 9110 are accepted"),
        (".. canonical-doc:: `Site <https://a.example>`__", ""),
        (".. note:: Three words here", "Three words here"),
        ("> [!NOTE] zero\u200bwidth", "zerowidth"),
        ("zero\u200bwidth", "zerowidth"),
        ("see :ref:`the page <a-b>` or `this <b.rst>`_ or :func:`~a.b`", "see the page or this or a.b"),
        ("read {ref}`the changelog <release-v2>` and {doc}`setup`", "read the changelog and setup"),
        ("<`div`> is a <b>tag</b>", "<div> is a tag"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_of(line: str, words: str) -> None:
    assert words_of(line) == words


@pytest.mark.parametrize(
    "unit", ["*a ", "_a ", "**a", "[a](", "[a](x ", "[", "<a ", "> ", "- [ ] ", '[a](x "', "1. "]
)
def test_a_line_of_openings_is_read_without_searching_it_again_and_again(unit: str) -> None:
    """Half a megabyte; with an unbounded search for closing marks this takes minutes."""
    line = unit * (500_000 // len(unit))
    assert len(words_of(line)) <= len(line)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. Another thing.", "One thing."),
        ("e.g. lower case goes on", "e.g. lower case goes on"),
        ("一つ目。二つ目。", "一つ目。"),
        ("Version 1.2 is out! Get it.", "Version 1.2 is out!"),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text, 200) == first


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("One. Two! (Three?) 4. five", ["One.", "Two!", "(Three?) 4. five"]),
        ("첫 문장입니다. 둘째 문장입니다. 3. 항목", ["첫 문장입니다.", "둘째 문장입니다. 3. 항목"]),
        ("C'est fini. À bientôt. ¿No? ¡Sí!", ["C'est fini.", "À bientôt.", "¿No?", "¡Sí!"]),
        ("一つ目。 二つ目！Three. Four", ["一つ目。", "二つ目！", "Three.", "Four"]),
    ],
)
def test_sentences_of(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@given(
    st.lists(st.sampled_from("A b c. D! 中。 ，".split()), max_size=30).map(" ".join),
    st.integers(1, 40),
)
@settings(deadline=None, max_examples=100)
def test_the_first_sentence_is_the_first_of_all(text: str, limit: int) -> None:
    text = " ".join(text.split())
    assert first_sentence(text, limit) == clip(next(iter(sentences_of(text)), ""), limit)


@settings(deadline=None, max_examples=100)
@given(st.text("ab ,.中", max_size=80), st.integers(1, 40))
def test_clip_keeps_the_limit_and_says_that_it_cut(text: str, limit: int) -> None:
    short = clip(text, limit)
    if len(text) <= limit:
        assert short == text
    else:
        assert len(short) <= limit + 1
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A `<button>` inside a `<form>` submits.", "A <button> inside a <form> submits."),
        ("Uses a <xref:System.Windows.Reflection> of it.", "Uses a Reflection of it."),
        (
            "Calls <xref:System.Windows.Button.Click%2A?displayProperty=name> now.",
            "Calls Click now.",
        ),
        ("See <https://example.org/a> now.", "See https://example.org/a now."),
        ("chart repository](https://example.org/a):", "chart repository:"),
        (".. _a-label:", ""),
        (".. _Name: https://example.org", ""),
        ("a &rarr; b &amp; c", "a \u2192 b & c"),
        ("A claim.[^1] Another[^note].", "A claim. Another."),
        (">= 3.11", ">= 3.11"),
        ("> a quotation", "a quotation"),
    ],
)
def test_what_a_reader_sees(line: str, words: str) -> None:
    assert words_of(line) == words


@pytest.mark.parametrize(
    ("title", "limit", "cut"),
    [
        ("`a b c` to `d e f g h`", 18, "`a b c` to `d e f…`"),
        ("`a b c` to `d e f g h`", 12, "`a b c` to…"),
        ("`a b c` to `d e f g h`", 40, "`a b c` to `d e f g h`"),
        ("a ` alone and more words", 14, "a ` alone and…"),
        ("words alone and more of them", 14, "words alone…"),
    ],
)
def test_code_that_is_cut_stays_code(title: str, limit: int, cut: str) -> None:
    assert clip_title(title, limit) == cut
