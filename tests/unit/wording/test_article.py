"""The article of a category: where it changes, cause by cause, folder by folder."""

from __future__ import annotations

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.insight import Coverage
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.model.story import Story
from diff_insight.story.build import build_story
from diff_insight.story.listed import sections
from diff_insight.wording.article import insights
from diff_insight.wording.places import Places
from diff_insight.wording.range_facts import RangeFacts
from diff_insight.wording.range_text import headline, summary
from support.analyses import analysis_of
from support.commit_stories import story_of_commits

COMMITS = CommitRange(base="1" * 7, head="2" * 7, merge_base="", comparison=Comparison.DIRECT)


def facts_of(story: Story, files: list[FileAnalysis], titles: list[str]) -> RangeFacts:
    return RangeFacts(
        items=story.items, theme=story.theme, files=files, coverage=Coverage(changed=len(files), reported=len(files), in_category=len(files)),
        names=[file.change.path for file in files], titles=titles, undetected=(), notices=(),
    )  # fmt: skip


def article(story: Story, files: list[FileAnalysis], titles: list[str] | None = None) -> list[str]:
    facts = facts_of(story, files, titles or [""] * len(files))
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    places = Places(COMMITS, files, facts.names, facts.titles)
    return insights(facts, speaker, places).split("\n\n")


def cell(row: str) -> Fact:
    return Fact("table.cell", {"row": row, "column": "Limit", "old": "1", "new": "2"})


def test_the_rest_is_told_folder_by_folder() -> None:
    files = [
        analysis_of(cell(name), path=f"docs/{name[0]}/{name}.md")
        for name in ("aa", "ab", "ba", "bb")
    ]
    paragraphs = article(build_story(files, ()), files, ["Page of aa", "", "", ""])
    assert paragraphs[0].startswith("4 files change, mostly in `a` (2) and `b` (2).")
    assert paragraphs[1].startswith("In `a` · “Page of aa”: ")
    assert "`docs/a/ab.md`: " in paragraphs[1]
    assert paragraphs[2].startswith("In `b` · ")


def test_a_cause_is_told_by_its_reason_and_by_what_its_bullet_leaves_out() -> None:
    facts = [
        Fact("outline.section-added", {"heading": f"Part {name}", "level": name}) for name in (2, 3)
    ]
    rows = [Fact("table.row-added", {"row": name, "column": "A"}) for name in ("x", "y")]
    files = [
        analysis_of(
            *facts, *rows, Fact("page.added", {"title": "New", "lines": 3}), path="docs/a.md"
        ),
        analysis_of(cell("z"), path="docs/b.md"),
    ]
    story = story_of_commits(
        files,
        ("a", "Describe what the limits are\n\nNobody knew\nwhat happens there.", [0]),
        ("b", "Raise a limit of the tables", [1]),
    )
    text = "\n".join(article(story, files))
    assert (
        "On “Describe what the limits are”, the author adds: “Nobody knew what happens there”."
        in text
    )


def test_a_theme_stands_before_a_first_file_that_says_little() -> None:
    headings = ("Use the Agent Center", "See the Agent Center", "In the Agent Center")
    files = [
        analysis_of(
            Fact("outline.section-added", {"heading": heading, "level": 2}), path=f"docs/p{at}.md"
        )
        for at, heading in enumerate(headings)
    ]
    story = build_story(files, ())
    speaker = Speaker(load_catalog("en_US"), Style.LINE)
    assert headline(facts_of(story, files, [""] * 3), speaker).startswith(
        "New in 3 files: “Agent Center”"
    )


def test_a_summary_of_quotations_alone_has_no_sentences_about_who_said_them() -> None:
    files = [
        analysis_of(Fact("page.added", {"title": name, "lines": 3}), path=f"docs/{name}.md")
        for name in ("a", "b")
    ]
    commits = ("a", "Raise the limits of the tables", [0]), ("b", "Lower the price of a call", [1])
    line, alone = (
        Speaker(load_catalog("en_US"), Style.LINE),
        Speaker(load_catalog("ja_JP"), Style.LINE),
    )
    facts = facts_of(story_of_commits(files, *commits), files, ["", ""])
    assert summary(facts, line) == "“Raise the limits of the tables” · “Lower the price of a call”"
    assert (
        summary(facts, alone) == "「Raise the limits of the tables」。「Lower the price of a call」"
    )


def test_upkeep_is_said_in_the_headline_and_names_its_files_once() -> None:
    files = [analysis_of(path=f".github/workflows/{n}.yml", changes=2) for n in range(2)]
    story = story_of_commits(
        files,
        ("a", "Bump actions/checkout from 4.0 to 4.1", [0]),
        ("b", "Bump actions/cache from 3.0 to 3.1", [1]),
    )
    facts = facts_of(story, files, [])
    plain = Speaker(load_catalog("en_US"), Style.PLAIN)
    assert headline(facts, plain).startswith("Maintenance only: “Bump actions/")
    paragraphs = article(story, files)
    assert paragraphs[0] == "Only `.github/workflows/0.yml` and `.github/workflows/1.yml` changed."


def test_a_cause_without_facts_has_a_bullet_where_there_is_no_other() -> None:
    files = [analysis_of(path="src/a.py", changes=2)]
    story = story_of_commits(files, ("a", "fix(worker): streams in a sandbox", [0]))
    (shown,) = [item for section in sections(story.items) for item in section.items]
    assert shown.params["title"] == "fix(worker): streams in a sandbox"
