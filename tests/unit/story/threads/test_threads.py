"""What people say leads, facts prove it, and what concerns nobody stands behind."""

from __future__ import annotations

from diff_insight.analysis.people.causes import causes_of
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import FileEntry, People
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import Commit, History
from diff_insight.model.story import Role, Story
from diff_insight.model.threads import SaidBy, ThreadKind
from diff_insight.story.build import build_story
from support.analyses import analysis_of

ADDED = Fact("outline.section-added", {"heading": "Limits", "level": 2})
REMOVED = Fact("symbol.removed", {"name": "send()"}, breaking=True)


def told(
    files: list[FileAnalysis], *commits: tuple[str, str, list[int]], changelog: str = ""
) -> Story:
    """Tell a story of commits, given as id, message and the indexes of their files."""
    made = tuple(Commit(id=name, message=message) for name, message, _ in commits)
    owners = {index: name for name, _, indexes in commits for index in indexes}
    entries = (
        [FileEntry(0, entry, False) for entry in read_entries(changelog, headings=False)]
        if changelog
        else []
    )
    people = People(
        causes=causes_of(History(commits=made, read=True), None),
        entries=tuple(entries),
        origins=tuple((owners.get(at, ""),) * len(file.facts) for at, file in enumerate(files)),
        touched=tuple((owners[at],) if at in owners else () for at in range(len(files))),
    )
    return build_story(files, (), people=people)


def test_the_title_of_the_only_commit_leads_and_has_no_bullet_of_its_own() -> None:
    story = told([analysis_of(ADDED)], ("a", "Describe the new limits (#4)", [0]))
    lead = story.items[0]
    assert (lead.kind, lead.params["title"], lead.params["headline"]) == (
        "thread.said",
        "Describe the new limits",
        True,
    )
    assert [item.kind for item in story.items[1:]] == ["outline.section-added"]


def test_facts_prove_the_commit_that_made_them() -> None:
    files = [analysis_of(ADDED, path="docs/a.md"), analysis_of(ADDED, path="docs/b.md")]
    story = told(
        files, ("a", "Describe the new limits", [0]), ("b", "Explain how to raise them", [1])
    )
    proofs = {item.params["title"]: [proof.files for proof in item.proofs] for item in story.items}
    assert proofs == {"Describe the new limits": [(0,)], "Explain how to raise them": [(1,)]}


def test_tests_and_workflows_never_lead_while_readers_have_news() -> None:
    files = [analysis_of(Fact("symbol.removed", {"name": "helper()"}), path="tests/test_a.py"),
             analysis_of(ADDED, path="docs/b.md")]  # fmt: skip
    story = told(
        files,
        ("a", "Remove the helper of all tests", [0]),
        ("b", "Explain how to raise limits", [1]),
    )
    assert story.items[0].params["title"] == "Explain how to raise limits"


def test_a_changelog_entry_speaks_for_the_commit_with_its_number() -> None:
    files = [analysis_of(path="CHANGELOG.md"), analysis_of(REMOVED, path="src/api.py")]
    changelog = "## 2.0\n\n### Removed\n\n- The function `send()` is gone. (#9)\n"
    story = told(files, ("a", "refactor the client (#9)", [0, 1]), changelog=changelog)
    (thread,) = story.threads
    assert (thread.said_by, thread.kind, thread.since) == (
        SaidBy.CHANGELOG,
        ThreadKind.BREAKING,
        "2.0",
    )
    assert story.items[0].role is Role.BREAKING


def test_a_range_that_only_corrects_says_so() -> None:
    files = [
        analysis_of(
            Fact("text.replaced", {"old": "teh", "new": "the", "section": ""}),
            path=f"docs/{n}.md",
            changes=1,
        )
        for n in range(2)
    ]
    story = told(
        files, ("a", "Fix typo in the guide", [0]), ("b", "Fix punctuation of the tutorial", [1])
    )
    assert (story.items[0].kind, story.items[0].params["count"]) == ("thread.corrections", 2)


def test_a_title_that_says_nothing_is_not_told() -> None:
    story = told([analysis_of(ADDED)], ("a", "Updates", [0]))
    assert [item.kind for item in story.items] == ["outline.section-added"]


def test_what_notes_ask_is_an_action() -> None:
    changelog = (
        "## 2.0\n\n### Deprecated\n\n- `send()` is deprecated. Use `post()` instead of it.\n"
    )
    story = told([analysis_of(path="CHANGELOG.md")], ("a", "Version 2.0", [0]), changelog=changelog)
    assert [item.params["quote"] for item in story.actions] == ["Use `post()` instead of it."]
