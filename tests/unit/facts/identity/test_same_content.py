"""Two texts are the same when a reader cannot tell them apart, and only then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.facts.identity.same_content import same_content, without_comments


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Guide", "Guide\r"),
        ("Guide", "\ufeffGuide"),
        ("Guide", "  Guide\t"),
        ("Q&A", "Q&amp;A"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("'beta'", '"beta"'),
        ("beta", '"beta"'),
        ("Don't", "Don\u2019t"),
        ("**Guide**", "Guide"),
        ("Guide", "Guide <!-- reviewed -->"),
        ("Guide", "Guide {/* reviewed */}"),
        ("See [it](a.md)", "See [it](b.md)"),
        ("`x`", "x"),
        ("soft\u00adware", "software"),
        ("服务端渲染 (SSR)", "服务端渲染（SSR）"),
        ("可以使用替换模式，例如 `a`", "可以使用 替换模式，例如`a`"),
        ("> = 3", ">  = 3"),
    ],
)
def test_what_reads_the_same_is_the_same(old: str, new: str) -> None:
    assert same_content(old, new)
    assert same_content(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Guide", "guide"),
        (">= 3.11", "= 3.11"),
        ("> 18", "18"),
        ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0645\u06cc\u0631\u0648\u0645"),
        ("admin", "ad\u202emin"),
        ("1 000", "1000"),
        ("a - b", "a b"),
        ("\u03b1", "a"),
        ("&lt;b&gt;", "b"),
        ("'", ""),
    ],
)
def test_what_reads_otherwise_is_not(old: str, new: str) -> None:
    assert not same_content(old, new)


@pytest.mark.parametrize("pair", [("a_b_c", "a*b*c"), ("&amp;", "&"), ("<b>", "")])
def test_in_code_every_character_but_white_space_counts(pair: tuple[str, str]) -> None:
    assert not same_content(*pair, markup=False)


def test_a_comment_that_nothing_closes_hides_the_rest() -> None:
    assert without_comments("a<!-- b\nc") == "a"
    assert without_comments("a<!-- b --> c {/* d */}e") == "a c e"


@given(st.text(max_size=80))
def test_every_text_is_the_same_as_itself_with_other_line_ends_and_spaces(text: str) -> None:
    assert same_content(text, "\ufeff " + text.replace("\n", "\r\n") + " ", markup=False)
