"""Quotations stand behind what they explain; a breaking item says whether it was declared."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from diff_insight.model.facts import Declared, Fact, FileAnalysis
from diff_insight.model.story import Relation, Role, Story
from diff_insight.story.build import build_story
from support.analyses import analysis_of


def subject(quote: str, files: int = 1, commit: str = "c1") -> Fact:
    return Fact("commit.subject", {"quote": quote, "commit": commit, "type": "", "files": files})


def gone(declared: Declared | None = None) -> Fact:
    return Fact("page.removed", {"title": "T", "lines": 1}, breaking=True, declared=declared)


ADDED = Fact("page.added", {"title": "T", "lines": 1})


def kinds(story: Story) -> list[str]:
    return [item.kind for item in story.items]


def test_several_commits_of_a_file() -> None:
    story = build_story(
        [analysis_of(ADDED, subject("One thing"), subject("Another", commit="c2"))], []
    )
    (said,) = [item for item in story.by_file[0] if item.relation is Relation.QUOTE]
    assert said.kind == "relation.commits"
    assert said.params["quotes"] == {"items": ("One thing", "Another"), "total": 2}


def test_a_commit_of_few_of_the_files_explains_nothing() -> None:
    files = [analysis_of(ADDED, path=f"{number}.md") for number in range(5)]
    files.append(analysis_of(ADDED, subject("Only here"), path="x.md"))
    assert not any(item.relation is Relation.QUOTE for item in build_story(files, []).items)


def verdict(*facts: Fact, commits_read: bool = True) -> list[str]:
    files: list[FileAnalysis] = [analysis_of(fact, path=f"{n}.md") for n, fact in enumerate(facts)]
    story = build_story(files, [], commits_read=commits_read)
    assert story.items[0].role is Role.BREAKING
    return [item.kind for item in story.items if item.relation is Relation.DECLARED]


def test_verdicts() -> None:
    by = Declared("commit", "feat!: x")
    assert verdict(gone(by)) == ["relation.declared-commit"]
    assert verdict(gone(Declared("label", "breaking"))) == ["relation.declared-label"]
    assert verdict(gone()) == ["relation.undeclared"]
    assert verdict(gone(), commits_read=False) == []
    # Several pages are one item.
    assert verdict(*[gone(by)] * 2, *[gone()] * 3) == ["relation.declared-some"]


def test_a_declaration_is_not_quoted_twice() -> None:
    by = Declared("commit", "feat!: drop it now")
    story = build_story([analysis_of(gone(by), subject("feat!: drop it now"))], [])
    assert kinds(story) == ["page.removed", "relation.declared-commit"]


def test_nothing_to_tell() -> None:
    assert build_story([], [], title="x").items == ()


def broken(anchor: str, *paths: str) -> Fact:
    params: dict[str, Any] = {
        "anchor": anchor,
        "target": "docs/page.md",
        "count": len(paths),
        "files": {"items": paths, "total": len(paths)},
        "places": tuple({"path": path, "line": 1} for path in paths),
    }
    return Fact("reference.broken-anchor", params)


def test_anchors_of_one_page_are_one_item() -> None:
    story = build_story([analysis_of(broken("#a", "x.md", "y.md"), broken("#b", "y.md"))], [])
    assert kinds(story) == ["references.broken-anchors"]
    params = story.items[0].params
    assert (params["count"], params["linking"]) == (2, 2)
    assert params["names"] == {"items": ("#a", "#b"), "total": 2}


def test_anchors_of_many_pages_are_one_item() -> None:
    files = [analysis_of(broken("#a", "x.md"), path=f"{number}.md") for number in range(3)]
    story = build_story(files, [])
    assert kinds(story) == ["references.anchors"]
    assert story.items[0].count == 3


def test_what_nobody_declared_is_said_once() -> None:
    removed = [
        Fact("member.removed", {"what": "field", "name": name}, breaking=True) for name in "ab"
    ]
    assert verdict(*removed) == ["relation.undeclared-all"]
    by = Declared("commit", "feat!: x")
    assert verdict(*(replace(fact, declared=by) for fact in removed)) == [
        "relation.declared-commit"
    ]
    assert verdict(replace(removed[0], declared=by), removed[1]) == [
        "relation.declared-commit",
        "relation.undeclared",
    ]


def test_what_nobody_declared_is_counted_as_everywhere() -> None:
    """An item that joins eight changes is eight of them, and what breaks nobody is none."""
    many = [
        Fact("member.removed", {"what": "field", "name": f"f{number}"}, breaking=True)
        for number in range(8)
    ]
    other = Fact("symbol.removed", {"name": "f()"}, breaking=True)
    story = build_story(
        [analysis_of(*many, other, Fact("file.removed", {}))], [], commits_read=True
    )
    said = [item for item in story.items if item.kind == "relation.undeclared-all"]
    assert [item.params["count"] for item in said] == [9]
