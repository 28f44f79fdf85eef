"""What a range asks of its readers."""

from __future__ import annotations

from support.analyses import analysis_of
from support.commit_stories import story_of_commits


def test_what_notes_ask_is_an_action() -> None:
    changelog = (
        "## 2.0\n\n### Deprecated\n\n- `send()` is deprecated. Use `post()` instead of it.\n"
    )
    story = story_of_commits(
        [analysis_of(path="CHANGELOG.md")], ("a", "Version 2.0", [0]), changelog=changelog
    )
    assert [item.params["quote"] for item in story.actions] == ["Use `post()` instead of it."]


def test_neither_messages_of_commits_nor_what_leads_on_ask_anything() -> None:
    story = story_of_commits(
        [analysis_of(path="src/a.py")],
        (
            "a",
            "feat!: move the charters\n\nMove charters to another repository before the release.",
            [0],
        ),
    )
    assert story.actions == ()
    notes = "## 2.0\n\n### Deprecated\n\n- `send()` is deprecated. Update to the new client with this command:\n"
    story = story_of_commits(
        [analysis_of(path="CHANGELOG.md")], ("a", "Version 2.0", [0]), changelog=notes
    )
    assert story.actions == ()
