"""Versions and pull requests that titles name."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.references import number_in, version_in


@pytest.mark.parametrize(
    ("text", "version"),
    [("## 0.28.0 (2024)", "0.28.0"), ("v1.65.0", "1.65.0"), ("python 1.0.0rc6", "1.0.0rc6"), ("a#1.2", ""), ("none", "")],
)  # fmt: skip
def test_versions(text: str, version: str) -> None:
    assert version_in(text) == version


def test_the_pull_request_stands_behind_the_issues() -> None:
    assert number_in("x {issue}`3501` {issue}`3700` {pr}`3704`") == "3704"
    assert number_in("by @ann in https://github.com/o/r/pull/61236") == "61236"
    assert number_in("nothing here") == ""
