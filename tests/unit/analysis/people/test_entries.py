"""Changelogs in the forms of real projects are read entry by entry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.fresh_entries import new_entries, without_prereleases
from diff_insight.model.threads import ThreadKind

PSEUDO = """# Changelog

## 0.28.0 (28th November, 2024)

The release has few deprecations.

**Deprecations**:

We simplify the configuration.

* The `verify` argument as a string is now deprecated.

**Other**

* The deprecated `proxies` argument has now been removed.
* JSON bodies are compact. (#3363)

## 0.27.2

* Old.
"""
EMOJI = """## v1.65.0/v0.159.0

### 🛑 Breaking changes 🛑

- `extension/zpages`: Make `ServerConfig` a named field. (#15308)

### 💡 Enhancements 💡

- `pkg/x`: Add the gate `a.b` (#1, #2)
  When enabled, batches are on.
"""
RST = """Version 3.2.0
-------------

-   All teardown callbacks are called. :pr:`5928`
"""
GUIDE = """# Significant changes

## python-1.0.0rc6

### 🔴 Provider-leading client design

PR: [#1](https://x.example/1)

- `A` is renamed to `B`.

### Package mapping

Nothing.
"""


def test_pseudo_headings_name_kinds_and_introductions_are_none() -> None:
    found = [(entry.kind, entry.words.text) for entry in read_entries(PSEUDO, headings=False)]
    assert found == [
        (ThreadKind.DEPRECATED, "The `verify` argument as a string is now deprecated."),
        (ThreadKind.BREAKING, "The deprecated `proxies` argument has now been removed."),
        (None, "JSON bodies are compact."),
        (None, "Old."),
    ]
    assert {entry.version for entry in read_entries(PSEUDO, headings=False)} == {"0.28.0", "0.27.2"}


def test_marks_in_headings_components_and_titles_that_end_with_their_references() -> None:
    breaking, feature = read_entries(EMOJI, headings=False)
    assert (breaking.kind, breaking.words.scope, breaking.words.number) == (
        ThreadKind.BREAKING, "extension/zpages", "15308",
    )  # fmt: skip
    assert (feature.words.text, feature.detail) == (
        "Add the gate `a.b`",
        "When enabled, batches are on.",
    )
    assert feature.version == "v1.65.0/v0.159.0"


def test_headings_with_a_line_below() -> None:
    (entry,) = read_entries(RST, headings=False)
    assert (entry.version, entry.words.text, entry.words.number) == (
        "3.2.0", "All teardown callbacks are called.", "5928",
    )  # fmt: skip


def test_marked_headings_of_a_page_are_entries_and_its_lists_are_theirs() -> None:
    found = read_entries(GUIDE, headings=True)
    assert [(entry.kind, entry.words.text, entry.version) for entry in found][:1] == [
        (ThreadKind.BREAKING, "Provider-leading client design", "1.0.0rc6")
    ]
    assert not any("renamed" in entry.words.text for entry in found)


def test_only_new_entries_of_versions_that_are_being_written() -> None:
    lines = PSEUDO.split("\n")
    added = frozenset(
        (lines.index("* JSON bodies are compact. (#3363)") + 1, lines.index("* Old.") + 1)
    )
    entries = read_entries(PSEUDO, headings=False, added=added)
    assert [entry.words.text for entry in new_entries(entries, added, "")] == [
        "JSON bodies are compact."
    ]


def test_an_entry_that_only_moved_or_was_indented_is_not_new() -> None:
    text = "## 1.0\n\n *  Fix: Don't delay triggering timeouts.\n"
    added = frozenset((3,))
    entries = read_entries(text, headings=False, added=added)
    assert new_entries(entries, added, "*  Fix: Don't delay triggering timeouts.\n") == []
    assert len(new_entries(entries, added, "*  Fix: Another.\n")) == 1


def test_an_entry_that_only_loses_its_dates_is_not_new() -> None:
    entries = read_entries("## 1.1\n\n- Fixed the dependency (#95) then (#96)\n", headings=False)
    added = frozenset({3})
    old = "- Fixed the dependency (#95) 10/02/21 then (#96) 20/02/21\n"
    assert new_entries(entries, added, old) == []
    assert len(new_entries(entries, added, "- Fixed the old dependency (#95) then (#96)\n")) == 1
    assert len(new_entries(entries, added, "- Fixed the dependency\n")) == 1


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="#*- `~=ab1.\n:[](){}", max_size=400), headings=st.booleans())
def test_any_text_is_read(text: str, *, headings: bool) -> None:
    for entry in read_entries(text, headings=headings):
        assert 1 <= entry.start <= entry.end <= text.count("\n") + 1


NOTES = """# 版本 8.5 说明

## 功能详情

### 性能

* 支持部分索引 [#62](https://x.example/62) @[ann](https://x.example/ann)

## 移除功能

* 不再支持旧界面

## 错误修复

+ TiKV

    - 修复写入失败的问题 [#63](https://x.example/63)
"""


def test_headings_that_only_sort_a_list_are_no_entries() -> None:
    entries = read_entries(NOTES, headings=True)
    assert [(entry.words.text, entry.kind) for entry in entries] == [
        ("支持部分索引", ThreadKind.FEATURE),
        ("不再支持旧界面", ThreadKind.BREAKING),
        ("修复写入失败的问题", ThreadKind.FIX),
    ]


def test_a_release_has_what_its_candidates_had() -> None:
    text = "# 2.0.0\n\n- Add a\n\n# 2.0.0-rc.1\n\n- Add b\n\n# 1.9.0\n\n- Add c\n"
    entries = without_prereleases(read_entries(text, headings=False))
    assert [entry.words.text for entry in entries] == ["Add a", "Add c"]


def test_an_item_that_only_names_a_kind_is_the_heading_of_those_below_it() -> None:
    text = "# v2.0\n\n- **Breaking changes**:\n  - `rustls` is the backend now.\n  - `query` is a feature.\n- Many methods are renamed.\n"
    entries = read_entries(text, headings=False)
    assert [(entry.words.text, entry.kind) for entry in entries] == [
        ("`rustls` is the backend now.", ThreadKind.BREAKING),
        ("`query` is a feature.", ThreadKind.BREAKING),
        ("Many methods are renamed.", None),
    ]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("*Breaking:* requires Node.js 22", ThreadKind.BREAKING),
        ("_Breaking_: requires Node.js 22", ThreadKind.BREAKING),
        ("**BREAKING** Disable the flag", ThreadKind.BREAKING),
        ("*Backwards-incompatible*: `version` is a string", ThreadKind.BREAKING),
        ("This is not a source or ABI breaking change, but mind it", None),
        ("Rename a file without breaking changes", None),
        ("*Important* things to know", None),
    ],
)
def test_how_people_mark_a_breaking_entry(item: str, kind: ThreadKind | None) -> None:
    (entry,) = read_entries(f"# 2.0\n\n- {item}\n", headings=False)
    assert entry.kind is kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Deprecations (removal in next major release)", ThreadKind.DEPRECATED),
        ("Removals (deprecated before)", ThreadKind.BREAKING),
        ("Changes (breaking)", ThreadKind.BREAKING),
        ("(Breaking)", ThreadKind.BREAKING),
    ],
)
def test_what_a_heading_adds_in_brackets_does_not_name_its_kind(
    heading: str, kind: ThreadKind
) -> None:
    (entry,) = read_entries(
        f"# 2.0\n\n## {heading}\n\n- The `auth` parameter of requests\n", headings=False
    )
    assert entry.kind is kind


def test_what_only_changed_is_not_new() -> None:
    text = "# 2.0\n\n## Changes\n\n- Remove the feature `os_rng`\n- Add a feature `sys_rng`\n- Use the edition 2024\n"
    entries = read_entries(text, headings=False)
    assert [entry.new for entry in entries] == [False, True, False]


def test_where_nothing_is_told_is_no_entry() -> None:
    assert (
        read_entries("# 2.0\n\n * None yet.\n\n# 1.0\n\n * N/A\n * No changes.\n", headings=False)
        == []
    )


def test_a_short_heading_of_a_page_is_the_name_of_a_part() -> None:
    text = "# API changes\n\n## Breaking changes\n\n### Constants\n\nA list.\n\n### Removal of `Ship`\n\nUse `Pack`.\n"
    assert [entry.words.text for entry in read_entries(text, headings=True)] == [
        "Removal of `Ship`"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fresh"),
    [
        (
            "- By default the server collects usage data and shares it with Acme to make it better",
            "- By default the server collects usage data and shares it with {{ company }} to make it better",
            False,
        ),
        (
            "- 默认关闭遥测功能，即默认不再收集使用情况信息分享给 Acme。",
            "- 默认关闭遥测功能，即默认不再收集使用情况信息分享给 {{{ .company }}}。",
            False,
        ),
        ("- Update the parser from 2.1 to 2.2", "- Update the parser from 2.2 to 2.3", True),
        ("- Fix the way dates are read", "- Add a filter for folders of pages", True),
    ],
)
def test_an_entry_that_only_reads_otherwise_now_is_not_new(
    old: str, new: str, *, fresh: bool
) -> None:
    entries = read_entries(f"## 2.0\n\n{new}\n", headings=False)
    assert bool(new_entries(entries, frozenset((3,)), f"{old}\n")) is fresh


def test_items_that_name_a_kind_are_headings_without_a_colon_too() -> None:
    text = "## 8.0.0\n\n* Features\n  * Add a hook for workers\n\n* Breaking changes\n  * The default address is another\n"
    entries = read_entries(text, headings=False)
    assert [(entry.words.text, entry.kind) for entry in entries] == [
        ("Add a hook for workers", ThreadKind.FEATURE),
        ("The default address is another", ThreadKind.BREAKING),
    ]


def test_how_releases_are_numbered_is_no_entry() -> None:
    text = "# Releases\n\n## New release model\n\nThere are two tracks.\n\n### Numbering\n\n- The first number is the year\n\n## Release 34\n\n- Streams are closed in time\n"
    assert [entry.words.text for entry in read_entries(text, headings=False)] == [
        "Streams are closed in time"
    ]


def test_a_list_below_the_title_is_what_is_not_released_yet() -> None:
    text = "# Changelog\n\n- Queues have names\n\n## 1.2.0\n\n- Queues have ends\n"
    assert [entry.version for entry in read_entries(text, headings=False)] == ["", "1.2.0"]


def test_a_list_of_links_to_releases_is_no_list_of_entries() -> None:
    text = "# News\n\n## Clipboard\n\n- [.NET 11 Preview 6](https://x.example/6)\n- [Reads text in any encoding again](https://x.example/7)\n"
    assert [entry.words.text for entry in read_entries(text, headings=False)] == [
        "Reads text in any encoding again"
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Website: https://example.org/",
        "Client Repository: [https://example.org/a](https://example.org/a)",
        "Docs: <https://example.org/docs>.",
    ],
)
def test_a_name_with_its_address_is_no_entry(item: str) -> None:
    told = read_entries(
        f"# 2.0\n\n## Features\n\n- It has a new mode: https://example.org/mode is its page\n- {item}\n",
        headings=True,
    )
    assert [entry.words.text for entry in told] == [
        "It has a new mode: https://example.org/mode is its page"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Remove deprecated runner of our own builds", ThreadKind.FIX),
        ("`of()` no longer accepts a line end", ThreadKind.FIX),
        ("Drop support for Ruby 3.1", ThreadKind.BREAKING),
        ("This is a breaking change for callers of `of()`", ThreadKind.BREAKING),
    ],
)
def test_what_its_list_calls_a_fix_breaks_only_where_its_words_say_so(
    text: str, kind: ThreadKind
) -> None:
    (entry,) = read_entries(f"## 2.0\n\n### Fixed\n\n- {text}\n", headings=False)
    assert entry.kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Added support for PyPy 3.11", ThreadKind.FEATURE),
        ("新增对 PyPy 3.11 的支持", ThreadKind.FEATURE),
        ("Added a deprecation warning for `close()`", ThreadKind.DEPRECATED),
        ("`close()` in favour of `end()`", ThreadKind.DEPRECATED),
        ("Removed support for PyPy 3.9", ThreadKind.BREAKING),
    ],
)
def test_what_came_is_not_deprecated_by_the_heading_of_its_list(
    text: str, kind: ThreadKind
) -> None:
    (entry,) = read_entries(f"## 2.0\n\n### Deprecations\n\n- {text}\n", headings=False)
    assert entry.kind is kind


def test_an_entry_on_a_line_that_is_known_is_not_new() -> None:
    text = "## 1.1\n\n- Corrige la dépendance (#95)\n- Ajoute une option (#96)\n- Retire un avertissement\n"
    entries = read_entries(text, headings=False)
    added = frozenset({3, 4, 5})
    old = "- Fixed the dependency (#95)\n"
    assert len(new_entries(entries, added, old)) == 3
    fresh = new_entries(entries, added, old, known=frozenset({5}))
    assert [entry.words.number for entry in fresh] == ["96"]


def test_a_paragraph_that_is_a_link_alone_is_no_entry() -> None:
    text = (
        "## 1.1\n\n### Improvements\n\nFilters can be shared now.\n\n"
        "[Find more information on the forge](https://forge.example/acme/pump/releases/tag/v1.1)\n"
    )
    assert [entry.words.text for entry in read_entries(text, headings=False)] == [
        "Filters can be shared now."
    ]


def test_how_a_release_is_made_is_no_entry() -> None:
    steps = "# Release process\n\n## Steps\n\n1. Update version in the following files:\n    - `main.go`\n\n2. Push the tag.\n"
    for headings in (True, False):
        assert read_entries(steps, headings=headings) == []
    numbered = "# Changes\n\n## 2.0\n\n1. Add the flag `--deep`.\n"
    assert [entry.words.text for entry in read_entries(numbered, headings=False)] == [
        "Add the flag `--deep`."
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Bug fixes and improvements", "Various minor fixes.", "Many other bug fixes, and performance improvements",
        "update changelog", "Thanks to @ada and @bob for the contributions", "Kudos to @ada",
    ],
)  # fmt: skip
def test_what_any_list_says_is_no_entry(item: str) -> None:
    entries = read_entries(f"## 2.0\n\n- Fix the cache of pages\n- {item}\n", headings=False)
    assert [entry.words.text for entry in entries] == ["Fix the cache of pages"]


def test_an_entry_that_says_what_was_fixed_stays() -> None:
    text = "## 2.0\n\n- Bug fixes for `fish`\n- Improvements of the cache by @ada\n"
    assert len(read_entries(text, headings=False)) == 2


def test_who_is_thanked_is_no_entry() -> None:
    notes = "## 2.0\n\n### Features\n\n- Add a flag.\n\n### Thanks!\n\n- @ann-b\n- [@bob](https://example.org/bob)\n"
    assert [entry.words.text for entry in read_entries(notes, headings=False)] == ["Add a flag."]


def test_contributors_are_no_entries() -> None:
    notes = "## 2.0\n\n### Fixes\n\n- Keep types.\n\n### Contributors to this release\n\n- <img src='a.png'/> [Jay](https://example.org/jay '+1')\n"
    assert [entry.words.text for entry in read_entries(notes, headings=False)] == ["Keep types."]


def test_items_that_name_a_sort_are_headings_of_what_stands_within_them() -> None:
    text = (
        "11.0.0\n------\n\n* Potentially breaking changes\n    * `callback` is deprecated. It will be removed.\n"
        "    * Support for Python 3.9 was dropped\n* New functions\n    * `running`: yields the mean\n"
        "* Changes to existing functions\n    * `extract` now accepts an argument\n"
    )
    read = [(entry.words.text, entry.kind) for entry in read_entries(text, headings=False)]
    assert read == [
        ("`callback` is deprecated.", ThreadKind.DEPRECATED),
        ("Support for Python 3.9 was dropped", ThreadKind.BREAKING),
        ("yields the mean", ThreadKind.FEATURE),
        ("`extract` now accepts an argument", ThreadKind.FEATURE),
    ]
