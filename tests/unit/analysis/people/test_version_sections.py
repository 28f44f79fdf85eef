"""READMEs that tell what changed from version to version."""

from __future__ import annotations

from diff_insight.analysis.people.dialects import as_markdown
from diff_insight.analysis.people.version_sections import read_version_sections

CHART = """# Shop

## Upgrading

### 10.0.0

We changed `policy.create` from `false` to `true`. Some want it
switched off.

### 9.1.0

Older words.

## Values
"""
LIBRARY = """= Shop

== Changelog

=== 0.11.4

* Ship at night https://github.com/acme/shop/pull/325[#325]
* Track orders

=== 0.11.3

* Old
"""


def test_the_first_words_on_a_version_are_told() -> None:
    (entry,) = read_version_sections(CHART, frozenset(range(5, 9)))
    assert entry.words.text == "We changed `policy.create` from `false` to `true`."
    assert (entry.version, entry.start, entry.end) == ("10.0.0", 7, 8)


def test_a_list_on_a_version_is_told_entry_by_entry() -> None:
    text = as_markdown("Readme.adoc", LIBRARY)
    entries = read_version_sections(text, frozenset(range(5, 10)))
    assert [(entry.words.text, entry.words.number) for entry in entries] == [
        ("Ship at night", "325"),
        ("Track orders", ""),
    ]


def test_what_is_no_list_of_versions_tells_nothing() -> None:
    assert not read_version_sections("# Shop\n\n## 1.0\n\nWords.\n", frozenset({3, 4, 5}))
    assert not read_version_sections(CHART, frozenset({12, 13}))
    assert not read_version_sections("## 2.0\n\n## 1.0\n\nWords.\n", frozenset({1}))
