"""The structure of pages of AsciiDoc."""

from __future__ import annotations

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.asciidoc import scan

PAGE = """// a comment
:_content-type: CONCEPT
:description: Move water with a pump.

[id="pumps"]
= Pumps in {product}
:toc:

:later: no attribute of the header any more?

A pump moves water.

== Valves

[source,yaml]
----
== no title
----

=== Springs
"""


def test_titles_attributes_and_code() -> None:
    page = scan(TextVersion([(1, PAGE)], complete=True))
    assert [(heading.line, heading.level, heading.text) for heading in page.headings] == [
        (6, 1, "Pumps in {product}"),
        (13, 2, "Valves"),
        (20, 3, "Springs"),
    ]
    assert page.front_matter[3] == ("description", "Move water with a pump.")
    assert page.front_end == 9
    assert [(fence.start, fence.end, fence.language) for fence in page.fences] == [(16, 18, "yaml")]
    assert page.title() == "Pumps in {product}"


def test_lines_of_a_hunk_have_titles_and_no_attributes() -> None:
    page = scan(TextVersion([(40, ":a: b\n\n== Valves\n\nText.\n")], complete=False))
    assert [(heading.line, heading.text) for heading in page.headings] == [(42, "Valves")]
    assert not page.front_matter


def test_front_matter_of_a_site_generator_stays() -> None:
    page = scan(TextVersion([(1, "---\ntitle: Pumps\n---\n:a: b\n\n= Other\n")], complete=True))
    assert page.front_matter == {2: ("title", "Pumps")}
