"""Tests, private names and headings of changelogs are no features; a new file names what it holds."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.file_types import is_changelog
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.story import Role, StoryItem
from diff_insight.story.build import build_story
from diff_insight.story.file_story import file_story
from support.analyses import analysis_of


def added(name: str) -> Fact:
    return Fact("symbol.added", {"name": name})


def items(*facts: Fact, path: str = "src/a.py") -> list[StoryItem]:
    return list(file_story(0, analysis_of(*facts, path=path), []))


def told(*files: FileAnalysis) -> list[tuple[str, Role]]:
    return [(item.kind, item.role) for item in build_story(files, ()).items]


@pytest.mark.parametrize(
    ("fact", "path", "role"),
    [
        (added("run()"), "src/a.py", Role.NEW),
        (added("run()"), "tests/test_a.py", Role.CHANGE),
        (Fact("file.added", {}), "tests/test_a.py", Role.CHANGE),
        (Fact("file.added", {}), "examples/a.py", Role.NEW),
        (added("_run()"), "src/a.py", Role.CHANGE),
        (added("_Box.size()"), "src/a.py", Role.CHANGE),
        (added("Box.__len__()"), "src/a.py", Role.NEW),
        (Fact("symbol.parameter-added", {"name": "f()", "parameters": ("_x",)}), "src/a.py", Role.CHANGE),
        (Fact("symbol.parameter-added", {"name": "f()", "parameters": ("_x", "y")}), "src/a.py", Role.NEW),
        (Fact("outline.section-added", {"heading": "1.0"}), "docs/release-notes.md", Role.CHANGE),
        (Fact("outline.section-added", {"heading": "1.0"}), "docs/page.md", Role.NEW),
    ],
)  # fmt: skip
def test_what_users_see_is_new(fact: Fact, path: str, role: Role) -> None:
    (item,) = items(fact, path=path)
    assert item.role is role


def test_private_names_stand_apart() -> None:
    public, private = items(added("a()"), added("_b()"), added("c()"))
    assert (public.role, public.params["names"]) == (
        Role.NEW, {"items": ("a()", "c()"), "total": 2},
    )  # fmt: skip
    assert private.params["name"] == "_b()"


def test_what_happens_to_a_private_name_does_not_lead() -> None:
    gone = Fact("symbol.removed", {"name": "_gone()"})
    needed = Fact("symbol.parameter-required", {"name": "_Box.f()", "parameters": ("a",)})
    value = Fact("symbol.value", {"name": "LIMIT", "old": "1", "new": "2"})
    assert [item.kind for item in items(gone, needed, value)] == [
        "symbol.value", "symbol.removed", "symbol.parameter-required",
    ]  # fmt: skip
    public = Fact("symbol.removed", {"name": "gone()"})
    assert [item.kind for item in items(public, value)] == ["symbol.removed", "symbol.value"]


def test_tests_are_one_clause_beside_anything_else() -> None:
    tests = [analysis_of(added(f"test_{name}()"), path=f"tests/test_{name}.py") for name in "abc"]
    assert told(*tests) == [("symbol.added", Role.CHANGE)] * 3
    beside = build_story([*tests, analysis_of(added("run()"), path="src/run.py")], ()).items
    assert [(item.kind, item.files) for item in beside] == [
        ("symbol.added", (3,)), ("tests.changed", (0, 1, 2)),
    ]  # fmt: skip
    names = {"items": ("test_a.py", "test_b.py", "test_c.py"), "total": 3}
    assert beside[1].params == {"count": 3, "names": names}
    one = [*tests[:1], analysis_of(added("run()"), path="src/run.py")]
    assert told(*one) == [("symbol.added", Role.NEW), ("symbol.added", Role.CHANGE)]


def test_private_names_are_one_clause() -> None:
    many = analysis_of(*(added(f"_n{number}") for number in range(15)), path="a.py")
    hidden = Fact("symbol.parameter-added", {"name": "f()", "parameters": ("_x",)})
    (item,) = build_story([many, analysis_of(hidden, path="b.py")], ()).items
    assert (item.kind, item.role, item.count) == ("symbols.private", Role.CHANGE, 2)
    assert item.params["names"] == {
        "items": tuple(f"_n{number}" for number in range(12)),
        "total": 16,
    }


def test_breaking_tests_are_told_one_by_one() -> None:
    gone = Fact("symbol.removed", {"name": "a()"}, breaking=True)
    files = [analysis_of(gone, path=f"tests/test_{name}.py") for name in "ab"]
    files.append(analysis_of(added("run()"), path="src/run.py"))
    assert told(*files)[:2] == [("symbol.removed", Role.BREAKING)] * 2


@pytest.mark.parametrize("change", ["added", "removed"])
def test_a_file_names_what_it_holds(change: str) -> None:
    whole = Fact(f"file.{change}", {"title": ""})
    inner = [Fact(f"symbol.{change}", {"name": name}) for name in ("_b()", "a()", "c()")]
    (item,) = items(*inner, whole)
    assert item.kind == f"file.{change}"
    names: Any = item.params["names"]
    assert (set(names["items"]), names["total"]) == ({"_b()", "a()", "c()"}, 3)
    if change == "added":
        assert names["items"] == ("a()", "c()", "_b()")
    assert len(item.facts) == 4
    assert item.salience >= items(inner[1])[0].salience
    assert "names" not in items(whole)[0].params


def test_what_breaks_is_named_beside_its_file() -> None:
    whole = Fact("file.removed", {})
    gone = Fact("symbol.removed", {"name": "a()"}, breaking=True)
    assert [item.kind for item in items(whole, gone)] == ["symbol.removed", "file.removed"]


@pytest.mark.parametrize(
    ("path", "changelog"),
    [
        ("CHANGELOG.md", True), ("docs/release-notes.md", True), ("HISTORY", True), ("NEWS.rst", True),
        ("changes/v1.2.md", False), ("CHANGELOG-1.x.md", True), ("release_notes_2.md", True),
        ("docs/versions.rst", True), ("versions.md", False), ("docs/versionhistory.rst", True), ("upgrading.md", False), ("newsroom.md", False), ("What-s-New.md", False),
    ],
)  # fmt: skip
def test_changelogs(path: str, changelog: bool) -> None:  # noqa: FBT001
    assert is_changelog(path) is changelog


def test_private_names_of_thousands_of_files() -> None:
    files = [analysis_of(added(f"_x{n}()"), path=f"src/a{n}.py") for n in range(4000)]
    tests = [analysis_of(added(f"test_{n}()"), path=f"tests/test_{n}.py") for n in range(4000)]
    public = analysis_of(added("open()"), path="src/open.py")
    assert {kind for kind, _ in told(public, *files, *tests)} == {
        "symbol.added", "symbols.private", "tests.changed",
    }  # fmt: skip
