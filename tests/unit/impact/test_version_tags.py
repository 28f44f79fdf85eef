"""The tag of a version, whatever a project calls its tags."""

from __future__ import annotations

import pytest

from diff_insight.impact.version_tags import tag_of


@pytest.mark.parametrize(
    ("version", "name", "tags", "tag"),
    [
        ("1.2.3", "x", ["v1.2.3", "1.2.3-rc"], "v1.2.3"),
        ("1.2.3", "x", ["1.2.3"], "1.2.3"),
        ("v1.2.3", "x", ["1.2.3"], "1.2.3"),
        ("1.2", "x", ["v1.2.0"], "v1.2.0"),
        ("1.2.0", "x", ["v1.2"], "v1.2"),
        ("2", "x", ["v2.0.0"], "v2.0.0"),
        ("1.2.3", "@scope/pkg", ["v1.2.3", "@scope/pkg@1.2.3"], "@scope/pkg@1.2.3"),
        ("1.2.3", "@scope/pkg", ["pkg-v1.2.3"], "pkg-v1.2.3"),
        ("1.2.3", "pkg", ["pkg@1.2.3", "other@1.2.3"], "pkg@1.2.3"),
        ("1.2.3", "com.acme:pkg", ["pkg-1.2.3"], "pkg-1.2.3"),
        ("1.2.3", "pkg", ["rel_1_2_3", "release-1.2.3"], "release-1.2.3"),
        ("1.2.3", "pkg", ["pkg_1_2_3"], "pkg_1_2_3"),
        ("2.9.0", "com.google.code.gson:gson", ["gson-parent-2.9.0"], "gson-parent-2.9.0"),
        ("1.2.3", "pkg", ["a-1.2.3", "b-1.2.3"], ""),
        ("1.2.3", "pkg", ["v1.2.30", "v11.2.3", "v1.2.3-beta"], ""),
        ("1.2.3", "pkg", [], ""),
    ],
)
def test_tags(version: str, name: str, tags: list[str], tag: str) -> None:
    assert tag_of(version, name, tags) == tag


def test_a_module_below_the_top_has_its_folder_in_front() -> None:
    tags = ["v1.2.3", "sdk/core/v1.2.3"]
    assert (
        tag_of("v1.2.3", "example.com/o/r/sdk/core", tags, folder="sdk/core") == "sdk/core/v1.2.3"
    )
