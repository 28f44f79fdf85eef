"""Files that a page brings in, in the forms of several generators."""

from __future__ import annotations

import pytest

from diff_insight.analysis.included_files import included_files


@pytest.mark.parametrize(
    ("page", "line", "place"),
    [
        ("docs/a/page.md", "[!INCLUDE [notes](../includes/notes.md)]", "docs/includes/notes.md"),
        ("docs/a/page.md", "[!INCLUDE [notes](~/includes/notes.md)]", "includes/notes.md"),
        ("docs/page.rst", ".. include:: /include/tabs.rst", "include/tabs.rst"),
        ("docs/page.md", '--8<-- "snippets/notes.md"', "docs/snippets/notes.md"),
        ("docs/page.mdx", "import Notes from './_notes.mdx';", "docs/_notes.mdx"),
        ("docs/page.md", '{{< readfile file="parts/notes.md" >}}', "docs/parts/notes.md"),
        ("modules/secure/pages/a.adoc", "include::partial$notes.adoc[]", "modules/secure/partials/notes.adoc"),
        ("modules/secure/pages/a.adoc", "include::run:example$notes.adoc[tag=b]", "modules/run/examples/notes.adoc"),
    ],
)  # fmt: skip
def test_a_line_that_brings_in_a_file_names_it(page: str, line: str, place: str) -> None:
    assert place in set(included_files(page, f"# Page\n\n{line}\n"))


def test_a_link_brings_in_nothing() -> None:
    assert list(included_files("docs/page.md", "See [the notes](notes.md).\n")) == []
