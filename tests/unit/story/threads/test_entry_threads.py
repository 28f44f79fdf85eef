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
