"""What a range comes to that only corrects its pages."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from support.analyses import analysis_of
from support.commit_stories import story_of_commits


def test_a_range_that_only_corrects_says_so() -> None:
    files = [
        analysis_of(
            Fact("text.replaced", {"old": "teh", "new": "the", "section": ""}),
            path=f"docs/{n}.md",
            changes=1,
        )
        for n in range(2)
    ]
    story = story_of_commits(
        files, ("a", "Fix typo in the guide", [0]), ("b", "Fix punctuation of the tutorial", [1])
    )
    assert (story.items[0].kind, story.items[0].params["count"]) == ("thread.corrections", 2)


def test_what_a_page_says_anew_is_no_correction() -> None:
    files = [
        analysis_of(Fact("text.added", {"quote": "It takes precedence over targets.", "lines": 1}), path="docs/a.md", changes=1),
        analysis_of(Fact("text.replaced", {"old": "teh", "new": "the", "section": ""}), path="docs/b.md", changes=1),
    ]  # fmt: skip
    story = story_of_commits(
        files, ("a", "Note the precedence of targets", [0]), ("b", "Fix typo in the guide", [1])
    )
    assert story.items[0].params["title"] == "Note the precedence of targets"
