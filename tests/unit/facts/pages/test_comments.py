"""What a page does not show is blanked, line by line; what stands in code is shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.comments import without_comments
from support.views import extraction_of


def shown(text: str, *, markup: str = "markdown", start: int = 1) -> list[str]:
    version = TextVersion([(start, text)], complete=start == 1)
    masked = without_comments(version, markup=markup) or version
    return [line for _, line in masked.numbered_lines()]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a <!-- b --> c\n", ["a  c"]),
        ("<!--\n## A\n-->\n\nb\n", ["", "", "", "", "b"]),
        ("a\n<!-- b\nc --> d <!-- e -->\n", ["a", "", " d"]),
        ("{/* a\nb */}\n## C {/*c*/}\n", ["", "", "## C {/*c*/}"]),
        ("{% comment %}\na\n{% endcomment %}\nb\n", ["", "", "", "b"]),
        ("[//]: # (a note)\n[comment]: <> (b)\n[a]: b\n", ["", "", "[a]: b"]),
        ("```html\n<!-- a -->\n```\n<!-- b -->\n", ["```html", "<!-- a -->", "```", ""]),
        ("a `<!--` b `-->` c\n", ["a `<!--` b `-->` c"]),
        ("a <!-- b\nc\n", ["a <!-- b", "c"]),
        ("a\n<!-- b\n\nc\n", ["a", "", "", ""]),
    ],
)
def test_markdown(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


def test_a_comment_that_began_out_of_sight() -> None:
    assert shown("| a |\n-->\n| b |\n", start=9) == ["", "", "| b |"]
    assert shown("a --> b\n", start=9) == ["a --> b"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (".. a comment\n   goes on\n\n   here\n\nText\n", ["", "", "", "", "", "Text"]),
        ("..\n   hidden\n\nText\n", ["", "", "", "Text"]),
        (".. note:: a\n\n   b\n", [".. note:: a", "", "   b"]),
        (".. _target:\n.. [1] a\n.. |b| replace:: c\n", [".. _target:", ".. [1] a", ".. |b| replace:: c"]),
    ],
)  # fmt: skip
def test_restructuredtext(text: str, lines: list[str]) -> None:
    assert shown(text, markup="rst") == lines


@example("\n//", "asciidoc")
@example("\n<!-- a -->", "markdown")
@given(
    st.text(alphabet=st.sampled_from("<!->{/*}`~\n a%#[]:."), max_size=200),
    st.sampled_from(("markdown", "rst", "asciidoc")),
)
@settings(deadline=None, max_examples=200)
def test_lines_keep_their_numbers(text: str, markup: str) -> None:
    assert len(shown(text, markup=markup)) == len(
        list(TextVersion([(1, text)], complete=True).numbered_lines())
    )


def kinds(old: str, new: str, path: str = "docs/page.md", *, whole: bool = True) -> list[str]:
    return sorted({fact.kind for fact in extraction_of(old, new, path=path, whole=whole).facts})


TABLE = "| A | B |\n|---|---|\n| one | 1 |\n"


@pytest.mark.parametrize("whole", [True, False])
def test_what_comes_in_a_comment_is_no_content(whole: bool) -> None:  # noqa: FBT001
    hidden = f"# T\n\ntext\n\n<!--\n## New\n\n{TABLE}\n[a](b)\n\n```py\nx\n```\n-->\n"
    assert kinds("# T\n\ntext\n", hidden, whole=whole) == ["text.comments"]
    assert kinds(hidden, hidden.replace("| one | 1 |", "| one | 2 |\n| two | 3 |"), whole=True) == [
        "text.comments"
    ]


def test_a_section_that_a_comment_hides_is_gone_and_comes_back() -> None:
    old = "# T\n\na\n\n## Gone\n\nIts own words.\n\n## Kept\n\nb\n"
    new = old.replace("## Gone", "<!--\n## Gone").replace("## Kept", "-->\n## Kept")
    gone = extraction_of(old, new).facts
    assert [fact.params["heading"] for fact in gone if fact.kind == "outline.section-removed"] == [
        "Gone"
    ]
    back = extraction_of(new, old).facts
    assert [fact.params["heading"] for fact in back if fact.kind == "outline.section-added"] == [
        "Gone"
    ]


def test_an_id_in_a_heading_is_no_part_of_it() -> None:
    for mark in ("{/*set-up*/}", "{#set-up}", "{: #set-up}", "<!-- set-up -->"):
        new = f"# T\n\ntext\n\n## Set up {mark}\n"
        (fact,) = (
            one
            for one in extraction_of("# T\n\ntext\n", new, path="a.mdx").facts
            if one.kind == "outline.section-added"
        )
        assert fact.params["heading"] == "Set up"
        assert "outline.section-renamed" not in kinds(
            "# T\n\n## Set up\n\na\n", f"# T\n\n## Set up {mark}\n\na\n", "a.mdx"
        )
