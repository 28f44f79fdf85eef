"""Text for GitHub shows as it is and does nothing: no ping, no reference, no link, no picture."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diff_insight.markup.escape import cell, code, link, prose, visible
from diff_insight.markup.inert import html_code, html_text, neutral, text
from support.github_page import ACTIVE, check_inert, html_of, page_of, plain, prose_nodes
from support.hostile import HOSTILE

ACTING = (
    "@octocat", "(@octo-org/team)", "x@octocat", "#12", "octo/repo#12", "GH-7", "gh-7", "deadbee",
    "0123456789abcdef0123456789abcdef01234567", "1234567", "octo/repo@deadbeef", "deadbee...cafe123",
    "https://evil.example", "http://a.b", "www.evil.example", "ftp://x.y", "mail@evil.example", "0@.a", "0@-a.b",
    ":tada:", "$x$", "$$y$$", "$`z`$", "![p](https://evil.example/p.png)", "<img src=x>", "<b>",
    "&commat;octocat", "&#64;octocat", "&num;12", "\\@octocat", "コミットdeadbeeです", "「@octocat」",
    "[^1]", "- [ ] task", "~~gone~~", "| cell", "@", "#", "a ` @octocat ` b", "```\n@octocat",
)  # fmt: skip
PIECES = st.sampled_from((*HOSTILE, *ACTING)) | st.text(
    "@#:/$`*![]<>\\&;abcdef0123 .G-Hw中。", max_size=9
)
TEXTS = st.lists(PIECES, max_size=4).map("".join).map(lambda text: text[:400])
property_test = settings(deadline=None, max_examples=200)


@pytest.mark.parametrize("hostile", [*ACTING, *HOSTILE])
def test_plain_text_is_inert_and_reads_the_same(hostile: str) -> None:
    check_plain(hostile)


@property_test
@given(TEXTS)
@example("#1 and #2 by @a, @b in deadbee1")
def test_any_plain_text_is_inert_and_reads_the_same(hostile: str) -> None:
    check_plain(hostile)


def check_plain(hostile: str) -> None:
    markdown = "x " + text(hostile) + " y"
    page = page_of(markdown)
    assert plain(page.root.text).rstrip("\n") == "x " + visible(hostile) + " y"
    assert {element.tag for element in page.root.all("p", "span", "a", "code", "em", "strong")} <= {
        "p",
        "span",
    }
    check_inert(markdown, links="nowhere")


@property_test
@given(TEXTS)
def test_any_plain_text_keeps_its_cell(hostile: str) -> None:
    page = page_of(f"| a | b |\n|---|---|\n| {cell(text(hostile))} | x |")
    assert [len(row) for row in page.table] == [2, 2]
    assert plain(page.table[1][0]).strip() == visible(hostile).strip()
    assert page.table[1][1] == "x"


@property_test
@given(TEXTS)
def test_any_text_stays_in_its_element(hostile: str) -> None:
    markdown = f"<details><summary>{html_code(hostile)} · {html_text(hostile)}</summary>\n\nx\n\n</details>"
    check_inert(markdown, links="nowhere")
    page = page_of(markdown)
    (summary,) = page.root.all("summary")
    assert plain(summary.text) == f"{visible(hostile)} · {visible(hostile)}"
    assert [part.text for part in page.root.all("p")] == ["x"]


@property_test
@given(TEXTS)
def test_code_and_targets_are_left_alone(hostile: str) -> None:
    span = code(hostile)
    target = "https://github.com/o/r/blob/0123456789abcdef0123456789abcdef01234567/@a%20b/x.md#L1"
    markdown = f"see {span} in {link(span, target)}."
    if not span.startswith("`"):
        return
    assert neutral(markdown) == markdown


@property_test
@given(TEXTS)
def test_any_markdown_is_inert(hostile: str) -> None:
    for node in prose_nodes(html_of(neutral(hostile))):
        assert not ACTIVE.search(node), node
    assert "<img" not in html_of(neutral(hostile))


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**「強調」です。**次", "<p><strong>「強調」です。</strong>次</p>"),
        ("a **b** c **d**", "<p>a <strong>b</strong> c <strong>d</strong></p>"),
        ("a ** b", "<p>a ** b</p>"),
        ("**a", "<p>**a</p>"),
        ("`**a**` \\*\\*b\\*\\*", "<p><code>**a**</code> **b**</p>"),
        ("*a* _b_", "<p><em>a</em> <em>b</em></p>"),
    ],
)
def test_strong_is_an_element_where_marks_would_stay(markdown: str, shown: str) -> None:
    assert html_of(neutral(markdown)).strip() == shown


def test_harmless_markdown_is_not_touched() -> None:
    markdown = (
        "A sentence ([`a.md` L1–L2](https://github.com/o/r/blob/abc/a.md#L1)).\n\n- one\n- two, 3"
    )
    assert neutral(markdown) == markdown


def test_prose_alone_would_ping() -> None:
    # The reason for this module: GitHub reads the text that references have become.
    assert "@octocat" in prose_nodes(html_of(prose("@octocat")))[0]
