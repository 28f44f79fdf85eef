"""Where the item of a thread leads: to a file for those whom it concerns."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from diff_insight.model.threads import Audience
from support.analyses import analysis_of
from support.commit_stories import story_of_commits


def test_it_leads_to_a_page_and_not_to_a_cache() -> None:
    told = Fact("text.added", {"quote": "A gateway for models.", "section": "", "lines": 1})
    files = [
        analysis_of(told, path=path)
        for path in (".linkcache", "data/a.yaml", "docs/a.md", "docs/b.md")
    ]
    story = story_of_commits(files, ("a", "Add a gateway for models to the registry", [0, 1, 2, 3]))
    said = next(item for item in story.items if item.kind == "thread.said")
    assert said.files == (2,)


def test_what_many_commits_change_of_the_machinery_is_of_none_of_them() -> None:
    told = Fact("page.added", {"title": "Pumps", "lines": 20})
    files = [
        analysis_of(path=".linkcache", changes=3000),
        analysis_of(told, path="docs/a.md", changes=20),
        analysis_of(path="docs/b.md", changes=2),
    ]
    story = story_of_commits(
        files,
        ("a", "Add a page on pumps of water", [0, 1]),
        ("b", "Refresh what links lead to", [0, 2]),
    )
    said = next(each for each in story.threads if each.id == "commit-a")
    assert said.audience is Audience.READERS
    alone = story_of_commits(files, ("a", "Add a page on pumps of water", [0, 1]))
    assert (
        next(each for each in alone.threads if each.id == "commit-a").audience is Audience.PLUMBING
    )
