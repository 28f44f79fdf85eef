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


def test_a_range_of_machinery_alone_is_upkeep() -> None:
    step = Fact("dependency.changed", {"name": "checkout", "old": "v4", "new": "v5"})
    files = [analysis_of(step, path=f".github/workflows/{n}.yml", changes=2) for n in range(2)]
    bumps = [(name, f"Bump actions/checkout from 4.{at} to 4.{at + 1}", [at]) for at, name in enumerate("ab")]  # fmt: skip
    assert story_of_commits(files, *bumps).items[0].params["upkeep"]
    assert story_of_commits(files[:1], bumps[0]).items[0].params["upkeep"]
    fixing = story_of_commits(files[:1], ("a", "fix(deps): update the monorepo of the parser", [0]))
    assert fixing.items[0].params["upkeep"]


def test_what_anybody_may_use_is_no_upkeep() -> None:
    files = [analysis_of(path="src/a.py", changes=2), analysis_of(path=".github/a.yml", changes=2)]
    bump = "Bump actions/checkout from 4.0 to 4.1"
    mixed = story_of_commits(files, ("a", "Bump six from 1.1 to 1.2", [0]), ("b", bump, [1]))
    added = story_of_commits(files[1:], ("a", "Add a workflow that signs packages", [0]))
    secure = story_of_commits(files[1:], ("a", "Bump six to 1.2 because of CVE-2024-12345", [0]))
    for story in (mixed, added, secure):
        assert not any(item.params.get("upkeep") for item in story.items)
