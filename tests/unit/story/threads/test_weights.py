"""What makes a thread more or less than its kind."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import EntryOfFile, People
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.facts import Fact
from diff_insight.model.story import Role
from diff_insight.story.threads.setting import Setting
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


def test_what_a_range_takes_back_itself_is_no_news() -> None:
    notes = (
        '## 1.2.0\n\n### Features\n\n- Add support for images\n\n## 1.1.1\n\n### Bug Fixes\n\n- Revert "feat: Add public rights"\n'
        "\n## 1.1.0\n\n### Features\n\n- Add public rights\n"
    )
    story = story_of_commits([analysis_of(path="CHANGELOG.md")], changelog=notes)
    new = [item.params["title"] for item in story.items if item.role is Role.NEW]
    assert new == ["Add support for images"]


def test_the_newest_version_of_a_list_leads_a_deprecation_of_an_older_one() -> None:
    notes = "## 1.2.0\n\n### Features\n\n- Add support for images\n\n## 1.1.0\n\n### Deprecations\n\n- The function `a` is deprecated\n"
    story = story_of_commits([analysis_of(path="CHANGELOG.md")], changelog=notes)
    assert first_title(story) == "Add support for images"


def test_the_list_of_the_part_that_others_are_named_after_stands_first() -> None:
    notes = "## 1.2.0\n\n### Features\n\n- Add a thing for all\n"
    main, extra = (
        EntryOfFile(at, entry, False)
        for at, entry in enumerate(2 * read_entries(notes, headings=False))
    )
    files = [analysis_of(path=f"{name}/CHANGELOG.md") for name in ("lib-extra", "lib")]
    people = People(entries=(main, extra))
    assert Setting(files, people).main_lists == {b"lib/CHANGELOG.md"}


def test_snippets_that_move_stand_behind_a_warning() -> None:
    files = [
        *(
            analysis_of(
                Fact("file.removed", {"title": "", "lines": 90}),
                path=f"docs/snippets/a{n}.cs",
                changes=90,
            )
            for n in range(9)
        ),
        analysis_of(CUED, path="docs/security.md", changes=9),
    ]
    story = story_of_commits(
        files,
        ("a", "Migrate remaining legacy snippets", list(range(9))),
        ("b", "Clarify how untrusted markup is loaded", [9]),
    )
    assert first_title(story) == "Clarify how untrusted markup is loaded"


def test_what_is_called_otherwise_stands_before_the_runtime_that_it_needs() -> None:
    notes = "## 3.0.0\n\n- **BREAKING CHANGES** `Pool` takes its arguments by name.\n- Dropped support for Ruby <3.2.0\n"
    raised = Fact(
        "runtime.raised", {"name": "Ruby", "old": ">= 2.5", "new": ">= 3.2.0"}, breaking=True
    )
    files = [
        analysis_of(path="Changes.md", changes=4),
        analysis_of(raised, path="pool.gemspec", changes=4),
    ]
    story = story_of_commits(
        files,
        ("a", "Pool 3.0 (#209)", [0, 1]),
        ("b", "Write down what changed", [0]),
        changelog=notes,
    )
    assert first_title(story) == "`Pool` takes its arguments by name"


def test_translations_of_a_program_stand_behind_its_fixes() -> None:
    files = [
        analysis_of(path="src/messages.xlf", changes=900),
        analysis_of(path="src/date.py", changes=4),
    ]
    story = story_of_commits(
        files, ("a", "Auto translate strings", [0]), ("b", "Parse dates without zeros", [1])
    )
    assert first_title(story) == "Parse dates without zeros"


def test_an_entry_that_says_that_something_was_added_leads_those_that_only_say_that_it_works() -> (
    None
):
    notes = "## 3.52.0\n\n- Completions now work with aliases of the command\n- Added a flag that masks secrets\n"
    story = story_of_commits(
        [analysis_of(path="CHANGELOG.md", changes=4), analysis_of(path="src/a.go", changes=9)],
        ("a", "Release of all", [0, 1]), changelog=notes,
    )  # fmt: skip
    assert first_title(story) == "Added a flag that masks secrets"
