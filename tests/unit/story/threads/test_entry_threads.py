"""Entries of changelogs speak for the commits that they describe."""

from __future__ import annotations

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
