"""Anchors that are gone: slugs as GitHub makes them, explicit ids, and what brings headings back."""

from __future__ import annotations

import pytest

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.markdown import scan
from diff_insight.facts.pages.page_anchors import gone_anchors, slug


def gone(base: str, head: str) -> dict[str, int]:
    texts = [base, head]
    headings = [scan(TextVersion([(1, text)], complete=True)).headings for text in texts]
    return gone_anchors(base, headings[0], head, headings[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As GitHub shows them.
        ("What is it?", "what-is-it"),
        ("A & B", "a--b"),
        ("C++ and .NET 8.0", "c-and-net-80"),
        ("snake_case name", "snake_case-name"),
        ("Élan vital", "élan-vital"),
        ("前提条件", "前提条件"),
        ("Don't", "dont"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_removed_and_renamed_headings_with_their_lines() -> None:
    assert gone("# T\n\n## One\n\n## Two\n", "# T\n\n## Three\n") == {"one": 3, "two": 5}


def test_a_second_heading_of_one_text_has_a_number() -> None:
    assert gone("## A\n\n## A\n\n## A\n", "## A\n\n## A\n") == {"a-2": 5}


@pytest.mark.parametrize(
    "head",
    [
        "## ONE\n", "### One\n", '<a id="one"></a>\n', "<a name='one'></a>\n", "## Two {#one}\n",
        "## Two { #one }\n", "text [](){#one}\n", '<h2 ID="x" id="one">x</h2>\n',
        "[!INCLUDE [x](one.md)]\n", "import One from './one.mdx'\n", "{% include 'one.md' %}\n",
    ],
)  # fmt: skip
def test_what_keeps_an_anchor(head: str) -> None:
    assert gone("## One\n", head) == {}


def test_an_explicit_id_stands_for_the_slug() -> None:
    assert gone("## One {#first}\n", "## Two\n") == {"first": 1}
    assert gone("## One {#first}\n", "## One {#second}\n") == {"first": 1}


def test_headings_in_code_are_none() -> None:
    assert gone("```\n## One\n```\n", "text\n") == {}
