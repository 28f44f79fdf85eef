"""What leads beyond its kind: version steps before counts, what people name, a lock file on its own."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.story import Role, Story
from diff_insight.story.build import build_story
from diff_insight.story.replaced_words import without_places
from diff_insight.story.salience import BREAKING
from support.analyses import analysis_of

LOCK = Fact("lock.moved", {"moved": 3, "added": 0, "removed": 0, "names": {"items": ("a",)}})


def story(*files: FileAnalysis, title: str = "") -> Story:
    return build_story(files, (), title=title)


def moved(name: str, step: str, what: str = "action") -> Fact:
    params: dict[str, Any] = {"what": what, "name": name, "old": "1", "new": "2", "step": step}
    return Fact("dependency.moved", params)


def said(quote: str) -> Fact:
    return Fact("commit.subject", {"quote": quote, "commit": "1", "type": "", "files": 1})


def test_a_larger_step_comes_before_more_files() -> None:
    files = [analysis_of(moved("checkout", "patch")) for _ in range(12)]
    files += [analysis_of(moved("setup", "major"), moved("cache", "minor")) for _ in range(2)]
    assert [(item.params["name"], item.count) for item in story(*files).items] == [
        ("setup", 2), ("cache", 2), ("checkout", 12),
    ]  # fmt: skip


def test_the_same_step_in_two_files_is_said_once() -> None:
    (item,) = story(analysis_of(moved("a", "major")), analysis_of(moved("a", "major"))).items
    assert (item.kind, item.files) == ("dependency.moved.repeated", (0, 1))


@pytest.mark.parametrize(
    ("fact", "words", "lifted"),
    [
        (moved("astro", "major"), "Use Astro v7", True),
        (moved("@astrojs/starlight", "major"), "Use Astro v7", False),
        (moved("ast", "major"), "Use Astro v7", False),
        (moved("uv", "major"), "Use uv", False),
        (Fact("symbol.changed", {"name": "get_model()"}), "Speed up get_model()", True),
        (Fact("symbol.changed", {"name": "add()"}), "Add a page", False),
        (Fact("symbols.changed", {"names": {"items": ("a", "B.run_all()")}}), "fix: B.run_all()", True),
        (Fact("outline.section-added", {"heading": "Set up"}), "Tell how to set up a thing", True),
        (Fact("outline.section-added", {"heading": "Overview"}), "Edit the overview", False),
        (Fact("text.replaced", {"old": "A B", "new": "A C"}), "Rename A B to A C", True),
        (Fact("text.replaced", {"old": "7.6.3", "new": "7.6.4"}), "Notes for 7.6.4", False),
        (Fact("outline.section-moved", {"heading": "Set up"}), "Tell how to set up a thing", False),
        (Fact("version.moved", {"subject": "PowerShell", "step": "minor"}), "PowerShell notes", False),
        (Fact("text.reworded", {"quote": "One two"}), "One two", False),
        (Fact("front-matter.date", {"key": "ms.date"}), "Refresh ms.date", False),
        (Fact("page.added", {"title": None}), "None of it", False),
    ],
)  # fmt: skip
def test_what_people_name_is_lifted(fact: Fact, words: str, lifted: bool) -> None:  # noqa: FBT001
    plain = story(analysis_of(fact)).items[0].salience
    for found in (story(analysis_of(fact, said(words))), story(analysis_of(fact), title=words)):
        assert (found.items[0].salience > plain) is lifted
        assert found.by_file[0][0].salience == found.items[0].salience


def test_what_joins_files_is_not_lifted_by_one_of_them() -> None:
    pages = [
        analysis_of(Fact("page.added", {"title": f"Page {n}"}), path=f"{n}.md") for n in "abcd"
    ]
    plain = story(*pages).items[0]
    one = analysis_of(Fact("page.added", {"title": "Page d"}), said("Add Page d"), path="d.md")
    found = story(*pages[:3], one)
    assert (found.items[0].kind, found.items[0].salience) == ("pages.added", plain.salience)
    assert found.by_file[3][0].salience > plain.salience


def test_a_commit_speaks_for_the_range_when_it_touches_enough_of_it() -> None:
    others = [analysis_of(path=f"{number}.md") for number in range(3)]
    fact = moved("astro", "major")
    few = story(analysis_of(fact, said("Use astro")), *others)
    assert few.by_file[0][0].salience > few.items[0].salience
    enough = story(analysis_of(fact, said("Use astro")), *others[:2])
    assert enough.items[0].salience == few.by_file[0][0].salience
    title = story(analysis_of(fact), *others, title="Use astro")
    assert title.items[0].salience == few.by_file[0][0].salience


def test_only_words_about_the_file_count_and_nothing_is_lifted_to_what_breaks() -> None:
    fact = Fact("symbol.removed", {"name": "old_name()"})
    elsewhere = story(analysis_of(fact), analysis_of(said("Drop old_name()"), path="b.py"))
    assert elsewhere.items[0].salience < story(analysis_of(fact, said("Drop old_name()"))).items[0].salience  # fmt: skip
    heavy = Fact("reference.broken", {"name": "a-b"})
    broken = Fact("symbol.removed", {"name": "a-b"}, breaking=True)
    told = story(analysis_of(heavy, broken, said("a-b"))).items
    assert [item.salience for item in told if item.salience] == [BREAKING, BREAKING - 1]  # fmt: skip


def test_a_lock_file_alone_is_content() -> None:
    comments = [
        analysis_of(Fact("symbol.documented", {"name": name}), path=f"{name}.py") for name in "abc"
    ]
    vague = analysis_of(Fact("text.lines", {}), path="c.lua")
    lock = analysis_of(LOCK, path="uv.lock")
    first, second, third = story(*comments, vague, lock).items
    assert (first.kind, first.role) == ("lock.moved", Role.CHANGE)
    assert second.kind == "text.lines"
    assert (third.kind, third.role, third.count) == (
        "housekeeping.comments", Role.HOUSEKEEPING, 3,
    )  # fmt: skip
    beside = story(lock, analysis_of(moved("a", "patch"), path="package.json")).items
    assert [item.role for item in beside] == [Role.CHANGE, Role.HOUSEKEEPING]


def test_comments_lead_only_where_nothing_else_changed() -> None:
    comments = analysis_of(Fact("symbol.documented", {"name": "f()"}), path="a.py")
    (item,) = story(comments).items
    assert item.role is Role.CHANGE
    link = analysis_of(Fact("link.added", {"text": "a", "target": "b"}))
    assert [item.role for item in story(comments, link).items] == [
        Role.CHANGE, Role.HOUSEKEEPING,
    ]  # fmt: skip


def test_an_item_knows_the_rules_that_gave_it_its_salience() -> None:
    fact = Fact("symbol.changed", {"name": "get_model()"})
    (item,) = story(analysis_of(fact, said("Speed up get_model()"))).items
    assert [name for name, _ in item.rules] == ["kind", "internal", "size", "mentioned"]
    assert item.rules[-1] == ("mentioned", item.salience)


def test_items_of_many_files_and_of_other_items_know_theirs() -> None:
    steps = [analysis_of(moved("a", "major", "dependency")) for _ in range(3)]
    (shared, *_) = story(*steps).items
    assert [name for name, _ in shared.rules] == ["kind", "version-step", "many-files"]
    pages = [analysis_of(Fact("page.added", {"title": str(number)})) for number in range(4)]
    (joined, *_) = story(*pages).items
    assert (joined.kind, [name for name, _ in joined.rules]) == ("pages.added", ["strongest-part"])


def test_a_cell_that_says_that_a_thing_was_removed_weighs_more() -> None:
    cell: dict[str, Any] = {
        "row": "x-gha",
        "column": "Description",
        "only_row": True,
        "old": "Uses the cache",
    }
    files = [
        analysis_of(Fact("table.cell", {**cell, "new": "Uses the other cache"})),
        analysis_of(Fact("table.cell", {**cell, "new": "Removed: this feature is gone"})),
    ]
    first, second = [item for item in story(*files).items if item.kind == "table.cell"]
    assert (first.files, first.salience - second.salience) == ((1,), 34)


def test_a_place_of_a_replacement_in_many_files_is_told_with_it() -> None:
    edit = Fact("text.replaced", {"section": "", "old": "git", "new": "Git"})
    title = Fact("outline.section-renamed", {"old": "Use git", "new": "Use Git"})
    other = Fact("outline.section-renamed", {"old": "Use git", "new": "Use Git now"})
    files = [*(analysis_of(edit) for _ in range(6)), analysis_of(title), analysis_of(other)]
    assert [item.kind for item in without_places(story(*files).items)] == [
        "text.replaced.repeated",
        "outline.section-renamed",
    ]
