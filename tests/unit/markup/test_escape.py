"""Escaped text reads the same in a CommonMark renderer as in the repository, in every place."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diff_insight.markup.escape import (
    LONGEST_SPAN_MARK,
    cell,
    code,
    comment,
    line_with_code,
    link,
    longest_run,
    one_line,
    prose,
    visible,
)
from support.classic import cells_of, unescaped
from support.hostile import HOSTILE

LINKABLE = ("https://example.com/a_b*c", "www.example.com/~x", "a@b.example", "mailto:a@b.example")
PIECES = (
    st.sampled_from(HOSTILE + LINKABLE)
    | st.text("`~|#<>{}[]()!*_\\-=+:;&$^@'\"%/ \t\r\n\f\v\0\x1b\x85\u2028\u202e\u3000ab1é中.w")
    | st.text(max_size=5)
)
TEXTS = st.lists(PIECES, max_size=4).map("".join)
property_test = settings(deadline=None, max_examples=150)


class Shown(HTMLParser):
    """The visible text of HTML, and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def github(markdown: str) -> Shown:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return Shown(cmarkgfm.github_flavored_markdown_to_html(markdown, options))


@pytest.mark.parametrize(
    ("frame", "tags"),
    [
        ("{}", ["p"]),
        ("before {} after", ["p"]),
        ("## {}", ["h2"]),
        ("- {}", ["ul", "li"]),
        ("> {}", ["blockquote", "p"]),
    ],
)
@property_test
@given(text=TEXTS.filter(bool))
@example(text="\\").via("a backslash would escape what follows")
@example(text=" ").via("spaces at the edges are kept")
def test_prose_is_read_as_it_was_written(frame: str, tags: list[str], text: str) -> None:
    shown = github(frame.format(prose(text)))
    edges = frame.removeprefix("## ").removeprefix("- ").removeprefix("> ")
    assert shown.text.strip("\n") == edges.format(visible(text))
    assert [tag for tag in shown.tags if tag != "a"] == tags


@property_test
@given(TEXTS)
def test_prose_never_becomes_a_link(text: str) -> None:
    """Addresses without a scheme are left to GitHub, which sees the text of a finished page."""
    without_mail = text.replace("@", "")
    assert "a" not in github(prose(without_mail)).tags


@property_test
@given(TEXTS.filter(bool))
def test_prose_is_the_same_to_another_renderer(text: str) -> None:
    shown = Shown(MarkdownIt("commonmark").render(prose(text)))
    assert shown.text.strip("\n") == visible(text)
    assert shown.tags == ["p"]


@property_test
@given(TEXTS)
def test_our_own_reading_of_prose_agrees(text: str) -> None:
    assert unescaped(prose(text)) == visible(text)


@property_test
@given(TEXTS.filter(bool))
@example("`" * LONGEST_SPAN_MARK + "a@b.example")
def test_code_holds_the_text(text: str) -> None:
    shown = github(f"x {code(text)} y")
    longest = max(map(len, re.findall("`+", text)), default=0)
    if longest < LONGEST_SPAN_MARK:
        assert shown.tags == ["p", "code"]
    else:  # it is prose then, in which GitHub makes links of mail addresses itself
        assert [tag for tag in shown.tags if tag != "a" or "@" not in text] == ["p"]
    assert shown.text.strip("\n") == f"x {visible(text)} y"


def test_code_of_nothing_is_still_code() -> None:
    assert github(code("")).tags == ["p", "code"]


@property_test
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_row_has_as_many_cells_as_it_was_given(texts: list[str]) -> None:
    row = "| " + " | ".join(cell(prose(text)) for text in texts) + " |"
    table = "|" + " a |" * len(texts) + "\n|" + "---|" * len(texts) + "\n" + row
    shown = github(table)
    assert shown.tags.count("tr") == 2
    assert shown.tags.count("td") == len(texts)
    assert tuple(unescaped(part) for part in cells_of(row)) == tuple(
        visible(text) for text in texts
    )


@property_test
@given(TEXTS)
def test_a_cell_of_any_markdown_has_no_free_pipe(markdown: str) -> None:
    made = cell(markdown)
    assert len(cells_of(f"| x{made}x | y |")) == 2
    assert made.splitlines() in ([], [made])


@property_test
@given(TEXTS)
def test_visible_text_has_no_character_that_hides_or_turns(text: str) -> None:
    for character in visible(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        }  # fmt: skip


def test_what_cannot_be_seen_is_named() -> None:
    assert visible("a\r\n\t\u202eb\0\u061c") == r"a\r\n\t\u{202e}b\u{0}\u{61c}"


def test_what_joins_letters_stays() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert visible(family + " می\u200cخواهم") == family + " می\u200cخواهم"


@property_test
@given(TEXTS)
def test_one_line_folds_white_space(text: str) -> None:
    shown = one_line(text)
    assert shown == shown.strip()
    assert not re.search(r"[\n\r\t]|  ", shown)


@property_test
@given(TEXTS)
def test_a_comment_ends_only_at_its_end(text: str) -> None:
    made = comment(text)
    inside = made.removeprefix("<!--").removesuffix("-->")
    assert "--" not in inside
    assert ">" not in inside
    assert Shown(made + "<b>").tags == ["b"]


@property_test
@given(TEXTS, TEXTS)
def test_a_link_is_one_link_to_a_web_page(label: str, path: str) -> None:
    made = link(prose(label), f"https://example.com/{path}")
    shown = github(f"x {made} y")
    assert shown.tags.count("a") == 1
    assert shown.text.strip("\n") == f"x {visible(label)} y"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", " https://x", "//x", ""]
)
def test_other_targets_are_dropped(target: str) -> None:
    assert link("label", target) == "label"


def test_a_target_is_encoded_as_its_bytes() -> None:
    assert link("x", "https://example.com/a b\u3000(c)") == (
        "[x](https://example.com/a%20b%E3%80%80%28c%29)"
    )
    assert link("x", "#item-1\udcff") == "[x](#item-1%3F)"


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 7, 40])
def test_the_longest_run_is_counted(count: int) -> None:
    assert longest_run("`", f"a ` b {'`' * count} c `` d" if count else "a b") == (
        max(count, 2) if count else 0
    )


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        ("`a.md`: Code example now has `x | y`", "`a.md`: Code example now has `x | y`"),
        ("`- a` - b", "`- a` - b"),
        ("*no* `code*` [here](x)", r"\*no\* `code*` \[here\](x)"),
        ("one ` mark", r"one \` mark"),
        ("two `` marks", r"two \`\` marks"),
        ("@octocat `@octocat`", "&#64;octocat `@octocat`"),
        ("plain", "plain"),
        ("# Highlights`:` x", r"\# Highlights`:` x"),
        ("- `a`", r"\- `a`"),
        ("> `a`", r"\> `a`"),
        ("    `a`", "&#32;&#32;&#32;&#32;`a`"),
    ],
)
def test_a_line_keeps_its_code_and_nothing_else(line: str, markdown: str) -> None:
    assert line_with_code(line) == markdown
