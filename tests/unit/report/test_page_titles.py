"""What readers call a page."""

from __future__ import annotations

import pytest

from diff_insight.report.page_titles import page_titles
from support.analyses import analysis_of


@pytest.mark.parametrize(
    ("path", "title", "name"),
    [
        ("docs/limits.md", "Quotas and limits", "Quotas and limits"),
        ("docs/limits.md", "Quotas and limits | Example Docs", "Quotas and limits"),
        ("docs/limits.md", "Overview", ""),
        ("docs/limits.md", "x" * 90, ""),
        ("docs/limits.md", "", ""),
        ("CHANGELOG.md", "Changes of each version", ""),
        ("src/a.py", "A module", ""),
    ],
)
def test_a_page_is_called_by_a_title_that_says_something(path: str, title: str, name: str) -> None:
    assert page_titles([analysis_of(path=path, title=title)]) == [name]


def test_a_title_that_two_pages_have_names_neither() -> None:
    files = [analysis_of(path=f"docs/{name}.md", title="Same") for name in "ab"]
    other = analysis_of(path="docs/c.md", title="Other")
    assert page_titles([*files, other]) == ["", "", "Other"]
