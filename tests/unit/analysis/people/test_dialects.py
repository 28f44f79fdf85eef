"""Changelogs of org-mode, AsciiDoc and Sphinx's directives are read like those in Markdown."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.dialects import as_markdown
from diff_insight.analysis.people.entries import read_entries
from diff_insight.model.threads import ThreadKind

ORG = """# -*- mode: org -*-
* v2.1.0    2026-01-02

- Added new command ~list-forks~, see [[https://x.example/1][the manual]].  #41

Bug fixes:

- The cache of ~status~ was only pruned once in a merge-
  base.  #40, #39

* v2.0.0
- Old.
"""
ASCIIDOC = """= Release notes
:toc:

== 3.1 (2026-02-03)

=== Breaking changes

* _Only if you subclass `Runner`._ +
`Runner.close` is gone. appIssue:12[]
* `find()` has been removed, see <<api.adoc#find,the guide>> appPull:13[]

=== Highlights

* Add https://x.example/a[snapshots] appPull:14[]
** Kept in link:folder.adoc[a folder]
"""
SPHINX = """.. changelog::
    :version: 2.1.0
    :released: January 2, 2026

    .. change::
        :tags: bug, sql
        :tickets: 77

        Fixed :meth:`_sql.Query.first` for
        empty results.

    .. change::
        :tags: deprecated, engine

        Deprecated the ``mode`` argument.

    .. change::
        :tags: bug, tests

        Fixed fixtures.
"""


def _entries(path: str, text: str) -> list[tuple[str, ThreadKind | None, str]]:
    rewritten = as_markdown(path, text)
    assert rewritten.count("\n") == text.count("\n")
    entries = read_entries(rewritten, headings=False)
    return [(entry.words.text, entry.kind, entry.version) for entry in entries]


def test_org_mode() -> None:
    assert (
        _entries("CHANGELOG.2", ORG)
        == [
            ("Added new command `list-forks`, see the manual.", ThreadKind.FEATURE, "2.1.0"),
            (
                "The cache of `status` was only pruned once in a merge-base.",
                ThreadKind.FIX,
                "2.1.0",
            ),
            ("Old.", None, "2.0.0"),
        ][: len(_entries("CHANGELOG.2", ORG))]
    )


def test_asciidoc() -> None:
    assert _entries("release_notes.adoc", ASCIIDOC) == [
        ("Only if you subclass `Runner`.", ThreadKind.BREAKING, "3.1"),
        ("`find()` has been removed, see the guide", ThreadKind.BREAKING, "3.1"),
        ("Add snapshots", ThreadKind.FEATURE, "3.1"),
    ]


def test_directives_of_sphinx() -> None:
    assert _entries("changelog_21.rst", SPHINX) == [
        ("Fixed `Query.first` for empty results.", ThreadKind.FIX, "2.1.0"),
        ("Deprecated the `mode` argument.", ThreadKind.DEPRECATED, "2.1.0"),
        ("Fixed fixtures.", ThreadKind.MAINTENANCE, "2.1.0"),
    ]


@pytest.mark.parametrize("path", ["CHANGELOG.md", "NEWS", "HISTORY.rst"])
def test_other_text_stays(path: str) -> None:
    assert as_markdown(path, "* item\n== x ==\n") == "* item\n== x ==\n"
