"""The story of a range: shared edits said once, files of one kind joined, the few that matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.story import Role, Story, StoryItem
from diff_insight.story.build import build_story
from support.analyses import analysis_of, deadline

REPLACED = Fact("text.replaced", {"section": "", "old": "Foo", "new": "Bar"})
LINK = Fact("link.added", {"text": "a", "target": "b"})
STAMP = Fact("front-matter.date", {"key": "ms.date", "old": "2025-01-01", "new": "2025-02-02"})


def story(*files: FileAnalysis, watch: tuple[str, ...] = ()) -> Story:
    return build_story(files, watch)


def kinds(items: Sequence[StoryItem]) -> list[str]:
    return [item.kind for item in items]


def test_nothing_changed() -> None:
    assert story() == Story(items=(), by_file=())


def test_one_edit_in_many_files_is_said_once_and_with_each_file() -> None:
    found = story(*[analysis_of(REPLACED) for _ in range(4)])
    assert kinds(found.items) == ["text.replaced.repeated"]
    assert (found.items[0].count, found.items[0].files) == (4, (0, 1, 2, 3))
    assert [kinds(items) for items in found.by_file] == [["text.replaced"]] * 4


def test_an_edit_through_most_of_the_range_leads() -> None:
    files = [analysis_of(LINK) for _ in range(12)]
    assert story(*files).items[0].salience >= 50
    other = [analysis_of(Fact("text.removed", {"section": "", "quote": str(n)})) for n in range(13)]
    assert story(*files, *other).items[0].salience < 50


def test_sections_shared_by_the_same_files_are_one_item() -> None:
    facts = [Fact("outline.section-added", {"heading": name, "level": 2}) for name in "AB"]
    found = story(*[analysis_of(*facts) for _ in range(3)])
    assert kinds(found.items) == ["outline.sections-added.repeated"]
    assert found.items[0].params["names"] == {"items": ("A", "B"), "total": 2}
    assert (found.items[0].params["count"], found.items[0].params["sections"]) == (3, 2)


@pytest.mark.parametrize(
    ("kind", "joined", "least"),
    [
        ("page.added", "pages.added", 4),
        ("file.removed", "files.removed", 4),
        ("image.changed", "images.changed", 2),
        ("front-matter.key-added", "housekeeping.keys", 2),
        ("cosmetic.whitespace", "housekeeping.cosmetic", 2),
        ("text.markup", "housekeeping.markup", 2),
    ],
)
def test_files_of_one_kind_are_joined_from_some_number_on(
    kind: str, joined: str, least: int
) -> None:
    files = [
        analysis_of(Fact(kind, {"key": f"k{number}"}), path=f"docs/p{number}.md")
        for number in range(least)
    ]
    (item,) = story(*files).items
    assert (item.kind, item.count) == (joined, least)
    assert item.params["names"] == {
        "items": tuple(f"p{number}.md" for number in range(least)),
        "total": least,
    }
    assert kinds(story(*files[:-1]).items) == [kind] * (least - 1)


@pytest.mark.parametrize(("moves", "first"), [(10, "files.renamed"), (9, "page.added")])
def test_many_moves_lead(moves: int, first: str) -> None:
    moved = Fact("file.renamed", {"old": "a/p.md", "new": "b/p.md", "only": True})
    files = [analysis_of(moved, path=f"b/{number}.md") for number in range(moves)]
    files.append(analysis_of(Fact("page.added", {"title": "T"}), path="new.md", changes=500))
    assert story(*files).items[0].kind == first
    gone = Fact("page.removed", {"title": "G"}, breaking=True)
    assert story(*files, analysis_of(gone)).items[0].role is Role.BREAKING


def test_pages_are_called_by_their_titles() -> None:
    files = [analysis_of(Fact("page.added", {"title": f"T{n}"}), title=f"T{n}") for n in range(4)]
    assert story(*files).items[0].params["names"] == {
        "items": ("T0", "T1", "T2", "T3"),
        "total": 4,
    }


def test_stamps_are_joined_whatever_their_day() -> None:
    other = Fact("front-matter.date", {"key": "date", "old": "2025-01-01", "new": "2025-03-03"})
    found = story(analysis_of(STAMP), analysis_of(STAMP), analysis_of(STAMP), analysis_of(other))
    assert kinds(found.items) == ["housekeeping.dates"]
    assert found.items[0].params["keys"] == {"items": ("ms.date", "date"), "total": 2}


def test_a_file_tells_the_range_its_best_three() -> None:
    facts = [Fact("text.replaced", {"section": "", "old": str(n), "new": "x"}) for n in range(5)]
    assert len(story(analysis_of(*facts)).items) == 1
    important = [Fact("date.moved", {"subject": str(n)}) for n in range(12)]
    found = story(analysis_of(*important))
    assert len(found.items) == 3
    assert len(found.by_file[0]) == 12
    assert len(story(analysis_of(*important[:5])).items) == 5
    lost = Fact(
        "text.sentence-removed",
        {"section": "", "quote": "It is not to be had in every region.", "count": 1},
    )
    word = Fact("text.words-removed", {"section": "", "quote": "now", "within": "It is now here."})
    kinds = [item.kind for item in story(analysis_of(lost, word, *important[:2])).items]
    assert "text.sentence-removed" in kinds
    assert "text.words-removed" not in kinds


def test_every_breaking_fact_is_told() -> None:
    gone = [Fact("table.row-removed", {"row": str(n)}, breaking=True) for n in range(2)]
    cells = [Fact("version.moved", {"subject": str(n), "step": "major"}, breaking=True)
             for n in range(5)]  # fmt: skip
    found = story(analysis_of(*gone, *cells))
    assert sum(item.role is Role.BREAKING for item in found.items) == 6


def test_the_headline_is_the_deadline_and_what_is_larger_comes_last() -> None:
    small = analysis_of(deadline(only_row=True), STAMP, changes=2)
    large = analysis_of(LINK, changes=80, path="docs/large.md")
    found = story(small, large)
    assert found.items[0].kind == "deadline.later"
    assert found.items[1].kind == "relation.only-row"
    assert found.items[-1].kind == "relation.larger"


def test_watched_words_lead() -> None:
    files = (analysis_of(Fact("page.added", {"title": "T"})), analysis_of(LINK, path="b.md"))
    assert kinds(story(*files).items) == ["page.added", "link.added"]
    assert kinds(story(*files, watch=(r"b\.md",)).items) == ["link.added", "page.added"]


def test_the_order_of_files_breaks_ties() -> None:
    files = [
        analysis_of(Fact("text.reworded", {"quote": name}), path=f"{name}.md") for name in "ba"
    ]
    assert [item.files for item in story(*files).items] == [(0,), (1,)]
