"""Versions and pull requests that titles name."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.references import (
    commit_in,
    number_in,
    version_in,
    version_key,
    without_references,
)


@pytest.mark.parametrize(
    ("text", "version"),
    [("## 0.28.0 (2024)", "0.28.0"), ("v1.65.0", "1.65.0"), ("python 1.0.0rc6", "1.0.0rc6"), ("a#1.2", ""), ("none", "")],
)  # fmt: skip
def test_versions(text: str, version: str) -> None:
    assert version_in(text) == version


def test_the_pull_request_stands_behind_the_issues() -> None:
    assert number_in("x {issue}`3501` {issue}`3700` {pr}`3704`") == "3704"
    assert number_in("by @ann in https://github.com/o/r/pull/61236") == "61236"
    assert number_in("Keep it, #3029.") == "3029"
    assert number_in("nothing here") == ""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Keep it by @a and @b in [#12](https://example.org/12)", "Keep it"),
        ("Keep it - by [@A](https://example.org) in [#12](https://example.org/12)", "Keep it"),
        ("Keep it ([#12]({{ site.repository }}/issues/12))", "Keep it"),
        ("Keep it ([#38e7651](https://example.org/c))", "Keep it"),
        ("Keep it by @a[bot], @b, and @c in #12", "Keep it"),
        ("[#12](https://example.org/12) [`abc1234`](https://example.org/c) Thanks [@a](https://example.org/a)! - Keep it", "Keep it"),
        ("abc1234: Keep it", "Keep it"),
        ("Keep it, #3029.", "Keep it"),
        ("Keep it (#4848) (@ann)", "Keep it"),
        ("Keep it (#4848) (@ann, @bob)", "Keep it"),
        ("Add `@alias` (the tag @alias)", "Add `@alias` (the tag @alias)"),
        ("[#12](https://example.org/12): Keep it ([@a][])", "Keep it ([@a][])"),
        ("Keep it -- by :user:`a` and :user:`b`.", "Keep it"),
        ("Keep it @[a](https://example.org/a) @[b](https://example.org/b)", "Keep it"),
        ("KEY-1234 Keep it", "Keep it"),
        ("Keep it (:pr:`2318`).", "Keep it."),
        ("Keep it (:issue:`1`, :pr:`2`)", "Keep it"),
        ("Keep :pep:`8`", "Keep :pep:`8`"),
        ("UTF-8192 is no ticket", "UTF-8192 is no ticket"),
        ("Keep it.  #12, #13", "Keep it."),
        ("Keep it ([#12](https://example.org/12) @ann)", "Keep it"),
        ("Keep it (#12 @ann, @bob)", "Keep it"),
        ("Keep rules (@media)", "Keep rules (@media)"),
        ("Works with @scope/name", "Works with @scope/name"),
        ("Annotate `A.keys` by @tam in `#1134 <https://x.example/pull/1134>`__", "Annotate `A.keys`"),
        ("Check the header. by @dmb in `GHSA-752w-5fwx-jx9f <https://x.example/a>`__", "Check the header (GHSA-752w-5fwx-jx9f)"),
        ("Check the header by @dmb in [GHSA-752w-5fwx-jx9f](https://x.example/a)", "Check the header (GHSA-752w-5fwx-jx9f)"),
        ("Support durations (thanks to Ivo Šmíd for PR)", "Support durations"),
        ("Say what is too long (issue 290)", "Say what is too long"),
        ("Raise on empty (thanks to ret, james-w, and po3)", "Raise on empty"),
        ("Raise on empty (thanks to ret and po3)", "Raise on empty"),
        ("Raise on empty (thanks to ret)", "Raise on empty"),
        ("Load faster (thanks to caching)", "Load faster (thanks to caching)"),
        ("Load faster (thanks to caching of results)", "Load faster (thanks to caching of results)"),
        ("#235 Support durations (#285)", "Support durations"),
        ("Fixed completions (#2850, #2859 by @legi).", "Fixed completions."),
        ("Delete chunks [@ann](https://x.example/ann) ([#13](https://x.example/pull/13))", "Delete chunks"),
        ("Delete chunks @ann ([#13](https://x.example/pull/13))", "Delete chunks"),
        ("Disable the loader by [@ann] in [#569]", "Disable the loader"),
        ("Disable the loader by [@ann] in [#569](https://x.example/pull/569)", "Disable the loader"),
        ("Write to a@b ([#13](https://x.example/pull/13))", "Write to a@b"),
    ],
)  # fmt: skip
def test_who_made_it_and_where_is_taken_off(line: str, text: str) -> None:
    assert without_references(line) == text


def test_the_commit_of_an_entry() -> None:
    assert commit_in("x ([437f3a4](https://example.org/o/r/commit/437f3a4e0f41))") == "437f3a4e0f41"
    assert commit_in("abc1234: x") == "abc1234"
    assert commit_in("facade: x") == ""


def test_an_address_behind_an_entry_is_its_reference() -> None:
    line = "Auto-scrolling on select https://github.com/o/r/pull/6440"
    assert (without_references(line), number_in(line)) == ("Auto-scrolling on select", "6440")
    assert without_references("See https://example.org/guide") == "See https://example.org/guide"


def test_versions_in_order() -> None:
    assert version_key("8.0.0") > version_key("7.0") > version_key("")
    assert version_key("next") == ()


def test_the_request_that_was_merged_stands_in_front() -> None:
    assert number_in("merged #2189 set both at once") == "2189"
    assert without_references("merged #2189 set both at once") == "set both at once"
    assert without_references("Merge pull request #7 from a/b") == "Merge pull request #7 from a/b"


def test_the_request_of_whoever_made_it_stands_behind_the_issue() -> None:
    assert number_in("Fixed completions (#2850, #2859 by @legi).") == "2859"
    assert number_in("Masks secrets (#2514 by @vm).") == "2514"
