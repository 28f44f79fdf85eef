"""Entries of changelogs speak for the commits that they describe."""

from __future__ import annotations

import pytest

from diff_insight.model.facts import Fact
from diff_insight.model.story import Role
from diff_insight.model.threads import SaidBy, ThreadKind
from support.analyses import analysis_of
from support.commit_stories import story_of_commits

REMOVED = Fact("symbol.removed", {"name": "send()"}, breaking=True)


def test_a_changelog_entry_speaks_for_the_commit_with_its_number() -> None:
    files = [analysis_of(path="CHANGELOG.md"), analysis_of(REMOVED, path="src/api.py")]
    changelog = "## 2.0\n\n### Removed\n\n- The function `send()` is gone. (#9)\n"
    story = story_of_commits(files, ("a", "refactor the client (#9)", [0, 1]), changelog=changelog)
    (thread,) = story.threads
    assert (thread.said_by, thread.kind, thread.since) == (
        SaidBy.CHANGELOG,
        ThreadKind.BREAKING,
        "2.0",
    )
    assert story.items[0].role is Role.BREAKING


def test_an_entry_and_a_commit_about_one_flaw_are_one_thread() -> None:
    notes = "## 5.2\n\n- Security fix for CVE-2024-51999\n"
    story = story_of_commits(
        [analysis_of(path="History.md"), analysis_of(path="lib/a.js")],
        ("b", "Release: 5.2", [0]),
        ("a", "sec: patch for CVE-2024-51999", [1]),
        changelog=notes,
    )
    titles = [thread.title for thread in story.threads if "CVE" in thread.title]
    assert titles == ["Security fix for CVE-2024-51999"]


@pytest.mark.parametrize(
    ("entry", "title", "count"),
    [
        ("Added `--ghost=TEXT` to display a ghost text", "Add --ghost=TEXT to display a ghost text", 1),
        ("Fixes the cache of the `render` step.", "Fix the cache of the render step", 1),
        ("Added `change-ghost` and `transform-ghost` actions for the text", "Add change-ghost and transform-ghost", 1),
        ("Add support for Python 3.13", "Add support for Python", 2),
        ("Added `--ghost` to hide texts", "Remove --ghost to hide texts", 2),
    ],
)  # fmt: skip
def test_an_entry_says_what_the_title_of_its_commit_says_in_another_form(
    entry: str, title: str, count: int
) -> None:
    story = story_of_commits(
        [analysis_of(path="CHANGELOG.md"), analysis_of(path="src/a.go"), analysis_of(path="src/b.go")],
        ("a", title, [1]), ("b", "Bump the limit of lines to 20", [0, 2]),
        changelog=f"## 2.0\n\n- {entry}\n",
    )  # fmt: skip
    titles = [thread.title for thread in story.threads if "limit" not in thread.title]
    assert len(titles) == count


def test_a_release_is_not_what_its_entries_are_about() -> None:
    notes = "## 2.0\n\n### Fixes\n\n- Keep the data of all models\n"
    version = Fact("version.moved", {"subject": "VERSION", "old": "1", "new": "2", "step": "major"})
    story = story_of_commits(
        [analysis_of(path="History.md"), analysis_of(version, path="src/version.py")],
        ("b", "Prepare release 2.0", [0, 1]),
        changelog=notes,
    )
    (entry,) = (item for item in story.items if item.params.get("changelog"))
    assert entry.proofs == ()


def test_what_its_list_calls_a_fix_is_none_that_breaks_by_the_title_of_its_commit() -> None:
    notes = "## 2.0\n\n### Fixed\n\n- remove deprecated runner (#9)\n"
    files = [analysis_of(path="CHANGELOG.md"), analysis_of(path="ci.sh")]
    story = story_of_commits(files, ("a", "remove deprecated runner (#9)", [0, 1]), changelog=notes)
    assert [thread.kind for thread in story.threads] == [ThreadKind.FIX]


def test_what_an_entry_adds_breaks_where_its_commit_is_shown_to() -> None:
    notes = "## 2.0\n\n- merged #9 support for both at once\n"
    files = [analysis_of(path="CHANGES"), analysis_of(REMOVED, path="src/api.py")]
    story = story_of_commits(files, ("a", "support for both at once (#9)", [1]), changelog=notes)
    assert [(thread.kind, thread.title) for thread in story.threads] == [
        (ThreadKind.BREAKING, "support for both at once")
    ]


def test_another_package_is_no_runtime_that_users_need() -> None:
    raised = Fact("runtime.raised", {"name": "Node.js", "old": "20", "new": "24"}, breaking=True)
    notes = "## 3.0\n\n- Move the runtime to Node 24\n- Update `@types/node` to the Node 24 line\n"
    files = [analysis_of(path="CHANGELOG.md"), analysis_of(raised, path="action.yml")]
    story = story_of_commits(files, ("a", "Move to Node 24", [0, 1]), changelog=notes)
    kinds = {thread.title: thread.kind for thread in story.threads}
    assert kinds["Move the runtime to Node 24"] is ThreadKind.BREAKING
    assert kinds["Update `@types/node` to the Node 24 line"] is ThreadKind.FEATURE


def test_what_only_changes_how_a_project_is_made_stands_behind_its_features() -> None:
    notes = "## 2.0\n\n### Added\n\n- Use the newest image for builds (#8)\n- Ship at night (#9)\n"
    files = [analysis_of(path="CHANGELOG.md"), analysis_of(path=".github/workflows/ci.yml"),
             analysis_of(path="src/ship.py")]  # fmt: skip
    story = story_of_commits(
        files, ("a", "image (#8)", [0, 1]), ("b", "night (#9)", [0, 2]), changelog=notes
    )
    titles = [item.params["title"] for item in story.items if "title" in item.params]
    assert titles == ["Ship at night", "Use the newest image for builds"]
