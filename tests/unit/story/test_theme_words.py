"""The words that what is new in several files has in common."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from diff_insight.model.story import Story
from diff_insight.story.build import build_story
from support.analyses import analysis_of


def section(heading: str) -> Fact:
    return Fact("outline.section-added", {"heading": heading, "level": 2})


def story_of(*headings: str, title: str = "") -> Story:
    files = [
        analysis_of(section(heading), path=f"docs/p{number}.md", title=title)
        for number, heading in enumerate(headings)
    ]
    return build_story(files, ())


THREE = (
    "Use the Management Center",
    "Open the Management Center here",
    "Where is the Management Center?",
)


def test_a_phrase_of_three_files_is_the_theme_as_it_is_written() -> None:
    theme = story_of(*THREE, "Something else").theme
    assert theme is not None
    assert theme.params == {"phrase": "Management Center", "count": 3}
    assert theme.files == (0, 1, 2)


def test_what_speaks_of_the_theme_weighs_more() -> None:
    items = story_of("Something else", *THREE).items
    assert [item.files for item in items][-1] == (0,)
    assert items[0].salience - items[-1].salience == 8
    assert "theme" in [name for name, _ in items[0].rules]


def test_what_all_pages_are_about_anyway_is_no_theme() -> None:
    assert story_of(*THREE, title="The Management Center").theme is None
    assert story_of("One thing", "Another matter", "A third subject").theme is None


def test_what_stood_there_before_is_no_theme() -> None:
    renamed = Fact("outline.section-renamed", {"old": "The Management Center", "new": "Centers"})
    files = [analysis_of(section(text), path=f"docs/p{at}.md") for at, text in enumerate(THREE)]
    assert build_story([*files, analysis_of(renamed, path="docs/x.md")], ()).theme is None


def test_a_list_of_many_pages_names_each_but_once() -> None:
    pages = [
        analysis_of(
            Fact("page.added", {"title": title, "lines": 9}), path=f"docs/p{number}.md", title=title
        )
        for number, title in enumerate(
            ("Free and complimentary access", "Kafka", "Tracing", "Valves", "Pumps")
        )
    ]
    said = Fact("outline.section-added", {"heading": "Free and complimentary", "level": 2})
    story = build_story([*pages, analysis_of(said, path="docs/q.md")], ())
    assert story.theme is None
