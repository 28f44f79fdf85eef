"""What makes a thread more or less than its kind."""

from __future__ import annotations

import pytest

from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.facts import Fact
from support.analyses import analysis_of
from support.commit_stories import story_of_commits

CUED = Fact(
    "text.added",
    {"quote": "Attacks of this sort are no security issues.", "cue": "security", "lines": 9},
)
SECTION = Fact("outline.section-added", {"heading": "Limits", "level": 2})
PAGE = Fact("page.added", {"title": "Agents", "lines": 40, "sections": (), "section_count": 0})
WORDS = Fact("text.reworded", {"quote": "Some words of it", "old": "Few words of it"})


def first_title(story: object) -> str:
    return str(story.items[0].params["title"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lead", "lead_fact", "other", "other_fact"),
    [
        ("Clarify wording around attacks", CUED, "Add another client library", WORDS),
        ("Draft for the new agents", PAGE, "Streamline the guide to tools", SECTION),
        ("Explain how limits are counted", SECTION, "Add descriptive alt text to diagrams", WORDS),
        ("Resolve what was left open in guides", SECTION, "Fix typos of the guide", WORDS),
    ],
)
def test_what_a_site_says_from_now_on_leads(
    lead: str, lead_fact: Fact, other: str, other_fact: Fact
) -> None:
    files = [
        analysis_of(lead_fact, path="docs/a.md", changes=60),
        analysis_of(other_fact, path="docs/b.md", changes=3),
    ]
    story = story_of_commits(files, ("b", other, [1]), ("a", lead, [0]))
    assert first_title(story) == lead


def test_release_notes_keep_their_order_but_for_what_is_asked_of_users() -> None:
    notes = "## 2.0\n\n### Features\n\n- Add a first thing\n- Raise an error for wrong values of it\n- Require Python 3.12 from now on\n"
    story = story_of_commits([analysis_of(path="CHANGELOG.md")], changelog=notes)
    assert [item.params["title"] for item in story.items] == [
        "Require Python 3.12 from now on",
        "Add a first thing",
        "Raise an error for wrong values of it",
    ]


def test_a_dependency_that_moved_stands_behind_what_was_mended() -> None:
    notes = "## 2.0\n\n### Changes\n\n- Bump libc from 0.2.1 to 0.2.2\n\n### Fixes\n\n- Keep the data of models\n"
    story = story_of_commits([analysis_of(path="CHANGELOG.md")], changelog=notes)
    assert first_title(story) == "Keep the data of models"


def test_what_breaks_all_old_uses_leads_among_what_breaks() -> None:
    notes = "## 2.0\n\n### Breaking changes\n\n- Message holds bytes\n- The path syntax is another one; the old one panics\n"
    story = story_of_commits([analysis_of(path="CHANGELOG.md")], changelog=notes)
    assert first_title(story) == "The path syntax is another one; the old one panics"


def test_words_about_typing_errors_do_not_declare_what_broke_behind_them() -> None:
    removed = Fact("symbol.removed", {"name": "Kept", "what": "function"}, breaking=True)
    files = [
        analysis_of(removed, path="src/a.py", changes=9),
        analysis_of(SECTION, path="src/b.py"),
    ]
    story = story_of_commits(
        files, ("b", "Correct typos of the code", [0]), ("a", "Let models be copied", [1])
    )
    assert kind_of(story.items[0].kind).name == "symbol.removed"
