"""The structure of reStructuredText: section titles, fields at the top, literal blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages import front_matter, outline
from diff_insight.facts.pages.page_outline import Structure
from diff_insight.facts.pages.rst import scan
from support.views import extraction_of, told_by, view_of

PAGE = """PEP: 9999
Title: A page
  that goes on
Status: Draft

========
Abstract
========

Words.

Motivation
==========

More words::

    Not a title
    ===========

  still code

Details
-------

.. code-block:: Python

   x = 1

Done
----
Text.

+---+
| a |
+---+

====  ====
a     b
====  ====
"""


def whole(text: str) -> Structure:
    return scan(TextVersion([(1, text)], complete=True))


def test_titles_fields_and_code() -> None:
    found = whole(PAGE)
    assert [(title.line, title.level, title.text) for title in found.headings] == [
        (7, 1, "Abstract"), (12, 2, "Motivation"), (22, 3, "Details"), (29, 3, "Done"),
    ]  # fmt: skip
    assert found.front_matter == {
        1: ("PEP", "9999"),
        2: ("Title", "A page"),
        4: ("Status", "Draft"),
    }
    assert found.front_end == 4
    assert [(fence.start, fence.end, fence.language) for fence in found.fences] == [
        (16, 20, ""), (25, 27, "python"),
    ]  # fmt: skip
    assert found.title() == "A page"


@pytest.mark.parametrize(
    "text",
    [
        "Too long a title\n====\n", "words\nTitle\n=====\n", "====\n====\n", "Words.\n\n-----\n\nMore.\n",
        "   Title\n   =====\n", "..\n==\n", "Only one: field\n\nText.\n",
    ],
)  # fmt: skip
def test_what_is_neither_title_nor_field(text: str) -> None:
    found = whole(text)
    assert (found.headings, found.front_matter) == ((), {})


def test_the_families_of_pages_read_it() -> None:
    new = PAGE.replace("Status: Draft", "Status: Final").replace(
        "Details\n-------", "Limits\n------"
    )
    view = view_of(PAGE, new, path="pep-9999.rst")
    assert told_by(front_matter, view) == [
        ("front-matter.status", {"key": "Status", "old": "Draft", "new": "Final"}, "-4 +4")
    ]
    assert told_by(outline, view) == [
        ("outline.section-renamed", {"old": "Details", "new": "Limits"}, "-22 +22")
    ]
    code = extraction_of(PAGE, PAGE.replace("x = 1", "x = 2"), path="a.rst").facts
    assert [(fact.kind, fact.params["language"]) for fact in code] == [
        ("code-block.line", "python")
    ]


@given(st.text("=-~.: \n\tab", max_size=200), st.integers(1, 50))
def test_any_text_has_a_structure(text: str, start: int) -> None:
    found = scan(TextVersion([(start, text)], complete=False))
    last = start + text.removesuffix("\n").count("\n")
    assert all(start <= heading.line < last for heading in found.headings)
    assert all(start <= fence.start <= fence.end <= last for fence in found.fences)


def test_a_paragraph_that_opens_code_is_text_and_a_directive_is_neither() -> None:
    text = "Text.\n\nAdd these lines to your own file now::\n\n    x = 1\n\n.. code-block:: python\n\n    y = 2\n"
    facts = extraction_of("Text.\n", text, path="a.rst").facts
    assert {fact.params.get("quote") for fact in facts} == {
        "Add these lines to your own file now::", "x = 1", "y = 2",
    }  # fmt: skip
