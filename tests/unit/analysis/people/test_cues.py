"""What titles and entries of real projects mean, in the forms in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.analysis.people.cues import read_words, with_verb
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
        ("Fix the order of keys. :ghsa:`4grg-w6v8-c28g`", ThreadKind.SECURITY, "Fix the order of keys. GHSA-4grg-w6v8-c28g"),
        ("*(bash)* Make names portable", None, "Make names portable"),
        ("Fix CVE-2024-12345 in the parser", ThreadKind.SECURITY, "Fix CVE-2024-12345 in the parser"),
        ("[chore] use the shared workflow (#15790)", ThreadKind.MAINTENANCE, "use the shared workflow"),
    ],
)  # fmt: skip
def test_a_title_is_read(title: str, kind: ThreadKind | None, text: str) -> None:
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


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=700))
def test_any_title_is_read(title: str) -> None:
    words = read_words(title)
    assert len(words.text) <= 700


@pytest.mark.parametrize(
    ("title", "telling"),
    [
        ("Rename use_it_with_Pumps.md to use_it_with_pumps.md", False),
        ("Updating more output and lockfiles", False),
        ("Address Copilot review feedback on PR 2519", False),
        ("Fixing build warnings", False),
        ("sync upstream documentation", False),
        ("sync upstream documentation for v8.2.2", True),
        ("docs: translate blog", True),
        ("Update to Rust 1.97", True),
        ("Fix memory leak", True),
    ],
)
def test_titles_of_work_on_the_work_say_nothing(title: str, telling: bool) -> None:  # noqa: FBT001
    assert read_words(title).telling is telling


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("Bump libc from 0.2.155 to 0.2.185", True),
        ("Update body-parser to ^2.2.1 in the manifest", True),
        ("Upgrade `types` to `^2.0.0`, which changes the header", False),
        ("Bump the minimum ruby version to 2.7 and later", False),
    ],
)
def test_a_dependency_that_moved_and_nothing_else(title: str, step: bool) -> None:  # noqa: FBT001
    assert read_words(title).step is step


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("fix(response): panic on Hijack when it is unsupported", "fix: panic on Hijack when it is unsupported"),
        ("fix(response): skip chmod of folders", "skip chmod of folders"),
        ("feat(context): add Scheme()", "add Scheme()"),
    ],
)  # fmt: skip
def test_a_title_that_only_its_label_calls_a_fix_says_so(title: str, text: str) -> None:
    assert with_verb(read_words(title)) == text


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("fix: replace deprecated codes", ThreadKind.FIX),
        ("Deprecate `mode`", ThreadKind.DEPRECATED),
        ("`mode` is deprecated in favour of `kind`", ThreadKind.DEPRECATED),
        ("Fixed fixtures that are deprecated and will be removed", ThreadKind.FIX),
        ("master: add a page", ThreadKind.FEATURE),
    ],
)
def test_what_is_mended_is_no_deprecation(title: str, kind: ThreadKind) -> None:
    assert read_words(title).kind is kind


def test_a_title_that_only_carries_work_tells_nothing_whatever_branch_it_names() -> None:
    assert not read_words(
        "Resolve syncing conflicts from repo_sync_working_branch to main (#4)"
    ).telling


@pytest.mark.parametrize(
    ("title", "text", "kind", "number"),
    [
        ("bug #20256 [Form] Keep the type of a field (octo)", "Keep the type of a field", ThreadKind.FIX, "20256"),
        ("feature #7 [Mime] Parts of a mail (a.b, c-d)", "Parts of a mail", ThreadKind.FEATURE, "7"),
        ("minor #9 Say which part (of a mail) is meant", "Say which part (of a mail) is meant", None, "9"),
        ("minor #9 Name the default (see below) again (octo)", "Name the default (see below) again", None, "9"),
    ],
)  # fmt: skip
def test_a_tool_that_merges_labels_titles(
    title: str, text: str, kind: ThreadKind | None, number: str
) -> None:
    words = read_words(title)
    assert (words.text, words.kind, words.number) == (text, kind, number)


@pytest.mark.parametrize(
    ("title", "trivial"),
    [
        ("Messenger: Replace the tables by definition lists", True),
        ("Turn the list into a table", True),
        ("Add a list to the table service", False),
        ("Convert tables to Parquet", False),
    ],
)
def test_another_form_of_the_same_page_is_no_news(title: str, trivial: bool) -> None:  # noqa: FBT001
    assert read_words(title).trivial is trivial


@pytest.mark.parametrize(
    ("title", "trivial"),
    [
        ("Fix a hash in the link", True),
        ("Add a stable anchor to fix the xref", True),
        ("[Testing] Fix `:ref:` link", True),
        ("Fix link for the management of nodes", True),
        ("不要な;の削除", True),
        ("不要な引数の削除", False),
        ("Fix linking of shared libraries", False),
        ("Fix hash collisions in the cache", False),
        ("Fix link previews of messages", False),
    ],
)
def test_a_link_put_right_is_no_news(title: str, *, trivial: bool) -> None:
    assert read_words(title).trivial is trivial


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Announce Flux v2.9.0 GA release", ThreadKind.FEATURE),
        ("Announcing general availability of queues", ThreadKind.FEATURE),
        ("Announce the members of the board", None),
    ],
)
def test_what_is_announced_with_a_release_can_be_had(title: str, kind: ThreadKind | None) -> None:
    assert read_words(title).kind is kind


def test_how_an_image_is_built_is_work_on_the_inside() -> None:
    assert read_words("use the `syntax` directive to declare the Dockerfile version").inside
    assert not read_words("Ship images of Alpine").inside


def test_what_is_trivial_is_no_feature_whatever_it_adds() -> None:
    assert read_words("Add a stable anchor to fix the xref").kind is ThreadKind.FIX


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("keep deps up to date (#2204)", ThreadKind.MAINTENANCE),
        ("Upgraded lots of plugin dependencies", ThreadKind.MAINTENANCE),
        ("Update the kdoc of verifyAll to describe its behavior", ThreadKind.DOCS),
        ("Add missing Javadoc", ThreadKind.DOCS),
        ("Add missing availability to Borrow", ThreadKind.FIX),
        ("Add a dependency graph", ThreadKind.FEATURE),
    ],
)
def test_what_a_title_is_about_counts_more_than_its_verb(title: str, kind: ThreadKind) -> None:
    assert read_words(title).kind is kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("fix: raise the limit to 10000", "raise the limit to 10000"),
        ("fix(x): annotate `Keys.all`", "annotate `Keys.all`"),
        ("fix: parse error on empty input", "fix: parse error on empty input"),
        ("fix: panic in the parser", "fix: panic in the parser"),
    ],
)
def test_a_title_that_says_what_was_done_needs_no_word_before_it(title: str, text: str) -> None:
    assert with_verb(read_words(title)) == text


def test_work_on_the_project_says_so() -> None:
    assert with_verb(read_words("ci: remove node 20")) == "ci: remove node 20"
    assert with_verb(read_words("test: mend the CI tests")) == "mend the CI tests"
    assert with_verb(read_words("ci(docs): remove node 20")) == "remove node 20"


def test_what_builds_and_measures_a_project_is_its_inside() -> None:
    assert read_words("Remove all coverage and AppVeyor files").inside
    assert not read_words("Add coverage of a shape").inside
    assert not read_words("Changes for version 11.0.0").telling
    assert read_words("Changes for versions of the API").telling
