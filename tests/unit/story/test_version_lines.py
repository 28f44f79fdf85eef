"""Several lines of one product that moved at once."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from diff_insight.story.build import build_story
from support.analyses import analysis_of


def moved(old: str, new: str, subject: str = "Product") -> Fact:
    return Fact("version.moved", {"subject": subject, "old": old, "new": new, "step": "patch"})


def test_the_release_of_several_lines_is_one_item() -> None:
    files = [
        analysis_of(moved("7.4.1", "7.4.2"), moved("7.5.1", "7.5.2"), path="docs/a.md"),
        analysis_of(moved("7.5.1", "7.5.2", "product"), path="docs/b.md"),
    ]
    (item,) = build_story(files, ()).items
    assert (item.kind, item.files) == ("versions.moved", (0, 1))
    assert item.params["names"] == {"items": ("7.5.1 → 7.5.2", "7.4.1 → 7.4.2"), "total": 2}
    assert len(item.facts) == 3


def test_one_line_stays_as_it_is() -> None:
    files = [analysis_of(moved("7.4.1", "7.4.2")), analysis_of(moved("1.0", "1.1", "Other"))]
    kinds = [item.kind for item in build_story(files, ()).items]
    assert kinds == ["version.moved", "version.moved"]


def test_the_own_version_of_a_project_is_told_once_however_it_is_written() -> None:
    files = [
        analysis_of(moved("3.3.1", "4.0.0", "acme"), path="README.md"),
        analysis_of(moved("3.3.1", "4.0.0", "VERSION"), path="src/version.ts"),
        analysis_of(moved("3.3.1", "4.0.0", "Acme"), path="docs/install.md"),
        analysis_of(moved("1.0.0", "1.1.0", "__version__"), path="other.py"),
    ]
    subjects = [item.params["subject"] for item in build_story(files, ()).items]
    assert sorted(map(str, subjects)) == ["__version__", "acme"]


def test_parts_of_a_project_that_ask_for_its_own_version_are_told_once() -> None:
    parent = {
        "what": "dependency",
        "name": "acme:parent",
        "old": "3.53.0",
        "new": "3.54.0",
        "step": "minor",
    }
    other = {"what": "dependency", "name": "x:y", "old": "1.0.0", "new": "1.1.0", "step": "minor"}
    files = [
        analysis_of(
            Fact("dependency.moved", parent), moved("3.53.0", "3.54.0", "tag"), path="a/pom.xml"
        ),
        analysis_of(
            Fact("dependency.moved", parent), Fact("dependency.moved", other), path="b/pom.xml"
        ),
    ]
    names = [item.params["name"] for item in build_story(files, ()).items]
    assert sorted(map(str, names)) == ["acme:parent", "x:y"]


def test_versions_without_a_name_are_not_one_product() -> None:
    files = [
        analysis_of(moved("0.11.7", "0.11.8", ""), path=".tool-version"),
        analysis_of(moved("3.3.1", "4.0.0", ""), path="README.md"),
    ]
    assert [item.kind for item in build_story(files, ()).items] == ["version.moved"] * 2
