"""What titles and entries of real projects mean, in the forms in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.analysis.people.cues import (
    asks,
    number_in,
    obliges,
    only_labels,
    read_words,
    version_in,
)
from diff_insight.model.threads import ThreadKind


@pytest.mark.parametrize(
    ("title", "kind", "text"),
    [
        ("feat(api)!: drop version 1 (#12)", ThreadKind.BREAKING, "drop version 1"),
        ("fix: keep escapes ([#18](https://x.example/18))", ThreadKind.FIX, "keep escapes"),
        ("**breaking:** Upgrade to hyper 1.0 ([#1882])", ThreadKind.BREAKING, "Upgrade to hyper 1.0"),
        ("The `app` argument has now been removed.", ThreadKind.BREAKING, "The `app` argument has now been removed."),
        ("Deprecate {meth}`Runner.isolated` {issue}`1` {pr}`2`", ThreadKind.DEPRECATED, "Deprecate `Runner.isolated`"),
        ("✨ Add `check_dir`. PR [#16](https://x.example/16) by [@ann](https://x.example/ann).", ThreadKind.FEATURE, "Add `check_dir`."),
        ("New: Add tags to `Call`", ThreadKind.FEATURE, "Add tags to `Call`"),
        ("Fix CVE-2024-12345 in the parser", ThreadKind.SECURITY, "Fix CVE-2024-12345 in the parser"),
        ("[chore] use the shared workflow (#15790)", ThreadKind.MAINTENANCE, "use the shared workflow"),
    ],
)  # fmt: skip
def test_a_title_is_read(title: str, kind: ThreadKind, text: str) -> None:
    words = read_words(title)
    assert (words.kind, words.text) == (kind, text)


def test_what_only_speaks_of_breaking_something_is_no_breaking_change() -> None:
    words = read_words("fix: prevent declaration comments from breaking derived references")
    assert words.kind is ThreadKind.FIX


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("[Suspense] Document what activates a boundary", "Suspense"),
        ("[13.x] Add `stop()` to the process", ""),
        ("fix(css): keep escapes", "css"),
        ("`pkg/exporter`: Add a gate (#1, #2)", "pkg/exporter"),
    ],
)
def test_the_part_of_the_product_that_a_title_names(title: str, scope: str) -> None:
    assert read_words(title).scope == scope


@pytest.mark.parametrize(
    "title",
    ["Repo sync for protected branch", "Updates", "Version 1.2.3", "Update telemetry docs", "15.0.0",
     "Various improvements", "Merging changes synced from elsewhere", "Update README.md"],
)  # fmt: skip
def test_titles_that_say_nothing(title: str) -> None:
    assert not read_words(title).telling


@pytest.mark.parametrize(
    "title",
    [
        "Introduce `Queue::forward()`",
        "Deprecate `@astrojs/db`",
        "Document New-Guid UUID v7 default change",
    ],
)
def test_titles_that_say_something(title: str) -> None:
    assert read_words(title).telling


def test_typing_errors_and_reverts_are_known() -> None:
    assert read_words("Fix typo in safety.md").trivial
    assert read_words('Revert "feat: x"').reverts
    assert read_words("i18n(fr): update `guides/a.mdx`").translation


@pytest.mark.parametrize(
    ("text", "version"),
    [("## 0.28.0 (2024)", "0.28.0"), ("v1.65.0", "1.65.0"), ("python 1.0.0rc6", "1.0.0rc6"), ("a#1.2", ""), ("none", "")],
)  # fmt: skip
def test_versions(text: str, version: str) -> None:
    assert version_in(text) == version


def test_the_pull_request_stands_behind_the_issues() -> None:
    assert number_in("x {issue}`3501` {issue}`3700` {pr}`3704`") == "3704"
    assert number_in("by @ann in https://github.com/o/r/pull/61236") == "61236"
    assert number_in("nothing here") == ""


@pytest.mark.parametrize(
    ("heading", "holds"),
    [("🛑 Breaking changes 🛑", True), ("Bug fixes and improvements", True), ("Removed", True), ("Removed: the database", False)],
)  # fmt: skip
def test_a_heading_that_only_names_a_kind(heading: str, *, holds: bool) -> None:
    assert only_labels(heading) is holds


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Use `tempfile` instead of the helper.", True),
        ("You must set `proxy`.", True),
        ("Replace `A` with `B`.", True),
        ("The helper is old: use a temporary directory with absolute paths instead.", True),
        ("The file is opened with the encoding of the stream.", False),
        ("It passes a connector to the connection.", False),
    ],
)
def test_what_asks_something_of_a_reader(sentence: str, *, asked: bool) -> None:
    assert asks(sentence) is asked


def test_what_obliges_in_a_page() -> None:
    assert obliges("Do not authorize requests by matching the path.")
    assert not obliges("You can use either form.")


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=700))
def test_any_title_is_read(title: str) -> None:
    words = read_words(title)
    assert len(words.text) <= 700
