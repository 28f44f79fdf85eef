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
