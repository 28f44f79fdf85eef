"""What people say leads, facts prove it, and what concerns nobody stands behind."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from support.analyses import analysis_of
from support.commit_stories import story_of_commits

ADDED = Fact("outline.section-added", {"heading": "Limits", "level": 2})


def test_the_title_of_the_only_commit_leads_and_has_no_bullet_of_its_own() -> None:
    story = story_of_commits([analysis_of(ADDED)], ("a", "Describe the new limits (#4)", [0]))
    lead = story.items[0]
    assert (lead.kind, lead.params["title"], lead.params["headline"]) == (
        "thread.said",
        "Describe the new limits",
        True,
    )
    assert [item.kind for item in story.items[1:]] == ["outline.section-added"]


def test_facts_prove_the_commit_that_made_them() -> None:
    other = Fact("outline.section-added", {"heading": "Raise a limit"})
    files = [analysis_of(ADDED, path="docs/a.md"), analysis_of(other, path="docs/b.md")]
    story = story_of_commits(
        files, ("a", "Describe the new limits", [0]), ("b", "Explain how to raise them", [1])
    )
    proofs = {item.params["title"]: [proof.files for proof in item.proofs] for item in story.items}
    assert proofs == {"Describe the new limits": [(0,)], "Explain how to raise them": [(1,)]}


def test_tests_and_workflows_never_lead_while_readers_have_news() -> None:
    files = [analysis_of(Fact("symbol.removed", {"name": "helper()"}), path="tests/test_a.py"),
             analysis_of(ADDED, path="docs/b.md")]  # fmt: skip
    story = story_of_commits(
        files,
        ("a", "Remove the helper of all tests", [0]),
        ("b", "Explain how to raise limits", [1]),
    )
    assert story.items[0].params["title"] == "Explain how to raise limits"


def test_a_title_that_says_nothing_is_not_story_of_commits() -> None:
    story = story_of_commits([analysis_of(ADDED)], ("a", "Updates", [0]))
    assert [item.kind for item in story.items] == ["outline.section-added"]


def test_what_a_list_declares_is_told_once() -> None:
    declared = Fact(
        "text.added",
        {"section": "⚠ BREAKING CHANGES", "quote": "Ask for the provider of version 6", "lines": 1},
    )
    files = [analysis_of(declared, path="CHANGELOG.md"), analysis_of(path="main.tf")]
    notes = "## 6.0.0\n\n### ⚠ BREAKING CHANGES\n\n- Ask for the provider of version 6 (#5)\n"
    story = story_of_commits(
        files, ("a", "feat!: Ask for the provider of version 6 (#5)", [0, 1]), changelog=notes
    )
    assert [item.kind for item in story.items] == ["thread.said"]


def test_a_quotation_that_is_cut_repeats_its_entry_too() -> None:
    text = "Read the whole of a file that is longer than any buffer of the machine"
    cut = Fact("text.added", {"section": "2.0", "quote": f"{text[:60]}…", "lines": 1})
    story = story_of_commits(
        [analysis_of(cut, path="docs/news/whats-new.md"), analysis_of(path="main.tf")],
        ("a", "Updates", [0, 1]), changelog=f"## 2.0\n\n- {text}.\n",
    )  # fmt: skip
    assert [item.kind for item in story.items] == ["thread.said"]


def test_what_a_readme_says_of_a_version_is_told_once() -> None:
    said = Fact(
        "outline.section-added",
        {"heading": "2.0", "level": 2, "quote": "We changed policy from off to on."},
    )
    readme = "# Shop\n\n## 2.0\n\n- We changed `policy` from off to on.\n"
    files = [analysis_of(said, path="README.md"), analysis_of(path="values.yaml")]
    story = story_of_commits(files, ("a", "Merge commit from fork", [0, 1]), changelog=readme)
    assert [item.kind for item in story.items] == ["thread.said"]


def test_what_builds_a_project_proves_nothing_to_its_users() -> None:
    step = Fact("symbol.added", {"name": "upload()"})
    private = Fact("symbol.added", {"name": "Shape.m_area", "access": "private"})
    seen = Fact("symbol.added", {"name": "area()"})
    files = [
        analysis_of(step, path=".github/scripts/upload.py"),
        analysis_of(private, seen, path="src/shape.py"),
        analysis_of(seen, path="src/other.py"),
    ]
    story = story_of_commits(
        files, ("a", "Compute the area of a shape", [0, 1]), ("b", "Add another area", [2])
    )
    lead = next(
        item for item in story.items if item.params.get("title") == "Compute the area of a shape"
    )
    assert [proof.params["name"] for proof in lead.proofs] == ["area()"]


def test_a_dependency_that_moved_stands_behind_what_changed_for_users() -> None:
    files = [analysis_of(path="build.sc", changes=2), analysis_of(path="src/json.scala", changes=2)]
    story = story_of_commits(
        files,
        ("a", "Update acyclic to 0.3.12 (#574)", [0]),
        ("b", "Unbox first level of options when serializing JSON (#598)", [1]),
    )
    titles = [item.params.get("title") for item in story.items]
    assert titles[0] == "Unbox first level of options when serializing JSON"


def test_what_a_list_says_of_all_that_commits_break_is_told_once() -> None:
    lost = [
        Fact("symbol.parameter-renamed", {"name": name, "old": "it", "new": "rows"}, breaking=True)
        for name in ("flatten()", "transpose()")
    ]
    files = [
        analysis_of(path="CHANGELOG.md", changes=2),
        analysis_of(lost[0], path="src/flat.py"),
        analysis_of(lost[1], path="src/trans.py"),
    ]
    notes = "## 2.0\n\n### Breaking changes\n\n- Parameter names of `flatten` and `transpose` have changed.\n"
    story = story_of_commits(
        files,
        ("a", "flatten: it -> rows", [1]),
        ("b", "transpose: it -> rows", [2]),
        changelog=notes,
    )
    assert [item.params.get("title") for item in story.items if item.kind.startswith("thread")] == [
        "Parameter names of `flatten` and `transpose` have changed"
    ]
